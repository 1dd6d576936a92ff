"""The page on which an export is asked for, and the list of one's own with how far they are."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from torch_portal.accounts.roles import Denied, is_official, standing
from torch_portal.common import clock
from torch_portal.common.desk_admin import MANY, count_text
from torch_portal.common.desk_admin.saved import plain_query
from torch_portal.common.downloads import download
from torch_portal.common.findings import Refused
from torch_portal.common.limits import limited
from torch_portal.reports.enums import ExportState
from torch_portal.reports.exports import actions, forms, source
from torch_portal.reports.models import Export, ExportTemplate

SHOWN = 50
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}
TONES = {
    ExportState.WAITING: "waiting",
    ExportState.RUNNING: "office",
    ExportState.READY: "done",
    ExportState.FAILED: "needs-you",
    ExportState.CANCELLED: "plain",
    ExportState.EXPIRED: "plain",
}


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, report: str) -> HttpResponse:
    """Choose columns and format for a list as it was filtered; POST: export, keep, or drop."""
    chosen = source.report_for(request.user, report)
    asked = request.GET.copy()
    template = _template(request, chosen.code, asked.pop("template", [""])[0])
    query = plain_query(asked)
    if request.method != "POST":
        initial = forms.offered(chosen, request.user, template)
        form = forms.ExportForm(report=chosen, user=request.user, initial=initial)
        return _page(request, form, query, template=template)
    if "drop" in request.POST:
        _templates(request, chosen.code).filter(name=request.POST["drop"]).delete()
        return redirect(_here(chosen.code, query))
    form = forms.ExportForm(request.POST, report=chosen, user=request.user)
    if not form.is_valid():
        return _page(request, form, query)
    if "keep" in request.POST:
        kept, wrong = forms.keep_template(form, request.POST.get("name", ""))
        if kept is None:
            return _page(request, form, query, wrong=[wrong])
        return redirect(_here(chosen.code, query, template=kept.pk))
    return _ask(request, form, query)


def _ask(request: HttpRequest, form: forms.ExportForm, query: str) -> HttpResponse:
    at = clock.now()
    try:
        made = actions.ask(wish=form.wish(query), by=request.user, at=at)
    except Refused as refused:
        wrong = [f"{f.text()} {f.clause}".strip() for f in refused.findings]
        return _page(request, form, query, wrong=wrong)
    if made.asked_at < at:
        when = f"{timezone.localtime(made.asked_at):%H:%M}"
        words = _("You asked for the same at %(when)s: here it is. “Write anew” reads it again.")
        messages.info(request, words % {"when": when})
    return redirect(reverse("reports:exports") + f"#export-{made.pk}")


def _here(code: str, query: str, **more: Any) -> str:
    words = QueryDict(query, mutable=True)
    words.update({name: str(value) for name, value in more.items()})
    return f"{reverse('reports:export', args=[code])}?{words.urlencode()}"


def _templates(request: HttpRequest, code: str) -> Any:
    return ExportTemplate.objects.filter(person_id=request.user.pk, report=code)


def _template(request: HttpRequest, code: str, pk: str) -> ExportTemplate | None:
    known = pk.isdecimal() and len(pk) < 19
    return _templates(request, code).filter(pk=pk).first() if known else None


def _page(
    request: HttpRequest,
    form: forms.ExportForm,
    query: str,
    *,
    template: ExportTemplate | None = None,
    wrong: list[str] | None = None,
) -> HttpResponse:
    report = form.report
    try:
        changes = source.listing(report, request.user, query)
    except Refused:
        return redirect(_here(report.code, ""))
    kept = [
        {"name": t.name, "url": _here(report.code, query, template=t.pk), "current": t == template}
        for t in _templates(request, report.code).order_by("name")
    ]
    counted = changes.queryset.order_by()[: MANY + 1].count()
    context = {
        "report": report,
        "form": form,
        "ticks": form.ticks(),
        "words": source.filter_words(changes),
        "count": count_text(counted),
        "counted": counted,
        "templates": kept,
        "template": template,
        "plain_url": _here(report.code, query),
        "name_length": forms.NAME_LENGTH,
        "wrong": [*(wrong or []), *(e for errors in form.errors.values() for e in errors)],
        "list_url": f"{source.list_url(report)}?{query}",
    }
    return render(request, "reports/export.html", context, status=422 if context["wrong"] else 200)


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """One's own exports, newest first; asks again by itself while one is being written."""
    return _list(request)


def _list(request: HttpRequest, *, wrong: str = "", status: int = 200) -> HttpResponse:
    if not standing(request.user).in_office:
        raise Denied(_("Exports are for those who work at the review desk."))
    at = clock.now()
    rows = Export.objects.visible_to(request.user).order_by("-asked_at", "-pk")[:SHOWN]
    shown = [_row(row, at) for row in rows]
    running = any(row["open"] for row in shown)
    context = {
        "rows": shown,
        "running": running,
        "wrong": wrong,
        "archives": is_official(request.user),
    }
    return render(request, "reports/exports.html", context, status=status)


def _row(row: Export, at: datetime.datetime) -> dict[str, Any]:
    """An export as text."""
    report = source.reports().get(row.report)
    over = row.state == ExportState.READY and row.expires_at is not None and row.expires_at <= at
    state = ExportState.EXPIRED if over else ExportState(row.state)
    return {
        "pk": row.pk,
        "title": report.label if report else row.report,
        "state": state,
        "state_label": state.label,
        "tone": TONES[state],
        "open": state in actions.OPEN,
        "facts": _facts(row, report),
        "done": row.rows_done,
        "expected": row.rows_expected,
        "left": left_words(row.time_left(at)),
        "words": row.words.split("\n") if row.words else [],
        "sha256": row.sha256,
        "personal": row.personal,
        "expires": f"{timezone.localtime(row.expires_at):%m-%d %H:%M}" if row.expires_at else "",
        "size": filesizeformat(row.size) if row.size else "",
    }


def _facts(row: Export, report: Any) -> list[str]:
    """When, under which filter, which days, how many columns, in which form."""
    found = [f"{timezone.localtime(row.asked_at):%Y-%m-%d %H:%M}", *row.filter_words.split("\n")]
    if row.since or row.until:
        found.append(f"{report.day_label if report else ''} {row.since or ''} – {row.until or ''}")
    n = len(row.columns)
    found.append(ngettext("%(n)d column", "%(n)d columns", n) % {"n": n})
    return [*(f for f in found if f), row.file_format.upper()]


def left_words(left: datetime.timedelta | None) -> str:
    """How long it still takes, roughly; "" when nothing can be said."""
    if left is None:
        return ""
    seconds = int(left.total_seconds())
    if seconds < 60:
        return _("less than a minute left")
    minutes = round(seconds / 60)
    return ngettext("about %(n)d minute left", "about %(n)d minutes left", minutes) % {"n": minutes}


def _own(request: HttpRequest, pk: int) -> Export:
    return get_object_or_404(Export.objects.visible_to(request.user), pk=pk)


def _act(request: HttpRequest, pk: int, act: Any) -> HttpResponse:
    row = _own(request, pk)
    try:
        act(export=row, by=request.user, at=clock.now())
    except Refused as refused:
        return _list(request, wrong=refused.findings[0].text(), status=409)
    return redirect(reverse("reports:exports") + f"#export-{pk}")


@require_POST
def cancel(request: HttpRequest, export_pk: int) -> HttpResponse:
    """Stop it."""
    return _act(request, export_pk, actions.cancel)


@require_POST
def resume(request: HttpRequest, export_pk: int) -> HttpResponse:
    """Have one written that failed."""
    return _act(request, export_pk, actions.resume)


@require_POST
def again(request: HttpRequest, export_pk: int) -> HttpResponse:
    """Ask for the same list anew, whatever became of this one."""
    return _act(request, export_pk, actions.ask_again)


@require_safe
@limited("download")
def download_file(request: HttpRequest, export_pk: int) -> HttpResponse:
    """The file, to the one who asked for it, until it expires; then 410 with what to do."""
    row = _own(request, export_pk)
    try:
        actions.take(export=row, by=request.user, at=clock.now())
        day = f"{timezone.localtime(row.asked_at):%Y%m%d}"
        report = source.reports().get(row.report)
        name = slugify(str(report.label) if report else row.report, allow_unicode=True)
        return download(
            row.file,
            name=f"{name}-{day}-{row.pk}.{row.file_format}",
            content_type=TYPES[row.file_format],
        )
    except Refused as refused:
        return _list(request, wrong=refused.findings[0].text(), status=410)
    except FileNotFoundError:
        words = _("The file is gone. Ask for it anew; the operators can see why.")
        return _list(request, wrong=words, status=410)
