"""People of the newsroom, and forms filled in as a browser would send them."""

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from lxml import html

PASSWORD = "kıyıdaki-feribot"


def person(group: str = "Publisher", name: str = "", **values: Any) -> User:
    """Somebody with an account, in one of the four groups."""
    user = User.objects.create_user(name or group.lower(), password=PASSWORD, is_staff=True, **values)
    user.groups.add(Group.objects.get(name=group))
    return user


def four_eyes(name: str = "Publisher") -> None:
    """Make a group demand a second person before anything goes out."""
    group = Group.objects.get(name=name)
    group.permissions.remove(Permission.objects.get(codename="publish_alone_article"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def code_of(secret: str) -> str:
    """What the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def through_both_factors(client: Client, user: User, secret: str) -> None:
    client.logout()
    client.post("/account/login/", {"login": user.username, "password": PASSWORD})
    client.post("/account/security/authenticate/", {"code": code_of(secret)})


def page(response: Any) -> html.HtmlElement:
    return html.fromstring(response.content.decode())


def text_of(response: Any) -> str:
    return " ".join(page(response).text_content().split())


def all_of(response: Any, xpath: str) -> list[str]:
    """The text of every element at `xpath`, or the value of every attribute."""
    found = page(response).xpath(xpath)
    return [" ".join((item if isinstance(item, str) else item.text_content()).split()) for item in found]


def filled(response: Any, **typed: Any) -> dict[str, Any]:
    """What the browser would send for the page's main form, with some fields typed over."""
    form = next(form for form in page(response).forms if form.get("id", "").endswith("_form"))
    values: dict[str, Any] = {}
    for name, value in form.form_values():
        # A browser drops the newline that Django writes after <textarea>.
        values.setdefault(name, []).append(value.removeprefix("\n"))
    for name in [name for name in values if "__prefix__" in name]:
        del values[name]
    return values | typed


def enter(context: Any, site: Any, user: User) -> None:
    """Give a browser the session of `user`, for journeys that are not about signing in."""
    cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
