from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(path("", include("news.urls"))),
]

handler404 = "news.views.errors.not_found"
handler400 = "news.views.errors.bad_request"
