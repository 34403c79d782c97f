"""What the portal publishes. Other modules import models from here only."""

from .account import AccountEvent, AccountEventKind
from .address import address, is_ours, lasting_address, named_by, path_of, view_at
from .article import Article, ArticleQuerySet, Kind, tagged
from .article_file import ArticleFile
from .article_image import ArticleImage
from .attached import Document, DocumentKind, GalleryImage
from .body_image import BodyImage
from .body_link import BodyLink
from .correction import ChangeNote, Correction
from .deed import Deed
from .draft import Draft, Presence
from .event import (
    ISTANBUL,
    OFF,
    Attendance,
    Event,
    EventKind,
    EventQuerySet,
    Occurrence,
    Status,
    Timing,
    join_opens_at,
)
from .facts import attach, facts_of, fingerprint
from .fields import addresses_of, rich_text_of, validate_time_zone
from .generation import Generation
from .hub import HubPing
from .image import Image, Licence
from .link import WHILE_ON, LinkCheck, shown_links
from .mention import Mention, naming
from .menu import Menu, MenuItem
from .official import (
    Appointment,
    Body,
    FormerName,
    FormerTitle,
    Office,
    Official,
    OfficialAccount,
)
from .picture_gate import asked_for
from .place import Place
from .preference import Preference
from .prepared import KeysField, prepared
from .preview import PreviewLink, PreviewVisit
from .publishable import Publishable, State
from .published_count import NEVER, PublishedCount, Standing
from .saved_filter import SavedFilter
from .site import Alert, Network, Severity, SiteProfile, SocialAccount
from .submission import Submission
from .subscription import Frequency, Subscription
from .tag import ArticleTag, EventTag, Tag, names_from_text
from .timeline import TimelineEntry

__all__ = [
    "ISTANBUL",
    "NEVER",
    "OFF",
    "WHILE_ON",
    "AccountEvent",
    "AccountEventKind",
    "Alert",
    "Appointment",
    "Article",
    "ArticleFile",
    "ArticleImage",
    "ArticleQuerySet",
    "ArticleTag",
    "Attendance",
    "Body",
    "BodyImage",
    "BodyLink",
    "ChangeNote",
    "Correction",
    "Deed",
    "Document",
    "DocumentKind",
    "Draft",
    "Event",
    "EventKind",
    "EventQuerySet",
    "EventTag",
    "FormerName",
    "FormerTitle",
    "Frequency",
    "GalleryImage",
    "Generation",
    "HubPing",
    "Image",
    "KeysField",
    "Kind",
    "Licence",
    "LinkCheck",
    "Mention",
    "Menu",
    "MenuItem",
    "Network",
    "Occurrence",
    "Office",
    "Official",
    "OfficialAccount",
    "Place",
    "Preference",
    "Presence",
    "PreviewLink",
    "PreviewVisit",
    "Publishable",
    "PublishedCount",
    "SavedFilter",
    "Severity",
    "SiteProfile",
    "SocialAccount",
    "Standing",
    "State",
    "Status",
    "Submission",
    "Subscription",
    "Tag",
    "TimelineEntry",
    "Timing",
    "address",
    "addresses_of",
    "asked_for",
    "attach",
    "facts_of",
    "fingerprint",
    "is_ours",
    "join_opens_at",
    "lasting_address",
    "named_by",
    "names_from_text",
    "naming",
    "path_of",
    "prepared",
    "rich_text_of",
    "shown_links",
    "tagged",
    "validate_time_zone",
    "view_at",
]
