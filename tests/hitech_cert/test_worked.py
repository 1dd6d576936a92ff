"""The worked examples: each figure of the rules on its own, exactly."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from hitech_cert import editions, rules
from hitech_cert.enums import ExpertRole, IpKind
from hitech_cert.rules.experts import Panel, ip_points, passes
from hitech_cert.rules.innovation import growth_band
from hitech_cert.rules.research import required_share
from torch_portal.common.codes import CodeError, is_credit_code
from torch_portal.common.workdays import published_calendar

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
BASE = VECTORS["base"]
EDITION = editions.on(date(2025, 6, 1))
KINDS = {"发明专利": IpKind.INVENTION_PATENT, "实用新型": IpKind.UTILITY_MODEL}


def case_of(*, edition=None, **overrides):
    """The case of the base facts with some of them replaced."""
    facts = rules.facts_from_json(BASE | overrides)
    return rules.examine(facts, edition or rules.edition_of(facts))


def text(value):
    """A number of a worked example as the facts want it."""
    return str(value)


def shown(band):
    """A band as the worked examples write it."""
    return [band.letter, band.low, band.high]


def condition(case, no):
    """Whether one of the eight conditions holds."""
    return case.conditions[no - 1].ok


def age(registered, applied):
    case = case_of(registered_on=registered, applied_on=applied)
    return {"days": case.days, "ok": condition(case, 1)}


def staff(tech, total):
    return {"ok": condition(case_of(staff_total=total, staff_st=tech), 4)}


def staff_avg(months):
    return {"avg": str(rules.average([(Decimal(a), Decimal(b)) for a, b in months]).normalize())}


def rd_required(last_year_sales):
    return {"required": str(required_share(Decimal(last_year_sales), EDITION.limits))}


def rd_check(rd_years, sales, mode="literal"):
    reading = {"literal": "literal", "taxform": "tax_form"}[mode]
    years = [{name: text(value) for name, value in year.items()} for year in rd_years]
    edition = EDITION.taking(other_base=reading)
    case = case_of(edition=edition, rd_years=years, sales=[text(s) for s in sales])
    found = case.research
    return {
        "required": str(found.required),
        "rd_total": str(found.taken.total),
        "ratio": str(found.share),
        "ratio_ok": found.share >= found.required,
        "domestic": str(found.taken.domestic),
        "domestic_share": str(found.domestic_share),
        "domestic_ok": found.domestic_share >= edition.limits.domestic.value,
    }


def income(ht_income, gross, non_taxable):
    case = case_of(
        ht_income=text(ht_income), gross_income=text(gross), non_taxable_income=text(non_taxable)
    )
    return {"total_income": str(case.total_income), "ok": condition(case, 6)}


def main_product(ps):
    case = case_of(ps=[p | {"income": text(p["income"])} for p in ps])
    return {"share": str(case.main_share), "ok": "V14" not in codes(case)}


def codes(case):
    """Codes of the findings that block."""
    return [f.code for f in rules.check(case) if f.level == "block"]


def ip_count(class1, class2):
    return {"band": shown(rules.ip_band(class1, class2))}


def ip_usable(ip, applied):
    right = rules.Right(
        id="IP01",
        kind=KINDS[ip["kind"]],
        granted_on=date.fromisoformat(ip["granted"]),
        mainland=ip["mainland"],
        owner_is_applicant=ip["owner_is_applicant"],
        used_before=ip.get("used_before", False),
    )
    return {"usable": rules.why_not_usable(right, date.fromisoformat(applied)) is None}


def transfer(items):
    return {"band": shown(rules.transformation_band(items, EDITION))}


def growth(values):
    found = rules.growth([Decimal(value) for value in values], EDITION)
    annex = found.band if found.rate is None else growth_band(found.rate, "annex4")
    return {"band": shown(found.band), "band_annex4": shown(annex)}


def panel(tech, fin, leader):
    composition = rules.Composition(tech, fin, ExpertRole(leader))
    return {"ok": rules.check_panel(composition, EDITION) == []}


def sheet(**points):
    given = rules.TechSheet(**points)
    return {"ip": ip_points(given, EDITION), "total": rules.tech_total(given, EDITION)}


def composite(tech_totals, fin_totals):
    total = Panel(tuple(tech_totals), tuple(fin_totals)).total
    return {
        "total": str(total),
        "pass_gt70": passes(total, EDITION, "above_70"),
        "pass_ge71": passes(total, EDITION, "from_71"),
    }


def publicity(start, holidays, makeup):
    days = {date.fromisoformat(d): worked for found, worked in ((holidays, False), (makeup, True))
            for d in found}  # fmt: skip
    end = rules.publicity_end(date.fromisoformat(start), published_calendar(days))
    return {"last_day": end.isoformat()}


def certificate(issued):
    found = rules.term(date.fromisoformat(issued))
    return {
        "valid_to": found.valid_to.isoformat(),
        "tax_years": list(found.tax_years),
        "prepay_only_year": found.prepay_only_year,
        "annual_reports_due": [day.isoformat() for day in found.reports_due],
    }


def change_report(event):
    return {"deadline": rules.change_due(date.fromisoformat(event)).isoformat()}


def cert_no(no):
    try:
        return {"parsed": vars(rules.parse_certificate(no))}
    except CodeError:
        return {"parsed": None}


def uscc(code):
    return {"ok": is_credit_code(code)}


def patent(no):
    found = rules.parse_patent(no)
    names = {kind: name for name, kind in KINDS.items()}
    return {"parsed": {"check_ok": found.check_ok, "kind": names[found.kind]}}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in VECTORS["worked"]])
def test_worked_example(row):
    found = globals()[row["fn"]](**row["input"])
    assert {name: found[name] for name in row["expect"]} == row["expect"]


def test_there_are_all_of_them():
    assert [row["id"] for row in VECTORS["worked"]] == [f"O{n:02d}" for n in range(1, 75)]


def test_nothing_in_the_rules_is_a_float():
    case = case_of()
    found = json.dumps(rules.assess(BASE))
    assert isinstance(case.research.share, Fraction)
    assert json.loads(found, parse_float=lambda text: pytest.fail(text))
