"""The form of what is published: its version, its moves, and nothing typed is lost when it is refused."""

import hashlib
import uuid
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from news import page_cache, search
from news.models import Article, Draft, Publishable, State, Submission, TimelineEntry
from news.publishing import actions, history, links, rules, undo, websub
from news.publishing.rules import Refused
from news.publishing.when import said_back

from . import bulk, drafts, linking, previews, shortcuts, undoing, withdrawal
from .conflict import Difference, differences
from .noun import NounAdmin
from .recorded import RecordedAdmin


class PublishableForm(forms.ModelForm):
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_key = forms.CharField(required=False, widget=forms.HiddenInput)

    #: Why the last attempt was refused, if it was; set by `PublishableAdmin.get_form`.
    refusal: str | None = None
    refused_field: str = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        self.stored = dict(self.initial)
        self.initial["version"] = self.instance.version
        self.initial["form_key"] = uuid.uuid4().hex

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        seen = data.get("version")
        if self.instance.pk and seen is not None and seen != self.instance.version:
            self.differences = differences(self)
            self.add_error(
                None,
                _("Somebody else has saved this meanwhile. What you typed is here: compare, then save."),
            )
            # Who saves again has seen both and has decided.
            sent = self.data.copy()
            sent[self.add_prefix("version")] = str(self.instance.version)
            self.data = sent
        begin, end = data.get("published_at"), data.get("expires_at")
        if begin and end and end <= begin:
            self.add_error("expires_at", _("The expiry time lies before the publication time."))
        if self.refusal:
            self.add_error(self.refused_field if self.refused_field in self.fields else None, self.refusal)
        return data


def _why(entry: TimelineEntry) -> Any:
    """The reason of a move; of one that took another back, what that was."""
    return rules.DONE.get(entry.reason, entry.reason) if entry.move == "undo" else entry.reason


class PublishableAdmin(RecordedAdmin):
    form = PublishableForm
    change_form_template = "admin/news/publishable_form.html"
    view_on_site = False
    bulk_steps = bulk.EVENT_STEPS

    @display(description=gettext_lazy("state"), ordering="state")
    def state_said(self, item: Publishable) -> str:
        if item.is_scheduled():
            return format_html("{} · {}", pgettext("publication", "scheduled"), said_back(item.published_at))
        return item.get_state_display()

    # Who may do what

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        # Asked of the row as it is stored: a form writes what was typed into `obj`, be it refused or not.
        known = request.__dict__.setdefault("may_write", {})
        key = (self.opts.model_name, obj.pk)
        if key not in known:
            known[key] = rules.may_write(obj, request.user)
        return known[key]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What readers have seen is withdrawn and not deleted."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (obj.first_published_at is None and rules.may_write(obj, request.user))

    # The form

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        if not object_id.isdecimal() or len(object_id) > 18:
            return None
        rows = self.get_queryset(request).filter(pk=object_id)
        if request.method == "POST":
            # Two saves at once wait for each other here, so that the second sees the version of the first.
            rows = rows.select_for_update()
        return next(iter(rows), None)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Ours alone: Django's action to delete takes all or nothing, and says of no row why not."""
        return bulk.actions_of(self.bulk_steps, request, self.opts.model_name or "")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        form.refused_field = getattr(request, "refused_field", "")
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if restored := request.POST.get("_restore"):
            return self._restored(request, restored, object_id, form_url, extra_context)
        if "_draft" in request.POST:
            sentence = _("This is the unsaved text of your browser. Look it over, then save it.")
            request.refusal = sentence
            return super().changeform_view(request, object_id, form_url, extra_context)
        digest = self._digest(request)
        try:
            with transaction.atomic():
                # The same form on its way a second time waits here for the first, and then finds its answer.
                try:
                    with transaction.atomic():
                        taken = Submission.objects.create(digest=digest)
                except IntegrityError:
                    # The browser dropped the answer to the first, and with it what it said.
                    self.message_user(request, _("Sent twice, saved once."), messages.SUCCESS)
                    return HttpResponseRedirect(Submission.objects.get(digest=digest).location)
                response = super().changeform_view(request, object_id, form_url, extra_context)
                if not isinstance(response, HttpResponseRedirect):
                    taken.delete()
                else:
                    taken.location = response.url[:300]
                    taken.save(update_fields=["location"])
                    drafts.drop(self._key(object_id, request.POST.get("form_key", "")), request.user)
            return response
        except Refused as refused:
            # Nothing was saved. The same form again, this time with the sentence and all that was typed.
            request.refusal, request.refused_field = refused.reason, refused.field
            for upload in request.FILES.values():
                upload.seek(0)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _key(self, pk: Any, form_key: str = "") -> str:
        return drafts.key_of(self.opts.model_name or "", pk, form_key)

    def _restored(self, request: HttpRequest, draft_id: str, *args: Any) -> HttpResponse:
        """The form with an unsaved text in it, as if that had been sent and refused."""
        found = Draft.objects.filter(user=request.user, pk=draft_id if draft_id.isdecimal() else 0).first()
        if found is None:
            return HttpResponseRedirect(request.path)
        request.POST = drafts.typed_again(found)
        time = said_back(found.saved_at)
        sentence = _("This is your unsaved text of %(time)s. Look it over, then save it.") % {"time": time}
        request.refusal = sentence
        return super().changeform_view(request, *args)

    def _digest(self, request: HttpRequest) -> str:
        typed = sorted(
            (name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"
        )
        files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
        return hashlib.sha256(repr((request.user.pk, request.path, typed, files)).encode()).hexdigest()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        moved = change and obj.state == State.PUBLISHED and "published_at" in form.changed_data
        if moved and request.POST.get("_move") == "unschedule":
            # It comes out at no time, and so the typed one need not be one at which it could.
            obj.published_at = form.stored["published_at"]
            obj.version += 1
        elif moved:
            # The stored row still has the old time; the verb says whether the new one can be.
            actions.reschedule(obj, request.user, at=obj.published_at)
            stored = type(obj)._default_manager.get(pk=obj.pk)
            obj.version, obj.first_published_at = stored.version, stored.first_published_at
        elif change:
            obj.version += 1
        else:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        # Past NounAdmin: what is no more than a draft leaves the public pages alone.
        super(NounAdmin, self).save_related(request, form, formsets, change)
        if not request.POST.get("_move"):
            history.record(form.instance, request.user)
        links.remember(form.instance)
        search.index(form.instance)
        if form.instance.state == State.PUBLISHED:
            page_cache.changed()
            websub.feeds_changed(form.instance)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._make_move(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._make_move(request, obj) or super().response_change(request, obj)

    def _make_move(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """The button that was pressed beside saving; it refuses by raising, and then nothing is saved."""
        name = request.POST.get("_move", "")
        if not name:
            return None
        if name not in actions.VERBS:
            raise Refused(_("There is no such step."))
        values: dict[str, Any] = {"reason": request.POST.get("_reason", "")}
        if name == "publish":
            values["at"] = obj.published_at
        row = self._moved(request, obj, name, values)
        return HttpResponseRedirect(self._after(row))

    def _moved(self, request: HttpRequest, item: Any, name: str, values: dict[str, Any]) -> Any:
        """Make the move, tell of it, and offer to take it back."""
        before = undo.memo(item)
        row = actions.VERBS[name](item, request.user, **values)
        self._tell(request, row, name)
        if name in undoing.OFFERED:
            deed = undo.remember(request.user, name, str(row), [undo.moved(before, row)])
            undoing.offer(request, deed)
        return row

    def _tell(self, request: HttpRequest, row: Any, name: str) -> None:
        moment = row.published_at
        if isinstance(row, Article) and row.merge_approved:
            moment = row.merge_at
            sentence = _("The change to “%(item)s” will be public on %(time)s.")
        elif row.is_scheduled():
            sentence = _("“%(item)s” will be public on %(time)s.")
        elif name in ("publish", "publish_urgently", "retry"):
            sentence = _("“%(item)s” is public.")
        else:
            sentence = _("“%(item)s”: done. State: %(state)s.")
        time = said_back(moment) if moment else ""
        values = {"item": row, "time": time, "state": row.get_state_display()}
        self.message_user(request, sentence % values, messages.SUCCESS)

    def _after(self, row: Any) -> str:
        return reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk])

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        typed = context.get("original")
        form = context["adminform"].form
        # A form that was refused has written what was typed into its instance; its state and its steps are
        # those of the row.
        item = type(typed)._default_manager.get(pk=typed.pk) if typed and form.is_bound else typed
        form_key = form["form_key"].value() if "form_key" in form.fields else ""
        key = self._key(item.pk if item else None, form_key)
        moves = rules.allowed(item or self.model(author=request.user), request.user)
        context |= {
            "original": item,
            "moves": moves,
            "main_move": rules.main(moves),
            "shortcuts_on": shortcuts.are_on(request.user),
            "draft_key": key,
            "drafts": [] if form.is_bound else drafts.offered(key, request.user),
            "others": drafts.others([key], request.user) if item else [],
            "beat_url": reverse(f"admin:news_{self.opts.model_name}_beat"),
            "previews": previews.addresses(self, item),
        }
        if item is not None:
            context |= {
                "timeline": [
                    (entry, rules.DONE.get(entry.move, entry.move), _why(entry))
                    for entry in item.timeline.select_related("by")[:20]
                ],
                "may_write": self.has_change_permission(request, item),
                "planned": said_back(item.published_at) if item.published_at else "",
                "linked_from": linking.sources(item),
                **self.about(request, typed, item),
            }
        else:
            context["may_write"] = True
        return super().render_change_form(request, context, *args, **kwargs)

    def about(self, request: HttpRequest, typed: Any, stored: Any) -> dict[str, Any]:
        """What else this noun's form says: of the words as they were typed, and of the row as it stands."""
        return {}

    # One move without the form

    def get_urls(self) -> list[URLPattern]:
        name = f"news_{self.model._meta.model_name}_move"
        beat = self.admin_site.admin_view(self.beat_view)
        typed = self.admin_site.admin_view(partial(previews.typed_view, self))
        return [
            path("beat/", beat, name=f"news_{self.opts.model_name}_beat"),
            path("preview/", typed, name=f"news_{self.opts.model_name}_typed"),
            path("<int:pk>/move/<slug:name>/", self.admin_site.admin_view(self.move_view), name=name),
            *super().get_urls(),
        ]

    def beat_view(self, request: HttpRequest) -> HttpResponse:
        """A sign of life from one of this noun's forms; the address names the record, or the empty form."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        pk, form_key = request.GET.get("id", ""), request.GET.get("form_key", "")
        item = self.model.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
        allowed = self.has_change_permission(request, item) if item else self.has_add_permission(request)
        if not allowed or (pk and item is None):
            raise PermissionDenied
        key = self._key(item.pk if item else None, form_key[:40])
        return drafts.beat(request, key, item.version if item else None)

    def move_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        item = self.model.objects.filter(pk=pk).first()
        move = rules.moves_of(item).get(name) if item else None
        if item is None or move is None:
            raise Http404("no such step")
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        refused = rules.refusal(item, name, request.user)
        form = withdrawal.form_of(item, name)(request.POST if request.method == "POST" else None, item=item)
        if request.method == "POST" and form.is_valid():
            try:
                row = self._moved(request, item, name, form.cleaned_data)
            except Refused as refusal:
                form.refuse(refusal.reason)
            else:
                return HttpResponseRedirect(self._after(row))
        context = {
            **self.admin_site.each_context(request),
            "title": move.label,
            "subtitle": str(item),
            "opts": self.opts,
            "original": item,
            "move": move,
            "refused": refused,
            "form": form,
            "linked_from": linking.sources(item) if name == "withdraw" else [],
        }
        return TemplateResponse(request, "admin/news/move.html", context)
