"""What each group of the newsroom may do. A migration makes the groups; the admin may change them."""

from typing import Any

NOUNS = ["official", "appointment", "formername", "office", "formertitle", "body", "place", "tag"]
SITE = ["menuitem", "socialaccount", "siteprofile", "alert"]
ARTICLE_PARTS = ["mention", "articleimage", "articlefile", "changenote", "correction"]
EVENT_PARTS = ["occurrence"]
#: What hangs on an event or an official.
ATTACHED = ["galleryimage", "document", "officialaccount"]


def _all(*models: str) -> list[str]:
    return [f"news.{verb}_{model}" for model in models for verb in ("add", "change", "delete", "view")]


def _view(*models: str) -> list[str]:
    return [f"news.view_{model}" for model in models]


AUTHOR = [
    *_all("article", *ARTICLE_PARTS),
    "news.submit_article",
    "news.add_image",
    "news.view_image",
    *_view("event", "occurrence", *NOUNS, *ATTACHED),
]
EDITOR = [
    *AUTHOR,
    "news.change_others_article",
    *_all("event", *EVENT_PARTS, *NOUNS, *ATTACHED, "image"),
]
PUBLISHER = [
    *EDITOR,
    "news.publish_article",
    "news.publish_alone_article",
    "news.publish_event",
    *_all("alert"),
]
ADMINISTRATOR = [
    *PUBLISHER,
    *_all(*SITE),
    "news.view_accountevent",
    *[f"auth.{verb}_{model}" for model in ("user", "group") for verb in ("add", "change", "delete", "view")],
]
GROUPS = {
    "Author": AUTHOR,
    "Editor": EDITOR,
    "Publisher": PUBLISHER,
    "Administrator": ADMINISTRATOR,
}


def grant(group_model: Any, permission_model: Any) -> None:
    """Make the four groups and give them their rights; rights that people took away by hand come back.

    The models are parameters because a migration hands in its historical ones. Rights that do not exist yet,
    because their model comes with a later migration, are left to that migration.
    """
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in permission_model.objects.select_related("content_type")
    }
    for name, rights in GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.add(*[known[right] for right in dict.fromkeys(rights) if right in known])
