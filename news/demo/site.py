"""What stands around the content: who publishes, menus, social accounts, the alert."""

from __future__ import annotations

from news.models import Alert, Article, Menu, MenuItem, SiteProfile, SocialAccount

from .content import LANGUAGES, Entry, moment_of, read, words
from .noun import Known, Noun, saved


def _numbered(entries: list[Entry]) -> list[Entry]:
    return [{**entry, "key": str(number), "position": number} for number, entry in enumerate(entries, 1)]


def find_profile(entry: Entry) -> SiteProfile | None:
    return SiteProfile.objects.first()


def make_profile(known: Known, entry: Entry) -> SiteProfile:
    plain = (
        "address",
        "phone",
        "email",
        "registered_email",
        "security_contact",
        "accessibility_tested_on",
    )
    texts = ("name", "short_name", "description", "accessibility_gaps")
    profile = SiteProfile(
        pk=1,
        share_image=known.picture(entry["share_picture"]),
        **{name: entry[name] for name in plain},
        **words(**{name: entry[name] for name in texts}),
    )
    return saved(profile)


def menu_items() -> list[Entry]:
    menus = read("site")["menu"]
    return [
        {**item, "menu": menu, "key": f"{menu}/{item['key']}"}
        for menu, items in menus.items()
        for item in _numbered(items)
    ]


def find_menu_item(entry: Entry) -> MenuItem | None:
    return MenuItem.objects.filter(menu=entry["menu"], label_tr=entry["label"]["tr"]).first()


def make_menu_item(known: Known, entry: Entry) -> MenuItem:
    item = MenuItem(
        menu=Menu(entry["menu"]),
        icon=entry.get("icon", ""),
        position=entry["position"],
        **words(label=entry["label"], url=entry["url"]),
    )
    return saved(item)


def find_account(entry: Entry) -> SocialAccount | None:
    return SocialAccount.objects.filter(network=entry["network"], url=entry["url"]).first()


def make_account(known: Known, entry: Entry) -> SocialAccount:
    return saved(SocialAccount(network=entry["network"], url=entry["url"], position=entry["position"]))


def find_alert(entry: Entry) -> Alert | None:
    return Alert.objects.filter(text_tr=entry["text"]["tr"]).first()


def make_alert(known: Known, entry: Entry) -> Alert:
    articles: dict[str, Article] = known["articles"]
    paths = {
        language: articles[f"{entry['article']}/{language}"].get_absolute_url() for language in LANGUAGES
    }
    alert = Alert(
        severity=entry["severity"],
        starts_at=moment_of(entry["starts"], known.now),
        ends_at=moment_of(entry["ends"], known.now),
        **words(text=entry["text"], url=paths),
    )
    return saved(alert)


PROFILE = Noun("site profile", lambda: _numbered([read("site")["profile"]]), find_profile, make_profile)
MENUS = Noun("menu items", menu_items, find_menu_item, make_menu_item)
ACCOUNTS = Noun("social accounts", lambda: _numbered(read("site")["social"]), find_account, make_account)
ALERTS = Noun("alerts", lambda: _numbered(read("site")["alert"]), find_alert, make_alert)
