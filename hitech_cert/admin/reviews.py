"""Reviews of certified enterprises: opened, concluded."""

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
from hitech_cert.actions import reviews
from hitech_cert.admin.body import (
    OfApplicationAdmin,
    decided,
    mine,
    note_field,
    pill,
    refuse,
    visible,
)
from hitech_cert.enums import STANDING
from hitech_cert.enums.after import ReviewState
from hitech_cert.models import Review
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.matter_admin import Answer, AnswerForm, WaitingFilter
from torch_portal.filings.transitions import Stale
from torch_portal.filings.wording import long_date


class ReviewFilter(WaitingFilter):
    """Open ones at first."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Open, opened by missing reports, concluded, all."""
        open_ = Q(state=ReviewState.OPEN)
        return {
            "": (gettext_lazy("Under review"), open_),
            "reports": (gettext_lazy("Two yearly reports missing"), open_ & Q(reason="reports")),
            "no": (gettext_lazy("Concluded"), ~open_),
            "all": (gettext_lazy("All"), Q()),
        }


class ReviewForm(forms.Form):
    """Whose certificate is reviewed, who asks, on which year."""

    use_required_attribute = False
    number = forms.CharField(label=gettext_lazy("Certificate number"), max_length=20)
    department = forms.CharField(
        label=gettext_lazy("Department that asks for it"), required=False, max_length=120
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year in question"),
        required=False,
        help_text=gettext_lazy("R&D is looked at in this year and the two before."),
    )
    note = note_field(gettext_lazy("What was found"))


class ResultForm(AnswerForm):
    """The result, and from which year where it fails."""

    field_order = ("year", "note")
    year = forms.IntegerField(label=gettext_lazy("Not met from the year"), required=False)


def _keep(*, review: Review, by: Any, at: Any, note: str = "", **_rest: Any) -> Any:
    """Without a year."""
    return reviews.keep_certificate(review=review, by=by, at=at, note=note)


@admin.register(Review)
class ReviewAdmin(OfApplicationAdmin):
    """A failed one announces a cancellation, which another person decides."""

    row_argument = "review"
    answer_form = ResultForm
    answers = {
        "keep": Answer(
            _keep,
            gettext_lazy("The certificate stays"),
            gettext_lazy("The review ends; the result stands in the history."),
        ),
        "fail": Answer(
            reviews.fail_review,
            gettext_lazy("Conditions are not met"),
            gettext_lazy("A cancellation is announced; the enterprise is heard first."),
            grave=True,
        ),
    }
    list_display = ("enterprise", "certificate", "reason", "opened_on", "years", "standing_shown")
    list_filter = (ReviewFilter,)
    ordering = ("opened_on", "pk")

    @admin.display(description=gettext_lazy("Years"))
    def years(self, row: Review) -> str:
        """From, to."""
        return f"{row.first_year}–{row.last_year}"

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing_shown(self, row: Review) -> Any:
        """Where it stands."""
        return pill("office" if row.state == "open" else "plain", row.get_state_display())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who acts for a certification body."""
        return bool(permissions.acts_for(request.user))

    def may_answer(self, request: HttpRequest, row: Review) -> bool:
        """The body, while it is open."""
        return row.state == ReviewState.OPEN and mine(request, row.application)

    def shown(self, request: HttpRequest, row: Review) -> dict[str, Any]:
        """Why, on which years, with what result."""
        opener = row.opener.get_full_name() if row.opener else _("The clock")
        facts = [
            (_("Why"), row.get_reason_display()),
            (_("Asked for by"), row.asked_by_department or "—"),
            (_("Facts"), row.facts),
            (_("Years"), self.years(row)),
            (_("Opened"), f"{long_date(row.opened_on)} · {opener}"),
            *decided(row, row.result),
        ]
        return super().shown(request, row) | {"facts": facts, "tone": "office"}

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Open a review on request of a department."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ReviewForm(request.POST or None)
        if form.is_bound and form.is_valid():
            made = self._open(request, form)
            if made is not None:
                messages.success(request, _("Opened; the enterprise is told."))
                return redirect(self.address("change", made.pk))
        words = {
            "title": _("Open a review"),
            "effect": _("The certificate stays valid; the enterprise is told what is looked at."),
            "button": _("Open it"),
        }
        return self.form_page(request, form, words)

    def _open(self, request: HttpRequest, form: ReviewForm) -> Review | None:
        said = dict(form.cleaned_data)
        number = said.pop("number").strip().upper()
        rows = visible(request).filter(filing__state__in=STANDING, certificate_number=number)
        application = rows.first()
        if application is None:
            form.add_error("number", _("No valid certificate within your reach has this number."))
            return None
        try:
            return reviews.open_review(
                application=application, by=request.user, at=clock.now(), **said
            )
        except Refused as refused:
            refuse(form, refused)
        except (Denied, Stale) as error:
            form.add_error(None, str(error))
        return None
