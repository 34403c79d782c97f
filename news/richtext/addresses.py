"""Which addresses a text may link to and which pictures it may show."""

import re
from urllib.parse import urlsplit

from news.text import visible

SCHEMES = {"http", "https", "mailto", "tel"}
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
MAIL = re.compile(r"[^@\s/:?#]{1,64}@[^@\s/:?#]{1,255}\.[a-zA-Z]{2,63}")
LONGEST = 2000


def link_target(href: str) -> str | None:
    """The address a link may lead to, mended where people forget ``https://`` or ``mailto:``; else None.

    Read as browsers read it (WHATWG URL): tabs and line ends vanish, a backslash is a slash. Word's own
    anchors (``#_ftn1``) lead nowhere outside Word.
    """
    target = re.sub("[\t\n\r\x0b\x0c]", "", visible(href)).strip().replace("\\", "/").replace(" ", "%20")
    if target.startswith("//"):
        target = "https:" + target
    elif target[:4].lower() == "www.":
        target = "https://" + target
    elif MAIL.fullmatch(target):
        target = "mailto:" + target
    if not target or len(target) > LONGEST or target == "#" or target.startswith("#_"):
        return None
    scheme = SCHEME.match(target)
    if scheme and scheme[1].lower() not in SCHEMES:
        return None
    try:
        parts = urlsplit(target)
        empty = parts.scheme in {"http", "https"} and not parts.hostname
    except ValueError:
        return None
    return None if empty else target


def picture_source(src: str, media_url: str) -> str | None:
    """`src` if it is one of our own files and cannot climb out of their folder; else None."""
    source = visible(src).strip()
    path = source.removeprefix(media_url)
    climbs = path.startswith("/") or re.search(r"\.\.|\\|//|%2e|%5c|%2f|\s", path, re.IGNORECASE)
    if path in {source, ""} or climbs or len(source) > LONGEST:
        return None
    return source
