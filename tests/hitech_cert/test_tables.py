"""Checks across the tables of an application, panels, numbers and terms."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from hitech_cert import editions, rules
from hitech_cert.enums import ExpertRole, IpGained, IpKind
from hitech_cert.rules.rights import average
from torch_portal.common.codes import CodeError
from torch_portal.common.findings import blocking

DAY = date(2025, 6, 1)
EDITION = editions.on(DAY)
PATENT = "ZL202520850832.6"


def right(name="IP01", **changes):
    """A usable utility model, or what it becomes by changes."""
    base = rules.Right(name, IpKind.UTILITY_MODEL, date(2025, 3, 1), PATENT)
    return replace(base, **changes)


def project(name="RD01", **changes):
    """An activity of 2022 to 2024 with its cost."""
    spent = {2022: Decimal(50), 2023: Decimal(100), 2024: Decimal(150)}
    base = rules.Project(name, "1.1.3", date(2022, 3, 1), date(2024, 12, 1), spent, ("IP01",))
    return replace(base, **changes)


def cost(year=2024, amount=150, **changes):
    """Personnel cost of the activity in a year."""
    return replace(rules.Cost("RD01", year, personnel=Decimal(amount)), **changes)


def product(name="PS01", **changes):
    """The main product."""
    base = rules.ProductRow(name, "1.1.3", Decimal(600), True, ("IP01",))
    return replace(base, **changes)


COSTS = (cost(2022, 50), cost(2023, 100), cost())
MAIN = rules.Main(
    core_field_code="1.1.3",
    sales=(Decimal(1000), Decimal(2000), Decimal(3000)),
    net_assets=(Decimal(100), Decimal(125), Decimal("156.25")),
    gross_income=Decimal(1000),
    non_taxable_income=Decimal(0),
    ht_income=Decimal(600),
    accident=False,
    transformations=12,
)


def tables(**changes):
    """An application in order, or what it becomes by changes."""
    base = rules.Tables(
        credit_code="91440300MA5EXAMP0C",
        registered_on=date(2018, 3, 1),
        applied_on=DAY,
        rights=(right(),),
        staff=(
            rules.StaffRow("total", Decimal(50), Decimal(5)),
            rules.StaffRow("employed", Decimal(48), Decimal(4), "kind"),
            rules.StaffRow("part_time", Decimal(2), Decimal(1), "kind"),
            rules.StaffRow("senior", Decimal(3), Decimal(2), "title"),
        ),
        projects=(project(),),
        costs=COSTS,
        products=(product(),),
        main=MAIN,
        no_secrets=True,
    )
    return replace(base, **changes)


def told(application):
    """Code and field of the findings across the tables."""
    return [(f.code, f.field) for f in rules.check_tables(application)]


def test_application_in_order_has_no_findings():
    application = tables()
    assert told(application) == []
    case = rules.examine(rules.facts_of(application), EDITION)
    assert blocking(rules.check(case)) == []


def test_facts_follow_from_the_tables():
    facts = rules.facts_of(
        tables(
            rights=(right(), right("IP02", kind=IpKind.SOFTWARE, number="", used_before=True)),
            products=(product(), product("PS02", main=False, rights=("IP02",))),
        )
    )
    assert (facts.staff_total, facts.staff_st) == (50, 5)
    assert (facts.ip_class1, facts.ip_class2) == (0, 1)
    assert [p.ip for p in facts.ps] == [True, False]
    assert [(y.year, y.personnel) for y in facts.rd_years] == [(2022, 50), (2023, 100), (2024, 150)]


def test_outside_work_is_parted_into_home_and_abroad():
    row = cost(external=Decimal(50), external_domestic=Decimal(20))
    (year,) = rules.cost_years(tables(costs=(row, row)))
    assert (year.ext_domestic, year.ext_overseas) == (40, 60)
    assert (row.inside, row.total) == (150, 200)


LONG = {"goal": "字" * 401}
FULL = {"goal": "字" * 400}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"credit_code": "91440300MA5EXAMP0D"}, [("V01", "credit_code")]),
        ({"standing": rules.Standing(activated=False)}, [("V03", "")]),
        ({"standing": rules.Standing(applied_this_year=True)}, [("V03", "")]),
        ({"standing": rules.Standing(cancelled_this_year=True)}, [("V03", "")]),
        ({"standing": rules.Standing(change_open=True)}, [("V03", "")]),
        ({"rights": (right("IP1"), right())}, [("V04", "rights[0].id")]),
        ({"rights": (right(), right())}, [("V04", "rights[0].id"), ("V04", "rights[1].id")]),
        ({"rights": (right(), right("IP200"))}, []),
        ({"projects": (project(rights=("IP09",)),)}, [("V04", "projects[0].rights")]),
        ({"products": (product(rights=("IP09",)),)}, [("V04", "products[0].rights")]),
        ({"costs": (*COSTS, cost(project="RD09"))}, [("V04", "costs[3].project")]),
        ({"projects": (project(texts=LONG),)}, [("V04", "projects[0].goal")]),
        ({"projects": (project(texts=FULL),)}, []),
        ({"products": (product(texts={"edge": " "}),)}, [("V04", "products[0].edge")]),
        ({"rights": (right(number="ZL202520850832.7"),)}, [("V05", "rights[0].number")]),
        ({"rights": (right(number="2025"),)}, [("V05", "rights[0].number")]),
        ({"rights": (right(kind=IpKind.DESIGN_PATENT),)}, [("V05", "rights[0].number")]),
        ({"projects": (project(field_code="1.1"),)}, [("V08", "projects[0].field_code")]),
        ({"products": (product(field_code="9.9.9"),)}, [("V08", "products[0].field_code")]),
        ({"no_secrets": False}, [("V24", "no_secrets")]),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(changes, expected):
    assert told(tables(**changes)) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"mainland": False},
        {"owner_is_applicant": False},
        {"in_force": False},
        {"granted_on": None},
        {"granted_on": date(2025, 6, 2)},
        {"used_before": True},
        {"used_by_other": True},
        {"kind": "trade_mark"},
    ],
)
def test_right_that_does_not_count_is_named_with_the_reason(changes):
    rows = (right(**changes),)
    found = [f for f in rules.check_tables(tables(rights=rows)) if f.code == "V06"]
    assert [(f.field, str(f.level)) for f in found] == [("rights[0]", "warn")]
    assert "IP01" in found[0].text()
    assert rules.count_rights(rows, DAY) == (0, 0)


@pytest.mark.parametrize("granted", [DAY, date(2015, 1, 1)])
def test_right_granted_by_the_day_of_application_counts(granted):
    assert rules.why_not_usable(right(granted_on=granted), DAY) is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("a", 5, 6, "")], [("V09", "staff[0]")]),
        ([("a", 5, 5, "")], []),
        ([("a", 5, 2, ""), ("b", 3, 1, "age"), ("c", 2, 1, "age")], []),
        ([("a", 5, 2, ""), ("b", 3, 1, "age"), ("c", 1, 1, "age")], [("V09", "staff.age.staff")]),
        ([("a", 5, 2, ""), ("b", 5, 1, "kind")], [("V09", "staff.kind.st")]),
        ([("a", 5, 2, ""), ("b", 1, 1, "title")], []),
    ],
)
def test_rows_of_staff_hold_together(rows, expected):
    staff = tuple(rules.StaffRow(n, Decimal(s), Decimal(t), g) for n, s, t, g in rows)
    assert told(tables(staff=staff)) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (cost(amount="150.02"), []),
        (cost(amount="149.98"), []),
        (cost(amount="150.03"), [("V10", "costs[2]")]),
        (cost(amount="149.97"), [("V10", "costs[2]")]),
        (cost(amount=100, external=Decimal(50), external_domestic=Decimal(50)), []),
        (
            cost(amount=100, external=Decimal(50), external_domestic=Decimal("50.01")),
            [("V10", "costs[2].external_domestic")],
        ),
    ],
)
def test_classes_add_up_to_what_was_spent(last, expected):
    assert told(tables(costs=(*COSTS[:2], last))) == expected


def test_activity_that_does_not_touch_the_year_has_no_cost_in_it():
    late = project(starts_on=date(2023, 1, 1))
    assert told(tables(projects=(late,))) == [("V10", "costs[0].year")]
    assert told(tables(projects=(project(starts_on=date(2022, 12, 31)),))) == []


def test_spending_without_classes_is_told():
    assert told(tables(costs=COSTS[:2])) == [("V10", "projects[0].spent")]


@pytest.mark.parametrize(
    ("reported", "seen"),
    [
        ({"ht_income": "600"}, 0),
        ({"ht_income": "600.01"}, 1),
        ({"sales[2]": "3000", "net_assets[0]": "100", "rd_total": "300"}, 0),
        ({"sales[2]": "2999.99", "rd_total": "299.99"}, 2),
    ],
)
def test_main_table_has_the_figures_of_the_reports(reported, seen):
    figures = {name: Decimal(value) for name, value in reported.items()}
    found = told(tables(main=replace(MAIN, reported=figures)))
    assert [code for code, _field in found] == ["V15"] * seen


@pytest.mark.parametrize(("deducted", "seen"), [("200", 0), ("199.99", 1)])
def test_research_far_above_the_deduction_is_pointed_out(deducted, seen):
    main = replace(MAIN, super_deduction=Decimal(deducted))
    assert told(tables(main=main)) == [("V16", "costs")] * seen


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({"gained_on": date(2024, 12, 2)}, 1),
        ({"gained_on": date(2024, 12, 1)}, 0),
        ({"gained_on": date(2025, 3, 1), "gained": IpGained.OWN}, 0),
    ],
)
def test_right_taken_over_shortly_before_is_pointed_out(changes, seen):
    rows = (right(**({"gained": IpGained.ASSIGNED} | changes)),)
    assert told(tables(rights=rows)) == [("V16", "rights[0].gained_on")] * seen


GOOD = rules.Intermediary(date(2022, 6, 1), Fraction(20), Fraction(6))


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({}, 0),
        ({"founded_on": date(2022, 6, 2)}, 1),
        ({"staff": Fraction(1999, 100)}, 1),
        ({"professionals": Fraction(599, 100)}, 1),
        ({"bad_record": True}, 1),
        ({"barred_to": DAY}, 1),
        ({"barred_to": date(2025, 5, 31)}, 0),
    ],
)
def test_intermediary_is_qualified(changes, seen):
    found = told(tables(intermediary=replace(GOOD, **changes)))
    assert found == [("V17", "intermediary")] * seen


@pytest.mark.parametrize(
    ("tech", "fin", "pool", "faults"),
    [(3, 2, 15, 0), (3, 2, 14, 1), (4, 3, 21, 1), (5, 0, 15, 1), (3, 1, 12, 1), (4, 1, None, 0)],
)
def test_panel_is_large_technical_and_drawn_from_a_pool_of_three_times(tech, fin, pool, faults):
    panel = rules.Composition(tech, fin, ExpertRole.TECHNICAL, pool)
    found = rules.check_panel(panel, EDITION)
    assert [f.code for f in found] == ["V18"] * faults


def test_expert_with_an_interest_is_named():
    panel = rules.Composition(4, 1, ExpertRole.TECHNICAL, 15, ("王磊",))
    (finding,) = rules.check_panel(panel, EDITION)
    assert "王磊" in finding.text()


@pytest.mark.parametrize(
    ("number", "place", "faults"),
    [
        ("GR202033008462", "33", 0),
        ("GR202033008462", "3302", 0),
        ("GR202033008462", "42", 1),
        ("GR20203300846", "33", 1),
        ("GX202033008462", "33", 1),
    ],
)
def test_certificate_number_is_of_the_province_of_the_body(number, place, faults):
    assert [f.code for f in rules.check_number(number, place)] == ["V21"] * faults


@pytest.mark.parametrize("number", ["", "ZL2025208508326X", "ZL202560850832.6", "CN202520850832.6"])
def test_what_is_no_patent_number_is_refused(number):
    with pytest.raises(CodeError):
        rules.parse_patent(number)


@pytest.mark.parametrize(
    ("issued", "valid_to"),
    [
        (date(2021, 3, 1), date(2024, 2, 29)),
        (date(2020, 2, 29), date(2023, 2, 28)),
        (date(2021, 1, 1), date(2023, 12, 31)),
    ],
)
def test_last_day_of_a_certificate(issued, valid_to):
    assert rules.term(issued).valid_to == valid_to


def test_reports_are_due_while_the_certificate_is_valid():
    assert len(rules.term(date(2020, 5, 31)).reports_due) == 2
    assert len(rules.term(date(2020, 6, 1)).reports_due) == 3


@pytest.mark.parametrize("months", [0, 13])
def test_average_of_staff_is_of_one_to_twelve_months(months):
    with pytest.raises(ValueError, match="twelve"):
        average([(Decimal(1), Decimal(1))] * months)
