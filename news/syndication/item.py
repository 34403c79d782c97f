"""What a feed says of one article, before it is written as RSS, Atom or JSON."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from news import richtext, text
from news.models import Article, Correction, Image

logger = logging.getLogger(__name__)

#: What one odd row can raise. It costs that row its place, never the feed.
FAULTS = (ValueError, TypeError, OverflowError, LookupError, OSError, NoReverseMatch, SuspiciousOperation)


@dataclass(frozen=True)
class Picture:
    """`length` is in bytes."""

    url: str
    type: str
    length: int
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, eq=False)
class Item:
    """`html` may hold addresses without a host; `full_text` makes them absolute.

    What is made of an item is remembered by its identity: an article that stays the same keeps its item.
    """

    guid: str
    title: str
    url: str
    summary: str
    html: str
    published_at: datetime
    updated_at: datetime
    author: str = ""
    categories: tuple[str, ...] = ()
    picture: Picture | None = None

    def full_text(self) -> str:
        return text.visible(richtext.absolute(self.html, settings.SITE_URL)) if self.html else ""


class Corrected(NamedTuple):
    """A correction's columns."""

    corrected_at: datetime
    wrong: str
    right: str


def absolute(path: str) -> str:
    return path if path.startswith(("https://", "http://")) else settings.SITE_URL + path


def item_of(article: Article, body: str, labels: Iterable[str], corrected: Iterable[Corrected]) -> Item:
    """`body` is the text with its links as they lead now, `labels` are those of its tags."""
    picture = picture_of(article.lead_image, article) if article.lead_image else None
    return Item(
        guid=article.guid.urn,
        title=text.clean_line(article.title),
        url=absolute(article.get_absolute_url()),
        summary=text.clean_text(article.summary) or text.excerpt(text.plain(article.body), 300),
        html="".join([figure(picture), body, corrections(corrected)]),
        published_at=moment(article.published_at),
        updated_at=moment(article.updated_at() or article.published_at),
        author=text.clean_line(article.byline),
        categories=tuple(text.clean_line(label) for label in (article.get_kind_display(), *labels) if label),
        picture=picture,
    )


def moment(value: datetime | None) -> datetime:
    """With the city's offset, and without the fractions of a second that some readers stumble over."""
    if value is None:
        raise ValueError("what is told in a feed has its time")
    return timezone.localtime(value).replace(microsecond=0)


def notice(article: Article) -> Item:
    """What stays of a withdrawn article that had been corrected: its identity, and nothing of its text."""
    words = _("This story was withdrawn.")
    reason = format_html("<p>{}</p><p>{}</p>", words, article.withdrawn_reason)
    return Item(
        guid=article.guid.urn,
        title=_("Withdrawn: %(title)s") % {"title": text.clean_line(article.title)},
        url=absolute(article.get_absolute_url()),
        summary=text.clean_text(article.withdrawn_reason) or words,
        html=reason + corrections(article.corrections.all()),
        published_at=moment(article.published_at),
        updated_at=moment(article.withdrawn_at),
    )


def picture_of(image: Image, article: Article) -> Picture | None:
    """The lead picture as it is made for sharing; where no length is stored, its file has to be there."""
    try:
        made = image.rendition("share")
        length = (image.share_length if image.ready else 0) or image.file.storage.size(made.name)
    except FAULTS:
        logger.exception("The file of picture %s cannot be read; its article is told without it.", image.pk)
        return None
    return Picture(
        url=absolute(made.url),
        type=made.type,
        length=length,
        width=made.width,
        height=made.height,
        alt=text.clean_line(article.lead_alt),
        caption=text.clean_line(article.lead_caption),
        credit=text.clean_line(image.credit),
    )


def figure(picture: Picture | None) -> SafeString:
    """The picture within the text, with its credit: many readers show nothing else of it."""
    if picture is None:
        return mark_safe("")
    credit = _("Picture: %(credit)s") % {"credit": picture.credit} if picture.credit else ""
    words = " ".join(filter(None, [picture.caption, credit]))
    return format_html(
        '<figure><img src="{}" alt="{}" width="{}" height="{}">{}</figure>',
        picture.url,
        picture.alt,
        picture.width,
        picture.height,
        format_html("<figcaption>{}</figcaption>", words) if words else "",
    )


def corrections(rows: Iterable[Corrected | Correction]) -> SafeString:
    return format_html_join(
        "",
        "<h2>{}</h2><p>{}</p><p>{}</p>",
        (
            (
                _("Correction, %(day)s") % {"day": format_date(moment(correction.corrected_at), "j F Y")},
                _("What we wrote: %(text)s") % {"text": text.clean_text(correction.wrong)},
                _("What is right: %(text)s") % {"text": text.clean_text(correction.right)},
            )
            for correction in rows
        ),
    )
