"""Letters to colleagues about what happened without them: a change that failed or came late."""

import logging
import smtplib
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from news.models import Article
from news.publishing.when import said_back

logger = logging.getLogger(__name__)


def people(*users: User | None) -> list[str]:
    """The addresses of those who can be written to, each once."""
    return list(dict.fromkeys(user.email for user in users if user and user.is_active and user.email))


def failed(copy: Article, problem: str, planned: datetime, told: list[str]) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("Not published: %(title)s") % {"title": copy}
        text = _(
            "The change to “%(title)s” was to be published on %(time)s and was not:\n\n%(problem)s\n\n"
            "Mend it, or try again:\n%(url)s"
        )
        values = {"title": copy, "time": said_back(planned), "problem": problem, "url": _url(copy)}
        _send(subject, text % values, told)


def late(article: Article, title: str, planned: datetime, told: list[str]) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("Published late: %(title)s") % {"title": title}
        text = _(
            "The change to “%(title)s” was to be published on %(time)s and came out only now, because the"
            " minute-by-minute task did not run.\n\n%(url)s"
        )
        _send(subject, text % {"title": title, "time": said_back(planned), "url": _url(article)}, told)


def _url(article: Article) -> str:
    return f"{settings.SITE_URL}{reverse('admin:news_article_change', args=[article.pk])}"


def _send(subject: str, text: str, told: list[str]) -> None:
    if told:
        transaction.on_commit(lambda: _deliver(subject, text, told))


def _deliver(subject: str, text: str, told: list[str]) -> None:
    """The desk says the same, so a mail server that is down holds up nothing."""
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, told)
    except (smtplib.SMTPException, OSError):
        logger.exception("A letter to colleagues could not be sent: %s", subject)
