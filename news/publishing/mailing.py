"""News by e-mail: asking, confirming, sending, leaving.

Nobody is written to who did not confirm. An address can be typed by anybody, so asking is answered the same
way whatever is known of it, and sends at most a few letters a day to one address.
"""

import logging
import smtplib
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from news.models import ISTANBUL, Article, Frequency, SiteProfile, Subscription

logger = logging.getLogger(__name__)

#: Letters that ask for a confirmation, to one address within a day.
ASKING_LIMIT = 3
#: Questions that go out within an hour, to whomever.
HOURLY_LIMIT = 300
#: How long a question stays open; then the address is forgotten.
ASKING_LASTS = timedelta(days=3)
#: A story may be dated back by this much and still be news; what is older is an import and is not mailed.
LATE = timedelta(days=2)
EVENING, MORNING, MONDAY = time(18), time(8), 0
MOST_STORIES = 30
BOUNCE_LIMIT = 3


class TooManyError(Exception):
    """More people ask than ever did: rather a machine that writes to others' addresses."""


def ask(wanted: Subscription, now: datetime | None = None) -> None:
    """Write to the address and ask whether it wants this; nothing where it was asked or wants it already."""
    now = now or timezone.now()
    wanted.email = wanted.email.lower()
    if (
        Subscription.objects.filter(asked_at__gt=now - timedelta(hours=1))[:HOURLY_LIMIT].count()
        == HOURLY_LIMIT
    ):
        logger.warning("News by e-mail was asked for %s times within an hour.", HOURLY_LIMIT)
        raise TooManyError
    try:
        with transaction.atomic():
            asked = _to_be_asked(wanted, now)
    except IntegrityError:
        # The same question at the same moment, such as a button pressed twice.
        return
    if asked:
        with override(asked.language):
            subject = _("Please confirm: news by e-mail")
            letter = _letter(asked, subject, "asked", {})
        _send([letter])


def _to_be_asked(wanted: Subscription, now: datetime) -> Subscription | None:
    known = Subscription.objects.filter(email=wanted.email)
    since = now - timedelta(days=1)
    same = known.filter(language=wanted.language, about=_about(wanted)).first()
    if known.filter(asked_at__gt=since).count() >= ASKING_LIMIT:
        return None
    if same and same.confirmed_at:
        if same.frequency == wanted.frequency or same.asked_at > since:
            return None
        same.wanted_frequency, same.asked_at = wanted.frequency, now
        same.save(update_fields=["wanted_frequency", "asked_at"])
        return same
    if same and same.asked_at > since:
        return None
    if same:
        same.delete()
    wanted.asked_at = now
    wanted.save()
    return wanted


def _about(wanted: Subscription) -> str:
    return f"{wanted.tag_id or ''}/{wanted.official_id or ''}/{wanted.place_id or ''}"


def confirm(subscription: Subscription, now: datetime | None = None) -> None:
    subscription.confirmed_at = subscription.confirmed_at or now or timezone.now()
    subscription.frequency = subscription.wanted_frequency or subscription.frequency
    subscription.wanted_frequency = ""
    subscription.save(update_fields=["confirmed_at", "frequency", "wanted_frequency"])


def leave(subscription: Subscription) -> None:
    """Delete all that is known of the subscription."""
    subscription.delete()


def forget_unanswered(now: datetime | None = None) -> int:
    """Delete the addresses that were asked and did not answer in time."""
    late = Subscription.objects.filter(
        confirmed_at__isnull=True, asked_at__lt=(now or timezone.now()) - ASKING_LASTS
    )
    return late.delete()[0]


def bounced(email: str) -> None:
    """Count a letter that could not be delivered for good; the third ends the address's subscriptions."""
    for subscription in Subscription.objects.filter(email=email.lower()):
        subscription.bounces += 1
        if subscription.bounces >= BOUNCE_LIMIT:
            leave(subscription)
        else:
            subscription.save(update_fields=["bounces"])


def send_due(now: datetime | None = None) -> int:
    """Send every letter that is due, and say how many; safe to run at any time and again."""
    now = now or timezone.now()
    forget_unanswered(now)
    sent = 0
    for frequency in Frequency.values:
        for subscription in _waiting(Frequency(frequency), now):
            sent += send(subscription, now)
    return sent


def last_moment(frequency: Frequency, now: datetime) -> datetime:
    """The latest moment at or before `now` at which letters of this frequency go out."""
    if frequency == Frequency.AT_ONCE:
        return now
    local = now.astimezone(ISTANBUL)
    at = EVENING if frequency == Frequency.DAILY else MORNING
    moment = datetime.combine(local.date(), at, ISTANBUL)
    while moment > now or (frequency == Frequency.WEEKLY and moment.weekday() != MONDAY):
        moment = datetime.combine(moment.date() - timedelta(days=1), at, ISTANBUL)
    return moment


def _waiting(frequency: Frequency, now: datetime) -> Iterator[Subscription]:
    moment = last_moment(frequency, now)
    unsent = Q(sent_at__isnull=True) | Q(sent_at__lt=moment)
    due = Subscription.objects.confirmed().filter(unsent, frequency=frequency, confirmed_at__lt=moment)
    last = 0
    while batch := list(
        due.filter(pk__gt=last).select_related("tag", "official", "place").order_by("pk")[:500]
    ):
        yield from batch
        last = batch[-1].pk


def send(subscription: Subscription, now: datetime) -> int:
    """Send what is new to one address; 1 when a letter went out."""
    articles = news_for(subscription, now)
    remembered = [*subscription.sent_articles, *(article.pk for article in articles)][-200:]
    # Taken before it is sent: two runs at once send one letter, and a crash loses one rather than repeat it.
    taken = Subscription.objects.filter(pk=subscription.pk, sent_at=subscription.sent_at)
    if not taken.update(sent_at=now, sent_articles=remembered) or not articles:
        return 0
    with override(subscription.language):
        subject = articles[0].title
        if len(articles) > 1:
            others = len(articles) - 1
            subject += " " + ngettext("and %(n)s more story", "and %(n)s more stories", others) % {
                "n": others
            }
        letter = _letter(subscription, subject, "news", {"articles": articles})
    try:
        _send([letter])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError) as error:
        logger.warning("A letter to subscription %s was refused: %s", subscription.pk, type(error).__name__)
        if is_final(error):
            bounced(subscription.email)
        else:
            _put_back(subscription, now)
        return 0
    except (smtplib.SMTPException, OSError):
        # The server and not this address: the others would meet the same, and wait for the next run.
        _put_back(subscription, now)
        raise
    return 1


def is_final(error: Exception) -> bool:
    """Whether no later try can help (RFC 5321 section 4.2.1: 5yz), as where an address cannot be written."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _said in error.recipients.values())
    return not isinstance(error, smtplib.SMTPDataError) or error.smtp_code >= 500


def _put_back(subscription: Subscription, now: datetime) -> None:
    taken = Subscription.objects.filter(pk=subscription.pk, sent_at=now)
    taken.update(sent_at=subscription.sent_at, sent_articles=subscription.sent_articles)


def news_for(subscription: Subscription, now: datetime) -> list[Article]:
    """The public stories since the last letter that this address has not had, newest first."""
    since = subscription.sent_at or subscription.confirmed_at or now
    found = (
        subscription.articles(now)
        .filter(published_at__gt=since - LATE, first_published_at__gt=subscription.confirmed_at)
        .exclude(pk__in=subscription.sent_articles)
        .distinct()
        .newest_first()
    )
    return list(found.defer("body", "folded")[:MOST_STORIES])


def address(subscription: Subscription, name: str) -> str:
    with override(subscription.language):
        return settings.SITE_URL + reverse(f"news:{name}", args=[subscription.token])


def _letter(subscription: Subscription, subject: str, template: str, values: dict) -> EmailMultiAlternatives:
    site = SiteProfile.load()
    leave_url = address(subscription, "leave")
    context = {
        "subscription": subscription,
        "site": site,
        "site_url": settings.SITE_URL,
        "confirm_url": address(subscription, "confirm"),
        "leave_url": leave_url,
        "subject": subject,
        "language": subscription.language,
        **values,
    }
    letter = EmailMultiAlternatives(
        subject,
        render_to_string(f"mail/{template}.txt", context),
        f"{site.short_name} <{settings.DEFAULT_FROM_EMAIL}>"
        if "<" not in settings.DEFAULT_FROM_EMAIL
        else None,
        [subscription.email],
        headers={
            # RFC 8058: a reader's program leaves with one POST, and asks nothing.
            "List-Unsubscribe": f"<{leave_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    letter.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    return letter


def _send(letters: list[EmailMultiAlternatives]) -> None:
    get_connection().send_messages(letters)
