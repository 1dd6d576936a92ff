"""Permissions for micro-data and the log of their use."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import actions, permissions
from stats.admin.frame import SurveyAdmin, acted
from stats.forms import rounds as entered
from stats.models import MicroAccess, MicroGrant
from torch_portal.accounts.roles import is_operator
from torch_portal.common import clock
from torch_portal.filings.matter_admin import Answer, AnswerForm
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date


class NothingForm(AnswerForm):
    """Nothing is entered."""

    note = None  # type: ignore[assignment]  # takes the entry out


@admin.register(MicroGrant)
class MicroGrantAdmin(SurveyAdmin):
    """Granted by the Torch Center to one person, for a purpose and a time."""

    list_display = ("whose", "of_round", "purpose", "until", "ended")
    list_display_links = ("whose",)
    list_select_related = ("round", "given_to", "granted_by", "ended_by")
    ordering = ("-granted_at", "pk")
    answers = {
        "end": Answer(
            lambda *, grant, by, at: actions.end_grant(grant=grant, by=by, at=at),
            gettext_lazy("End the permission"),
            gettext_lazy("It counts no longer."),
            grave=True,
        )
    }
    answer_form = NothingForm
    row_argument = "grant"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The Torch Center."""
        return permissions.is_torch(request.user)

    def may_answer(self, request: HttpRequest, row: MicroGrant) -> bool:
        """While it counts."""
        return row.ended_at is None and permissions.is_torch(request.user)

    @admin.display(description=gettext_lazy("Given to"))
    def whose(self, row: MicroGrant) -> str:
        """The person."""
        return row.given_to.get_full_name()

    @admin.display(description=gettext_lazy("Round"))
    def of_round(self, row: MicroGrant) -> str:
        """The round."""
        return row.round.title

    @admin.display(description=gettext_lazy("Ended"), boolean=True)
    def ended(self, row: MicroGrant) -> bool:
        """Whether it counts no longer."""
        return row.ended_at is not None

    def shown(self, request: HttpRequest, row: MicroGrant) -> dict[str, Any]:
        """Who granted it, for what, and each use."""
        uses = row.accesses.select_related("taken_by").order_by("-taken_at")[:50]
        facts = [
            (_("Given to"), row.given_to.get_full_name()),
            (_("Round"), row.round.title),
            (_("Purpose"), row.purpose),
            (_("Valid until"), long_date(row.until)),
            (_("Granted"), f"{minute(row.granted_at)} · {row.granted_by.get_full_name()}"),
            (_("Uses"), "\n".join(f"{minute(u.taken_at)} · {u.rows} · {u.sha256}" for u in uses)),
        ]
        if row.ended_at and row.ended_by:
            facts.append((_("Ended"), f"{minute(row.ended_at)} · {row.ended_by.get_full_name()}"))
        return {"heading": row.given_to.get_full_name(), "facts": facts}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Grant one."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = entered.GrantForm(request.POST or None)
        if form.is_bound and form.is_valid():
            act = partial(actions.grant, by=request.user, at=clock.now(), **form.cleaned_data)
            if acted(request, act, form=form, done=_("Granted.")):
                return redirect(self.address("changelist"))
        words = {
            "title": _("Let somebody have micro-data"),
            "effect": _("Each workbook that is taken along is written down (统计法 第二十五条)."),
            "button": _("Grant"),
        }
        return self.form_page(request, form, words)


@admin.register(MicroAccess)
class MicroAccessAdmin(SurveyAdmin):
    """Who took single returns along, and when; never changed."""

    list_display = ("taken_at", "who", "of_round", "rows", "sha256")
    list_select_related = ("grant__round", "taken_by")
    ordering = ("-taken_at", "pk")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People in office, and operators, who keep the house."""
        return super().has_view_permission(request, obj) or is_operator(request.user)

    has_module_permission = has_view_permission

    @admin.display(description=gettext_lazy("Taken by"))
    def who(self, row: MicroAccess) -> str:
        """The person."""
        return row.taken_by.get_full_name()

    @admin.display(description=gettext_lazy("Round"))
    def of_round(self, row: MicroAccess) -> str:
        """Of which round."""
        return row.grant.round.title

    def shown(self, request: HttpRequest, row: MicroAccess) -> dict[str, Any]:
        """Under which permission."""
        return {
            "heading": row.taken_by.get_full_name(),
            "facts": [
                (_("Taken"), minute(row.taken_at)),
                (_("Round"), row.grant.round.title),
                (_("Purpose"), row.grant.purpose),
                (_("Returns"), row.rows),
                ("SHA-256", row.sha256),
            ],
        }
