"""The page that asks what readers find in place of what is withdrawn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news import search
from news.models import Article, Deed, State
from news.publishing import actions, undo
from news.publishing.rules import Refused
from tests.news import make
from tests.news.newsroom import all_of, person, signed_in, text_of

pytestmark = pytest.mark.django_db


def page_of(item) -> str:
    return reverse(f"admin:news_{item._meta.model_name}_move", args=[item.pk, "withdraw"])


def offers(story: Article) -> str:
    return reverse("admin:news_article_successors", args=[story.pk])


def chosen(response) -> list[str]:
    return all_of(response, "//select[@name='in_favour_of']/option[@selected and @value!='']/@value")


def test_readers_of_a_withdrawn_story_are_led_to_the_one_that_takes_its_place():
    wrong, right = make.article("Yanlış saatler"), make.article("Doğru saatler")
    client = signed_in(person("Publisher"))
    picker = all_of(client.get(page_of(wrong)), "//select[@name='in_favour_of']/@data-picker")
    assert picker == [offers(wrong)]
    client.post(page_of(wrong), {"reason": "Saatler yanlıştı.", "in_favour_of": right.pk})
    gone = Client().get(wrong.get_absolute_url())
    assert gone.status_code == 410
    assert all_of(gone, "//main//a/@href")[0] == right.get_absolute_url()


def test_a_refused_withdrawal_keeps_the_story_that_was_chosen():
    wrong, right = make.article("Yanlış saatler"), make.article("Doğru saatler")
    client = signed_in(person("Publisher"))
    response = client.post(page_of(wrong), {"reason": " ", "in_favour_of": right.pk})
    assert chosen(response) == [str(right.pk)]
    assert "Doğru saatler" in text_of(response)
    wrong.refresh_from_db()
    assert wrong.is_public()


def test_only_other_stories_that_its_readers_see_take_its_place():
    wrong, right = make.article("Yanlış saatler"), make.article("Doğru saatler")
    tomorrow = timezone.now() + timedelta(days=1)
    others = [
        wrong,
        make.article("Hours", language="en"),
        make.article("Saatler taslağı", state=State.DRAFT),
        make.article("Geri çekilen saatler", state=State.WITHDRAWN),
        make.article("Yarınki saatler", published_at=tomorrow),
    ]
    for row in (right, *others):
        search.index(row)
    client = signed_in(person("Publisher"))
    for term in ("", "saatler"):
        found = client.get(offers(wrong), {"term": term}).json()["results"]
        assert found == [{"id": str(right.pk), "text": "Doğru saatler"}]
    assert client.get(offers(wrong), {"term": "vapur"}).json()["results"] == []
    for other in [*(str(row.pk) for row in others), "x", "9" * 30]:
        response = client.post(page_of(wrong), {"reason": "Saatler yanlıştı.", "in_favour_of": other})
        assert response.status_code == 200
        assert all_of(response, "//ul[@class='errorlist']")
        assert "Saatler yanlıştı." in text_of(response)
    wrong.refresh_from_db()
    assert wrong.is_public()
    with pytest.raises(Refused):
        actions.withdraw(wrong, person("Publisher", "other"), "Yanlış.", in_favour_of=wrong)


def test_what_was_named_before_stands_there_and_can_be_taken_away():
    hidden = make.article("Doğru saatler", published_at=timezone.now() + timedelta(days=1))
    wrong = make.article("Yanlış saatler", withdrawn_in_favour_of=hidden)
    kept = make.article("Yanlış gün", withdrawn_in_favour_of=hidden)
    client = signed_in(person("Publisher"))
    assert chosen(client.get(page_of(wrong))) == [str(hidden.pk)]
    client.post(page_of(wrong), {"reason": "Yanlıştı.", "in_favour_of": ""})
    client.post(page_of(kept), {"reason": "Yanlıştı.", "in_favour_of": hidden.pk})
    wrong.refresh_from_db()
    kept.refresh_from_db()
    assert (wrong.state, wrong.withdrawn_in_favour_of) == (State.WITHDRAWN, None)
    assert (kept.state, kept.withdrawn_in_favour_of) == (State.WITHDRAWN, hidden)


def test_who_may_not_withdraw_finds_no_field_and_who_is_not_in_the_newsroom_no_offers():
    wrong, right = make.article("Yanlış saatler"), make.article("Doğru saatler")
    client = signed_in(person("Author"))
    assert not all_of(client.get(page_of(wrong)), "//select[@name='in_favour_of']")
    client.post(page_of(wrong), {"reason": "Yanlış.", "in_favour_of": right.pk})
    wrong.refresh_from_db()
    assert wrong.is_public()
    assert Client().get(offers(wrong)).status_code == 302


def test_other_steps_and_events_ask_for_no_story():
    client = signed_in(person("Publisher"))
    draft = make.article(state=State.IN_REVIEW)
    for address in (
        page_of(make.event()),
        reverse("admin:news_article_move", args=[draft.pk, "return_to_draft"]),
    ):
        response = client.get(address)
        assert all_of(response, "//textarea")
        assert not all_of(response, "//select[@name='in_favour_of']")


def test_an_event_gives_its_reason_in_each_of_its_languages():
    row = make.event("Şenlik", title_en="Fair")
    client = signed_in(person("Publisher"))
    assert all_of(client.get(page_of(row)), "//textarea/@name") == ["reason_tr", "reason_en"]
    client.post(page_of(row), {"reason_tr": "Bizim değil.", "reason_en": "It is not ours."})
    assert "Bizim değil." in text_of(Client().get(row.get_absolute_url("tr")))
    english = Client().get(row.get_absolute_url("en"))
    assert all_of(english, "//main//p/span[@lang='en']/text()") == ["It is not ours."]
    assert row.timeline.first().reason == "Bizim değil. / It is not ours."


@pytest.mark.parametrize(("given", "where"), [("tr", "en"), ("en", "tr")])
def test_a_reason_in_one_language_stands_in_both_and_says_which_it_is(given: str, where: str):
    row = make.event("Şenlik", title_en="Fair")
    signed_in(person("Publisher")).post(page_of(row), {f"reason_{given}": "Bizim değil."})
    page = Client().get(row.get_absolute_url(where))
    assert all_of(page, f"//main//p/span[@lang='{given}']/text()") == ["Bizim değil."]


def test_the_second_withdrawal_of_an_event_says_its_own_reason():
    row = make.event("Şenlik", title_en="Fair")
    publisher = person("Publisher")
    client = signed_in(publisher)
    client.post(page_of(row), {"reason_tr": "İlk.", "reason_en": "First."})
    row = actions.publish(row, publisher)
    assert "İlk." not in text_of(client.get(page_of(row)))
    client.post(page_of(row), {"reason_en": "Second."})
    row.refresh_from_db()
    assert (row.withdrawn_reason_tr, row.withdrawn_reason_en) == ("", "Second.")


def test_an_event_in_one_language_asks_for_one_reason_and_for_no_less():
    row = make.event("", title_en="Fair")
    client = signed_in(person("Publisher"))
    assert all_of(client.get(page_of(row)), "//textarea/@name") == ["reason_en"]
    for sent in ({}, {"reason_en": "  "}, {"reason_tr": "Bizim değil."}):
        response = client.post(page_of(row), sent)
        assert all_of(response, "//ul[@class='errorlist']")
        row.refresh_from_db()
        assert row.is_public()


def test_a_refused_withdrawal_of_an_event_keeps_what_was_typed():
    row = make.event("Şenlik", title_en="Fair")
    response = signed_in(person("Publisher")).post(
        page_of(row), {"reason_tr": "Bizim değil.", "reason_en": "x" * 2001}
    )
    assert all_of(response, "//ul[@class='errorlist']")
    assert "Bizim değil." in text_of(response)
    row.refresh_from_db()
    assert row.is_public()


def test_a_reason_without_a_language_is_in_that_of_who_gives_it():
    row = make.event("Şenlik", title_en="Fair", withdrawn_reason_tr="İlk.")
    with override("en"):
        row = actions.withdraw(row, person("Publisher"), "It is not ours.")
    assert (row.withdrawn_reason_tr, row.withdrawn_reason_en) == ("", "It is not ours.")


def test_the_withdrawal_of_an_event_is_taken_back_with_both_reasons():
    row = make.event("Şenlik", title_en="Fair")
    client = signed_in(person("Publisher"))
    client.post(page_of(row), {"reason_tr": "Bizim değil.", "reason_en": "It is not ours."})
    deed = Deed.objects.get()
    undo.take_back(deed, deed.by)
    row.refresh_from_db()
    assert (row.is_public(), row.withdrawn_reason_tr, row.withdrawn_reason_en) == (True, "", "")
