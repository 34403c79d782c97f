"""Both languages of an article on one screen, Turkish left and English right: typed, kept and saved together.

Each language stays a row of its own, with its own version, state and steps; what readers see is shown beside
the words that are being written, and is changed in its working copy.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePath
from typing import Any

import js_asset
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.forms import BoundField, modelform_factory
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from news.models import Article, ArticleFile, ArticleImage, Draft, Submission
from news.publishing import check, history, rules
from news.publishing.rules import Move, Refused
from news.publishing.when import said_back

from . import drafts, shortcuts
from .linking import LANGUAGE_NAMES

#: What is written in each language. Everything else belongs to the form of the one article.
WORDS = ["title", "summary", "body", "lead_alt", "lead_caption"]
#: What hangs on an article and has words in its language: relation -> what is written of each row, and what a
#: row shares with that of the other language.
ATTACHED: dict[str, tuple[list[str], str]] = {
    "gallery": (["alt", "caption"], "image_id"),
    "files": (["title"], "file"),
}
#: Relation, what is shown, and which of those that show the same: by it the two languages find each other.
Key = tuple[str, str, int]
#: Fields of the form that say nothing.
SILENT = {"version", "form_key"}


@dataclass
class Attached:
    """A picture of the gallery or a file, in one language."""

    row: ArticleImage | ArticleFile
    #: With the fields that are written; nothing where it can only be read.
    form: Any = None

    @property
    def label(self) -> str:
        return str(
            self.row.image if isinstance(self.row, ArticleImage) else PurePath(self.row.file.name).name
        )


@dataclass
class Side:
    language: str
    record: Article | None = None
    #: What is written here: the record, or its working copy; nothing where it can only be read.
    row: Article | None = None
    form: Any = None
    #: In their order.
    attached: dict[Key, Attached] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    main: Move | None = None
    may_copy: bool = False
    findings: list[check.Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(LANGUAGE_NAMES[self.language])

    @property
    def shown(self) -> Article | None:
        return self.row or self.record

    @property
    def planned(self) -> str:
        moment = self.record.published_at if self.record else None
        return said_back(moment) if moment else ""

    def sent(self) -> list[Any]:
        """Without the rows that somebody else has added meanwhile; they keep their words."""
        if not self.form:
            return []
        return [self.form, *(one.form for one in self.attached.values() if one.form.is_bound)]

    def changed(self) -> bool:
        return any(set(form.changed_data) - SILENT for form in self.sent())

    def is_valid(self) -> bool:
        return not [form for form in self.sent() if not form.is_valid()]


@dataclass
class Cell:
    side: Side
    name: str
    label: str
    bound: BoundField | None
    text: str


def view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(model_admin, request, pk)
    if request.method != "POST":
        return _shown(model_admin, request, article, sides(model_admin, request, article))
    if sentence := _brought_back(request):
        return _shown(model_admin, request, article, sides(model_admin, request, article), sentence)
    digest = model_admin._digest(request)
    if earlier := Submission.objects.filter(digest=digest).first():
        messages.success(request, _("Sent twice, saved once."))
        return HttpResponseRedirect(earlier.location)
    refusal = ""
    try:
        with transaction.atomic():
            both = sides(model_admin, request, article, lock=True)
            written = [side for side in both if side.form]
            if not written:
                raise PermissionDenied
            if not [side for side in written if not side.is_valid()]:
                _save(model_admin, request, written)
                Submission.objects.create(digest=digest, location=request.path)
                drafts.drop(key_of(article), request.user)
                return HttpResponseRedirect(request.path)
    except PermissionDenied:
        return drafts.kept(request, "right")
    except Refused as refused:
        refusal = refused.reason
        both = sides(model_admin, request, article)
    return _shown(model_admin, request, article, both, refusal)


def beat_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    article = _article(model_admin, request, pk)
    written = [side.row for side in sides(model_admin, request, article) if side.row]
    if not written:
        raise PermissionDenied
    also = [drafts.key_of("article", row.pk) for row in written]
    return drafts.beat(request, key_of(article), None, also)


def key_of(article: Article) -> str:
    return f"beside:{article.translation_key}"


def sides(model_admin: Any, request: HttpRequest, article: Article, lock: bool = False) -> list[Side]:
    rows = Article.objects.records().filter(translation_key=article.translation_key)
    if lock:
        rows = rows.select_for_update()
    records = {row.language: row for row in rows}
    copies = {copy.original_id: copy for copy in Article.objects.filter(original__in=records.values())}
    both = [
        _side(model_admin, request, code, records.get(code), copies) for code, _name in settings.LANGUAGES
    ]
    prefetch_related_objects([side.shown for side in both if side.shown], "gallery__image", "files")
    for side in both:
        side.attached = dict(_attached(model_admin, request, side))
    return both


def _side(
    model_admin: Any, request: HttpRequest, language: str, record: Article | None, copies: dict[Any, Article]
) -> Side:
    side = Side(language, record)
    if record is None:
        return side
    for row in filter(None, (record, copies.get(record.pk))):
        if model_admin.has_change_permission(request, row):
            side.row = row
            form_class = model_admin.get_form(request, row, change=True, fields=WORDS)
            data = request.POST if request.method == "POST" else None
            side.form = form_class(data, instance=row, prefix=language)
            side.moves = [move for move in rules.allowed(row, request.user) if not move.needs_reason]
            side.main = rules.main(side.moves)
            side.findings = check.findings(row) if data is None else []
            break
    else:
        side.may_copy = rules.may_copy(record, request.user)
    return side


def _attached(model_admin: Any, request: HttpRequest, side: Side) -> Iterator[tuple[Key, Attached]]:
    for relation, (names, known_by) in ATTACHED.items() if side.shown else ():
        times = Counter[str]()
        for row in getattr(side.shown, relation).all():
            times[what := str(getattr(row, known_by))] += 1
            one = Attached(row)
            if side.form:
                one.form = _form_of(model_admin, request, row, names, f"{side.language}-{relation}-{row.pk}")
            yield (relation, what, times[what]), one


def _form_of(model_admin: Any, request: HttpRequest, row: Any, names: list[str], prefix: str) -> Any:
    decorative = getattr(row, "decorative", False)
    form_class = modelform_factory(
        type(row),
        fields=[name for name in names if name != "alt" or not decorative],
        formfield_callback=partial(model_admin.formfield_for_dbfield, request=request),
    )
    sent = request.method == "POST" and any(name.startswith(f"{prefix}-") for name in request.POST)
    form = form_class(request.POST if sent else None, instance=row, prefix=prefix)
    if "alt" in form.fields:
        form.fields["alt"].required = True
    return form


def _save(model_admin: Any, request: HttpRequest, written: list[Side]) -> None:
    language, _colon, move = request.POST.get("_move", "").partition(":")
    for side in written:
        if not side.changed():
            continue
        for form in side.sent()[1:]:
            if form.has_changed():
                form.save()
        row = side.form.save(commit=False)
        model_admin.save_model(request, row, side.form, True)
        model_admin.save_related(request, side.form, [], True)
        if move and side.language != language:
            # The step writes down what it moves; this is the other one.
            history.record(row, request.user)
    for side in written:
        if move and side.language == language:
            at = {"at": side.row.published_at} if move == "publish" and side.row else {}
            if move not in {allowed.name for allowed in side.moves}:
                raise Refused(rules.refusal(side.row, move, request.user) or _("There is no such step."))
            model_admin._moved(request, side.row, move, at)
    if not move:
        messages.success(request, _("Both languages are saved."))


def _brought_back(request: HttpRequest) -> str:
    """Put unsaved text into the request as if it had been sent, and say so."""
    if "_draft" in request.POST:
        return _("This is the unsaved text of your browser. Look it over, then save it.")
    number = request.POST.get("_restore", "")
    found = Draft.objects.filter(user=request.user, pk=number).first() if number.isdecimal() else None
    if found is None:
        return ""
    request.POST = drafts.typed_again(found)
    time = said_back(found.saved_at)
    return _("This is your unsaved text of %(time)s. Look it over, then save it.") % {"time": time}


def _article(model_admin: Any, request: HttpRequest, pk: int) -> Article:
    article = Article.objects.select_related("original").filter(pk=pk).first()
    if article is None:
        raise Http404("no such article")
    if not model_admin.has_view_or_change_permission(request, article):
        raise PermissionDenied
    return article.record


def _shown(
    model_admin: Any, request: HttpRequest, article: Article, both: list[Side], refusal: str = ""
) -> HttpResponse:
    written = [side for side in both if side.form]
    media = model_admin.media
    for side in written:
        media += side.form.media
    key = key_of(article)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Side by side"),
        "opts": model_admin.opts,
        "original": article,
        "media": js_asset.Media.from_media(media).with_nonce(str(request.csp_nonce)),
        "sides": both,
        "lines": list(_lines(both)),
        "refusal": refusal,
        "may_write": bool(written),
        "draft_key": key,
        "drafts": [] if request.method == "POST" else drafts.offered(key, request.user),
        "others": drafts.others(
            [key, *(drafts.key_of("article", side.row.pk) for side in written)], request.user
        ),
        "beat_url": reverse("admin:news_article_beside_beat", args=[article.pk]),
        "shortcuts_on": shortcuts.are_on(request.user),
    }
    return TemplateResponse(request, "admin/news/article/beside.html", context)


def _lines(both: list[Side]) -> Iterator[list[Cell]]:
    """The same field of the two languages, one line after the other."""
    pictured = any(side.shown and side.shown.lead_image_id for side in both)
    for name in WORDS:
        if name.startswith("lead_") and not pictured:
            continue
        label = Article._meta.get_field(name).verbose_name
        yield [
            Cell(
                side,
                name,
                str(label),
                side.form[name] if side.form else None,
                getattr(side.record, name) if side.record else "",
            )
            for side in both
        ]
    for key in dict.fromkeys(key for side in both for key in side.attached):
        yield from _lines_of(both, key)


def _lines_of(both: list[Side], key: Key) -> Iterator[list[Cell]]:
    """The words of one picture or file, which only one of the two may have."""
    found = [side.attached.get(key) for side in both]
    known = next(filter(None, found))
    for name in ATTACHED[key[0]][0]:
        if name == "alt" and all(getattr(one.row, "decorative", False) for one in found if one):
            continue
        label = f"{known.row._meta.get_field(name).verbose_name} – {known.label}"
        yield [
            Cell(
                side,
                name,
                label,
                one.form[name] if one and one.form and name in one.form.fields else None,
                getattr(one.row, name) if one else "",
            )
            for side, one in zip(both, found, strict=True)
        ]
