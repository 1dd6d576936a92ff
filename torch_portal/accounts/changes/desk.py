"""The ground of every desk on which settings are changed."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextareaWidget

from torch_portal.accounts.changes import actions, queries, values
from torch_portal.accounts.enums import ChangeState
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import Denied, governs, is_operator
from torch_portal.common import clock


class ReasonedForm(forms.ModelForm):
    """The form of a setting: what it becomes, and why."""

    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=400,
        help_text=_("A document or what happened. It stands in the history with your name."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


class RecordedAdmin(ModelAdmin):
    """Each change is recorded with who and why; a grave one waits for a second person.

    The desk states `recorded` (columns of the record), and may say what is grave, who settles,
    what a change would do (`effects`), and how a row is read and written.
    """

    form = ReasonedForm
    recorded: ClassVar[tuple[str, ...]] = ()
    change_form_outer_after_template = "admin/accounts/changes/history.html"
    proposal_template = "admin/accounts/changes/proposal.html"

    def is_grave(self, before: actions.Values, after: actions.Values) -> bool:
        """Whether a second person has to confirm this."""
        return False

    def may_settle(self, user: Any, jurisdiction_id: str | None) -> bool:
        """Operators, and officials where they govern."""
        return is_operator(user) or governs(user, jurisdiction_id)

    def place_of(self, row: Any) -> str | None:
        """Where the setting counts; None in the whole country."""
        return getattr(row, "jurisdiction_id", None)

    def effects(self, change: Change) -> list[str]:
        """What the change would do, as sentences."""
        return []

    def read(self, row: Any) -> dict[str, Any]:
        """The row as the record keeps it."""
        return values.read(row, self.recorded)

    def wanted(self, row: Any, form: Any) -> dict[str, Any]:
        """What the form asks for, as the record keeps it."""
        return values.read(row, self.recorded)

    def write(self, row: Any, wanted: actions.Values, at: Any, by: Any) -> Model:
        """Put the values into the row and keep it, in the name of who asked for it (`by`)."""
        values.put(row, wanted)
        row.full_clean()
        row.save()
        return row

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only reads is not asked for a reason."""
        fields = super().get_fields(request, obj)
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [f for f in fields if f != "reason" or may]

    def get_urls(self) -> list[URLPattern]:
        """Django's pages and that of a proposal."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_proposal"
        view = self.admin_site.admin_view(self.proposal_view)
        return [path("proposals/<int:change_pk>/", view, name=name), *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The setting with its history."""
        row = self.get_object(request, object_id)
        context = {"changes": queries.history(row) if row else [], **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Record the change and make it, or propose it."""
        known = self.model._base_manager.get(pk=obj.pk) if change else None
        before = self.read(known) if known else {}
        wanted = self.wanted(obj, form)
        if before == wanted:
            return
        draft = actions.Draft(
            self.model, known, str(obj), before, wanted, form.cleaned_data["reason"],
            self.place_of(obj),
        )  # fmt: skip
        try:
            self._keep(request, obj, draft)
        except actions.Settled as error:
            messages.error(request, str(error))

    def _keep(self, request: HttpRequest, row: Any, draft: actions.Draft) -> None:
        at, by = clock.now(), request.user
        if self.is_grave(draft.before, draft.after):
            proposed = actions.propose(draft=draft, by=by, at=at)
            request.proposed = proposed  # type: ignore[attr-defined]
            return
        actions.record(
            draft=draft, write=lambda: self.write(row, draft.after, at, by), by=by, at=at
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """A row that goes stays in the record."""
        draft = actions.Draft(self.model, obj, str(obj), self.read(obj), {}, "", self.place_of(obj))
        actions.record(draft=draft, write=lambda: self._drop(obj), by=request.user, at=clock.now())

    def _drop(self, row: Any) -> None:
        # The record has the key already; the row forgets its own.
        self.model._base_manager.filter(pk=row.pk).delete()

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The record is kept by the change itself."""

    log_change = log_addition

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """To the proposal, where nothing is changed yet."""
        return self._to_proposal(request) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """To the proposal, where nothing is changed yet."""
        return self._to_proposal(request) or super().response_change(request, obj)

    def _to_proposal(self, request: HttpRequest) -> HttpResponse | None:
        proposed = getattr(request, "proposed", None)
        if proposed is None:
            return None
        messages.info(request, _("Nothing is changed yet: a second person has to confirm it."))
        return redirect(self.proposal_url(proposed))

    def proposal_url(self, change: Change) -> str:
        """The page on which a second person settles it."""
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_proposal"
        return reverse(name, args=[change.pk])

    def proposal_view(self, request: HttpRequest, change_pk: int) -> HttpResponse:
        """What would change and what that does; confirmed or rejected by a second person."""
        change = get_object_or_404(
            queries.visible_to(request.user), pk=change_pk, target=self.opts.label_lower
        )
        if request.method == "POST":
            return self._settle(request, change)
        lapses = change.expires_at or change.made_at
        open_ = change.state == ChangeState.PROPOSED and lapses > clock.now()
        own = change.made_by_id == request.user.pk
        may = open_ and self.may_settle(request.user, change.jurisdiction_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Change of a setting"),
            **queries.shown(change, self.model),
            "effects": self.effects(change) if open_ else [],
            "lapsed": change.state == ChangeState.PROPOSED and not open_,
            "may_confirm": may and not own,
            "may_take_back": open_ and own,
            "back": reverse(f"{self.admin_site.name}:accounts_change_changelist"),
        }
        return TemplateResponse(request, self.proposal_template, context)

    def _settle(self, request: HttpRequest, change: Change) -> HttpResponse:
        own = change.made_by_id == request.user.pk
        if not own and not self.may_settle(request.user, change.jurisdiction_id):
            raise PermissionDenied
        at, by = clock.now(), request.user
        try:
            if request.POST.get("answer") == "confirm":
                actions.confirm(
                    change=change,
                    current=self._current,
                    write=lambda held: self.write(self._row(held), held.after, at, held.made_by),
                    by=by,
                    at=at,
                )
                messages.success(request, _("Confirmed: the change is in force."))
            else:
                note = request.POST.get("note", "")
                actions.reject(change=change, by=by, at=at, note=note)
                messages.success(request, _("Nothing was changed; the proposal is closed."))
        except (actions.Settled, Denied, ValidationError) as error:
            text = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            messages.error(request, text)
        return redirect(self.proposal_url(change))

    def _row(self, change: Change) -> Any:
        if not change.target_pk:
            return self.model()
        row = self.model._base_manager.select_for_update().filter(pk=change.target_pk).first()
        if row is None:
            raise Http404
        return row

    def _current(self, change: Change) -> dict[str, Any]:
        return self.read(self._row(change)) if change.target_pk else {}
