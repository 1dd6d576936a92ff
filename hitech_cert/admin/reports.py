"""Lists reported to the leading group office: direct report, national publicity, objections."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import permissions
from hitech_cert.actions import lists
from hitech_cert.admin.body import (
    BodyAdmin,
    places,
    refuse,
)
from hitech_cert.models import Report
from hitech_cert.queries.decided import (
    NATIONAL_HEADS,
    national_rows,
    report_warning,
    waiting_to_report,
)
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.downloads import workbook as download_workbook
from torch_portal.common.findings import Refused
from torch_portal.common.sheets.writing import Column, workbook
from torch_portal.filings.matter_admin import Answer, AnswerForm
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.transitions import Stale
from torch_portal.filings.wording import long_date


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


class PublicityForm(AnswerForm):
    """First and last day as the national site shows them."""

    field_order = ("opens_on", "ends_on", "note")
    opens_on = forms.DateField(
        label=gettext_lazy("First day of the national publicity"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_on = day_field(
        gettext_lazy("Last day"),
        gettext_lazy("Empty: the tenth working day, the first one counted."),
    )
    note = forms.CharField(label=gettext_lazy("Where it is public"), required=False, max_length=200)


class DirectForm(forms.Form):
    """Which body reports; everything that waits there goes on the list."""

    use_required_attribute = False
    jurisdiction = forms.ChoiceField(label=gettext_lazy("Jurisdiction"))

    def __init__(self, *args: Any, by: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["jurisdiction"].choices = places(by)  # type: ignore[attr-defined]  # a choice field


@admin.register(Report)
class ReportAdmin(BodyAdmin):
    """A list is reported once; its national publicity is noted on its page."""

    row_argument = "report"
    page_template = "admin/hitech_cert/after/report.html"
    answer_form = PublicityForm
    answers = {
        "publicity": Answer(
            lists.publicise_nationally,
            gettext_lazy("Note the national publicity"),
            gettext_lazy("All applications of the list stand in national publicity."),
        )
    }
    list_display = ("name", "jurisdiction", "reported_on", "size", "late", "public_to")
    list_select_related = ("jurisdiction",)
    ordering = ("-reported_at", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who acts for a certification body."""
        return bool(permissions.acts_for(request.user))

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of enterprises of each."""
        return super().get_queryset(request).annotate(n_rows=Count("rows"))

    @admin.display(description=gettext_lazy("List"))
    def name(self, row: Report) -> str:
        """Year and number."""
        return f"{row.year}-{row.number}"

    @admin.display(description=gettext_lazy("Reported on"), ordering="reported_at")
    def reported_on(self, row: Report) -> str:
        """The day."""
        return minute(row.reported_at)[:10]

    @admin.display(description=gettext_lazy("Enterprises"))
    def size(self, row: Report) -> int:
        """How many."""
        return int(getattr(row, "n_rows", 0))

    def may_answer(self, request: HttpRequest, row: Report) -> bool:
        """The body, until the publicity is noted."""
        mine = {code for code, _name in places(request.user)}
        return row.noted_at is None and row.jurisdiction_id in mine

    def get_urls(self) -> list[URLPattern]:
        """Django's pages and the list in the national order."""
        view = self.admin_site.admin_view(self.sheet_view)
        own = path("<int:object_id>/sheet/", view, name="hitech_cert_report_sheet")
        return [own, *super().get_urls()]

    def sheet_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The list as a workbook, in the order of the national system."""
        report = self.row_or_404(request, object_id)
        columns = [Column(f"c{n}", head) for n, head in enumerate(NATIONAL_HEADS)]
        title = f"{report.year}-{report.number}"
        content = workbook(title, columns, national_rows(report))
        return download_workbook(content, f"report-{report}")

    def shown(self, request: HttpRequest, row: Report) -> dict[str, Any]:
        """When, how many, the publicity, and each enterprise with where it stands."""
        who = row.reported_by.get_full_name()
        facts: list[tuple[str, Any]] = [
            (_("Reported"), f"{minute(row.reported_at)} · {who}"),
            (_("After 30 November"), _("Yes") if row.late else _("No")),
        ]
        if row.batch is not None:
            facts.append((_("After the local publicity"), row.batch.title))
        if row.public_from:
            span = f"{long_date(row.public_from)} – {long_date(row.public_to)}"
            facts.append((_("National publicity"), f"{span}\n{row.public_source}"))
        rows = row.rows.select_related("application__enterprise", "application__filing")
        return {
            "heading": f"{row.jurisdiction.name} · {row.year}-{row.number}",
            "facts": facts,
            "listed": rows.order_by("place"),
            "sheet_url": self.address("sheet", row.pk),
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Report directly: everything that waits at the body, on one list."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DirectForm(request.POST or None, by=request.user)
        if form.is_bound and form.is_valid():
            place = form.cleaned_data["jurisdiction"]
            who_and_when = {"by": request.user, "at": clock.now()}
            try:
                made = lists.report(applications=waiting_to_report(place), **who_and_when)
            except Refused as refused:
                refuse(form, refused)
            except Stale as stale:
                form.add_error(None, str(stale))
            except Denied as error:
                raise PermissionDenied(str(error)) from error
            else:
                messages.success(request, _("Reported."))
                return redirect(self.address("change", made.pk))
        words = {
            "title": _("Report a list directly"),
            "effect": _(
                "Everything proposed that stands on no public list goes on it, in the order in "
                "which it was filed. Lists that are publicised first are reported when they are "
                "announced."
            ),
            "button": _("Report"),
            "told": _left(request),
        }
        return self.form_page(request, form, words)


def _left(request: HttpRequest) -> list[str]:
    """How many are to be reported where, and how many days are left."""
    told = []
    for code, name in places(request.user):
        warning = report_warning(code, clock.today())
        waiting = waiting_to_report(code).count()
        if warning is None:
            continue
        words = _("%(place)s: %(waiting)s wait, %(left)s of this year to report by %(due)s.")
        told.append(
            words
            % {
                "place": name,
                "waiting": waiting,
                "left": warning["left"],
                "due": long_date(warning["due"]),
            }
        )
    return told
