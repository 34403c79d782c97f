"""Who is to work on an article, beside who began it."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from news.models import Article, State, TimelineEntry
from news.publishing.rules import Refused


def may_assign(article: Article, by: User) -> str | None:
    """Why `by` may not say who works on it, or nothing: one's own, and with the right others' articles."""
    mine = by.pk in (article.author_id, article.assigned_to_id)
    if not by.has_perm("news.change_article") or not (mine or by.has_perm("news.change_others_article")):
        return _("You do not have the right to do this; ask an administrator or a colleague who has.")
    if article.state not in (State.DRAFT, State.IN_REVIEW):
        return _("There is nothing to work on: it is %(state)s.") % {"state": article.get_state_display()}
    return None


def assign(article: Article, by: User, to: User | None) -> Article:
    """Put it on somebody's desk, with the right to write the draft; `None` takes it from there."""
    with transaction.atomic():
        row = Article.objects.select_for_update().get(pk=article.pk)
        if why := may_assign(row, by):
            raise Refused(why)
        if to is not None and not (to.is_active and to.has_perm("news.change_article")):
            raise Refused(_("%(name)s cannot write articles.") % {"name": name_of(to)})
        if row.assigned_to_id != (to.pk if to else None):
            row.assigned_to = to
            row.save(update_fields=["assigned_to"])
            said = name_of(to) if to else "–"
            TimelineEntry.objects.create(article=row, move="assign", by=by, reason=said, version=row.version)
    return row


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()
