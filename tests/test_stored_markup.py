"""Markup in any text that can be stored stays text wherever it is shown: pages, feeds, letters, admin.

The rows are written past every form, as an import or a stolen password would.
"""

import json
import re
from collections.abc import Iterator
from email.message import EmailMessage

import html5lib
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from lxml import etree
from zeal import zeal_ignore

from news import search
from news.admin import site
from news.models import Article, Event, Frequency, Official, Subscription, Tag
from news.models.fields import RichTextField
from news.publishing import history, mailing
from tests.news.newsroom import person, signed_in
from tests.news.views import city

pytestmark = pytest.mark.django_db

#: Each leaves another context: text, attribute, script, comment, title, style, an address.
PAYLOADS = [
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "</title></textarea><iframe src=//evil.example>",
    "--><script>alert(1)</script><!--",
    "</style><script>alert(1)</script>",
    "<a href=javascript:alert(1)>a</a>",
    "javascript:alert(1)//",
    "]]><script>alert(1)</script>",
    "<x onfocus=alert(1) autofocus tabindex=1>",
]
RICH = (
    "<p>Metin</p><script>alert(1)</script><p onclick=alert(1)><a href='java\tscript:alert(1)'>a</a></p>"
    "<svg><style><img src=x onerror=alert(1)></style></svg>"
    "<math><mi xlink:href='javascript:alert(1)'>b</mi></math>"
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>"
    "<iframe srcdoc='<script>'></iframe><img src='x' onerror='alert(1)'>"
    "<form action='javascript:alert(1)'><button formaction='javascript:x'>c</button></form>"
)
#: Not words: what rows are found, counted or reckoned by.
LEFT = {
    "time_zone", "recurrence", "extra_dates", "excluded_dates", "focal_point", "slug", "language", "key",
    "token",
}  # fmt: skip
ADDRESSES = {"href", "src", "srcset", "action", "formaction", "poster", "data", "xlink:href", "cite", "ping"}
OURS = ("/static/", "/admin/jsi18n/")
RUNS = re.compile(r"^[\s\x00-\x20]*(java\s*script|vbscript|data)\s*:", re.IGNORECASE)


def infect() -> None:
    """Put a payload into every text column of every row that the models allow."""
    number = 0
    for model in apps.get_app_config("news").get_models():
        columns = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and not isinstance(field, models.FileField)
            and not field.choices
            and field.editable
            and field.name not in LEFT
        ]
        for row in model._default_manager.all() if columns else []:
            for field in columns:
                number += 1
                most = field.max_length or 1000
                fitting = [RICH] if isinstance(field, RichTextField) else PAYLOADS
                fitting = [text for text in fitting if len(text) <= most] or ["<b>"]
                setattr(row, field.attname, fitting[number % len(fitting)])
            try:
                with transaction.atomic():
                    row.save()
            except IntegrityError:
                assert model is not Article


@pytest.fixture
def infected() -> list[str]:
    """The addresses of all that is public."""
    with zeal_ignore():
        addresses = city.build()
        infect()
        search.index(
            *Article.objects.all(), *Event.objects.all(), *Official.objects.all(), *Tag.objects.all()
        )
    return [*addresses.values(), "/tr/arama/?q=alert", "/tr/arama/?q=onerror"]


def assert_harmless(source: str, where: str) -> None:
    """As a browser reads it: nothing in it runs, and nothing comes from another host."""
    tree = html5lib.parse(source, treebuilder="lxml", namespaceHTMLElements=False)
    for element in tree.iter(etree.Element):
        name = element.tag.rpartition("}")[2]
        assert name not in {"object", "embed", "math", "base", "x"}, f"{where}: <{name}>"
        if name == "script":
            data = element.get("type") in {"application/ld+json", "application/json", "importmap"}
            assert data or element.get("src", "").startswith(OURS), f"{where}: {element.text}"
        if element.get("type") == "application/ld+json":
            json.loads(element.text)
        for attribute, value in element.attrib.items():
            assert not attribute.lower().startswith("on"), f"{where}: {attribute}={value}"
            assert attribute != "srcdoc", where
            if attribute in ADDRESSES:
                assert not RUNS.match(value), f"{where}: {attribute}={value}"
                assert "evil.example" not in value or name == "a", f"{where}: {attribute}={value}"
        if name == "img":
            assert element.get("src", "/").startswith(("/", "http://testserver/")), where


def test_no_public_page_runs_what_was_stored(client: Client, infected: list[str]) -> None:
    shown = 0
    for address in infected:
        response = client.get(address, follow=True)
        assert response.status_code in (200, 400, 404), address
        source = response.content.decode()
        shown += source.count("onerror=alert(1)&gt;")
        assert_harmless(source, address)
    assert shown > 20


def test_no_feed_and_no_answer_of_the_api_runs_what_was_stored(client: Client, infected: list[str]) -> None:
    for address in ("/tr/feed/", "/tr/feed/atom/", "/en/feed/"):
        feed = etree.fromstring(client.get(address).content)
        texts = [element for element in feed.iter(etree.Element) if "<p>" in (element.text or "")]
        assert texts
        for element in texts:
            assert_harmless(element.text, f"{address} {element.tag}")
        assert not [link for link in feed.xpath("//@href") if RUNS.match(link)]
    for item in client.get("/tr/feed.json").json()["items"]:
        assert_harmless(item["content_html"], "feed.json")
    for noun in ("articles", "events", "officials"):
        for row in client.get(f"/api/{noun}").json()["items"]:
            whole = client.get(f"/api/{noun}/{row['id']}").json()
            for words in strings(whole):
                if words.startswith("<p>"):
                    assert_harmless(words, f"api {noun}")
            assert not [link for name, link in pairs(whole) if "url" in name and RUNS.match(str(link))]
    for address in ("/tr/events.ics", "/sitemap.xml", "/tr/arama/opensearch.xml"):
        assert client.get(address).status_code == 200


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from strings(inner)


def pairs(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        yield from value.items()
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from pairs(inner)


def test_no_letter_runs_what_was_stored_nor_takes_headers_from_it(infected: list[str], mailoutbox) -> None:
    reader = Subscription.objects.create(
        email="ayse@example.org", language="tr", frequency=Frequency.AT_ONCE, confirmed_at=timezone.now()
    )
    Article.objects.update(first_published_at=timezone.now() + timezone.timedelta(minutes=1))
    assert mailing.send(reader, timezone.now())
    (letter,) = mailoutbox
    written: EmailMessage = letter.message()
    assert "alert(1)" in letter.body
    assert set(written.keys()) <= {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "List-Unsubscribe",
        "List-Unsubscribe-Post", "Auto-Submitted",
    }  # fmt: skip
    assert_harmless(letter.alternatives[0][0], "letter")


def test_no_page_of_the_newsroom_runs_what_was_stored(infected: list[str]) -> None:
    user: User = person("Administrator", is_superuser=True)
    client = signed_in(user)
    seen = 0
    with zeal_ignore():
        for item in (*Article.objects.all()[:3], *Event.objects.all()[:2], *Official.objects.all()[:2]):
            history.record(item, user, PAYLOADS[0])
            type(item)._default_manager.filter(pk=item.pk).update(**{touched(item): PAYLOADS[2]})
            item.refresh_from_db()
            history.record(item, user, PAYLOADS[2])
        for model in site._registry:
            for address in pages_of(model):
                response = client.get(address)
                assert response.status_code in (200, 302, 403), address
                assert_harmless(response.content.decode(), address)
                seen += "alert(1)" in response.content.decode()
        article = Article.objects.records().first()
        done = client.post(f"/admin/news/article/{article.pk}/duplicate/", follow=True)
        assert_harmless(done.content.decode(), "the message after a move")
    assert seen > 30


def touched(item: models.Model) -> str:
    return {"article": "title", "event": "title_tr", "official": "name"}[str(item._meta.model_name)]


def pages_of(model: type[models.Model]) -> Iterator[str]:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield reverse(f"{name}_changelist")
    yield f"{reverse(f'{name}_changelist')}?q=alert"
    for row in model._default_manager.all()[:3]:
        for page in ("change", "history", "delete"):
            yield reverse(f"{name}_{page}", args=[row.pk])
        if isinstance(row, Article):
            for version in history.versions(row):
                yield reverse(f"{name}_version", args=[row.pk, version.pk])
    try:
        yield reverse(f"{name}_bin")
    except NoReverseMatch:
        return
