"""Each rule of the publish check has a text that breaks it and one that does not."""

from datetime import UTC, datetime

import pytest

from news.models import Article, LinkCheck, State
from news.publishing import actions, check, check_facts, copies, links
from news.publishing.rules import Refused
from tests.news import make
from tests.news.newsroom import person, signed_in, text_of

pytestmark = pytest.mark.django_db


def fit(**values) -> Article:
    """An article that nothing can be said against."""
    values = {
        "title": "Yeni park açıldı",
        "summary": "Park bugün açıldı.",
        "body": "<p>Park açıldı.</p>",
        "byline": "Basın Bürosu",
        "tags": ["Çevre"],
        "state": State.DRAFT,
        **values,
    }
    return make.article(values.pop("title"), **values)


def told(article: Article) -> list[tuple[str, bool]]:
    return [(finding.field, finding.blocks) for finding in check.findings(article)]


def test_a_fit_article_has_no_finding():
    assert told(fit()) == []


BREAKS = {
    "no text": ({"body": ""}, ("body", True)),
    "no summary": ({"summary": ""}, ("summary", True)),
    "long summary": ({"summary": "s" * 161}, ("summary", False)),
    "picture in the text without alternative": (
        {"body": '<figure><img src="/media/images/a/body" alt=""></figure>'},
        ("body", True),
    ),
    "long title": ({"title": "a" * 66}, ("title", False)),
    "title that fits nowhere": ({"title": "a" * 121}, ("title", True)),
    "summary that fits nowhere": ({"summary": "a" * 256}, ("summary", True)),
    "title in capitals": ({"title": "YENİ PARK AÇILDI"}, ("title", False)),
    "no office": ({"byline": ""}, ("byline", False)),
    "no topic": ({"tags": []}, ("tags", False)),
    "empty link": ({"body": '<p><a href="https://ornek.gov.tr/a">tıklayınız</a></p>'}, ("body", False)),
    "link to nothing": ({"body": '<p><a href="/tr/haberler/999999/">haber</a></p>'}, ("body", False)),
    "date without year": ({"body": "<p>Konser 18 Mart'ta.</p>"}, ("body", False)),
    "wrong weekday": ({"body": "<p>Konser 18 Mart 2031 Çarşamba günü.</p>"}, ("body", False)),
    "impossible date": ({"body": "<p>Konser 31 Haziran 2031 günü.</p>"}, ("body", False)),
    "long past": ({"body": "<p>Konser 18 Mart 2019 günüydü.</p>"}, ("body", False)),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_breaks_a_rule_is_found_with_its_field(name):
    values, expected = BREAKS[name]
    article = fit()
    # Past the cleaning: what an import or an older program may have left in the table.
    Article.objects.filter(pk=article.pk).update(
        **{k: v for k, v in values.items() if k not in ("tags", "body")}
    )
    article.refresh_from_db()
    if "body" in values:
        article.body = values["body"]
    if "tags" in values:
        article.tags.clear()
    assert expected in told(article)


def test_the_lead_picture_needs_words_or_the_mark_of_decoration():
    picture = make.image()
    assert ("lead_alt", True) in told(fit(lead_image=picture))
    assert told(fit(lead_image=picture, lead_alt="Park")) == []
    assert told(fit(lead_image=picture, lead_decorative=True)) == []


def test_what_blocks_keeps_the_article_in_and_advice_does_not():
    publisher = person("Publisher")
    with pytest.raises(Refused):
        actions.publish(fit(summary=""), publisher)
    assert actions.publish(fit(byline=""), publisher).is_public()


def test_a_translation_that_was_not_translated_blocks():
    text = "<p>Park bugün törenle açıldı ve binlerce kişi geldi.</p>"
    original = fit(body=text)
    same = fit(body=text, language="en", translation_key=original.translation_key, title="New park")
    assert ("body", True) in told(same)
    assert ("body", True) not in told(original)


def test_numbers_dates_and_links_that_differ_between_the_languages_are_told():
    body = '<p>Yatırım 1.250.000 lira, açılış 20.00. <a href="/tr/konular/1/x/">Konu</a></p>'
    original = fit(body=body)
    text = "<p>The investment is 1,250,000 lira, opening at 21:00.</p>"
    other = fit(body=text, language="en", translation_key=original.translation_key, title="New park")
    words = " ".join(finding.text for finding in check.findings(other))
    assert "20:00" in words
    assert "21:00" in words
    assert "1250000" not in words
    assert "tag 1" in words


def live_pair(turkish: str, english: str) -> tuple[Article, Article]:
    live = fit(state=State.PUBLISHED, body=turkish)
    values = {"language": "en", "translation_key": live.translation_key, "title": "New park"}
    return live, fit(state=State.PUBLISHED, body=english, **values)


def texts(article: Article) -> list[str]:
    return [finding.text for finding in check.findings(article)]


def changed(copy: Article, body: str) -> Article:
    copy.body = body
    copy.save()
    return copy


def test_a_working_copy_is_compared_with_the_other_language_too():
    publisher = person("Publisher")
    live, other = live_pair("<p>Park 20.00'de kapanır.</p>", "<p>The park closes at 20:00.</p>")
    copy = changed(copies.working_copy(live, publisher), "<p>Park 21.00'de kapanır.</p>")
    assert texts(live) == []
    assert texts(copy) == [
        "Yalnız öteki dilde geçen sayılar: 20:00.",
        "Öteki dilde geçmeyen sayılar: 21:00.",
    ]
    # Both are being changed: what will be public is compared with what will be.
    changed(copies.working_copy(other, publisher), "<p>The park closes at 21:00.</p>")
    assert texts(copy) == []


def test_a_working_copy_that_is_still_in_the_other_language_blocks():
    text = "<p>Park bugün törenle açıldı ve binlerce kişi geldi.</p>"
    live, other = live_pair(text, "<p>The park was opened today and thousands of people came.</p>")
    publisher = person("Publisher")
    assert ("body", True) not in told(copies.working_copy(live, publisher))
    copy = changed(copies.working_copy(other, publisher), text)
    assert ("body", True) in told(copy)
    with pytest.raises(Refused):
        actions.publish(copy, publisher)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("1.250.000 ve 3,5", "tr", {"1250000", "3.5"}),
        ("1,250,000 and 3.5", "en", {"1250000", "3.5"}),
        ("saat 20.00", "tr", {"20:00"}),
        ("at 20:00", "en", {"20:00"}),
        ("A4 kağıt, B12", "tr", set()),
    ],
)
def test_numbers_are_read_as_their_language_writes_them(text, language, found):
    assert check_facts.numbers(text, language) == found


NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("24 Kasım 2026 Salı günü", "tr"),
        ("Salı, 24 Kasım 2026", "tr"),
        ("on Tuesday 24 November 2026", "en"),
        ("on Tuesday, November 24, 2026", "en"),
        ("Mart ayında", "tr"),
        ("24 kişi", "tr"),
    ],
)
def test_a_date_that_is_right_is_left_alone(text, language):
    assert list(check_facts.doubtful_dates(text, language, NOW)) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("24 Kasım 2026 Çarşamba", "tr"),
        ("Cumartesi, 24 Kasım 2026", "tr"),
        ("on Monday, November 24, 2026", "en"),
        ("on 24 November", "en"),
        ("29 Şubat 2027", "tr"),
    ],
)
def test_a_date_that_is_wrong_is_told_once(text, language):
    assert len(list(check_facts.doubtful_dates(text, language, NOW))) == 1


@pytest.mark.parametrize(
    ("text", "language", "quoted"),
    [
        ("24 Kasım Pazartesi", "tr", "24 Kasım Pazartesi"),
        ("AÇILIŞ 24 KASIM PAZARTESİ GÜNÜ", "tr", "24 KASIM PAZARTESİ"),
        ("ﬁlm, ßtraße, İİ… 24\n Ag\u0306ustos 2026 Pazar\u0301.", "tr", "24 Ağustos 2026 Pazaŕ"),
        ("x\u200b 👩\u200d💻 ½ Pazartesi, 24\u00a0Kasım", "tr", "Pazartesi, 24 Kasım"),
        ("on Monday, November 24th, 2026", "en", "Monday, November 24th, 2026"),
    ],
)
def test_a_doubtful_date_is_quoted_as_it_was_written(text, language, quoted):
    assert f"“{quoted}”" in next(check_facts.doubtful_dates(text, language, NOW))


def test_a_link_to_what_readers_may_not_see_is_told_and_to_what_they_may_is_not():
    hidden, shown = make.article(state=State.DRAFT), make.article()
    assert not links.leads_somewhere(hidden.get_absolute_url())
    assert links.leads_somewhere(shown.get_absolute_url())
    assert links.leads_somewhere("/tr/haberler/")
    assert not links.leads_somewhere("/tr/boyle-bir-sayfa-yok/")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
    ],
)
def test_addresses_within_our_own_network_are_never_asked(address):
    assert links.ask(address) == (True, "not asked")


def test_a_dead_link_is_told_once_it_was_found_dead():
    body = '<p><a href="https://ornek.gov.tr/yok">Rapor</a></p>'
    article = fit(body=body)
    links.remember(article)
    assert told(article) == []
    LinkCheck.objects.update(works=False)
    assert told(article) == [("body", False)]


def test_the_form_lists_what_is_to_be_put_right_with_a_way_to_the_field():
    author = person("Author")
    article = fit(summary="", author=author)
    response = signed_in(author).get(f"/admin/news/article/{article.pk}/change/")
    assert 'href="#id_summary"' in response.content.decode()
    assert "Özet eksik" in text_of(response)
