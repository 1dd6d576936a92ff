"""The rule engine for others: facts as JSON in, findings and figures as JSON out."""

from decimal import Decimal
from typing import Any

from sme_eval import editions
from sme_eval.enums import InstitutionLevel, RdBasis, Route, StandardLevel
from sme_eval.rules.case import Case, examine
from sme_eval.rules.checks import check_conditions, check_entries, verdict
from sme_eval.rules.conditions import Condition, conditions
from sme_eval.rules.facts import Claim, Facts
from sme_eval.rules.numbers import timing_on
from sme_eval.rules.onsite import onsite_triggers
from sme_eval.rules.score import Rights, Score, Share
from torch_portal.common.factsheet import Entry, FactsError, read, schema
from torch_portal.common.i18n import _
from torch_portal.common.ratios import percent

LINE = "sme_eval"
FIGURE = r"^[0-9]{1,14}(\.[0-9]{1,2}0*)?$"

_RANK = Entry("unit_rank", "count", required=True, about="Place among the units, from 1.")
_ROUTES = {
    Route.HNTE_CERTIFICATE.value: (
        Entry("valid_from", "date", required=True),
        Entry("valid_to", "date", required=True),
    ),
    Route.NATIONAL_AWARD.value: (Entry("awarded_on", "date", required=True), _RANK),
    Route.RD_INSTITUTION.value: (
        Entry("level", "choice", required=True, choices=tuple(InstitutionLevel.values)),
    ),
    Route.STANDARD.value: (
        Entry("published_on", "date", required=True),
        _RANK,
        Entry("level", "choice", required=True, choices=tuple(StandardLevel.values)),
    ),
}


def _figure(name: str, about: str) -> Entry:
    return Entry(name, "decimal", required=True, pattern=FIGURE, about=about)


ENTRIES: tuple[Entry, ...] = (
    Entry("filed_on", "date", required=True, about="The day that chooses the rule set."),
    Entry("established_on", "date"),
    _figure("staff_total", "Average of the year, two decimals."),
    _figure("staff_st", "S&T personnel among them, two decimals."),
    _figure("rd_cost", "万元, previous year."),
    Entry("rd_basis", "choice", required=True, choices=tuple(RdBasis.values)),
    _figure("revenue", "万元, previous year."),
    _figure("cost_total", "万元, previous year."),
    _figure("assets_total", "万元, end of the previous year."),
    Entry("ip_class1", "count", required=True),
    Entry("ip_class2", "count", required=True),
    Entry("restricted_industry", "bool"),
    Entry("misconduct", "bool"),
    Entry("abnormal_list", "bool"),
    Entry("serious_dishonesty", "bool"),
    Entry("direct", "variants", tag="route", variants=_ROUTES),
    Entry("resident_enterprise", "bool"),
    Entry("audit_collection", "bool"),
    Entry("first_time", "bool"),
    Entry("recent_dishonesty", "bool"),
)
FACTS_SCHEMA = schema(ENTRIES, title="Facts of an SME evaluation")


def facts_from_json(source: Any) -> Facts:
    """Facts from a JSON object; FactsError names the entry that cannot be read."""
    found = read(source, ENTRIES)
    found["direct"] = tuple(Claim(**claim) for claim in found.get("direct", ()))
    return Facts(**found)


def assess(source: Any) -> dict[str, Any]:
    """The answer on one enterprise: {line, edition, eligible, by, points, values, findings}.

    Raises FactsError for what cannot be read and for what cannot be true: more than two
    decimals, a negative figure, no staff, more S&T personnel than staff.
    """
    case = examined(facts_from_json(source))
    found = check_conditions(case)
    eligible, by = verdict(case, found)
    return {
        "line": LINE,
        "edition": case.edition.code,
        "eligible": eligible,
        "by": by,
        "points": points(case.score),
        "values": values(case),
        "findings": [finding.as_dict() for finding in found],
    }


def examined(facts: Facts) -> Case:
    """The case of facts under the edition of their day; FactsError for what cannot be true."""
    try:
        case = examine(facts, editions.on(facts.filed_on))
    except editions.NoEdition:
        message = _("No rule set of the SME evaluation is known for this day.")
        raise FactsError("filed_on", message) from None
    for finding in check_entries(case):
        raise FactsError(finding.field, finding.message, **finding.values)
    return case


def points(score: Score) -> dict[str, int | None]:
    """Points of each indicator and in total; None where they cannot be worked out."""
    return {
        "personnel": score.personnel.band.points if score.personnel else None,
        "rd": score.rd.band.points if score.rd else None,
        "achievements": score.achievements.band.points if score.achievements else None,
        "total": score.total,
    }


def values(case: Case) -> dict[str, Any]:
    """Every intermediate figure by name.

    Ratios as exact fractions "a/b" and in percent, rounded half up for the eye only; what is
    missing to the next band as a decimal string in persons or 万元.
    """
    score, facts = case.score, case.facts
    return {
        **_share("staff", score.personnel),
        **_share("rd_revenue", score.rd_revenue),
        **_share("rd_cost", score.rd_cost),
        "rd_basis": facts.rd_basis,
        "better_basis": score.better_basis,
        **_rights(score.achievements),
        "total_missing": _total_missing(case),
        "conditions": [_condition(condition) for condition in conditions(case)],
        "direct": [{"route": verdict.claim.route, "ok": verdict.holds} for verdict in case.routes],
        "onsite_triggers": [trigger.value for trigger in onsite_triggers(case)],
        "number_timing": timing_on(facts.established_on, facts.filed_on),
        "unconfirmed": list(case.edition.unconfirmed),
    }


def _share(name: str, share: Share | None) -> dict[str, Any]:
    names = ("ratio", "ratio_pct", "band", "points", "next_points", "missing", "missing_if_added")
    if share is None:
        return {f"{name}_{part}": None for part in names}
    told = (
        f"{share.ratio.numerator}/{share.ratio.denominator}",
        percent(share.ratio),
        share.band.letter,
        share.band.points,
        share.next_band.points if share.next_band else None,
        _plain(share.missing),
        _plain(share.missing_if_added),
    )
    return {f"{name}_{part}": value for part, value in zip(names, told, strict=True)}


def _rights(rights: Rights | None) -> dict[str, Any]:
    names = ("band", "next_points", "missing_class1", "missing_class2")
    told: tuple[Any, ...] = (None,) * len(names)
    if rights is not None:
        above = rights.next_band.points if rights.next_band else None
        told = (rights.band.letter, above, rights.missing_class1, rights.missing_class2)
    return {f"achievements_{part}": value for part, value in zip(names, told, strict=True)}


def _total_missing(case: Case) -> int | None:
    total = case.score.total
    return None if total is None else max(0, case.edition.limits.score - total)


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "no": condition.no,
        "ok": condition.ok,
        "needed": condition.needed,
        "clause": condition.clause,
        "measures": [
            {
                "name": m.name,
                "value": _plain(m.value),
                "limit": _plain(m.limit),
                "margin": _plain(m.margin),
            }
            for m in condition.measures
        ],
    }


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
