"""Objections to the national publicity: entered, verified, answered."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import permissions
from hitech_cert.actions import lists
from hitech_cert.admin.body import (
    OfApplicationAdmin,
    note_field,
    pill,
    places,
    refuse,
    visible,
)
from hitech_cert.enums.after import ObjectionState
from hitech_cert.models import NationalObjection
from hitech_cert.queries.decided import (
    AT_LEADING_GROUP,
)
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.matter_admin import Answer, WaitingFilter
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date


class ObjectionFilter(WaitingFilter):
    """Open ones at first."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Open, settled, all."""
        open_ = Q(state=ObjectionState.OPEN)
        return {
            "": (gettext_lazy("To be verified"), open_),
            "no": (gettext_lazy("Settled"), ~open_),
            "all": (gettext_lazy("All"), Q()),
        }


class ObjectionForm(forms.Form):
    """An objection as the leading group office passed it on."""

    use_required_attribute = False
    number = forms.CharField(label=gettext_lazy("Filing number of the application"), max_length=32)
    objector = forms.CharField(
        label=gettext_lazy("Who objects, by true name"), required=False, max_length=120
    )
    received_on = forms.DateField(
        label=gettext_lazy("Received on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    facts = note_field(gettext_lazy("What is objected"))


@admin.register(NationalObjection)
class NationalObjectionAdmin(OfApplicationAdmin):
    """Entered, verified, answered; one found right strikes the enterprise."""

    row_argument = "objection"
    answers = {
        "reject": Answer(
            lists.reject_objection,
            gettext_lazy("Not found right"),
            gettext_lazy("The enterprise goes on; the result is told to the leading group office."),
        ),
        "uphold": Answer(
            lists.uphold_objection,
            gettext_lazy("Found right"),
            gettext_lazy("The enterprise is struck from the list and not recognised."),
            grave=True,
        ),
    }
    list_display = ("enterprise", "objector", "received_on", "standing_shown")
    list_filter = (ObjectionFilter,)
    ordering = ("received_on", "pk")

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing_shown(self, row: NationalObjection) -> Any:
        """Where it stands."""
        return pill("office" if row.state == "open" else "plain", row.get_state_display())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who acts for a certification body."""
        return bool(permissions.acts_for(request.user))

    def may_answer(self, request: HttpRequest, row: NationalObjection) -> bool:
        """The body, while it is open."""
        mine = {code for code, _name in places(request.user)}
        open_ = row.state == ObjectionState.OPEN
        return open_ and row.application.filing.jurisdiction_id in mine

    def shown(self, request: HttpRequest, row: NationalObjection) -> dict[str, Any]:
        """Who objects to what, and what was found."""
        facts = [
            (_("Who objects"), row.objector),
            (_("Received on"), long_date(row.received_on)),
            (_("What is objected"), row.facts),
        ]
        if row.decided_at and row.decided_by:
            words = f"{minute(row.decided_at)} · {row.decided_by.get_full_name()}\n{row.answer}"
            facts.append((_("What was found"), words))
        return super().shown(request, row) | {"facts": facts, "tone": "office"}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Enter one; it holds back its own enterprise only."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ObjectionForm(request.POST or None)
        if form.is_bound and form.is_valid():
            made = self._enter(request, form)
            if made is not None:
                messages.success(request, _("Entered. The enterprise is held back."))
                return redirect(self.address("change", made.pk))
        words = {
            "title": _("Enter an objection to the national publicity"),
            "effect": _("The enterprise is held back until it is verified; the others go on."),
            "button": _("Enter it"),
        }
        return self.form_page(request, form, words)

    def _enter(self, request: HttpRequest, form: ObjectionForm) -> NationalObjection | None:
        said = dict(form.cleaned_data)
        number = said.pop("number").strip()
        rows = visible(request).filter(filing__state__in=AT_LEADING_GROUP, filing__number=number)
        application = rows.first()
        if application is None:
            form.add_error("number", _("No application before the leading group office has it."))
            return None
        try:
            return lists.enter_objection(
                application=application, by=request.user, at=clock.now(), **said
            )
        except Refused as refused:
            refuse(form, refused)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        return None
