from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from news.admin import site
from news.urls import root_patterns
from news.views.api import patterns as api_patterns
from news.views.media import media

urlpatterns = [
    path("admin/", site.urls),
    path("account/", include("cityportal.sign_in_urls")),
    path("media/<path:name>", media),
    *api_patterns,
    *root_patterns,
    *i18n_patterns(path("", include("news.urls"))),
]

handler404 = "news.views.errors.not_found"
handler400 = "news.views.errors.bad_request"
