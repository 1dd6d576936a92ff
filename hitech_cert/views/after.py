"""What an enterprise does after the decision: record, yearly reports, changes, case, recount."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hitech_cert import permissions
from hitech_cert.actions import annual, cancelling, changes, record, redo
from hitech_cert.enums import STANDING, State
from hitech_cert.enums.after import CaseState, ChangeKind, RedoState
from hitech_cert.forms import after as forms
from hitech_cert.models import AnnualReport, Application
from hitech_cert.queries.after import open_changes, report_rows
from hitech_cert.queries.decided import with_cover
from hitech_cert.queries.record import RECORD, term_shown
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.roles import standing
from torch_portal.certificates.pages import certificate_box
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.actions import note_access
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.guided.placed import PlacedForm
from torch_portal.filings.transitions import Stale

DECIDED = (*STANDING, State.NOT_RECOGNISED, State.CANCELLED, State.EXPIRED)
CHANGE_WORDS = {
    ChangeKind.NAME: gettext_lazy(
        "Within three months of the change. The body publicises it for ten working days; number "
        "and validity stay the same."
    ),
    ChangeKind.MAJOR: gettext_lazy(
        "Within three months. The body checks the eight conditions again."
    ),
    ChangeKind.RELOCATION: gettext_lazy(
        "The whole enterprise moves: status, number and validity stay; both certification bodies "
        "take part."
    ),
    ChangeKind.PARTIAL: gettext_lazy("Only a part moves: the part that moved is certified anew."),
}


def own_application(request: HttpRequest, pk: int) -> Application:
    """The application if this person may see it, else 404."""
    visible = with_cover(Application.objects.visible_to(request.user))
    found: Application = get_object_or_404(visible, pk=pk)
    return found


def _may_file(request: HttpRequest, application: Application) -> bool:
    return application.enterprise_id in standing(request.user).filer_of


@require_GET
def after(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that follows the decision, and what can be done now."""
    application = own_application(request, pk)
    filing = application.filing
    if filing.state not in DECIDED:
        return redirect("desk:filing", pk)
    note_access(filing=filing, kind=AccessKind.PAGE, by=request.user, at=clock.now())
    may = _may_file(request, application)
    valid = filing.state in STANDING
    context = {
        "application": application,
        "filing": filing,
        "state_label": WORKFLOW.labels[filing.state],
        "term": term_shown(application),
        "reports": report_rows(application, clock.today()),
        "changes": application.changes.order_by("-pk"),
        "reviews": application.reviews.order_by("-pk"),
        "cases": application.cancellations.order_by("-pk"),
        "redos": application.reexaminations.order_by("-pk"),
        "certificate": certificate_box(filing, RECORD),
        "may_file": may,
        "may_record": may and valid,
        "may_change": may and valid and not open_changes(application.enterprise_id).exists(),
        "kinds": ChangeKind.choices,
        **_open(application, may=may),
    }
    return render(request, "hitech_cert/after/page.html", context)


def _open(application: Application, *, may: bool) -> dict[str, Any]:
    """The case to answer, and whether a recount can be asked for."""
    cases = application.cancellations.filter(state=CaseState.NOTICED, stated_at__isnull=True)
    refused = application.filing.state == State.NOT_RECOGNISED
    asked = application.reexaminations.filter(state=RedoState.ASKED)
    return {
        "case_open": cases.first() if may else None,
        "may_redo": may and refused and not asked.exists(),
    }


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the record made."""
    application = own_application(request, pk)
    try:
        record.issue_record(application=application, by=request.user, at=clock.now())
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, finding.text())
    except Stale as stale:
        messages.error(request, str(stale))
    return redirect(reverse("hitech_cert:after", args=[pk]) + "#certificate")


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The yearly report: prefilled, saved as a draft, handed in."""
    application = own_application(request, pk)
    permissions.check_may_file(request.user, application.filing)
    try:
        row = annual.begin_report(
            application=application, year=year, by=request.user, at=clock.now()
        )
    except (Refused, Stale) as error:
        told = error.findings[0].text() if isinstance(error, Refused) else str(error)
        messages.error(request, told)
        return redirect("hitech_cert:after", pk)
    if request.method == "POST":
        return _take_report(request, application, row)
    return _report_page(request, application, row, forms.annual_form(row))


def _take_report(request: HttpRequest, application: Application, row: AnnualReport) -> HttpResponse:
    """Keep what was typed; hand it in when that was asked and nothing stands against it."""
    form = forms.annual_form(row, request.POST)
    readable = form.is_valid()
    seen = form.cleaned_data.get("seen")
    known = row.saved_version if seen is None else seen
    who_and_when = {"by": request.user, "at": clock.now()}
    try:
        row = annual.save_report(
            report=row, figures=form.figures(), texts=form.texts(), known=known, **who_and_when
        )
        if readable and "submit" in request.POST:
            annual.submit_report(report=row, **who_and_when)
            messages.success(request, _("The yearly report was handed in."))
            return redirect("hitech_cert:after", application.pk)
    except Refused as refused:
        form.place(refused.findings)
    except (Conflict, Stale) as error:
        form.add_error(None, str(error))
    else:
        if readable:
            messages.success(request, _("Saved. It is not handed in yet."))
            return redirect("hitech_cert:report", application.pk, row.year)
    return _report_page(request, application, row, form)


def _report_page(
    request: HttpRequest, application: Application, row: AnnualReport, form: forms.AnnualForm
) -> HttpResponse:
    context = {
        "application": application,
        "report": row,
        "form": form,
        "groups": form.groups(row.sources),
        "texts": [form[name] for name in forms.TEXTS],
        "saved_version": row.saved_version,
        "due": next(r["due"] for r in report_rows(application, clock.today())
                    if r["year"] == row.year),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "hitech_cert/after/report.html", context, status=status)


def _act_page(
    request: HttpRequest,
    application: Application,
    form: PlacedForm,
    words: dict[str, Any],
    act: Callable[[], Any],
) -> HttpResponse:
    """A form of one act: shown, and made when it is readable and nothing stands against it."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.place(refused.findings)
        except Stale as stale:
            messages.error(request, str(stale))
            return redirect("hitech_cert:after", application.pk)
        else:
            messages.success(request, words["done"])
            return redirect("hitech_cert:after", application.pk)
    context = {"application": application, "form": form, **words}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "hitech_cert/after/act.html", context, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Report a change of the enterprise."""
    if kind not in forms.CHANGE_FORMS:
        raise Http404
    application = own_application(request, pk)
    permissions.check_may_file(request.user, application.filing)
    form = forms.change_form(kind, application, request.POST or None)
    words = {
        "title": ChangeKind(kind).label,
        "lead": CHANGE_WORDS[ChangeKind(kind)],
        "button": _("Report it"),
        "done": _("The change is with the certification body now."),
    }
    return _act_page(
        request,
        application,
        form,
        words,
        lambda: changes.report_change(
            application=application,
            kind=kind,
            by=request.user,
            at=clock.now(),
            **form.arguments(),
        ),
    )


@require_http_methods(["GET", "POST"])
def state_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an announced cancellation, once."""
    application = own_application(request, pk)
    permissions.check_may_file(request.user, application.filing)
    case = get_object_or_404(application.cancellations, state=CaseState.NOTICED)
    form = forms.StatementForm(request.POST or None)
    words = {
        "title": _("State your case"),
        "lead": case.facts,
        "until": case.due_on,
        "button": _("Send the statement"),
        "done": _("Your statement is with the certification body."),
    }
    return _act_page(
        request,
        application,
        form,
        words,
        lambda: cancelling.state_case(
            case=case,
            statement=form.cleaned_data["statement"],
            by=request.user,
            at=clock.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def ask_recount(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a re-examination of a refusal."""
    application = own_application(request, pk)
    permissions.check_may_file(request.user, application.filing)
    form = forms.RedoForm(request.POST or None)
    words = {
        "title": _("Ask for a re-examination"),
        "lead": _(
            "Limited to errors that counting shows. The sheets are counted again by the rules, and "
            "another person decides. On anything else the notice says where to object."
        ),
        "button": _("Ask for it"),
        "done": _("The certification body counts the sheets again."),
    }
    return _act_page(
        request,
        application,
        form,
        words,
        lambda: redo.ask_reexamination(
            application=application,
            ground=form.cleaned_data["ground"],
            statement=form.cleaned_data["statement"],
            by=request.user,
            at=clock.now(),
        ),
    )


def after_urls() -> list[URLPattern]:
    """The addresses of these pages, for the line's own."""
    return [
        path("<int:pk>/after/", after, name="after"),
        path("<int:pk>/record/", issue, name="issue_record"),
        path("<int:pk>/reports/<int:year>/", report, name="report"),
        path("<int:pk>/change/<slug:kind>/", change, name="change"),
        path("<int:pk>/case/", state_case, name="state_case"),
        path("<int:pk>/recount/", ask_recount, name="ask_recount"),
    ]
