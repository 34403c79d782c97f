from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.context_processors import Chrome
from news.models import Article, Kind, Tag, address
from news.page_cache import fragments, public_page
from news.publishing import body_links
from news.templatetags.dates import month_text
from news.templatetags.labels import ARTICLE_KINDS_MANY
from news.views import article_parts, schema, tally
from news.views.article_filter import ArticleFilter
from news.views.article_list import cards
from news.views.page import (
    Page,
    everywhere,
    pictures_within,
    respond,
    respond_by_facts,
    say_gone,
    share_picture,
)
from news.views.period import period, years_with_news

OLD_AFTER_DAYS = 365
FEATURED = 3


@require_safe
@public_page("kind", "topic", "person", "place", "year", "month", "q", "before", "after")
def articles(request: HttpRequest) -> HttpResponse:
    language = get_language() or "tr"
    asked = ArticleFilter(request.GET, language, fragments(request))
    if asked.too_many:
        return _refuse(request, asked)
    if asked.words:
        return asked.hand_over_to_search()
    rows = asked.slice(request.GET)
    counted = asked.tally(rows)
    first_page = rows.from_start and not asked.chosen
    page = Page(
        title=asked.heading or _("News"),
        description="" if asked.chosen else _("All news of the city, newest first."),
        part=counted.page or rows.days,
        addresses=asked.addresses(),
        section=reverse("news:articles"),
        trail=[(_("Home"), reverse("news:home"))],
        index=first_page,
        feed_query=asked.query,
    )
    context = {
        "slice": rows,
        "tally": counted,
        "filter": asked,
        "featured": article_parts.featured(language, timezone.now(), FEATURED) if first_page else [],
    }
    return respond(request, "news/articles.html", page, context)


def _refuse(request: HttpRequest, asked: ArticleFilter) -> HttpResponse:
    """The form with all that was chosen, for the reader to drop one: no list, and nothing to be kept."""
    page = Page(
        title=_("News"),
        addresses={},
        elsewhere=asked.addresses(),
        section=reverse("news:articles"),
        trail=[(_("Home"), reverse("news:home"))],
        index=False,
    )
    return respond(request, "news/articles.html", page, {"filter": asked}, status=400)


@require_safe
@public_page("before", "after")
def archive(request: HttpRequest, year: int, month: int | None = None) -> HttpResponse:
    language = get_language() or "tr"
    first = date(year, month or 1, 1)
    now = timezone.now()
    start, stop = period(year, month)
    given = {"now": now, "first": start, "end": stop}
    rows = cards(language, ("year",), given, request.GET, {})
    counted = tally.kept(rows, language, now, fragments(request), period=(start, stop))
    title = month_text(first) if month else str(year)
    page = Page(
        title=_("News of %(time)s") % {"time": title},
        part=counted.page or rows.days,
        addresses=everywhere("news:archive", year, month) if month else everywhere("news:archive_year", year),
        section=reverse("news:articles"),
        trail=[(_("Home"), reverse("news:home")), (_("News"), reverse("news:articles"))],
        index=bool(rows.rows) and rows.from_start,
        feed_query={"year": str(year)} | ({"month": str(month)} if month else {}),
    )
    if month:
        page.trail.append((str(year), reverse("news:archive_year", args=[year])))
    context = {
        "slice": rows,
        "tally": counted,
        "year": year,
        "month": first if month else None,
        "months": [date(year, number, 1) for number in range(1, 13)],
        "years": years_with_news(language),
    }
    return respond(request, "news/archive.html", page, context)


@require_safe
@public_page()
def article(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    found = article_parts.article_of(pk, now)
    if found is None:
        return _gone(request, pk, now)
    around = article_parts.around(found, now)
    addresses = {row.language: row.get_absolute_url() for row in [found, *around.translations]}
    if language not in addresses:
        return _not_translated(request, found)
    if request.path != addresses[language]:
        return HttpResponsePermanentRedirect(addresses[language])

    chrome = Chrome.of(request)
    mentions = article_parts.mentions(found) if found.has_mentions else []
    tags = article_parts.tags(found, language)
    news = address("news:articles", language)
    since, updated = found.published_at or found.created_at, found.updated_at()
    page = Page(
        title=found.title,
        description=found.summary,
        addresses=addresses,
        elsewhere={code: address("news:article", code, found.pk, found.slug) for code in ("tr", "en")},
        section=news,
        trail=[
            (_("Home"), address("news:home", language)),
            (_("News"), news),
            *_shelf(found, tags),
        ],
        kind="article",
        published_at=schema.stamp(found.published_at),
        modified_at=schema.stamp(updated),
    )
    if found.lead_image:
        page.picture = share_picture(found.lead_image, found.lead_alt)
    by = schema.publisher(chrome.site, chrome.logo)
    page.schema = [schema.news_article(found, page.canonical, by, mentions, tags)]
    context = {
        "article": found,
        "body": body_links.resolved(found.body, language),
        "images": pictures_within(found.body, found),
        "shelf": next(iter(_shelf(found, tags)), None),
        "updated_at": updated if updated and updated.date() > since.date() else None,
        "is_old": (now - since).days > OLD_AFTER_DAYS,
        "mentions": mentions,
        "tags": tags,
        "gallery": found.gallery.select_related("image") if found.has_gallery else [],
        "files": found.files.all() if found.has_files else [],
        "changes": found.change_notes.all() if found.has_change_notes else [],
        "corrections": found.corrections.all() if found.has_corrections else [],
        "events": article_parts.events(found, now) if found.has_events else [],
        "older": around.older,
        "newer": around.newer,
        "related": article_parts.related(found, tags, mentions, now, fragments(request)),
    }
    return respond_by_facts(request, "news/article.html", page, context)


def _shelf(found: Article, tags: list[Tag]) -> list[tuple[str, str]]:
    """The list within the news that a story stands on: its first topic, or its kind where that says more."""
    topic = next((tag for tag in tags if tag.is_topic), None)
    if found.kind == Kind.STORY:
        return [(str(topic), topic.get_absolute_url())] if topic else []
    kind = Kind(found.kind)
    return [(str(ARTICLE_KINDS_MANY[kind]), f"{address('news:articles', found.language)}?kind={kind}")]


def _gone(request: HttpRequest, pk: int, now: datetime) -> HttpResponse:
    """What was once public says that it was; everything else is as if it had never been."""
    rows = Article.objects.gone(now).records().filter(pk=pk)
    found = rows.select_related("withdrawn_in_favour_of").first()
    if found is None or found.language != get_language():
        raise Http404("no such article")
    successor = found.withdrawn_in_favour_of
    label, url = next(iter(_shelf(found, [])), (_("All news"), reverse("news:articles")))
    context = {
        "reason": found.withdrawn_reason,
        "reason_language": found.language,
        "successor": successor if successor and successor.is_public(now) else None,
        "list_url": url,
        "list_label": label,
    }
    return say_gone(request, found, context)


def _not_translated(request: HttpRequest, found: Article) -> HttpResponse:
    page = Page(
        title=_("Not available in English") if get_language() == "en" else _("Not available in Turkish"),
        addresses={},
        elsewhere={found.language: found.get_absolute_url()},
        section=reverse("news:articles"),
        trail=[(_("Home"), reverse("news:home")), (_("News"), reverse("news:articles"))],
        index=False,
    )
    context = {
        "title": found.title,
        "language": found.language,
        "url": found.get_absolute_url(),
        "list_url": reverse("news:articles"),
        "list_label": _("All news"),
    }
    return respond(request, "news/not_translated.html", page, context)
