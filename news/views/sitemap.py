"""What machines ask of the site as a whole."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from news.models import Article, Event, Official, SiteProfile
from news.page_cache import public_page
from news.syndication import sitemaps
from news.syndication.item import absolute

RANGED = {"articles": sitemaps.articles, "events": sitemaps.events, "officials": sitemaps.officials}


def xml(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type=sitemaps.TYPE)


@require_safe
@public_page()
def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    paths = [reverse("sitemap", args=[name]) for name in ("pages", "topics")]
    for name, public in (
        ("articles", Article.objects.public(now, by_key=True)),
        ("events", Event.objects.public(now, by_key=True)),
        ("officials", Official.objects.public(now)),
    ):
        paths += [reverse("sitemap_range", args=[name, number]) for number in sitemaps.filled_ranges(public)]
    return xml(sitemaps.index(paths))


@require_safe
@public_page()
def sitemap(request: HttpRequest, name: str) -> HttpResponse:
    entries = sitemaps.pages() if name == "pages" else sitemaps.topics(timezone.now())
    return xml(sitemaps.urlset(entries))


@require_safe
@public_page()
def sitemap_range(request: HttpRequest, name: str, number: str) -> HttpResponse:
    entries = list(RANGED[name](int(number), timezone.now()))
    if not entries:
        raise Http404("nothing in this range")
    return xml(sitemaps.urlset(entries))


@require_safe
@public_page()
def news(request: HttpRequest) -> HttpResponse:
    site = SiteProfile.load()
    names = {language: getattr(site, f"name_{language}") for language in sitemaps.LANGUAGES}
    return xml(sitemaps.recent_news(names, timezone.now()))


@require_safe
@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    closed = ["/admin/", "/account/"]
    for language in sitemaps.LANGUAGES:
        with override(language):
            closed.append(reverse("news:search"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines += [f"Sitemap: {absolute(reverse(name))}" for name in ("sitemap_index", "news_sitemap")]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@csrf_exempt
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Asked for by browsers that show something without a head, such as a feed."""
    return HttpResponseRedirect(static("img/favicon.ico"))


@require_safe
@public_page()
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The expiry stays the same for a month, so that the page does."""
    site = SiteProfile.load()
    contact = site.security_contact or (f"mailto:{site.email}" if site.email else "")
    if not contact:
        raise Http404("nobody is named for security")
    now = timezone.now()
    expires = datetime(now.year + 1, now.month, 1, tzinfo=UTC) - timedelta(days=1)
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {absolute(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
