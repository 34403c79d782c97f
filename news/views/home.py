from typing import Any

from django.db.models import BigAutoField, DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from news.context_processors import Chrome
from news.models import Article, prepared, tagged
from news.page_cache import public_page
from news.views import schema
from news.views.article_parts import featured
from news.views.event_list import upcoming
from news.views.official import leading
from news.views.page import Page, everywhere, respond
from news.views.tag import public_topics

LATEST = 6
IN_FOCUS = 3


@require_safe
@public_page()
def home(request: HttpRequest) -> HttpResponse:
    language = get_language() or "tr"
    now = timezone.now()
    latest = list(_latest(language, now=now))
    lead = next(iter([*featured(language, now, 1), *latest]), None)
    chrome = Chrome.of(request)
    page = Page(title="", description=chrome.site.description, addresses=everywhere("news:home"))
    page.schema = [
        schema.organization(chrome.site, chrome.logo, [account.url for account in chrome.social]),
        schema.website(chrome.site, page.canonical),
    ]
    topics = list(public_topics(language, 40, now=now))
    in_focus = [topic for topic in topics if topic.in_focus][:IN_FOCUS]
    context = {
        "chrome": chrome,
        "lead": lead,
        "latest": [article for article in latest if article != lead][:LATEST],
        "events": upcoming(language, now, 4),
        "officials": leading(4),
        "topics": topics,
        "focus": [(topic, _newest_of(language, topic=topic.pk, now=now)) for topic in in_focus],
    }
    return respond(request, "news/home.html", page, context)


@prepared(now=DateTimeField())
def _latest(language: str, *, now: Any) -> QuerySet[Article]:
    return Article.objects.public(now).in_language(language).for_cards().newest_first()[: LATEST + 1]


@prepared(topic=BigAutoField(), now=DateTimeField())
def _newest_of(language: str, *, topic: Any, now: Any) -> QuerySet[Article]:
    """The newest three of a topic, by the topic's own index; no join of three topics reads so little."""
    public = Article.objects.public(now).in_language(language)
    newest = public.filter(tagged(topic, language, now)).order_by(
        "-article_tags__listed_at", "-article_tags__content_object_id"
    )
    return newest.only("title", "slug", "language", "kind")[:IN_FOCUS]
