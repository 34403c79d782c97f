"""Addresses of the site that the portal replaced."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from news.models import Article
from news.page_cache import ASK

#: `/en/News/we-have-a-guest-from-moscow/45046/156`: any words, the article's number, the section's. The old
#: server told no case apart, and copied addresses carry whatever people's programs made of their words.
ADDRESS = (
    "^(?P<language>[tT][rR]|[eE][nN])/(?:[nN][eE][wW][sS]|[hH][aA][bB][eE][rR][lL][eE][rR])"
    r"/[\s\S]*/(?P<number>[0-9]{1,9})/[^/]+/?$"
)


@csrf_exempt
@require_safe
def old_article(request: HttpRequest, language: str, number: str) -> HttpResponse:
    """The article with the old number, in the old address's language where there is one in it."""
    # What is gone has a page that says so.
    visible = Article.objects.public() | Article.objects.gone()
    found = visible.filter(legacy_id=int(number)).only("slug", "language", "kind")
    articles = {article.language: article for article in found[:2]}
    if not articles:
        raise Http404("no such article on the old site")
    wanted = articles.get(language.lower()) or next(iter(articles.values()))
    return HttpResponsePermanentRedirect(wanted.get_absolute_url(), headers={"Cache-Control": ASK})
