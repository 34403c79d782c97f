"""Signing in as an editor does: by password, by the app on the phone, by passkey, by a recovery code."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.core import mail
from playwright.sync_api import Page, expect

from news.models import AccountEvent
from tests.news.newsroom import PASSWORD, code_of, person

pytestmark = pytest.mark.django_db(transaction=True)
# What axe loads beforehand it writes into the page as a style, which our policy refuses.
AXE = {"preload": False}


def look(page: Page) -> None:
    """Nothing that axe finds, on a phone and at a desk."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options=AXE).response["violations"]
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def give_password(page: Page) -> None:
    page.get_by_label("Kullanıcı adı veya e-posta").fill("ayse")
    page.get_by_label("Parola").fill(PASSWORD)
    page.get_by_role("button", name="Giriş yap", exact=True).click()


def confirm(page: Page) -> None:
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("main form button").first.click()


def sign_out(page: Page) -> None:
    page.goto(page.url.split("/a", 1)[0] + "/account/security/")
    page.get_by_role("button", name="Çıkış yap").click()
    expect(page.get_by_role("heading", name="Giriş yap")).to_be_visible()


def at_the_desk(page: Page) -> None:
    page.wait_for_url(re.compile(r"/admin/$"))


@pytest.fixture
def door(live_server) -> str:
    person(name="ayse", email="ayse@izmir.example")
    return live_server.url.replace("127.0.0.1", "localhost") + "/admin/"


def test_password_then_app_then_recovery_code(page: Page, door: str):
    page.goto(door)
    look(page)
    page.get_by_label("Kullanıcı adı veya e-posta").fill("ayse")
    page.get_by_label("Parola").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("birbirine ait değil")
    look(page)
    give_password(page)
    at_the_desk(page)

    page.get_by_role("link", name="Giriş ve güvenlik").click()
    look(page)
    page.locator("a[href='/account/security/app/activate/']").click()
    look(page)
    confirm(page)
    look(page)
    secret = page.locator("#key").inner_text()
    page.locator("input[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Etkinleştir").click()
    page.wait_for_url("**/security/recovery-codes/")
    look(page)
    recovery = page.locator("#recovery_codes").input_value().split()
    assert len(recovery) == 10

    sign_out(page)
    give_password(page)
    page.wait_for_url("**/authenticate/")
    look(page)
    page.locator("input[name=code]").fill("000000")
    page.keyboard.press("Enter")
    expect(page.locator(".errorlist")).to_be_visible()
    # The code of this half minute was spent on switching the app on.
    page.locator("input[name=code]").fill(recovery[0])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/admin/$"))

    sign_out(page)
    give_password(page)
    page.locator("input[name=code]").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1)))
    page.keyboard.press("Enter")
    at_the_desk(page)
    ways = AccountEvent.objects.filter(kind="signed_in").order_by("pk").values_list("details", flat=True)
    assert list(ways) == ["password", "password, recovery_codes", "password, totp"]


def test_a_passkey_replaces_the_password(page: Page, door: str, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(door)
    give_password(page)
    page.goto(door.replace("/admin/", "/account/security/keys/add/"))
    confirm(page)
    page.get_by_role("checkbox").check()
    look(page)
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/security/recovery-codes/")
    page.goto(door)
    at_the_desk(page)
    page.goto(door.replace("/admin/", "/account/security/keys/"))
    expect(page.locator(".keys")).to_contain_text("geçiş anahtarı")
    look(page)

    sign_out(page)
    page.get_by_role("button", name="Geçiş anahtarıyla giriş yap").click()
    at_the_desk(page)
    assert AccountEvent.objects.filter(kind="signed_in").latest("pk").details == "webauthn"


def test_a_passkey_that_fails_says_so(page: Page, door: str):
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    page.goto(door)
    page.evaluate(
        "void (navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')))"
    )
    page.get_by_role("button", name="Geçiş anahtarıyla giriş yap").click()
    expect(page.get_by_role("alert")).to_contain_text("Geçiş anahtarı kullanılamadı")
    look(page)


def test_all_but_passkeys_works_without_script_and_in_english(browser, live_server, door: str):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(door)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_role("button", name="Türkçe").click()
    expect(page.get_by_role("heading", name="Giriş yap")).to_be_visible()
    page.get_by_role("button", name="English").click()
    page.get_by_label("User name or e-mail").fill("ayse")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    at_the_desk(page)
    page.goto(door.replace("/admin/", "/account/security/app/activate/"))
    confirm(page)
    page.locator("input[name=code]").fill(code_of(page.locator("#key").inner_text()))
    page.get_by_role("button", name="Switch on").click()
    page.wait_for_url("**/security/recovery-codes/")
    context.close()


def test_a_forgotten_password_is_replaced_by_a_letter(page: Page, door: str, settings):
    settings.SITE_URL = door.removesuffix("/admin/")
    page.goto(door)
    page.get_by_role("link", name="Parolanızı mı unuttunuz").click()
    look(page)
    page.locator("input[type=email]").fill("ayse@izmir.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/password/reset/done/")
    look(page)
    page.goto(re.search(r"http\S+", mail.outbox[0].body)[0])
    look(page)
    page.locator("[name=password1]").fill("kısa")
    page.locator("[name=password2]").fill("başka")
    page.locator("main form button").first.click()
    expect(page.locator(".errorlist").first).to_be_visible()
    look(page)
    for name in ("password1", "password2"):
        page.locator(f"[name={name}]").fill("sahilde-yürüyüş-35")
    page.locator("main form button").first.click()
    page.wait_for_url("**/password/reset/key/done/")
    look(page)
    page.goto(re.search(r"http\S+", mail.outbox[0].body)[0])
    look(page)


def test_the_rarer_pages_of_an_account_have_no_finding(page: Page, door: str, faults):
    base = door.replace("/admin/", "/account/")
    for address in ("signup/", "inactive/"):
        page.goto(base + address)
        look(page)
    page.goto(door)
    give_password(page)
    at_the_desk(page)
    TOTP.activate(User.objects.get(), generate_totp_secret())
    for address in (
        "reauthenticate/",
        "security/reauthenticate/",
        "security/app/deactivate/",
        "password/change/",
    ):
        page.goto(base + address)
        look(page)
    page.goto(base + "reauthenticate/")
    confirm(page)
    for address in (
        "security/",
        "security/app/deactivate/",
        "security/recovery-codes/generate/",
        "password/change/",
        "logout/",
    ):
        page.goto(base + address)
        look(page)
    page.goto(base + "password/change/")
    page.locator("[name=oldpassword]").fill("wrong")
    for name in ("password1", "password2"):
        page.locator(f"[name={name}]").fill("sahilde-yürüyüş-35")
    page.locator("main form button").first.click()
    expect(page.locator(".errorlist").first).to_be_visible()
    look(page)
    sign_out(page)
    for _number in range(12):
        page.goto(base + "password/reset/")
        page.locator("input[type=email]").fill("ayse@izmir.example")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        if page.get_by_role("heading", name="Çok fazla deneme").count():
            break
    expect(page.get_by_role("heading", name="Çok fazla deneme")).to_be_visible()
    look(page)
    faults.clear()


def test_on_a_phone_in_english_the_door_is_english_and_does_not_scroll_sideways(
    browser, live_server, door: str
):
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(door)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    look(page)
    for words in (
        "Sign in",
        "User name or e-mail:",
        "Password:",
        "Sign in with a passkey",
        "Forgotten your password?",
    ):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()
    page.get_by_label("User name or e-mail").fill("ayse")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(
        "The name or e-mail and the password do not belong together."
    )
    look(page)
    page.get_by_role("link", name="Forgotten your password?").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    look(page)
    assert not set("çğıöşüÇĞİÖŞÜ") & set(page.locator("main").inner_text())
    context.close()
