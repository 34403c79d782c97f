"""The preview is the published page, and leaves no trace."""

import re
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from news.models import Article, Event, Generation, PreviewLink, State
from news.publishing import actions, copies, preview
from tests.news import make
from tests.news.newsroom import person, signed_in

pytestmark = pytest.mark.django_db


def request():
    return RequestFactory().get("/")


def without_times(page: bytes) -> str:
    """The moment of publication is the only thing that differs between a preview and the page."""
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+|\d\d[.:]\d\d", "", page.decode())


def test_the_preview_of_a_draft_equals_the_published_page():
    publisher = person("Publisher")
    values = {"tags": ["Çevre"], "lead_image": make.image(), "lead_alt": "Park"}
    article = make.article("Yeni park", state=State.DRAFT, **values)
    seen = preview.shown(lambda: article, request()).content
    published = actions.publish(Article.objects.get(pk=article.pk), publisher)
    assert without_times(seen) == without_times(Client().get(published.get_absolute_url()).content)


def test_the_preview_of_a_working_copy_equals_the_page_after_publishing_it():
    publisher = person("Publisher")
    live = make.article("İlk", body="<p>İlk</p>")
    copy = copies.working_copy(live, publisher)
    copy.title = "Yeni"
    copy.save()
    copy.change_notes.create(note="Başlık değişti.")
    seen = preview.shown(lambda: copy, request()).content
    actions.publish(copy, publisher)
    assert without_times(seen) == without_times(Client().get(live.get_absolute_url()).content)


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_preview_of_an_event_equals_the_published_page_in_both_languages(language):
    values = {"title_en": "Bay festival", "image": make.image(), "image_alt_tr": "Körfez", "tags": ["Deniz"]}
    values |= {"image_alt_en": "The bay", "recurrence": "FREQ=WEEKLY;COUNT=3"}
    event = make.event(state=State.DRAFT, published_at=None, first_published_at=None, **values)
    seen = preview.shown(lambda: Event.objects.get(pk=event.pk), request(), language).content
    published = actions.publish(Event.objects.get(pk=event.pk), person("Publisher"))
    page = Client().get(published.get_absolute_url(language)).content
    assert published.title_en.encode() in page or language == "tr"
    assert without_times(seen) == without_times(page)


def test_looking_changes_nothing():
    article = make.article(state=State.DRAFT)
    before = Generation.current()
    preview.shown(lambda: article, request())
    stored = Article.objects.get(pk=article.pk)
    assert (stored.state, stored.published_at, stored.first_published_at) == (State.DRAFT, None, None)
    assert Generation.current() == before


def test_a_preview_is_kept_by_nobody_and_framed_by_us_alone():
    response = preview.shown(lambda: make.article(state=State.DRAFT), request())
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.fixture
def draft() -> Article:
    return make.article("Gizli haber", state=State.DRAFT, lead_image=make.image(), lead_alt="Park")


def test_a_link_shows_one_article_to_who_has_it_and_takes_the_token_out_of_the_address(draft):
    _link, token = preview.make_link(draft, person("Author"), 7)
    reader = Client()
    response = reader.get(f"/preview/{token}/")
    assert response.status_code == 302
    assert response.url == "/preview/"
    assert response["Referrer-Policy"] == "no-referrer"
    bar = reader.get("/preview/")
    assert token not in bar.content.decode()
    assert "noindex" in bar["X-Robots-Tag"]
    assert "Gizli haber" in reader.get("/preview/page/").content.decode()
    assert Client().get("/preview/page/").status_code == 404


def test_the_pictures_of_the_previewed_article_come_with_it_and_no_others(draft):
    other = make.image(title="Başka")
    _link, token = preview.make_link(draft, person("Author"), 7)
    reader = Client()
    reader.get(f"/preview/{token}/")
    reader.cookies["preview_media"] = token
    assert reader.get(draft.lead_image.url).status_code == 200
    assert reader.get(other.url).status_code == 404
    assert Client().get(draft.lead_image.url).status_code == 404


def test_a_link_that_expired_was_revoked_or_guessed_leads_nowhere(draft, time_machine):
    author = person("Author")
    link, token = preview.make_link(draft, author, 1)
    assert Client().get(f"/preview/{token[:-1]}x/").status_code == 404
    assert Client().get("/preview/%00/").status_code in (400, 404)
    preview.revoke(link)
    assert Client().get(f"/preview/{token}/").status_code == 404
    _link, token = preview.make_link(draft, author, 1)
    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert Client().get(f"/preview/{token}/").status_code == 404


def test_only_a_digest_of_the_token_is_stored_and_no_link_lives_longer_than_a_month(draft):
    link, token = preview.make_link(draft, person("Author"), 1000)
    assert token not in str(PreviewLink.objects.values().get())
    assert link.expires_at <= timezone.now() + preview.LONGEST


def test_a_visit_is_noted_without_the_last_part_of_the_address(draft):
    link, token = preview.make_link(draft, person("Author"), 7)
    reader = Client(REMOTE_ADDR="203.0.113.77")
    reader.get(f"/preview/{token}/", follow=True)
    assert link.visits.get().address == "203.0.113"


def test_the_link_leads_to_the_page_itself_once_it_is_public(draft):
    _link, token = preview.make_link(draft, person("Author"), 7)
    reader = Client()
    reader.get(f"/preview/{token}/")
    published = actions.publish(draft, person("Publisher"))
    assert reader.get("/preview/").url == published.get_absolute_url()


def test_links_are_made_by_who_may_write_and_by_post_alone(draft):
    draft.author = person("Author")
    draft.save()
    address = f"/admin/news/article/{draft.pk}/links/"
    assert signed_in(person("Author", "başkası")).get(address).status_code == 403
    client = signed_in(draft.author)
    client.get(address, {"days": 7})
    assert not PreviewLink.objects.exists()
    page = client.post(address, {"days": 7, "note": "Vali"}).content.decode()
    assert "/preview/" in page
    client.post(address, {"revoke": PreviewLink.objects.get().pk})
    assert not PreviewLink.objects.open().exists()
