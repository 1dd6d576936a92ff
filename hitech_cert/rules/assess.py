"""The rule engine for others: facts as JSON in, findings and figures as JSON out."""

from dataclasses import fields
from fractions import Fraction
from typing import Any

from hitech_cert import editions
from hitech_cert.editions import Band, Edition
from hitech_cert.enums import CostClass, ScoreItem
from hitech_cert.rules.case import Case, examine
from hitech_cert.rules.checks import check, verdict
from hitech_cert.rules.conditions import Condition, Measure
from hitech_cert.rules.experts import panel, passes
from hitech_cert.rules.facts import ExpertScores, Facts, FinSheet, Product, RdYear, TechSheet
from hitech_cert.rules.innovation import Growth, a_year, growth_band
from hitech_cert.rules.research import Research
from torch_portal.common.factsheet import Entry, FactsError, read, schema
from torch_portal.common.i18n import _
from torch_portal.common.ratios import percent

LINE = "hitech_cert"


def _figure(name: str, about: str = "") -> Entry:
    return Entry(name, "decimal", required=True, about=about)


def _count(name: str, about: str = "") -> Entry:
    return Entry(name, "count", required=True, about=about)


def _years(name: str, about: str) -> Entry:
    return Entry(
        name, "values", True, entries=(Entry("", "decimal"),), least=1, most=3, about=about
    )


_COSTS = tuple(Entry(cost.value, "decimal", about="万元, 0 where absent.") for cost in CostClass)
_RD_YEAR = (Entry("year", "count"), *_COSTS)
_PRODUCT = (
    _figure("income", "万元, last year."),
    Entry("main", "bool", required=True, about="It is a main product."),
    Entry("ip", "bool", required=True, about="A right of the enterprise supports it."),
)
_TOTALS = Entry("", "count")
_SCORES = (
    Entry("tech", "records", entries=tuple(_count(item.value) for item in ScoreItem)),
    Entry("fin", "records", entries=tuple(_count(f.name) for f in fields(FinSheet))),
    Entry("tech_totals", "values", entries=(_TOTALS,), about="Instead of the sheets."),
    Entry("fin_totals", "values", entries=(_TOTALS,), about="Instead of the sheets."),
    Entry("leader_total", "decimal", about="The average as the leader's sheet has it."),
)
ENTRIES: tuple[Entry, ...] = (
    Entry("registered_on", "date", required=True),
    Entry("applied_on", "date", required=True, about="The day that chooses the rule set."),
    Entry("jurisdiction", "text", about="Code; only a pilot asks for it."),
    Entry("pilot", "bool", about="Under the pilot of the jurisdiction."),
    _figure("staff_total", "Average of the last year."),
    _figure("staff_st", "S&T staff among them."),
    _years("sales", "万元, the last three years, oldest first; a young enterprise has fewer."),
    Entry("rd_years", "records", True, entries=_RD_YEAR, most=3, about="Outside R&D as paid."),
    _figure("gross_income", "万元, last year."),
    _figure("non_taxable_income", "万元, last year."),
    _figure("ht_income", "万元, last year, from high-tech products and services."),
    Entry("ps", "records", True, entries=_PRODUCT),
    _years("net_assets", "万元, at the end of the last three years, oldest first."),
    _count("ip_class1", "Usable rights."),
    _count("ip_class2", "Usable rights not used in an earlier certification."),
    _count("transformations", "Results turned into products in three years."),
    Entry("standards", "count", about="Accredited standards, methods and norms."),
    Entry("accident", "bool"),
    Entry("core_field_code", "text", about="Dotted code of a title of the catalogue."),
    Entry("expert_scores", "record", entries=_SCORES),
)
FACTS_SCHEMA = schema(ENTRIES, title="Facts of a high-tech enterprise certification")


def facts_from_json(source: Any) -> Facts:
    """Facts from a JSON object; FactsError names the entry that cannot be read."""
    found = read(source, ENTRIES)
    found["rd_years"] = tuple(RdYear(**year) for year in found["rd_years"])
    found["ps"] = tuple(Product(**product) for product in found["ps"])
    if "expert_scores" in found:
        scores = found["expert_scores"]
        sheets = {"tech": TechSheet, "fin": FinSheet}
        made = {n: tuple(kind(**s) for s in scores.get(n, ())) for n, kind in sheets.items()}
        found["expert_scores"] = ExpertScores(**scores | made)
    return Facts(**found)


def assess(source: Any) -> dict[str, Any]:
    """The answer: {line, edition, eligible, by, points, conditions, values, findings}.

    Raises FactsError for what cannot be read. What cannot be true is a finding that blocks.
    """
    facts = facts_from_json(source)
    case = examine(facts, edition_of(facts))
    found = check(case, complete=False)
    eligible, by = verdict(case, found)
    return {
        "line": LINE,
        "edition": case.edition.code,
        "eligible": eligible,
        "by": by,
        "points": points(case),
        "conditions": [_condition(condition) for condition in case.conditions],
        "values": values(case),
        "findings": [finding.as_dict() for finding in found],
    }


def edition_of(facts: Facts) -> Edition:
    """The rule set of the day and, in a pilot, of the place; FactsError where there is none."""
    try:
        return editions.on(facts.applied_on, facts.jurisdiction, pilot=facts.pilot)
    except editions.NoPilot:
        message = _("No pilot is open in this jurisdiction on this day.")
        raise FactsError("pilot", message) from None
    except editions.NoEdition:
        message = _("No rule set of the certification is known for this day.")
        raise FactsError("applied_on", message) from None


def points(case: Case) -> dict[str, dict[str, Any] | None]:
    """The band of each indicator that figures decide; None where a figure is missing."""
    return {name: _band(band) for name, band in case.innovation.bands().items()}


def _band(band: Band | None) -> dict[str, Any] | None:
    return None if band is None else {"band": band.letter, "min": band.low, "max": band.high}


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "no": condition.no,
        "ok": condition.ok,
        "clause": condition.clause,
        "measures": [_measure(measure) for measure in condition.measures],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "name": measure.name,
        "value": str(measure.value),
        "limit": str(measure.limit),
        "margin": str(measure.margin),
        "above": measure.strict,
        "missing": None if measure.lacking is None else f"{measure.lacking:f}",
        "clause": measure.clause,
    }


def values(case: Case) -> dict[str, Any]:
    """Every intermediate figure by name.

    Figures as exact fractions; with _pct in percent, rounded half up for the eye only.
    """
    facts = case.facts
    results, years = facts.transformations, len(facts.sales)
    yearly = None if results is None else a_year(results, case.edition, years)
    return {
        "days_since_registration": case.days,
        **_share("staff_ratio", case.staff_share),
        **_research(case.research),
        "total_income": _exact(case.total_income),
        **_share("income_share", case.income_share),
        "product_income": _exact(case.product_income),
        **_share("main_product_share", case.main_share),
        **_growth("growth_sales", case.innovation.sales),
        **_growth("growth_net_assets", case.innovation.net_assets),
        "transformations_per_year": _exact(yearly),
        **_score(case),
        "core_field": _field(facts.core_field_code),
        "readings": dict(case.edition.readings),
        "unconfirmed": list(case.edition.unconfirmed),
    }


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _share(name: str, share: Fraction | None) -> dict[str, str | None]:
    return {name: _exact(share), f"{name}_pct": None if share is None else percent(share)}


def _research(rd: Research | None) -> dict[str, Any]:
    taken, other = (rd.taken, rd.tax_form) if rd else (None, None)
    return {
        "rd_total": _exact(taken.total if taken else None),
        **_share("rd_required", rd.required if rd else None),
        **_share("rd_ratio", rd.share if rd else None),
        "rd_domestic": _exact(taken.domestic if taken else None),
        **_share("domestic_share", rd.domestic_share if rd else None),
        "rd_other_counted": _exact(taken.other if taken else None),
        "rd_outside_counted": _exact(taken.outside if taken else None),
        "rd_total_tax_form": _exact(other.total if other else None),
        **_share("rd_ratio_tax_form", rd.tax_form_share if rd else None),
    }


def _growth(name: str, found: Growth | None) -> dict[str, Any]:
    rate = found.rate if found else None
    annex = growth_band(rate, "annex4") if rate is not None else found.band if found else None
    return {
        **_share(name, rate),
        f"{name}_case": found.case if found else None,
        f"{name}_band_annex4": annex.letter if annex else None,
    }


def _score(case: Case) -> dict[str, Any]:
    total, scores = case.score, case.facts.expert_scores
    found = panel(scores, case.edition) if scores else None
    low, high = case.innovation.within(case.edition) or (None, None)
    return {
        "score_least": low,
        "score_most": high,
        "score_tech_totals": list(found.tech) if found else None,
        "score_fin_totals": list(found.fin) if found else None,
        "score_total": _exact(total),
        "score_above_70": None if total is None else passes(total, case.edition, "above_70"),
        "score_from_71": None if total is None else passes(total, case.edition, "from_71"),
    }


def _field(code: str | None) -> list[str] | None:
    found = editions.leaf(code or "")
    return list(found.path) if found else None
