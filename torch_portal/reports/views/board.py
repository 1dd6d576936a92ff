"""The officials' dashboard, and the small public one."""

import urllib.parse
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contracts import line
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.reports.models import Recount
from torch_portal.reports.tables import board as figures
from torch_portal.reports.tables import hiding, paper, pictures, printing, reading, tally
from torch_portal.reports.tables.build import from_plain
from torch_portal.reports.tables.span import span

YEARS = 5


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Figures of a place and year, narrowed by kind and field; all of it stands in the address."""
    known = reading.places(request.user)
    if not known:
        raise Denied(_("The figures are read by officials, each those of their jurisdiction."))
    filters = _filters(request, known)
    years = range(clock.today().year, clock.today().year - YEARS, -1)
    context = figures.board(filters) | {
        "filters": filters,
        "counted_at": figures.counted_at(),
        "places": list(known.items()),
        "years": list(years),
        "kind_choices": line.DIMENSIONS["kind"].entries,
        "field_choices": line.DIMENSIONS["field"].entries,
        "tiles": figures.regions(filters) if len(known) > 1 else [],
        "tables_query": urllib.parse.urlencode({
            "place": filters.place,
            "since": f"{filters.year}-01-01",
            "until": f"{filters.year}-12-31",
        }),
    }  # fmt: skip
    return render(request, "reports/board.html", context)


def _filters(request: HttpRequest, known: dict[str, str]) -> figures.Filters:
    """What the address asks for; 404 for a place of others, defaults for what makes no sense."""
    place = request.GET.get("place", next(iter(known)))
    if place not in known:
        raise Http404
    this = clock.today().year
    year = request.GET.get("year", "")
    chosen = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else this
    kinds = {e.code for e in line.DIMENSIONS["kind"].entries}
    fields = {e.code for e in line.DIMENSIONS["field"].entries}
    kind, field = request.GET.get("kind", ""), request.GET.get("field", "")
    return figures.Filters(
        place,
        chosen if this - YEARS < chosen <= this else this,
        kind if kind in kinds else "",
        field if field in fields else "",
    )


@login_not_required
@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """The country's figures up to the last whole month, small cells hidden."""
    row = Recount.objects.filter(name=tally.PUBLIC).first()
    language = "zh-hans" if (get_language() or "zh").startswith("zh") else "en"
    context: dict[str, Any] = {"row": row}
    if row is not None:
        context |= _public(row, language)
    return render(request, "reports/public.html", context)


def _public(row: Recount, language: str) -> dict[str, Any]:
    tables = from_plain(row.content[language])
    period = span(row.content["since"], row.content["until"])
    made = paper.paper(
        tables,
        title=_("Technology contracts of the whole country, %(period)s")
        % {"period": reading.period_words(period)},
        state="",
        unit="yi",
        public=True,
    )
    hidden = hiding.hidden(tables)["T7.1"].now
    output = next(t for t in tables if t.number == "T7.1")
    values: dict[str, Decimal | None] = {
        r.code: None if r.code in hidden else r.now.total for r in output.lines
    }
    tiles = pictures.tiles(values, reading.regions())
    for tile in tiles:
        value = tile["value"]
        tile["text"] = printing.HIDDEN if value is None else printing.amount(value, "yi")
    return {"paper": made, "tiles": tiles}
