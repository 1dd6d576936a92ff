"""Bands and conditions as people read them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import editions, rules
from hitech_cert.editions import Band
from hitech_cert.enums import IndicatorName
from torch_portal.common.ratios import percent, plain_percent, rounded
from torch_portal.filings.guided.selfcheck import plain, state

MOST = {
    IndicatorName.IP_NUMBER: 8,
    IndicatorName.TRANSFORMATION: 30,
    IndicatorName.GROWTH_SALES: 10,
    IndicatorName.GROWTH_NET_ASSETS: 10,
}
MEASURES: Mapping[str, Any] = {
    "days_since_registration": gettext_lazy("Days since registration"),
    "ip": gettext_lazy("Rights that can be used"),
    "staff_ratio": gettext_lazy("S&T staff of all staff"),
    "rd_ratio": gettext_lazy("R&D cost of sales"),
    "domestic_share": gettext_lazy("R&D done in the mainland"),
    "income_share": gettext_lazy("Product income of total income"),
    "score_total": gettext_lazy("Average of the experts"),
}


def indicators(case: rules.Case) -> Iterator[dict[str, Any]]:
    """The four indicators that figures decide, with band, points and what the next one takes."""
    bands = case.innovation.bands()
    for name, most in MOST.items():
        band = bands[name]
        shown = {"label": name.label, "most": most, "points": None, "bar": 0, "band": ""}
        if band is not None:
            shown |= {"points": _points(band), "bar": band.high, "band": _letter(band)}
            shown["next"] = _next(name, band, case)
            shown["percent"] = _rate(name, case)
        yield shown


def _points(band: Band) -> str:
    return str(band.low) if band.low == band.high else f"{band.low}–{band.high}"


def _letter(band: Band) -> str:
    return "" if band in (editions.GAP, editions.MANUAL) else band.letter


def _rate(name: IndicatorName, case: rules.Case) -> str:
    found = {
        IndicatorName.GROWTH_SALES: case.innovation.sales,
        IndicatorName.GROWTH_NET_ASSETS: case.innovation.net_assets,
    }.get(name)
    return "" if found is None or found.rate is None else percent(found.rate)


def _next(name: IndicatorName, band: Band, case: rules.Case) -> str:
    """What reaches the band above, in words; "" at the top and where a person decides."""
    match name:
        case IndicatorName.IP_NUMBER:
            return _next_right(band, case.facts.ip_class2 or 0)
        case IndicatorName.TRANSFORMATION:
            above = _above(band, editions.TRANSFORMATION)
            if above is None:
                return ""
            lacking = ceil(3 * above.least) - (case.facts.transformations or 0)
            values = {"more": lacking, "points": _points(above)}
            return _("%(more)s more give %(points)s points.") % values
    above = _above(band, editions.GROWTH)
    if above is None or band is editions.MANUAL:
        return ""
    values = {"least": plain_percent(above.least), "points": _points(above)}
    words = (
        _("Above %(least)s%% there are %(points)s points.")
        if above.strict
        else _("From %(least)s%% on there are %(points)s points.")
    )
    return words % values


def _above(band: Band, bands: tuple[Band, ...]) -> Band | None:
    """The band above one of a row; the lowest of the row for one that is in none of it."""
    letters = [b.letter for b in bands]
    place = letters.index(band.letter) if band.letter in letters else len(bands)
    return bands[place - 1] if place else None


def _next_right(band: Band, class2: int) -> str:
    if band is editions.IP_CLASS_I:
        return ""
    above = _above(band, editions.IP_CLASS_II)
    most = _points(editions.IP_CLASS_I)
    if above is None:
        return _("One right of class I gives %(most)s points.") % {"most": most}
    values = {"second": above.least - class2, "points": _points(above), "most": most}
    return (
        _("%(second)s more of class II give %(points)s points; one of class I gives %(most)s.")
        % values
    )


def shown_conditions(case: rules.Case) -> Iterator[dict[str, Any]]:
    """The eight conditions with their state and what is measured."""
    for condition in case.conditions:
        unknown = {7: _("The experts decide")}.get(condition.no)
        stands = state(condition.ok, unknown) if unknown else state(condition.ok)
        measures = [_measure(m) for m in condition.measures]
        yield {"condition": condition, "measures": measures, **stands}


def _measure(measure: rules.Measure) -> dict[str, Any]:
    shares = measure.kind == "share"
    tell = _share if shares else _number
    return {
        "label": MEASURES[measure.name],
        "value": tell(measure.value),
        "limit": f"{plain_percent(measure.limit)}%" if shares else _number(measure.limit),
        "margin": ("+" if measure.margin >= 0 else "") + tell(measure.margin),
        "sign": ">" if measure.strict else "≥",
        "ok": measure.holds,
    }


def _share(value: Fraction) -> str:
    return f"{percent(value)}%"


def _number(value: Fraction) -> str:
    return plain(rounded(value)) if value else plain(Decimal(0))
