"""Bodies, their offices, and who holds or held them."""

from __future__ import annotations

from news.models import Appointment, Body, FormerName, FormerTitle, Office, Official, OfficialAccount
from news.publishing import history

from .content import Entry, read, words
from .noun import Known, Noun, saved
from .picture import hang_gallery


def bodies() -> list[Entry]:
    return [{**body, "position": position} for position, body in enumerate(read("offices")["body"], 1)]


def find_body(entry: Entry) -> Body | None:
    return Body.objects.filter(name_tr=entry["name"]["tr"]).first()


def make_body(known: Known, entry: Entry) -> Body:
    named = words(name=entry["name"], description=entry["description"])
    return saved(Body(position=entry["position"], **named))


def find_office(entry: Entry) -> Office | None:
    return Office.objects.filter(title_tr=entry["title"]["tr"]).first()


def make_office(known: Known, entry: Entry) -> Office:
    plain = {name: entry[name] for name in ("rank", "shared", "email", "phone", "address") if name in entry}
    office = Office(
        body=known["bodies"][entry["body"]],
        **plain,
        **words(title=entry["title"], responsibilities=entry["responsibilities"]),
    )
    saved(office)
    for former in entry.get("former", []):
        saved(FormerTitle(office=office, until=former["until"], **words(title=former["title"])))
    return office


def find_official(entry: Entry) -> Official | None:
    return Official.objects.filter(name=entry["name"]).first()


def make_official(known: Known, entry: Entry) -> Official:
    plain = {name: entry[name] for name in ("name", "family_name", "website") if name in entry}
    texts = {name: entry.get(name) for name in ("honorific", "summary", "biography", "delegated")}
    official = Official(
        listed=not entry.get("guest", False),
        portrait=known.picture(entry.get("portrait")),
        district=known.place(entry.get("district")),
        **plain,
        **words(**texts),
    )
    saved(official)
    for position, (network, url) in enumerate(entry.get("accounts", {}).items()):
        saved(OfficialAccount(official=official, network=network, url=url, position=position))
    hang_gallery(known, entry, official=official)
    for former in entry.get("former_names", []):
        saved(FormerName(official=official, **former))
    for held in entry.get("appointments", []):
        appointment = Appointment(
            official=official,
            office=known["offices"][held["office"]],
            starts_on=held["from"],
            ends_on=held.get("to"),
            acting=held.get("acting", False),
            **words(note=held.get("note"), party=held.get("party")),
        )
        saved(appointment)
    history.record(official, None)
    return official


BODIES = Noun("bodies", bodies, find_body, make_body)
OFFICES = Noun("offices", lambda: read("offices")["office"], find_office, make_office)
OFFICIALS = Noun(
    "officials", lambda: read("officials")["official"], find_official, make_official, searched=True
)
