"""The sheet of an expert: autosaved, checked, submitted once; afterwards only read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hitech_cert import queries, rules
from hitech_cert.actions import sheets as acts
from hitech_cert.enums import SeatState
from hitech_cert.forms.experts import SheetForm, given
from hitech_cert.forms.experts.sheets import WHY
from hitech_cert.models import Expert, Seat
from hitech_cert.queries.sheets import kept, sheet_of
from hitech_cert.views.experts.frame import application_of, experts_only, note, own_seat
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.guided.frame import saved_text
from torch_portal.filings.transitions import Stale


class Page:
    """One seat's sheet with the application it is about, read once for a request."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.application = application_of(seat)
        self.tables = queries.tables_of(self.application)
        facts = queries.facts_from(self.application, self.tables)
        self.case = rules.examine(facts, queries.edition_of(self.application))
        self.sheet = kept(seat)

    @property
    def version(self) -> int:
        """How often it was saved."""
        return self.sheet.saved_version if self.sheet else 0

    def findings(self) -> list[Finding]:
        """What the rules say of the sheet as kept; nothing before anything is."""
        if self.sheet is None:
            return []
        taken = sheet_of(self.sheet.entries, self.seat.role)
        return rules.check_sheet(taken, self.tables, self.case)

    def form(self, data: Any = None) -> SheetForm:
        """The sheet as kept, or as just sent."""
        shown = {**given(self.sheet), "seen": self.version}
        unread = data is None and self.sheet is not None and self.sheet.typed
        return SheetForm(
            shown if unread else data,
            initial=shown,
            role=self.seat.role,
            tables=self.tables,
            case=self.case,
            findings=self.findings(),
        )

    def keep(self, form: SheetForm, request: HttpRequest) -> None:
        """Save what was typed, readable or not."""
        form.is_valid()
        before = self.sheet.reasons if self.sheet else {}
        self.sheet = acts.save_sheet(
            seat=self.seat,
            entries=form.entries(),
            typed=form.typed(),
            reasons={**before, **form.given_reasons()},
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data.get("seen"),
        )


@require_http_methods(["GET", "POST"])
@experts_only
def sheet(request: HttpRequest, pk: int, *, expert: Expert) -> HttpResponse:
    """The sheet to fill in; POST saves it, and submits it where that button was pressed."""
    seat = own_seat(request, pk)
    page = Page(seat)
    note(request, page.application)
    if seat.state == SeatState.SUBMITTED:
        return _read(request, page)
    if request.method == "GET":
        return _page(request, page, page.form())
    form = page.form(request.POST)
    try:
        page.keep(form, request)
        if request.POST.get("go") != "submit":
            return _kept(request, page, form)
        acts.submit_sheet(seat=seat, by=request.user, at=clock.now())
    except Conflict as conflict:
        form.add_error(None, str(conflict))
        return _page(request, page, _onward(page, request))
    except Refused as refused:
        return _page(request, page, _placed(page, request, refused.findings))
    except Stale as stale:
        messages.error(request, str(stale))
        return redirect("hitech_cert:expert_reviews")
    messages.success(request, _("Your sheet is submitted."))
    return redirect("hitech_cert:expert_reviews")


def _kept(request: HttpRequest, page: Page, form: SheetForm) -> HttpResponse:
    """After a save: what could not be read stays on the page, else the page is fetched anew."""
    if form.typed():
        return _page(request, page, _onward(page, request))
    messages.success(request, _("Saved."))
    return redirect("hitech_cert:expert_sheet", page.seat.pk)


def _onward(page: Page, request: HttpRequest) -> SheetForm:
    """The page shown again goes on from the last save."""
    page.sheet = kept(page.seat)
    data = request.POST.copy()
    data["seen"] = str(page.version)
    return page.form(data)


def _placed(page: Page, request: HttpRequest, findings: list[Finding]) -> SheetForm:
    """Each finding at its entry; one that lacks a reason at the box for it."""
    form = _onward(page, request)
    form.is_valid()
    for finding in findings:
        why = WHY + finding.field
        place = next((n for n in (why, finding.field) if n in form.fields), None)
        form.add_error(place, f"{finding.text()} {finding.clause}")
    return form


def _page(request: HttpRequest, page: Page, form: SheetForm) -> HttpResponse:
    warns = [f for f in page.findings() if f.level is Level.WARN]
    context = {
        "seat": page.seat,
        "application": page.application,
        "form": form,
        "warnings": [_told(f, form) for f in warns],
        "saved_text": saved_text(page.sheet.saved_at if page.sheet else None),
        "saved_version": page.version,
        "autosave_url": reverse("hitech_cert:expert_autosave", args=[page.seat.pk]),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "hitech_cert/experts/sheet.html", context, status=status)


def _told(finding: Finding, form: SheetForm) -> dict[str, Any]:
    label = form.fields[finding.field].label if finding.field in form.fields else ""
    return {
        "field": WHY + finding.field,
        "label": label,
        "message": finding.text(),
        "clause": finding.clause,
    }


def _read(request: HttpRequest, page: Page) -> HttpResponse:
    """A submitted sheet: one's own, never changed, and what was pointed out."""
    context = {
        "seat": page.seat,
        "application": page.application,
        "sheet": page.sheet,
        "form": page.form(),
    }
    return render(request, "hitech_cert/experts/submitted.html", context)


@require_POST
@experts_only
def autosave(request: HttpRequest, pk: int, *, expert: Expert) -> HttpResponse:
    """Save while typing; answers with the words beside the buttons and the new save count."""
    page = Page(own_seat(request, pk, SeatState.ACCEPTED))
    try:
        page.keep(page.form(request.POST), request)
    except (Conflict, Stale) as error:
        return render(request, "filings/_saved.html", {"saved_text": str(error)})
    words = saved_text(page.sheet.saved_at if page.sheet else None)
    context = {"saved_text": words, "saved_version": page.version}
    return render(request, "filings/autosaved.html", context)
