"""Structured data (schema.org) as plain dicts; `{% jsonld %}` writes them."""

from datetime import date, tzinfo
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from news.models import (
    Article,
    Attendance,
    Event,
    Image,
    Mention,
    Occurrence,
    Official,
    OfficialAccount,
    SiteProfile,
    Status,
)
from news.pictures.renditions import SEARCH
from news.templatetags.dates import local, machine
from news.templatetags.page import href
from news.views.page import absolute

Thing = dict[str, Any]

EVENT_STATUS = {
    Status.SCHEDULED: "EventScheduled",
    Status.POSTPONED: "EventPostponed",
    Status.RESCHEDULED: "EventRescheduled",
    Status.MOVED_ONLINE: "EventMovedOnline",
    Status.CANCELLED: "EventCancelled",
}
ATTENDANCE = {
    Attendance.ON_SITE: "OfflineEventAttendanceMode",
    Attendance.ONLINE: "OnlineEventAttendanceMode",
    Attendance.HYBRID: "MixedEventAttendanceMode",
}


def thing(kind: str, **properties: Any) -> Thing:
    """Properties without a value are left out: an empty one is a false statement."""
    filled = {name: value for name, value in properties.items() if value not in ("", None, [], {})}
    return {"@context": "https://schema.org", "@type": kind, **filled}


def nested(kind: str, **properties: Any) -> Thing:
    part = thing(kind, **properties)
    del part["@context"]
    return part


def publisher(site: SiteProfile, logo: str) -> Thing:
    return nested("GovernmentOrganization", name=site.name, url=settings.SITE_URL + "/", logo=absolute(logo))


def organization(site: SiteProfile, logo: str, same_as: list[str]) -> Thing:
    return thing(
        "GovernmentOrganization",
        name=site.name,
        url=settings.SITE_URL + "/",
        logo=absolute(logo),
        telephone=site.phone,
        email=site.email,
        address=site.address,
        sameAs=same_as,
    )


def website(site: SiteProfile, url: str) -> Thing:
    """What search engines call the site; `url` is that of its home page."""
    return thing("WebSite", name=site.name, url=url, inLanguage=get_language())


def stamp(value: date | None, zone: tzinfo | None = None) -> str:
    """A day, or a moment with the offset of its zone."""
    return machine(local(value, zone)) if value else ""


def pictures(image: Image | None) -> list[str]:
    """One in each shape that a search engine may have room for; until they are made, that for sharing."""
    if image is None:
        return []
    uses = [cut.name for cut in SEARCH] if image.up_to_date else ["share"]
    return [absolute(image.rendition(use).url) for use in uses]


def news_article(article: Article, url: str, by: Thing, mentions: list[Mention], tags: list[Any]) -> Thing:
    updated = article.updated_at()
    return thing(
        "NewsArticle",
        headline=article.title,
        description=article.summary,
        datePublished=stamp(article.published_at),
        dateModified=stamp(updated),
        inLanguage=article.language,
        mainEntityOfPage=url,
        image=pictures(article.lead_image),
        author=nested("Organization", name=article.byline) if article.byline else by,
        publisher=by,
        about=[nested("Thing", name=str(tag)) for tag in tags],
        mentions=[
            nested("Person", name=named.name, url=absolute(named.get_absolute_url()))
            for named in (mention.official for mention in mentions)
        ],
        contentLocation=nested("Place", name=article.place.name) if article.place else None,
    )


def event(event: Event, time: Occurrence | None, url: str, by: Thing, join_link: str) -> Thing:
    """`time` is the next of an event that repeats: by the first, it would be over after it."""
    locations: list[Thing] = []
    if event.place:
        locations.append(
            nested("Place", name=event.place.name, address=event.place.address or event.place.name)
        )
    if event.attendance != Attendance.ON_SITE:
        locations.append(nested("VirtualLocation", url=href(join_link) or url))
    if event.external or event.organiser:
        organiser = nested("Organization", name=event.organiser, url=href(event.organiser_url))
    else:
        organiser = by
    if event.starts_at:
        starts, ends = (time.begins_at, time.ends_at) if time else (event.starts_at, event.ends_at)
        said = stamp(starts, event.zone), stamp(ends if event.ends_at else None, event.zone)
    else:
        days = time or event
        said = stamp(days.first_day), stamp(days.last_day)
    return thing(
        "Event",
        name=event.title,
        description=event.summary,
        startDate=said[0],
        endDate=said[1],
        previousStartDate=stamp(event.previous_start_date),
        eventStatus=f"https://schema.org/{EVENT_STATUS[Status(event.status)]}",
        eventAttendanceMode=f"https://schema.org/{ATTENDANCE[Attendance(event.attendance)]}",
        location=locations,
        organizer=organiser,
        image=pictures(event.image),
        isAccessibleForFree=event.free,
        offers=offer(event, url),
        inLanguage=get_language(),
        url=url,
    )


def offer(event: Event, url: str) -> Thing | None:
    """Where to get in and, where that costs nothing, so; a price in words is none that a machine can read."""
    tickets = href(event.tickets_link())
    if event.free:
        return nested("Offer", url=tickets or url, price=0, priceCurrency="TRY")
    return nested("Offer", url=tickets) if tickets else None


def person(official: Official, url: str, by: Thing, title: str, accounts: list[OfficialAccount]) -> Thing:
    elsewhere = [href(address) for address in (official.website, *(account.url for account in accounts))]
    return thing(
        "Person",
        name=official.name,
        honorificPrefix=official.honorific,
        jobTitle=title,
        description=official.summary,
        worksFor=by if title else None,
        image=absolute(official.portrait.rendition("portrait").url) if official.portrait else "",
        email=official.email,
        sameAs=[address for address in elsewhere if address],
        url=url,
    )
