"""What should be looked at before an article goes out: what blocks, and what is advice."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from news.models import Article, LinkCheck, is_ours, named_by
from news.publishing import body_links, check_facts, links
from news.richtext import links as links_of
from news.text import fold, plain

#: Two words can be the same in both languages.
SHORT_TEXT = 40
#: Advised, and the most that goes out.
LONG_TITLE, LONGEST_TITLE = 65, 120
LONG_SUMMARY, LONGEST_SUMMARY = 160, 255
LONG_ALTERNATIVE = 125
IMAGE = re.compile(r"<img\b[^>]*>")
ALTERNATIVE = re.compile(r'\balt="([^"]*)"')
ANCHOR = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
#: Folded. A link is read out of its sentence, by screen readers in a list of links.
EMPTY_WORDS = {
    "tiklayin",
    "tiklayiniz",
    "buraya",
    "burada",
    "buradan",
    "here",
    "click here",
    "link",
    "read more",
}


@dataclass(frozen=True)
class Finding:
    blocks: bool
    #: The field to mend, as the form calls it.
    field: str
    text: str


Rule = Callable[[Article, str], Iterator[Finding]]


def findings(article: Article) -> list[Finding]:
    """Everything about an article as it is stored, what blocks first."""
    words = plain(article.body)
    found = [finding for rule in RULES for finding in rule(article, words)]
    return sorted(found, key=lambda finding: not finding.blocks)


def blocking(article: Article) -> list[Finding]:
    words = plain(article.body)
    return [finding for rule in BLOCKING for finding in rule(article, words) if finding.blocks]


def _block(field: str, text: str) -> Finding:
    return Finding(True, field, text)


def _advise(field: str, text: str) -> Finding:
    return Finding(False, field, text)


def has_text(article: Article, words: str) -> Iterator[Finding]:
    if not words and "<img" not in article.body:
        yield _block("body", _("There is no text."))


def has_summary(article: Article, words: str) -> Iterator[Finding]:
    if not article.summary:
        yield _block("summary", _("The summary is missing; lists, search and shared links show it."))
    elif len(article.summary) > LONGEST_SUMMARY:
        yield _block("summary", _("The summary is longer than %d characters.") % LONGEST_SUMMARY)
    elif len(article.summary) > LONG_SUMMARY:
        yield _advise("summary", _("The summary is longer than %d characters.") % LONG_SUMMARY)


def has_alternatives(article: Article, words: str) -> Iterator[Finding]:
    if article.lead_image_id and not article.lead_alt and not article.lead_decorative:
        yield _block("lead_alt", _("Describe the lead picture, or mark it as decorative."))
    for tag in IMAGE.findall(article.body):
        given = ALTERNATIVE.search(tag)
        if not given or not given[1].strip():
            yield _block("body", _("A picture in the text has no text alternative."))
            break
    if len(article.lead_alt) > LONG_ALTERNATIVE:
        yield _advise("lead_alt", _("The text alternative is longer than %d characters.") % LONG_ALTERNATIVE)


def is_translated(article: Article, words: str) -> Iterator[Finding]:
    other = _counterpart(article)
    # The first of the two is the text itself, whatever has become of the other.
    is_second = other and other.record.pk < article.record.pk
    if other and is_second and len(words) > SHORT_TEXT and words == plain(other.body):
        yield _block("body", _("The text is still that of the other language."))
    elif other and fold(article.title) == fold(other.title):
        yield _advise("title", _("The title is the same in both languages."))


def has_fair_title(article: Article, words: str) -> Iterator[Finding]:
    if len(article.title) > LONGEST_TITLE:
        yield _block("title", _("The title is longer than %d characters.") % LONGEST_TITLE)
    elif len(article.title) > LONG_TITLE:
        yield _advise("title", _("The title is longer than %d characters.") % LONG_TITLE)
    letters = [letter for letter in article.title if letter.isalpha()]
    if len(letters) > 5 and all(letter.isupper() for letter in letters):
        yield _advise("title", _("The title is in capitals; it is read letter by letter."))


def has_origin(article: Article, words: str) -> Iterator[Finding]:
    if not article.byline:
        yield _advise("byline", _("The office that prepared it is not named."))
    if article.pk and not article.article_tags.exists():
        yield _advise("tags", _("There is no topic."))
    if article.lead_image_id and article.lead_image and not article.lead_image.credit:
        yield _advise("lead_image", _("The lead picture has no credit."))


def has_fair_links(article: Article, words: str) -> Iterator[Finding]:
    for sentence in doubtful_links(article.body):
        yield _advise("body", sentence)
    yield from dead_links(article)


def dead_links(row: Any) -> Iterator[Finding]:
    """Advice for each address of others that did not answer, in a text or in a field of its own."""
    stand = links.addresses(row)
    dead = LinkCheck.objects.filter(url__in={url for _name, url in stand}, works=False)
    gone = set(dead.values_list("url", flat=True))
    for name, url in stand:
        if url in gone:
            yield _advise(name, _("%s does not answer.") % url)


def doubtful_links(html: str) -> Iterator[str]:
    """A sentence for each link that says nothing, or leads to what readers cannot see."""
    for inside in ANCHOR.findall(html):
        if fold(plain(inside)) in EMPTY_WORDS:
            yield _("The link “%s” does not say where it leads.") % plain(inside)
    for address in links_of(html):
        if is_ours(address) and not links.leads_somewhere(address):
            yield _hidden(address)


def has_fair_facts(article: Article, words: str) -> Iterator[Finding]:
    text = f"{article.title}\n{article.summary}\n{words}"
    for sentence in check_facts.doubtful_dates(text, article.language, article.published_at):
        yield _advise("body", sentence)
    if other := _counterpart(article):
        other_text = f"{other.title}\n{other.summary}\n{plain(other.body)}"
        for sentence in check_facts.differing_numbers(text, article.language, other_text, other.language):
            yield _advise("body", sentence)
        yield from _differing_links(article, other)


def _counterpart(article: Article) -> Article | None:
    """What the other language says when this is public: beside a working copy, that of the other."""
    other = article.translations().first()
    if other and article.original_id:
        return Article.objects.filter(original=other).select_related("original").first() or other
    return other


def _differing_links(article: Article, other: Article) -> Iterator[Finding]:
    ours, theirs = map(body_links.targets, (article.body, other.body))
    for address in sorted(map(str, ours ^ theirs)):
        yield _advise("body", _("Only one of the two languages links to %s.") % address)


def _hidden(address: str) -> str:
    noun, pk = named_by(address)
    row = body_links.MODELS[noun].objects.filter(pk=pk).first() if noun else None
    if row is None:
        return _("%s leads to a page that readers cannot see.") % address
    return _("Readers cannot see “%s” yet or any more; its words are shown to them without the link.") % row


BLOCKING: list[Rule] = [has_fair_title, has_text, has_summary, has_alternatives, is_translated]
RULES: list[Rule] = [*BLOCKING, has_origin, has_fair_links, has_fair_facts]


def told(found: list[Finding]) -> list[dict[str, Any]]:
    return [{"blocks": one.blocks, "field": one.field, "text": one.text} for one in found]
