"""The statutory tables as a page and as files; closing a period."""

import urllib.parse
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from torch_portal.accounts.roles import Denied, Person
from torch_portal.common import clock
from torch_portal.common.downloads import SANDBOX
from torch_portal.common.findings import Refused
from torch_portal.common.limits import limited
from torch_portal.reports.models import FrozenTables
from torch_portal.reports.tables import freezing, paper, pdf, printing, reading, workbook
from torch_portal.reports.tables.build import Table, differences, from_plain
from torch_portal.reports.tables.span import BadSpan, Span, named, span

LIVE = "live"


@dataclass(frozen=True)
class Asked:
    """What the address asks for. version: a number, "live", or "" for the newest there is."""

    place: str
    span: Span
    unit: str
    version: str
    public: bool

    def query(self, **other: str) -> str:
        """The same address with other values."""
        known = {
            "place": self.place,
            "since": self.span.since.isoformat(),
            "until": self.span.until.isoformat(),
            "unit": self.unit,
            "version": self.version,
            "public": "1" if self.public else "",
        }
        return urllib.parse.urlencode({k: v for k, v in (known | other).items() if v})


def asked(user: Person, sent: QueryDict) -> Asked:
    """Place and period of an address; 404 for a place that is not the person's, BadSpan."""
    known = reading.places(user)
    if not known:
        raise Denied(_("The tables are read by officials, each those of their jurisdiction."))
    place = sent.get("place", next(iter(known)))
    if place not in known:
        raise Http404
    year = named(clock.today())["year"]
    since, until = sent.get("since", ""), sent.get("until", "")
    period = span(since, until) if since or until else year
    unit = sent.get("unit", "yi")
    return Asked(
        place,
        period,
        unit if unit in printing.UNITS else "yi",
        sent.get("version", ""),
        sent.get("public") == "1",
    )


@dataclass(frozen=True)
class Found:
    """The tables asked for, and what was frozen of their period."""

    tables: list[Table]
    chosen: FrozenTables | None
    versions: list[FrozenTables]
    live: list[Table] | None


def found(user: Any, want: Asked) -> Found:
    """The newest frozen version unless another or the live figures are asked for."""
    versions = freezing.versions(user, want.place, want.span)
    if want.version == LIVE or not versions:
        if want.version not in ("", LIVE):
            raise Http404
        live = reading.live(user, want.place, want.span, respondents=want.public)
        return Found(live, None, versions, live)
    chosen = next((v for v in versions if want.version in ("", str(v.version))), None)
    if chosen is None:
        raise Http404
    return Found(from_plain(chosen.tables), chosen, versions, None)


def laid_out(want: Asked, got: Found, names: dict[str, str]) -> paper.Paper:
    """What is found, ready for the page or a file."""
    words = paper.frozen_words(got.chosen) if got.chosen else paper.live_words(clock.now())
    values = {"place": names[want.place], "period": reading.period_words(want.span)}
    made = paper.paper(
        got.tables,
        title=_("Technology contracts of %(place)s, %(period)s") % values,
        state=words,
        unit=want.unit,
        public=want.public,
    )
    return replace(made, digest=got.chosen.sha256) if got.chosen else made


@require_GET
def tables(request: HttpRequest) -> HttpResponse:
    """T1 to T10 of a place and period; a wrong period is told beside the form."""
    try:
        want = asked(request.user, request.GET)
    except BadSpan as wrong:
        return _again(request, wrong)
    return _page(request, want)


def _again(request: HttpRequest, wrong: BadSpan) -> HttpResponse:
    """The form with what was typed and what is wrong with it."""
    context = _form(request, request.GET) | {"wrong": {wrong.field: str(wrong)}}
    return render(request, "reports/tables.html", context, status=422)


def _form(request: HttpRequest, typed: Any) -> dict[str, Any]:
    known = reading.places(request.user)
    place = typed.get("place", next(iter(known), ""))
    near = {
        "month": _("This month"),
        "last_month": _("Last month"),
        "quarter": _("This quarter"),
        "last_quarter": _("Last quarter"),
        "last_half": _("Last half-year"),
        "year": _("This year"),
        "last_year": _("Last year"),
    }
    periods = named(clock.today())
    return {
        "places": list(known.items()),
        "typed": {
            "place": place,
            "since": typed.get("since", ""),
            "until": typed.get("until", ""),
            "unit": typed.get("unit", "yi"),
        },
        "near": [
            (label, urllib.parse.urlencode({
                "place": place, "since": periods[n].since, "until": periods[n].until,
            }), str(periods[n]))
            for n, label in near.items()
        ],
    }  # fmt: skip


def _page(
    request: HttpRequest, want: Asked, refused: Refused | None = None, reason: str = ""
) -> HttpResponse:
    got = found(request.user, want)
    made = laid_out(want, got, reading.places(request.user))
    typed = {"place": want.place, "unit": want.unit}
    typed |= {"since": want.span.since.isoformat(), "until": want.span.until.isoformat()}
    context = _form(request, typed) | {
        "want": want,
        "paper": made,
        "matrix": _grid(made),
        "versions": _versions(want, got),
        "files": _files(want),
        "reason": reason,
        "found": refused.findings if refused else [],
        "may_freeze": not got.versions and want.span.is_over(clock.today()),
        **_since_frozen(request, want, got),
    }
    return render(request, "reports/tables.html", context, status=422 if refused else 200)


def _grid(made: paper.Paper) -> dict[str, Any] | None:
    flows = next((t for t in made.tables if t.number == paper.MATRIX), None)
    return paper.matrix(flows, made.unit) if flows and flows.lines else None


def _versions(want: Asked, got: Found) -> list[dict[str, Any]]:
    """The tabs: the live figures and every frozen version."""
    rows = [
        {
            "label": _("Version %(version)s") % {"version": v.version},
            "url": "?" + want.query(version=str(v.version)),
            "current": v == got.chosen,
            "row": v,
        }
        for v in got.versions
    ]
    live = {
        "label": _("Live"),
        "url": "?" + want.query(version=LIVE),
        "current": got.chosen is None,
        "row": None,
    }
    return [*rows, live] if rows else []


def _since_frozen(request: HttpRequest, want: Asked, got: Found) -> dict[str, Any]:
    """How the contracts differ from the version shown, or from the newest beside live figures."""
    against = got.chosen or (got.versions[0] if got.versions else None)
    if against is None:
        return {}
    live = got.live or reading.live(request.user, want.place, want.span)
    changed = differences(from_plain(against.tables), live)
    return {
        "against": against,
        "intact": against.intact,
        "changed": [_change(d, want.unit) for d in changed],
        "may_correct": bool(changed) and against == got.versions[0],
    }


def _change(difference: Any, unit: str) -> dict[str, str]:
    label = difference.label if difference.code != "total" else _("Total")
    step = difference.change
    return {
        "table": f"{difference.number} {difference.title}",
        "label": label,
        "items": f"{difference.frozen.items:,} → {difference.live.items:,} ({step.items:+,})",
        "total": f"{printing.amount(difference.frozen.total, unit)} → "
        f"{printing.amount(difference.live.total, unit)}",
        "yuan": f"{step.total:+,.2f}",
    }


def _files(want: Asked) -> list[tuple[str, str]]:
    """Addresses of the files: whole for the authority, and with small cells hidden."""
    names = {"xlsx": reverse("reports:tables_xlsx"), "pdf": reverse("reports:tables_pdf")}
    names["json"] = reverse("api:tables")
    found = [(f"{n.upper()}", f"{url}?{want.query(public='')}") for n, url in names.items()]
    for name in ("xlsx", "pdf"):
        label = _("%(form)s for publication") % {"form": name.upper()}
        found.append((label, f"{names[name]}?{want.query(public='1')}"))
    return found


def _file(request: HttpRequest) -> tuple[paper.Paper, str]:
    """The tables of a file, and its name without ending; BadSpan as 404: addresses are ours."""
    try:
        want = asked(request.user, request.GET)
    except BadSpan as wrong:
        raise Http404(str(wrong)) from None
    made = laid_out(want, found(request.user, want), reading.places(request.user))
    return made, made.title


def _sent(content: bytes, name: str, mime: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=mime)
    quoted = urllib.parse.quote(name)
    answer["Content-Disposition"] = f"attachment; filename*=utf-8''{quoted}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
@limited("download")
def tables_xlsx(request: HttpRequest) -> HttpResponse:
    """The workbook."""
    made, name = _file(request)
    return _sent(workbook.workbook(made), f"{name}.xlsx", workbook.MIME)


@require_GET
@limited("download")
def tables_pdf(request: HttpRequest) -> HttpResponse:
    """The PDF."""
    made, name = _file(request)
    return _sent(pdf.pdf(made), f"{name}.pdf", "application/pdf")


@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Close the period, or freeze a correction where a reason is sent."""
    try:
        want = asked(request.user, request.POST)
    except BadSpan as wrong:
        raise Http404(str(wrong)) from None
    reason = request.POST.get("reason")
    order: dict[str, Any] = {"by": request.user, "place": want.place, "span": want.span}
    try:
        if reason is None:
            row = freezing.freeze(at=clock.now(), **order)
        else:
            row = freezing.correct(reason=reason, at=clock.now(), **order)
    except Refused as refused:
        return _page(request, want, refused, reason or "")
    done = _("Frozen as version %(version)s. Its digest is printed on every file.")
    messages.success(request, done % {"version": row.version})
    return redirect(f"{reverse('reports:tables')}?{want.query(version='')}")
