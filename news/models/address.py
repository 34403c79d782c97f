from functools import lru_cache

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import override

#: What has an address with its id in it.
NOUNS = ("article", "event", "official", "tag")


@lru_cache(maxsize=5000)
def address(name: str, language: str, *args: object) -> str:
    """`reverse()` in `language`. What it says follows from what it is asked, so it is remembered: a list asks
    for dozens of addresses."""
    with override(language):
        return reverse(name, args=args)


def lasting_address(noun: str, language: str, pk: int) -> str:
    """The address without its words: it leads to the same thing whatever that is called later."""
    return address(f"news:{noun}", language, pk, "-").removesuffix("-/")


def is_ours(url: str) -> bool:
    return (url.startswith("/") and not url.startswith("//")) or url.startswith(f"{settings.SITE_URL}/")


def path_of(url: str) -> str:
    return url.removeprefix(settings.SITE_URL).partition("#")[0].partition("?")[0]


def named_by(url: str) -> tuple[str, int]:
    """The noun and the id that one of our addresses names, in any language, with any words; else nothing."""
    return _named_at(path_of(url)) if is_ours(url) else ("", 0)


@lru_cache(maxsize=5000)
def _named_at(path: str) -> tuple[str, int]:
    match = view_at(path)
    # An address without its words has a view but no name of its own.
    name = (match.url_name or match.func.__name__) if match else ""
    if match and name in NOUNS and "pk" in match.kwargs:
        return name, match.kwargs["pk"]
    return "", 0


def view_at(path: str) -> ResolverMatch | None:
    language = path[1:3] if path[1:3] in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    try:
        with override(language):
            return resolve(path)
    except Resolver404:
        return None
