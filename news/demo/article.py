from __future__ import annotations

from datetime import datetime

from news.models import Article, ArticleImage, ChangeNote, Correction, Mention, State, TimelineEntry
from news.publishing import history

from .content import EVENT_DATE, LANGUAGES, PICTURE, Entry, in_words, mentions, moment_of, stories
from .event import days_of
from .noun import Known, Noun, minted, saved

BYLINES = {"tr": "Basın Bürosu", "en": "Press Office"}


def entries() -> list[Entry]:
    """One for each language a story is told in."""
    return [
        {**story, "story": story["key"], "key": f"{story['key']}/{language}", "language": language}
        for story in stories()
        for language in LANGUAGES
        if language in story
    ]


def find(entry: Entry) -> Article | None:
    return Article.objects.filter(guid=minted("article", entry["key"])).first()


def make(known: Known, entry: Entry) -> Article:
    language, text = entry["language"], entry[entry["language"]]
    picture = known.picture(entry.get("picture"))
    article = Article(
        guid=minted("article", entry["key"]),
        translation_key=minted("article", entry["story"]),
        language=language,
        kind=entry["kind"],
        title=text["title"],
        slug=text.get("slug", ""),
        summary=text["summary"],
        body=_body(known, text["body"], language),
        byline=BYLINES[language],
        contact=entry.get("contact", ""),
        place=known.place(entry.get("place")),
        lead_image=picture,
        lead_alt=_alt(picture, language),
        lead_caption=text.get("caption", ""),
        legacy_id=entry.get("legacy_id"),
    )
    _set_state(article, entry, known.now)
    # Written in its day: a row that is newer than its story passes for an import.
    article.created_at = min(article.published_at or known.now, known.now)
    saved(article)
    _hang_on(known, article, entry)
    article.relist()
    _write_timeline(article)
    history.record(article, None)
    return article


def _body(known: Known, body: str, language: str) -> str:
    """The text with the days of events and the addresses of pictures put in."""
    body = EVENT_DATE.sub(lambda match: in_words(*days_of(known["events"][match[1]]), language), body)
    return PICTURE.sub(lambda match: f'src="{known["pictures"][match[1]].body_url}"', body)


def _alt(picture: object, language: str) -> str:
    return getattr(picture, f"alt_{language}") if picture else ""


def _set_state(article: Article, entry: Entry, now: datetime) -> None:
    article.state = entry.get("state", State.PUBLISHED)
    if "published" in entry:
        article.published_at = article.first_published_at = moment_of(entry["published"], now)
    if "expires" in entry:
        article.expires_at = moment_of(entry["expires"], now)
    if "featured" in entry:
        article.featured_until = moment_of(entry["featured"], now)
    if "corrected" in entry:
        article.changed_at = moment_of(entry["corrected"], now)
    if "withdrawn" in entry:
        article.state = State.WITHDRAWN
        article.withdrawn_at = moment_of(entry["withdrawn"], now)
        article.withdrawn_reason = entry[article.language]["reason"]


def _hang_on(known: Known, article: Article, entry: Entry) -> None:
    """What hangs on an article: tags, people, events, pictures, and what was put right."""
    text = entry[article.language]
    article.tags.set([known["tags"][key] for key in entry["tags"]])
    article.events.set([known["events"][key] for key in entry.get("events", [])])
    for position, mention in enumerate(mentions(entry)):
        official = known["officials"][mention["official"]]
        given = mention.get("office", {}).get(article.language, "")
        saved(Mention(article=article, official=official, office_as_given=given, position=position))
    for position, key in enumerate(entry.get("gallery", [])):
        picture = known.picture(key)
        alt = _alt(picture, article.language)
        saved(ArticleImage(article=article, image=picture, alt=alt, position=position))
    if article.changed_at and "wrong" in text:
        at = article.changed_at
        saved(Correction(article=article, wrong=text["wrong"], right=text["right"], corrected_at=at))
        saved(ChangeNote(article=article, note=text["note"], changed_at=at))


def _write_timeline(article: Article) -> None:
    moves = {
        "publish": article.published_at,
        "withdraw": article.withdrawn_at,
        "submit": article.created_at if article.state == State.IN_REVIEW else None,
    }
    for move, at in moves.items():
        if at:
            reason = article.withdrawn_reason if move == "withdraw" else ""
            TimelineEntry.objects.create(article=article, move=move, at=at, reason=reason, version=1)


ARTICLES = Noun("articles", entries, find, make, searched=True)
