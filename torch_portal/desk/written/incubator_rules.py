"""The page of the rules of rent relief."""

from collections.abc import Iterable
from typing import Any

from incubators import editions
from incubators.editions import Programme
from incubators.enums import Flag
from incubators.rules import ALL_RULES
from torch_portal.desk.written.words import chinese, listed, page, table


def incubator_rules_page() -> str:
    """The rules on a claim, the formulas, the sourced programmes, titles and tax."""
    return page(
        "# Rules of rent relief (孵化载体减免租金)",
        "`block` stops a claim, `warn` is shown and stops nothing. A code never changes its "
        "meaning. Amounts are yuan; money is exact until a formula names the fen, then half up.",
        table(
            ("code", "level", "shown at", "rule", "中文", "clause"),
            (
                (
                    f"`{r.code}`",
                    r.level,
                    f"`{r.field}`",
                    r.sentence,
                    chinese(r.sentence),
                    r.clause,
                )
                for r in ALL_RULES
            ),
        ),
        "## From claim to subsidy",
        _formulas(),
        table(("flag", "meaning", "中文"), ((f"`{f}`", f.label, chinese(f.label)) for f in Flag)),
        f"## Programmes: {editions.CODE}",
        "Sourced schemes of 2020 and 2022; no limit where a cell is empty.",
        table(
            ("programme", "中文", "of", "rate", "caps", "months", "window", "source"),
            map(_programme, editions.PROGRAMMES),
        ),
        table(
            ("programme", "not confirmed"),
            ((f"`{p.code}`", "；".join(p.unconfirmed)) for p in editions.PROGRAMMES),
        ),
        "## Titles, tenants, tax",
        _titles(),
    )


def _formulas() -> str:
    return listed(
        "F1 due rent of a full month: the amount; amount x m²; amount x m² x days of the month. "
        "Fees only where the programme counts them.",
        "F2 waived = due x ratio x covered days / days of the month, to the fen; both ends of the "
        "lease count. A ratio not above 0 or above 1 waives nothing.",
        "F3 the earliest months count, for a tenant over all its leases. With proration: at most "
        "the rent of a full month x months x min(1, leased days of the year / 365), to the fen.",
        "F4 sum of what counts: lines that are confirmed or settled, no deferrals, no month twice "
        "(of two neither, until one is taken out).",
        "F5 raw = rate x sum, to the fen; at most the cap of the kind. Ranked: by sum, moment of "
        "submission, id; after the last place nothing.",
        "F6 budget: in proportion, floor to the fen, the missing fen to the largest remainders, "
        "the earlier number first; or in order until it is used, the last gets the rest.",
        "F7 relief received on state-owned premises less what their tenants got, building by "
        "building.",
        "Confirmation: while no line says anything of it, nobody was asked and all lines count. "
        "Once somebody was asked, a line without an answer or with another amount counts nothing "
        "until a reviewer has settled it.",
    )


def _programme(each: Programme) -> Iterable[Any]:
    caps = sorted({f"{cap:,}" for cap in each.caps.values()})
    months = "" if each.max_months is None else str(each.max_months)
    if each.max_months_risk:
        months += f" (risk district {each.max_months_risk})"
    window = f"{each.window_from or ''} to {each.window_to or ''}"
    window = "" if window == " to " else window
    head = (f"`{each.code}` v{each.version}", each.title_zh, each.jurisdiction)
    return (*head, f"{each.rate}", " / ".join(caps), months, window, each.source)


def _titles() -> str:
    national, makers = editions.INCUBATOR_2018, editions.MAKERSPACE
    stay, tax = editions.TENANCY_2018, editions.TAX_2018
    return listed(
        f"National incubator ({national.source}): {national.years_run} years run, "
        f"{national.area:,} m², {national.tenants} tenants and {national.tenants_per_1000_m2} for "
        f"1,000 m², {national.graduates} graduates; professional "
        f"{national.professional_tenants}, {national.professional_per_1000_m2}, "
        f"{national.professional_graduates}. {'；'.join(national.unconfirmed)}.",
        f"Makerspace filed nationally ({makers.source}): {makers.months_run} months, "
        f"{makers.area} m² or {makers.places} places, {makers.residents} residents a year. "
        f"{'；'.join(makers.unconfirmed)}.",
        f"Tenant ({stay.source}): entered within {stay.age_at_entry} months of its establishment, "
        f"stays less than {stay.stay} months, {stay.stay_special} in special fields. "
        f"{'；'.join(stay.unconfirmed)}.",
        f"Tax ({tax.source}): from the month after recognition, to the end of the month of "
        f"cancellation, within {tax.starts} to {tax.ends}. {'；'.join(tax.unconfirmed)}.",
    )
