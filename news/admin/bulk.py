"""One step for many rows of a list: a page that says what will happen to each and to which it cannot, then
the same verbs as in the form, row by row."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from news.models import Article, Event, State, Tag, names_from_text
from news.publishing import actions, assignment, check, check_event, rules, tags, undo
from news.publishing.rules import Item, Refused
from news.publishing.when import said_back

from . import undoing

MOST = 100
#: Sentences about rows left out that stand in the list's messages.
MOST_SAID = 10
#: Beyond what Django sends with an action.
CONFIRMED = "confirmed"


class PlainForm(forms.Form):
    """Nothing to fill in; `rows` are those that were chosen."""

    def __init__(self, *args: Any, rows: list[Any], **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        self.rows = rows


class ReasonForm(PlainForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Public: readers find it at the address of each of these."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class TagsForm(PlainForm):
    add = forms.CharField(
        label=gettext_lazy("Tags to add"),
        help_text=gettext_lazy("Parted by commas. A label that does not exist becomes a new tag."),
        required=False,
        max_length=500,
    )
    remove = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Tags to remove"),
        queryset=Tag.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["remove"]
        if not self.rows:
            return
        carried = Q(articletags__content_object__in=[row.pk for row in self.rows])
        if isinstance(self.rows[0], Event):
            carried = Q(eventtags__content_object__in=[row.pk for row in self.rows])
        field.queryset = Tag.objects.filter(carried).distinct().alphabetical()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["add"] = names_from_text(data.get("add", ""))
        if not data["add"] and not data.get("remove"):
            raise forms.ValidationError(_("Name a tag to add, or choose one to remove."))
        return data


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return assignment.name_of(obj)


class PersonForm(PlainForm):
    to = PersonField(
        label=gettext_lazy("Who is to work on it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = writers()


def writers() -> QuerySet[User]:
    """Who may write articles."""
    right = Q(groups__permissions__codename="change_article") | Q(is_superuser=True)
    return (
        User.objects.filter(right, is_active=True).distinct().order_by("first_name", "last_name", "username")
    )


@dataclass(frozen=True)
class Step:
    """What the list offers to do with many rows."""

    name: str
    label: Any
    #: Why it cannot be done to a row, or nothing.
    why_not: Callable[[Any, User], str | None]
    effect: Callable[[Any], str]
    #: Does it, and gives what takes it back.
    do: Callable[[Any, User, dict[str, Any]], dict[str, Any] | None]
    right: str
    form: type[PlainForm] = PlainForm
    advise: bool = False


@dataclass
class Line:
    item: Any
    effect: str = ""
    why_not: str = ""
    advice: list[str] = field(default_factory=list)


def move(name: str) -> Callable[[Item, User], str | None]:
    return lambda item, by: actions.why_not(item, name, by)


def publishes(item: Item) -> str:
    if isinstance(item, Article) and item.original_id:
        if item.merge_at:
            return _("The change goes live on %(time)s.") % {"time": said_back(item.merge_at)}
        return _("The change goes live at once.")
    if item.state == State.WITHDRAWN and item.published_at:
        return _("It comes back, at its place of %(time)s.") % {"time": said_back(item.published_at)}
    if item.published_at:
        return _("Readers see it from %(time)s on.") % {"time": said_back(item.published_at)}
    return _("Readers see it at once.")


def withdraws(item: Item) -> str:
    return _(
        "Readers find your reason in place of the text; it leaves lists, feeds, search and the site map."
    )


def publish(item: Any, by: User, values: dict[str, Any]) -> dict[str, Any] | None:
    before = undo.memo(item)
    return undo.moved(before, actions.publish(item, by, at=item.published_at))


def withdraw(item: Any, by: User, values: dict[str, Any]) -> dict[str, Any] | None:
    before = undo.memo(item)
    return undo.moved(before, actions.withdraw(item, by, values["reason"]))


def retag(item: Item, by: User, values: dict[str, Any]) -> dict[str, Any] | None:
    before = [tag.pk for tag in item.tags.all()]
    return undo.retagged(tags.retag(item, by, values["add"], values["remove"]), before)


def retags(item: Item) -> str:
    names = ", ".join(str(tag) for tag in item.tags.all())
    return _("Has: %(tags)s") % {"tags": names} if names else _("Has no tags yet.")


def assign(item: Article, by: User, values: dict[str, Any]) -> dict[str, Any] | None:
    before = item.assigned_to_id
    return undo.assigned(assignment.assign(item, by, values["to"]), before)


def assigns(item: Article) -> str:
    if item.assigned_to is None:
        return _("Nobody has been named yet.")
    return _("So far: %(name)s.") % {"name": assignment.name_of(item.assigned_to)}


PUBLISH = Step("publish", rules.PUBLISH.label, move("publish"), publishes, publish, "publish", advise=True)
WITHDRAW = Step(
    "withdraw", rules.WITHDRAW.label, move("withdraw"), withdraws, withdraw, "publish", ReasonForm
)
RETAG = Step("retag", gettext_lazy("Change the tags"), tags.may_retag, retags, retag, "change", TagsForm)
ASSIGN = Step(
    "assign",
    gettext_lazy("Assign to somebody"),
    assignment.may_assign,
    assigns,
    assign,
    "change",
    PersonForm,
)
EVENT_STEPS = (PUBLISH, WITHDRAW, RETAG)
ARTICLE_STEPS = (*EVENT_STEPS, ASSIGN)


def action(step: Step) -> Callable[[Any, HttpRequest, QuerySet], HttpResponse | None]:
    """The step as the lists of Django's admin take it."""

    def run(model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return _run(step, model_admin, request, queryset)

    run.__name__ = step.name
    run.short_description = step.label
    return run


def actions_of(steps: tuple[Step, ...], request: HttpRequest, model_name: str) -> dict[str, Any]:
    """Those that the person has the right to, as `ModelAdmin.get_actions` gives them."""
    user: Any = request.user
    return {
        step.name: (action(step), step.name, step.label)
        for step in steps
        if user.has_perm(f"news.{step.right}_{model_name}")
    }


def chosen(queryset: QuerySet) -> list[Any] | None:
    """The rows in the order of the list, whole; nothing where there are too many."""
    pks = list(queryset.values_list("pk", flat=True)[: MOST + 1])
    if len(pks) > MOST:
        return None
    wanted = queryset.model._default_manager.filter(pk__in=pks)
    if queryset.model is Article:
        wanted = wanted.select_related("lead_image", "original", "assigned_to", "author")
    found = {row.pk: row for row in wanted.prefetch_related("tags")}
    return [found[pk] for pk in pks if pk in found]


def _run(step: Step, model_admin: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
    user: Any = request.user
    rows = chosen(queryset)
    if rows is None:
        text = _("Choose at most %(most)d at a time; a page that lists more is read by nobody.")
        model_admin.message_user(request, text % {"most": MOST}, messages.ERROR)
        return None
    confirmed = CONFIRMED in request.POST
    form = step.form(request.POST if confirmed else None, rows=rows)
    if confirmed and form.is_valid():
        _do(step, model_admin, request, rows, form.cleaned_data)
        return None
    lines = [_line(step, row, user) for row in rows]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": step.label,
        "opts": model_admin.opts,
        "step": step,
        "form": form,
        "media": model_admin.media,
        "possible": [line for line in lines if not line.why_not],
        "impossible": [line for line in lines if line.why_not],
        "confirmed": CONFIRMED,
    }
    return TemplateResponse(request, "admin/news/bulk.html", context)


def _line(step: Step, row: Any, user: User) -> Line:
    if why := step.why_not(row, user):
        return Line(row, why_not=why)
    findings = []
    if step.advise:
        findings = check.findings(row) if isinstance(row, Article) else check_event.findings(row)
    return Line(row, step.effect(row), advice=[found.text for found in findings if not found.blocks])


def _do(step: Step, model_admin: Any, request: HttpRequest, rows: list[Any], values: dict[str, Any]) -> None:
    """Each row is a transaction of its own: what cannot be done holds up nothing else."""
    user: Any = request.user
    done, memos, refused = [], [], []
    for row in rows:
        try:
            if why := step.why_not(row, user):
                raise Refused(why)
            memos.append(step.do(row, user, values))
            done.append(row)
        except Refused as problem:
            refused.append((row, problem.reason))
    if done:
        text = ngettext("%(step)s: done for %(number)d.", "%(step)s: done for %(number)d.", len(done))
        model_admin.message_user(request, text % {"step": step.label, "number": len(done)}, messages.SUCCESS)
        undoing.offer(request, undo.remember(user, step.name, str(done[0]), memos))
    for row, why in refused[:MOST_SAID]:
        text = _("Not done: “%(item)s”. %(why)s")
        model_admin.message_user(request, text % {"item": row, "why": why}, messages.WARNING)
    if len(refused) > MOST_SAID:
        text = _("Not done for %(number)d more.") % {"number": len(refused) - MOST_SAID}
        model_admin.message_user(request, text, messages.WARNING)
