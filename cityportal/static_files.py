from wsgiref.headers import Headers


def guard(headers: Headers, path: str, url: str) -> None:
    """WhiteNoise answers before the security headers are put on; this one a file needs too."""
    headers["X-Content-Type-Options"] = "nosniff"
