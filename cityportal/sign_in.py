"""How people enter: django-allauth, with what our threats ask beyond its defaults."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tasks import task

#: One sentence for every reason, so that none of them says whether there is such an account.
WRONG = _("The name or e-mail and the password do not belong together.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, or use a passkey."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Administrators make the accounts."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """A closed account gets the same answer as a wrong password."""
        user = super().authenticate(request, **credentials)
        return user if user and user.is_active else None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """allauth's own begins with the Host, whose port anybody may choose: each a fresh budget of tries."""
        name: str = credentials.get("username") or credentials.get("email") or ""
        return name.strip().lower()

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The Host of a request may name a foreign port; a link in a letter leads to the site itself."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """By a task: waiting for the mail server would tell that the account exists."""
        about = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        message = self.render_mail(template_prefix, email, about | context)
        send_letter.enqueue(str(message.subject), str(message.body), email)


@task()
def send_letter(subject: str, body: str, email: str) -> None:
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [email]).send()


class NameAndPassword(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = pgettext_lazy("sign-in", "User name or e-mail")
        login.max_length = 254
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        del self.fields["password"].widget.attrs["placeholder"]
        # allauth's link to a new password, which our page has below, in our words.
        self.fields["password"].help_text = ""

    def user_credentials(self) -> dict[str, Any]:
        """Given an e-mail as well, the backend would hash twice for an e-mail that has an account, and once
        for one that has none."""
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}
