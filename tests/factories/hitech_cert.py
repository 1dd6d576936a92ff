"""Applications as drafts and submitted, brought there by the actions that real people use."""

import datetime
from decimal import Decimal
from typing import Any

from hitech_cert import actions, rules
from hitech_cert.enums import STAFF_GROUPS
from hitech_cert.models import Application, Intake
from tests.factories.contracts import pdf
from torch_portal.accounts.models import Agency, Enterprise, User

LINE = "hitech_cert"
AT = datetime.datetime(2020, 6, 1, 9, 0, tzinfo=datetime.UTC)
CLOSES = datetime.datetime(2020, 7, 20, 10, 0, tzinfo=datetime.UTC)  # 18:00 in China
FIELD = "8.3.2"
TEXT = "红外测温与在线分析仪器的研发、试制和推广，由研发部组织实施。"
SAMPLE: dict[str, Any] = {
    "registered_on": datetime.date(2012, 3, 1),
    "core_field_code": FIELD,
    "sales_1": Decimal("1500.00"),
    "sales_2": Decimal("1800.00"),
    "sales_3": Decimal("2200.00"),
    "net_assets_1": Decimal("900.00"),
    "net_assets_2": Decimal("1100.00"),
    "net_assets_3": Decimal("1400.00"),
    "profit_1": Decimal("120.00"),
    "profit_2": Decimal("150.00"),
    "profit_3": Decimal("190.00"),
    "rd_domestic": Decimal("370.00"),
    "rd_basic": Decimal("0.00"),
    "gross_income": Decimal("2300.00"),
    "non_taxable_income": Decimal("0.00"),
    "accident": False,
    "no_secrets": True,
    "text_rights": TEXT,
    "text_results": TEXT,
    "text_management": TEXT,
    "text_staff": TEXT,
    "agency_name": "浙江正衡会计师事务所",
    "agency_founded_on": datetime.date(2005, 4, 1),
    "agency_staff": Decimal("60.00"),
    "agency_professionals": Decimal("30.00"),
    "agency_bad_record": False,
    "report_number": "浙衡专审〔2020〕018号",
    "reported_rd": Decimal("370.00"),
    "reported_income": Decimal("1700.00"),
}


def patent(serial: int, year: int = 2018, kind: int = 1) -> str:
    """A patent number with its check digit."""
    first = f"{year}{kind}{serial:07d}"
    fits = (f"ZL{first}.{digit}" for digit in "0123456789X")
    return next(number for number in fits if rules.parse_patent(number).check_ok)


def right(place: int, **changes: Any) -> dict[str, Any]:
    """A row of the table of rights: a software copyright, unless it is told otherwise."""
    row = {
        "code": f"IP{place:02d}",
        "name": f"红外测温分析软件 V{place}.0",
        "kind": "software",
        "number": f"2018SR{place:07d}",
        "granted_on": datetime.date(2018, 5, 10),
        "gained": "own",
    }
    return row | changes


def project(place: int, **changes: Any) -> dict[str, Any]:
    """A row of the table of R&D activities that runs through all three years."""
    row = {
        "code": f"RD{place:02d}",
        "name": f"非接触红外测温仪器研制（{place}期）",
        "starts_on": datetime.date(2017, 1, 1),
        "ends_on": datetime.date(2019, 12, 31),
        "field_code": FIELD,
        "source": "own",
        "rights": ["IP01"],
        "budget": Decimal("400.00"),
        "spent_1": Decimal("100.00"),
        "spent_2": Decimal("120.00"),
        "spent_3": Decimal("150.00"),
        "goal": TEXT,
        "core": TEXT,
        "outcome": TEXT,
    }
    return row | changes


def cost(year: int, total: str, code: str = "RD01", **changes: Any) -> dict[str, Any]:
    """The cost of an activity in a year: three fifths personnel, two fifths direct input."""
    whole = Decimal(total)
    personnel = (whole * 3 / 5).quantize(Decimal("0.01"))
    row = {"project": code, "year": year, "personnel": personnel, "direct": whole - personnel}
    return row | changes


def product(place: int, income: str, *, main: bool, **changes: Any) -> dict[str, Any]:
    """A row of the table of products."""
    row = {
        "code": f"PS{place:02d}",
        "name": f"在线红外分析仪 HW-{place}00",
        "field_code": FIELD,
        "source": "own",
        "income": Decimal(income),
        "main": main,
        "rights": ["IP01"],
        "technology": TEXT,
        "advantage": TEXT,
        "support": TEXT,
    }
    return row | changes


def result(place: int, year: int = 2018, **changes: Any) -> dict[str, Any]:
    """A row of the results turned into products."""
    row = {
        "code": f"{place:02d}",
        "name": f"红外测温成果{place}",
        "kind": "patent",
        "source": "own",
        "became": "product",
        "form": "invested",
        "year": year,
        "rights": ["IP01"],
        "projects": ["RD01"],
        "products": ["PS01"],
    }
    return row | changes


def staff() -> list[dict[str, Any]]:
    """The table of staff: 60 persons, 12 of them S&T staff; each group adds up."""
    rows = []
    for group, names in STAFF_GROUPS.items():
        for place, name in enumerate(names):
            whole = place == 0 and group not in ("origin", "title")
            figures = (60, 12) if whole else (0, 0)
            persons = [Decimal(figure) for figure in figures]
            rows.append({"name": name.value, "staff": persons[0], "st": persons[1]})
    return rows


ROWS: dict[str, list[dict[str, Any]]] = {
    "rights": [
        right(
            1,
            name="一种红外测温校准方法",
            kind="invention_patent",
            number=patent(1),
            granted_on=datetime.date(2019, 6, 4),
        ),
        *(right(place) for place in range(2, 5)),
    ],
    "staff": staff(),
    "projects": [project(1)],
    "costs": [cost(2017, "100"), cost(2018, "120"), cost(2019, "150")],
    "products": [product(1, "1400", main=True), product(2, "300", main=False)],
    "results": [result(place, 2017 + place % 3) for place in range(1, 13)],
    "standards": [],
}


def intake(jurisdiction: str = "33", number: int = 1, **changes: Any) -> Intake:
    """The batch of a certification body; always the same for a number."""
    known = Intake.objects.filter(jurisdiction=jurisdiction, year=2020, number=number).first()
    values: dict[str, Any] = {
        "title": f"2020年第{number}批高新技术企业认定",
        "opens_at": datetime.datetime(2020, 4, 30, 16, 0, tzinfo=datetime.UTC),
        "closes_at": CLOSES,
        "recommend_by": datetime.date(2020, 7, 31),
        "source": "浙高企认〔2020〕1号",
    }
    return known or Intake.objects.create(
        jurisdiction_id=jurisdiction, year=2020, number=number, **values | changes
    )


def draft(
    firm: Enterprise,
    by: User,
    at: datetime.datetime = AT,
    *,
    files: bool = True,
    rows: dict[str, Any] | None = None,
    **values: Any,
) -> Application:
    """A complete draft with its files; `values` differ from the sample, `rows` by table."""
    application = actions.start(enterprise=firm, by=by, at=at)
    tables = ROWS | (rows or {})
    whole = SAMPLE | values
    actions.save_draft(application=application, values=whole, rows=tables, by=by, at=at)
    for kind in rules.NEEDED if files else ():
        attach(application, kind, by, at)
    return application


def attach(application: Application, kind: str, by: User, at: datetime.datetime = AT) -> None:
    """A small file of a kind."""
    upload = pdf(f"{kind}.pdf")
    actions.attach(application=application, kind=kind, upload=upload, by=by, at=at)


def submitted(
    firm: Enterprise, by: User, office: Agency, at: datetime.datetime = AT, **values: Any
) -> Application:
    """A complete application, submitted to the bureau into the first batch of the year."""
    intake(firm.jurisdiction_id)
    application = draft(firm, by, at, **values)
    actions.submit(application=application, by=by, at=at, agency=office)
    return application
