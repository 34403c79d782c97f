"""New rows made from others: the working copy of a live article, a duplicate, a translation."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from reversion.models import Version

from news import search
from news.models import Article, Event, State, TimelineEntry
from news.publishing import body_links, history, rules
from news.publishing.content import Content
from news.publishing.event import rebuild_occurrences
from news.publishing.rules import Refused
from news.publishing.when import said_back

#: What happened to one event, and is not the next one's.
EVENTS_OWN = {
    "published_at",
    "expires_at",
    "status",
    "status_reason_tr",
    "status_reason_en",
    "previous_start_date",
    "withdrawn_reason_tr",
    "withdrawn_reason_en",
}


def working_copy(article: Article, by: User, checked: bool = False) -> Article:
    """The one working copy of a live article, made where there is none; what readers see stays as it is.
    `checked`: the caller knows that `by` may."""
    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=article.pk)
        if found := Article.objects.filter(original=article).first():
            return found
        if not checked and not rules.may_copy(article, by):
            raise Refused(_("You do not have the right to change this article."))
        return _new(article, by, "copy", original=article, slug=article.slug, language=article.language)


def duplicate(article: Article, by: User) -> Article:
    """A draft with the same content, for a series: without date, address, notes or corrections."""
    _may_add(by)
    with transaction.atomic():
        made = _new(article, by, "duplicate", language=article.language, title=_("%s (copy)") % article.title)
        made.change_notes.all().delete()
        made.corrections.all().delete()
        return made


def duplicate_event(event: Event, by: User) -> Event:
    """A draft of the next one of its kind: the same rule, place and people, and nothing that befell
    the first."""
    if not by.has_perm("news.add_event"):
        raise Refused(_("You do not have the right to add events."))
    with transaction.atomic():
        columns = [column for column in Event._meta.concrete_fields if column.editable]
        values = {
            column.attname: getattr(event, column.attname)
            for column in columns
            if not column.primary_key and column.name not in EVENTS_OWN
        }
        for language, _name in settings.LANGUAGES:
            if title := values[f"title_{language}"]:
                with override(language):
                    values[f"title_{language}"] = (_("%s (copy)") % title)[:200]
        made = Event.objects.create(state=State.DRAFT, author=by, **values)
        takes_part = Event.participants.through
        takes_part.objects.bulk_create(
            takes_part(event=made, official=official) for official in event.participants.all()
        )
        made.tags.add(*event.tags.all())
        rebuild_occurrences(made)
        TimelineEntry.objects.create(event=made, move="duplicate", by=by, version=made.version)
        history.record(made, by, "duplicate")
        search.index(made)
    return made


def translate(article: Article, by: User) -> Article:
    """The draft in the other language, made where there is none: its facts are there, its words are to be
    written over."""
    _may_add(by)
    with transaction.atomic():
        if found := article.translations().first():
            return found
        language = "en" if article.language == "tr" else "tr"
        key = article.record.translation_key
        made = _new(article, by, "translate", language=language, translation_key=key)
        made.change_notes.all().delete()
        made.corrections.all().delete()
        return made


def restore(article: Article, version: Version, by: User) -> tuple[Article, list[str]]:
    """An earlier version as a new one, in the working copy if readers see the article; and what could not be
    brought back. Identity and times of publication stay."""
    with transaction.atomic():
        content = Content.of_revision(version.revision)
        lost = content.drop_missing()
        if rules.may_write(article, by):
            target = Article.objects.select_for_update().get(pk=article.pk)
        else:
            target = working_copy(article, by)
            if not rules.may_write(target, by):
                raise Refused(_("You do not have the right to change this article."))
        target.version += 1
        content.put(target)
        reason = said_back(version.revision.date_created)
        TimelineEntry.objects.create(
            article=target, move="restore", by=by, reason=reason, version=target.version
        )
        history.record(target, by, "restore")
        search.index(target)
    return target, lost


def _may_add(by: User) -> None:
    if not by.has_perm("news.add_article"):
        raise Refused(_("You do not have the right to write articles."))


def _new(article: Article, by: User, move: str, title: str = "", **values: object) -> Article:
    content = Content.of(article)
    if title:
        content.fields["title"] = title[:300]
    if move == "translate":
        content.fields["body"] = body_links.in_other_language(article.body, str(values["language"]))
    if "original" not in values:
        content.fields |= {"featured_until": None, "expires_at": None}
    made = Article(state=State.DRAFT, author=by, **values)
    content.put(made)
    TimelineEntry.objects.create(article=made, move=move, by=by, version=made.version)
    history.record(made, by, move)
    return made
