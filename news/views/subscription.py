"""Following the news by e-mail.

The forms carry no CSRF token: they act for no session and change nothing that the person behind the address
has not confirmed, and a public page sets no cookie.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from news.models import Frequency, Official, Place, Subscription, Tag
from news.page_cache import public_page
from news.publishing import mailing
from news.views.page import Page, everywhere, respond


class SubscriptionForm(forms.Form):
    """What is asked for; at most one of topic, person and district."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    tag = forms.ModelChoiceField(Tag.objects.none(), label=gettext_lazy("Topic"), required=False)
    official = forms.ModelChoiceField(Official.objects.none(), label=gettext_lazy("Person"), required=False)
    place = forms.ModelChoiceField(Place.objects.none(), label=gettext_lazy("District"), required=False)
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Frequency.choices, initial=Frequency.DAILY
    )

    def __init__(self, language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        chosen = {
            "tag": Tag.objects.topics().public(language).alphabetical(),
            "official": Official.objects.filter(listed=True).in_office().alphabetical(),
            "place": Place.objects.districts().alphabetical(),
        }
        for name, rows in chosen.items():
            field = self.fields[name]
            field.queryset = rows
            field.empty_label = _("All")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if sum(bool(values.get(name)) for name in ("tag", "official", "place")) > 1:
            raise forms.ValidationError(_("Choose a topic, a person or a district, one at a time."))
        return values

    def subscription(self) -> Subscription:
        return Subscription(language=self.language, **self.cleaned_data)


def _page(title: str, index: bool = False) -> Page:
    return Page(
        title=title,
        description=_("News of the city by e-mail, without an account."),
        addresses=everywhere("news:follow"),
        section=reverse("news:feeds"),
        trail=[(_("Home"), reverse("news:home")), (_("Feeds and calendars"), reverse("news:feeds"))],
        index=index,
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page("tag", "official", "place")
def follow(request: HttpRequest) -> HttpResponse:
    language, status = get_language() or "tr", 200
    if request.method == "POST":
        status = 422
        form = SubscriptionForm(language, request.POST)
        if form.is_valid():
            try:
                mailing.ask(form.subscription())
            except mailing.TooManyError:
                form.add_error(None, _("Too many are asking just now. Please try again in an hour."))
                status = 429
            else:
                return redirect("news:follow_asked")
    else:
        form = SubscriptionForm(language, initial=request.GET.dict())
    return respond(
        request, "news/follow.html", _page(_("News by e-mail"), index=True), {"form": form}, status=status
    )


@require_safe
@public_page()
def follow_asked(request: HttpRequest) -> HttpResponse:
    return respond(request, "news/follow_asked.html", _page(_("Look into your mail")))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A letter's link opens a page with one button: programs that look at links ahead confirm nothing."""
    found = _found(token)
    if found is None:
        return _not_known(request, "confirm")
    if request.method == "POST":
        mailing.confirm(found)
    return _answer(request, "news/follow_confirm.html", _page(_("News by e-mail")), {"subscription": found})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """One POST leaves, from the page's button or from a reader's program (RFC 8058)."""
    found = _found(token)
    if found is None:
        return _not_known(request, "leave")
    left = request.method == "POST"
    if left:
        mailing.leave(found)
    page = _page(_("Leaving the news by e-mail"))
    return _answer(request, "news/follow_leave.html", page, {"subscription": found, "left": left})


def _found(token: str) -> Subscription | None:
    return Subscription.objects.filter(token=token).select_related("tag", "official", "place").first()


def _not_known(request: HttpRequest, wanted: str) -> HttpResponse:
    """Cut by a mail program, used already or too old: nothing is kept that could tell one from the other."""
    page = Page(
        title=_("This link is not known"), addresses={}, elsewhere=everywhere("news:follow"), index=False
    )
    return _answer(request, "news/follow_not_known.html", page, {"wanted": wanted}, status=404)


def _answer(
    request: HttpRequest, template: str, page: Page, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    response = respond(request, template, page, context, status=status)
    # The address holds the key: it must not travel on as a referrer, nor be found by a search engine.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
