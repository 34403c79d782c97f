"""What an element of pasted markup means: seen or not, its looks, its language, its own attributes."""

import re

from news.text import clean_line

from .blocks import Attributes

# Nothing inside these is part of the text. noscript, svg, math and style are where cleaners were broken
# before (bleach CVE-2020-6802, -6816, -6817; DOMPurify's mutation bypasses): they are not even looked into.
DROPPED = {
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "dialog", "embed", "frame",
    "frameset", "head", "iframe", "input", "link", "map", "math", "menuitem", "meta", "nav", "noembed",
    "noframes", "noscript", "object", "option", "optgroup", "param", "plaintext", "progress", "rp",
    "script", "select", "source", "style", "svg", "template", "textarea", "title", "track", "video",
    "xml",
}  # fmt: skip
# Where a line ends and a new one begins, and nothing more.
BREAKING = {
    "address", "article", "aside", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "footer", "form", "header", "hgroup", "legend", "main", "menu", "p",
    "pre", "search", "section", "summary", "tbody", "tfoot", "thead", "listing", "xmp",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOXES = {"blockquote", "figure", "li", "ol", "table", "td", "th", "tr", "ul"}
LISTS = {"ol", "ul"}
LOOK_OF = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "s": "s", "strike": "s", "del": "s",
    "sub": "sub", "sup": "sup",
}  # fmt: skip

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}")
NUMBER = re.compile(r"\s*([0-9]{1,6})(?:\.[0-9]*)?(?:px)?\s*")
FILE_NAME = re.compile(r".*\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)", re.IGNORECASE)
HIDDEN_CLASSES = {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "msoDel"}
# Word's comments and their numbers in the text; the words commented on have a style only, and stay.
COMMENT_CLASSES = ("MsoComment", "msocom")


# Bullets as the fonts Symbol and Wingdings keep them, in private use.
SYMBOL_BULLETS = dict.fromkeys((0xF06E, 0xF076, 0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC), "•")
# Office programs mark the language of every run, mostly wrongly.
OFFICE = re.compile("Microsoft|LibreOffice|OpenOffice")


def is_from_office(tag: str, attributes: Attributes) -> bool:
    """Whether this element gives an office program away as the source of the whole text."""
    return (
        attributes.get("class", "").startswith("Mso")
        or "SCXW" in attributes.get("class", "")
        or "mso-" in attributes.get("style", "")
        or (tag == "meta" and OFFICE.search(attributes.get("content", "")) is not None)
    )


def heading_role(attributes: Attributes) -> int:
    """The level of a heading that is one by role only, as Word online writes it; else 0."""
    level = attributes.get("aria-level", "2")
    return (
        int(level) if attributes.get("role") == "heading" and level in {"1", "2", "3", "4", "5", "6"} else 0
    )


def style_of(style: str) -> dict[str, str]:
    if not style:
        return {}
    declarations = (declaration.partition(":") for declaration in style.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _, value in declarations if value}


def is_hidden(tag: str, attributes: Attributes, style: dict[str, str]) -> bool:
    """Not seen in the source: switched off, for machines, or Word's comments, deletions and typed bullets."""
    if tag in DROPPED or not attributes:
        return tag in DROPPED
    return (
        style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or style.get("mso-hide") == "all"
        or style.get("mso-list") == "ignore"
        or style.get("mso-element") in {"comment", "comment-list"}
        or style.get("mso-special-character") == "comment"
        or "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (tag == "del" and "cite" in attributes and "datetime" in attributes)
        or any(name in HIDDEN_CLASSES or name.startswith(COMMENT_CLASSES) for name in _classes(attributes))
    )


def _classes(attributes: Attributes) -> list[str]:
    return attributes.get("class", "").split()


def looks_of(tag: str, style: dict[str, str]) -> list[str]:
    weight = style.get("font-weight", "")
    slant = style.get("font-style", "")
    bold = weight in {"bold", "bolder"} or (weight.isdecimal() and int(weight[:4]) >= 600)
    looks = [LOOK_OF[tag]] if tag in LOOK_OF else []
    # Google Docs wraps a whole document in <b style="font-weight:normal">.
    if "strong" in looks and weight and not bold:
        looks.remove("strong")
    elif bold and "strong" not in looks:
        looks.append("strong")
    if "em" in looks and slant == "normal":
        looks.remove("em")
    elif slant in {"italic", "oblique"} and "em" not in looks:
        looks.append("em")
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        looks.append("s")
    if look := {"super": "sup", "sub": "sub"}.get(style.get("vertical-align", "")):
        looks.append(look)
    return looks


def spoken_in(attributes: Attributes) -> Attributes:
    """lang, and dir where it differs from ours: Google Docs and WhatsApp say ``dir="ltr"`` everywhere."""
    spoken: Attributes = {}
    if not attributes:
        return spoken
    if LANGUAGE.fullmatch(language := attributes.get("lang", "").strip()):
        spoken["lang"] = language
    if attributes.get("dir", "").lower() == "rtl":
        spoken["dir"] = "rtl"
    return spoken


def own_to(tag: str, attributes: Attributes) -> Attributes:
    """The attributes that only `tag` has and that mean something to a reader."""
    own: Attributes = {}
    if not attributes:
        return own
    if tag in {"a", "abbr"} and (title := clean_line(attributes.get("title", ""))):
        own["title"] = title
    if tag == "a" and LANGUAGE.fullmatch(language := attributes.get("hreflang", "").strip()):
        own["hreflang"] = language
    if tag in {"td", "th"}:
        for name in ("colspan", "rowspan"):
            if (number := NUMBER.fullmatch(attributes.get(name, ""))) and 1 < int(number[1]) <= 1000:
                own[name] = str(int(number[1]))
    if tag == "th" and attributes.get("scope", "").lower() in {"col", "row", "colgroup", "rowgroup"}:
        own["scope"] = attributes["scope"].lower()
    if tag == "img":
        for name in ("width", "height"):
            if (number := NUMBER.fullmatch(attributes.get(name, ""))) and 0 < int(number[1]) <= 20000:
                own[name] = str(int(number[1]))
    if tag == "ol":
        if (number := NUMBER.fullmatch(attributes.get("start", ""))) and int(number[1]) != 1:
            own["start"] = str(int(number[1]))
        if attributes.get("type") in {"a", "A", "i", "I"}:
            own["type"] = attributes["type"]
    if tag == "table" and attributes.get("role") in {"presentation", "none"}:
        own["role"] = "presentation"
    return own
