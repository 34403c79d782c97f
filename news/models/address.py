from functools import lru_cache

from django.urls import reverse
from django.utils.translation import override


@lru_cache(maxsize=5000)
def address(name: str, language: str, *args: object) -> str:
    """`reverse()` in `language`. What it says follows from what it is asked, so it is remembered: a list asks
    for dozens of addresses."""
    with override(language):
        return reverse(name, args=args)
