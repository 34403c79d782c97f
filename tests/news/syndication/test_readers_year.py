"""A year of a subscriber: every change is seen, and seen once."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client

from news.models import Article, Correction, State
from news.publishing import actions
from tests.news.make import article

pytestmark = pytest.mark.django_db

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass
class Reader:
    """Knows entries by their identity, as every feed reader does, and asks with what it was given last."""

    client: Client
    path: str
    known: dict[str, tuple[str, str]] = field(default_factory=dict)
    validators: dict[str, str] = field(default_factory=dict)

    def look(self) -> list[str]:
        """What is new to the reader: new entries, and entries that say they were updated."""
        response = self.client.get(self.path, headers=self.validators)
        if response.status_code == 304:
            return []
        assert response.status_code == 200
        self.validators = {"if-none-match": response["ETag"]}
        seen = []
        for identity, title, updated in self.entries(response.content):
            if identity not in self.known:
                seen.append(f"new: {title}")
            elif self.known[identity][1] < updated:
                seen.append(f"updated: {title}")
            self.known[identity] = title, updated
        return seen

    def listed(self) -> list[str]:
        return [title for _identity, title, _updated in self.entries(self.client.get(self.path).content)]

    def entries(self, content: bytes) -> list[tuple[str, str, str]]:
        if self.path.endswith("json"):
            items = json.loads(content)["items"]
            return [(i["id"], i["title"], i.get("date_modified", i["date_published"])) for i in items]
        feed = feedparser.parse(content)
        assert not feed.bozo
        # feedparser would give the publication for a missing time of update, and warn of it.
        times = [dict(entry).get("updated_parsed") or entry.published_parsed for entry in feed.entries]
        moments = [datetime(*at[:6]).isoformat() for at in times]
        return [(entry.id, entry.title, at) for entry, at in zip(feed.entries, moments, strict=True)]


@pytest.mark.parametrize("path", ["/tr/feed/", "/tr/feed/atom/", "/tr/feed.json"])
def test_a_reader_sees_each_change_of_a_year_exactly_once(client: Client, path: str, settings, time_machine):
    editor = User.objects.create_superuser("editor")
    reader = Reader(client, path)
    weeks = count()

    def sees(*expected: str) -> None:
        """What the reader sees at its next look, and that it sees nothing at the one after."""
        assert reader.look() == list(expected)
        time_machine.shift(timedelta(hours=1))
        assert reader.look() == []
        time_machine.move_to(START + timedelta(weeks=next(weeks) + 1), tick=False)

    time_machine.move_to(START, tick=False)
    sees()

    bridge = actions.publish(article("Köprü açıldı", state=State.DRAFT, summary="Özet."), editor)
    sees("new: Köprü açıldı")

    bridge.refresh_from_db()
    bridge.body = "<p>Yazım hatası düzeltildi.</p>"
    bridge.save()
    sees()

    planned = article("Yarının haberi", state=State.DRAFT, summary="Özet.")
    actions.publish(planned, editor, at=datetime.now(UTC) + timedelta(days=9))
    sees()
    sees()
    sees("new: Yarının haberi")

    Correction.objects.create(article=bridge, wrong="Salı", right="Çarşamba")
    bridge.changed_at = datetime.now(UTC)
    bridge.save()
    sees("updated: Köprü açıldı")

    bridge.title, bridge.slug = "Yeni köprü açıldı", "yeni-kopru"
    bridge.save()
    sees()
    assert "Yeni köprü açıldı" in reader.listed()

    english = article(
        "Bridge opened",
        language="en",
        state=State.DRAFT,
        summary="Özet.",
        translation_key=bridge.translation_key,
    )
    actions.publish(english, editor)
    sees()

    bridge.refresh_from_db()
    actions.withdraw(bridge, editor, "Doğrulanamadı.")
    sees("updated: Yayından kaldırıldı: Yeni köprü açıldı")

    bridge.refresh_from_db()
    actions.publish(bridge, editor)
    sees("updated: Yeni köprü açıldı")

    planned.refresh_from_db()
    actions.withdraw(planned, editor, "Yanlışlıkla yayımlandı.")
    sees()
    assert reader.listed() == ["Yeni köprü açıldı"]

    planned.refresh_from_db()
    actions.publish(planned, editor)
    assert "new: Yarının haberi" not in reader.look()
    assert reader.listed() == ["Yarının haberi", "Yeni köprü açıldı"]

    settings.SITE_URL = "https://yeni.example.org"
    sees()

    long_ago = START - timedelta(days=4000)
    Article.objects.bulk_create(
        Article(title=f"Arşiv {number}", slug="a", state=State.PUBLISHED, published_at=long_ago)
        for number in range(80)
    )
    sees()

    Article.objects.filter(pk=planned.pk).update(expires_at=datetime.now(UTC))
    sees()
    assert reader.listed() == ["Yeni köprü açıldı"]

    actions.publish(article("Yıl bitti", state=State.DRAFT, summary="Özet."), editor)
    sees("new: Yıl bitti")
    assert len(reader.known) == 3


def test_the_archive_of_a_new_site_is_its_feed(client: Client, time_machine):
    """Moved from another system on its first day, before any news of its own."""
    time_machine.move_to(START, tick=False)
    for year in range(5):
        article(f"Arşiv {year}", published_at=START - timedelta(days=365 * (year + 1)))
    reader = Reader(client, "/tr/feed/")
    assert len(reader.listed()) == 5

    time_machine.move_to(START + timedelta(days=7), tick=False)
    article("İlk haber")

    assert reader.listed() == ["İlk haber", *(f"Arşiv {year}" for year in range(5))]
