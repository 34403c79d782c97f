"""Asking whether other people's pages answer, with a real server, and never within our own network."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from news.models import Event, LinkCheck, Official, OfficialAccount, State, Status
from news.publishing import actions, check, check_event, copies, history, links
from news.publishing.event import rebuild_occurrences
from tests.news import make
from tests.news.newsroom import all_of, filled, person, signed_in

pytestmark = pytest.mark.django_db(transaction=False)


class Site(BaseHTTPRequestHandler):
    """`/404` answers 404 and so on; other paths have their ways."""

    asked: list[tuple[str, str]] = []

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path))
        name = self.path.strip("/").partition("?")[0]
        if name == "no-head" and self.command == "HEAD":
            self.answer(405)
        elif name == "to-inside":
            self.answer(302, "http://10.0.0.1/metadata")
        elif name == "to-file":
            self.answer(302, "file:///etc/passwd")
        elif name == "round":
            self.answer(302, "/round")
        elif name == "relative":
            self.answer(301, "404")
        elif name == "drip":
            self.drip()
        else:
            self.answer(int(name) if name.isdecimal() else 200)

    do_GET = do_HEAD  # noqa: N815 - the name that the server calls

    def answer(self, status: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        try:
            while True:
                self.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            pass

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def outside(monkeypatch) -> Iterator[str]:
    """A server that stands for one out in the world."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Site.asked.clear()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(links, "EXEMPT", {("127.0.0.1", server.server_port)})
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "works"),
    [
        ("/sayfa", True),
        ("/404", False),
        ("/410", False),
        ("/403", True),
        ("/500", False),
        ("/999", True),
        ("/no-head", True),
        ("/relative", False),
        ("/round", False),
        ("/çalışma programı?ay=kasım", True),
    ],
)
def test_a_link_works_where_a_reader_finds_something(outside, path, works):
    assert links.ask(outside + path)[0] is works


@pytest.mark.parametrize("path", ["/to-inside", "/to-file"])
def test_every_hop_is_looked_at_before_it_is_asked(outside, path):
    assert links.ask(outside + path) == (True, "not asked")
    assert len(Site.asked) == 1


def test_a_server_that_drips_is_given_up(outside, monkeypatch):
    monkeypatch.setattr(links, "PATIENCE", 0.5)
    begun = time.monotonic()
    works, _answer = links.ask(f"{outside}/drip")
    assert not works
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.1.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
    ],
)
def test_no_address_of_a_network_of_our_own_is_outside(address):
    assert not links.is_outside(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"])
def test_addresses_of_the_world_are_outside(address):
    assert links.is_outside(address)


def test_a_name_that_leads_inside_is_not_asked(monkeypatch):
    def resolve(host, port, **kinds):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kw: pytest.fail("connected"))
    assert links.ask("http://masum.example/") == (True, "not asked")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "gopher://a.example/", "http://", "http://[::1", "http://a:99999/"]
)
def test_what_is_no_web_address_harms_nothing(url):
    assert links.ask(url)[1] in ("not asked", "ValueError")


def test_a_dead_link_is_flagged_at_the_next_minute_and_named_on_the_desk(outside):
    author = person("Author")
    body = f'<p><a href="{outside}/404">Eski sayfa</a> <a href="{outside}/sayfa">Yeni sayfa</a></p>'
    story = make.article("Bağlantılı haber", state=State.DRAFT, author=author, body=body)
    links.remember(story)
    assert links.check_due() == 2
    findings = [one.text for one in check.findings(story) if "404" in one.text]
    assert findings == [f"{outside}/404 yanıt vermiyor."]
    for user, seen in ((author, 1), (person("Editor"), 1), (person("Author", "başkası"), 0)):
        desk = signed_in(user).get("/admin/")
        assert len(all_of(desk, "//section[@aria-labelledby='desk-dead_links']//li")) == seen
    # It is asked again in an hour, and not before.
    assert links.check_due() == 0


def test_dead_links_of_events_and_officials_are_on_the_same_desk_until_they_are_mended(outside):
    client = signed_in(person("Administrator"))
    event = make.event("Şenlik", title_en="Festival", author=person("Editor"))
    official = make.official("Can Er")
    dead, alive = f'<p><a href="{outside}/404">Eski</a></p>', f'<p><a href="{outside}/sayfa">Yeni</a></p>'
    texts = {event: ("description_tr", "description_en"), official: ("biography_tr", "biography_en")}

    def write(turkish: str, english: str) -> None:
        for row, (tr, en) in texts.items():
            address = f"/admin/news/{row._meta.model_name}/{row.pk}/change/"
            typed = filled(client.get(address), **{tr: turkish, en: english})
            assert client.post(address, typed).status_code == 302
        LinkCheck.objects.update(checked_at=None)
        links.check_due()

    write(alive, dead)
    section = "//section[@aria-labelledby='desk-dead_links']//li/a"
    assert sorted(all_of(client.get("/admin/"), section)) == ["Can Er", "Şenlik"]
    assert not all_of(signed_in(person("Author")).get("/admin/"), section)
    for noun, name in (("event", "Şenlik"), ("official", "Can Er")):
        listed = client.get(f"/admin/news/{noun}/?desk=dead_links")
        assert all_of(listed, "//table[@id='result_list']/tbody//th/a") == [name]
    event.refresh_from_db()
    found = [(one.field, one.text) for one in check_event.findings(event) if "404" in one.text]
    assert found == [("description_en", f"{outside}/404 yanıt vermiyor.")]

    write(alive, alive)
    assert not all_of(client.get("/admin/"), section)
    assert not all_of(
        client.get("/admin/news/event/?desk=dead_links"), "//table[@id='result_list']/tbody//th/a"
    )


DEAD = "//section[@aria-labelledby='desk-dead_links']//li/a"


def test_address_fields_of_events_and_officials_are_asked_like_links_in_texts(outside):
    client = signed_in(person("Administrator"))
    event, official = make.event("Şenlik", contact="153"), make.official("Can Er")
    OfficialAccount.objects.create(official=official, network="mastodon", url=f"{outside}/sayfa")
    typed = {
        event: {"tickets_url": "/404", "organiser_url": "/410?kim=biz", "join_url": "/403"},
        official: {"website": "/500", "accounts-0-url": "/404?hesap=1"},
    }
    for row, fields in typed.items():
        address = f"/admin/news/{row._meta.model_name}/{row.pk}/change/"
        values = filled(client.get(address), **{name: outside + path for name, path in fields.items()})
        assert client.post(address, values).status_code == 302
    assert links.check_due() == 5
    assert sorted(all_of(client.get("/admin/"), DEAD)) == ["Can Er", "Şenlik"]

    def told(row) -> dict[str, str]:
        page = client.get(f"/admin/news/{row._meta.model_name}/{row.pk}/change/")
        item = "//section[contains(@class, 'findings')]//li[contains(., 'yanıt vermiyor')]"
        fields = [link.removeprefix("#id_") for link in all_of(page, f"{item}/a/@href")]
        for name in fields:
            assert all_of(page, f"//*[@id='id_{name}']/@name") == [name]
        return dict(zip(fields, all_of(page, f"{item}/text()[normalize-space()]"), strict=True))

    assert told(event) == {
        "organiser_url": f"{outside}/410?kim=biz yanıt vermiyor.",
        "tickets_url": f"{outside}/404 yanıt vermiyor.",
    }
    assert told(official) == {
        "website": f"{outside}/500 yanıt vermiyor.",
        "accounts-0-url": f"{outside}/404?hesap=1 yanıt vermiyor.",
    }


@pytest.mark.parametrize("what", ["over", "cancelled"])
def test_the_way_to_tickets_is_no_dead_link_once_readers_are_not_led_there(outside, what):
    client = signed_in(person("Administrator"))
    event = make.event("Şenlik", contact="153", tickets_url=f"{outside}/404", join_url=f"{outside}/410")
    links.remember(event)
    assert links.check_due() == 2
    assert all_of(client.get("/admin/"), DEAD) == ["Şenlik"]
    if what == "over":
        event.starts_at -= timedelta(days=365)
        event.save()
        rebuild_occurrences(event)
    else:
        Event.objects.update(status=Status.CANCELLED)
    assert not all_of(client.get("/admin/"), DEAD)
    event.refresh_from_db()
    assert not [one.text for one in check_event.findings(event) if "yanıt vermiyor" in one.text]
    # Nor is anybody asked again for what nobody is shown.
    LinkCheck.objects.update(checked_at=None)
    assert links.check_due() == 0


def test_a_server_is_left_alone_once_nothing_links_to_it(outside):
    story = make.article("Haber", body=f'<p><a href="{outside}/sayfa">Kaynak</a></p>')
    links.remember(story)
    assert links.check_due() == 1
    LinkCheck.objects.update(checked_at=None)
    story.body = "<p>Bağlantısız metin.</p>"
    story.save()
    links.remember(story)
    assert links.check_due() == 0


def test_a_link_that_was_taken_out_leaves_the_desk(outside):
    publisher = person("Publisher")
    story = make.article("Haber", body=f'<p><a href="{outside}/404">Eski</a></p>')
    links.remember(story)
    links.check_due()
    copy = copies.working_copy(story, publisher)
    copy.body = "<p>Bağlantısız metin.</p>"
    copy.save()
    actions.publish(copy, publisher)
    assert not LinkCheck.objects.get().articles.exists()
    assert not all_of(signed_in(publisher).get("/admin/"), "//section[@aria-labelledby='desk-dead_links']")


def test_publishing_puts_the_links_of_an_import_on_the_list():
    story = make.article(
        "Aktarılan", state=State.DRAFT, body='<p><a href="https://a.example/b">Kaynak</a></p>'
    )
    assert not LinkCheck.objects.exists()
    actions.publish(story, person("Publisher"))
    assert LinkCheck.objects.get().articles.get() == story


def test_what_comes_back_from_the_bin_comes_back_with_its_dead_links(outside):
    administrator = person("Administrator")
    official = make.official("Can Er", biography_tr=f'<p><a href="{outside}/404">Eski</a></p>')
    history.record(official, administrator)
    links.remember(official)
    links.check_due()
    official.delete()
    (version,) = history.binned(Official)
    history.take_out_of_bin(version, administrator)
    found = "//section[@aria-labelledby='desk-dead_links']//li/a"
    assert all_of(signed_in(administrator).get("/admin/"), found) == ["Can Er"]
