"""Rounds and returns at any state, brought there by the actions that real people use."""

import datetime
from types import SimpleNamespace
from typing import Any

from stats import actions
from stats.actions.rounds import move_round
from stats.enums import RoundState, State
from stats.models import Assignment, InstrumentVersion, Return, Round
from stats.queries.instruments import instrument_of
from tests.factories import accounts, stats_instruments
from tests.factories.contracts import pdf
from torch_portal.accounts.models import Agency, Enterprise, User

LINE = "stats"
AT = datetime.datetime(2023, 3, 1, 2, 0, tzinfo=datetime.UTC)
YEAR = 2022
HEAD = {
    "qa03": accounts.ZHIWEI,
    "qa04": "杭州知微能源科技股份有限公司",
    "qa19": "330106",
    "qa05": "杭州市西湖区文三路 90 号",
    "qa08": "陈知微",
    "qa11": "林晓",
    "qa12": "2023-02-28",
}
PROFILE = {
    "qb03_0": "红外测温仪研发与生产",
    "qb04": "2016-05",
    "qb04_0": "5000",
    "qb06": "173",
    "qb09": "1",
    "qb11": "2",
    "qb16": "1",
}
ECONOMY = {
    "qc02": "61000",
    "qc05_0": "52000",
    "qc55": "51000",
    "qc06": "12000",
    "qc06_1": "2000",
    "qc06_2": "3000",
    "qc06_3": "4000",
    "qc06_4": "3000",
    "qc07": "35000",
    "qc09": "30000",
    "qc10": "4000",
    "qc49": "1000",
    "qc52": "8000",
    "qc11": "6000",
    "qc38": "4000",
    "qc11_1": "1000",
    "qc13": "3200",
    "qc14": "1800",
    "qc16": "900",
    "qc24": "78000",
    "qc25": "48000",
    "qc27_1": "30000",
    "qc31": "28000",
    "qc33": "50000",
    "qc237": "20000",
    "qc32": "6000",
    "qc51": "14400",
    "qc226_1": "2",
}
PEOPLE = {
    "qd01": "120",
    "qd03": "3",
    "qd25": "0",
    "qd21": "0",
    "qd26": "20",
    "qd14": "8",
    "qd14_0": "3",
    "qd05": "118",
    "qd18": "20",
    "qd06": "4",
    "qd07": "16",
    "qd08": "60",
    "qd09": "30",
    "qd27": "15",
    "qd28": "60",
}
RESEARCH = {
    "qj09": "40",
    "qj67": "4",
    "qj09_1": "36",
    "qj09_2": "34",
    "qj09_3": "0",
    "qj20": "6200",
    "qj23_1": "3600",
    "qj23_2": "1400",
    "qj23_3": "400",
    "qj23_4": "100",
    "qj23_6": "100",
    "qj23_7": "200",
    "qj33": "300",
    "qj23_5": "100",
    "qj55": "9",
    "qj56": "5",
    "qj74": "6",
    "qj57": "3",
    "qj83": "31",
    "qj73": "12",
}
# A return of which no rule says anything: table by table.
SAMPLE: dict[str, dict[str, str]] = {
    "HEAD": HEAD,
    "GQ-001": PROFILE,
    "GQ-002": ECONOMY,
    "GQ-003": PEOPLE,
    "GQ-005": RESEARCH,
}
# Violates CK-101 (an error) by 2, and nothing else.
ERROR = {"qc49": "998"}
WHY = "四舍五入造成两千元差额，账面数据无误"
ITEMS = [
    {
        "field": "qc51",
        "problem": "incorrect",
        "remedy": "应付职工薪酬与平均人数不符，请核对后重新填报。",
        "clause": "国统制〔2022〕11号",
    }
]
NOTE = "企业已迁出本市，本轮应由迁入地报送"


def torch() -> User:
    """An official of the Torch Center; always the same."""
    known = User.objects.filter(username="torch").first()
    return known or accounts.official(None, name="torch")


def province(jurisdiction: str = "33") -> User:
    """An official of the province; always the same for a jurisdiction."""
    name = f"statistics-{jurisdiction}"
    known = User.objects.filter(username=name).first()
    return known or accounts.official(jurisdiction, name=name)


def version(name: str = "GQ-2022") -> InstrumentVersion:
    """A version of the editions, published with its rules by two officers; always the same."""
    if InstrumentVersion.objects.filter(version=name, published_at__isnull=False).exists():
        return stats_instruments.row(name)
    return stats_instruments.published(name, people=(torch(), accounts.official(None)))


def survey_round(
    state: str = RoundState.DESIGN, *, year: int = YEAR, name: str = "GQ-2022", **fields: Any
) -> Round:
    """A round in design, or approved; its further states need a frame."""
    made = Round.objects.create(
        **{
            "version": version(name),
            "year": year,
            "title": f"{year}年度火炬统计年报",
            "opens_on": datetime.date(year + 1, 1, 15),
            "closes_on": datetime.date(year + 1, 3, 25),
            "reassign_until": datetime.date(year + 1, 3, 15),
            "scan_until": datetime.date(year + 1, 4, 30),
        }
        | fields
    )
    if state != RoundState.DESIGN:
        actions.approve_round(survey_round=made, by=torch(), at=AT)
    return made


def open_round(
    firms: dict[Enterprise, Agency], *, city: Agency | None = None, **fields: Any
) -> Round:
    """A round that takes returns of these enterprises, each with its unit."""
    made = survey_round(RoundState.APPROVED, **fields)
    Assignment.objects.bulk_create(
        Assignment(
            round=made, enterprise=firm, responsible_unit=unit, city_unit=city, source="测试名单"
        )
        for firm, unit in firms.items()
    )
    move_round(made, RoundState.FRAME_FROZEN, by=torch(), at=AT)
    return actions.open_round(survey_round=made, by=torch(), at=AT)


def draft(
    round_: Round, firm: Enterprise, by: User, at: datetime.datetime = AT, **values: str
) -> Return:
    """A filled return that no rule speaks against; `values` by code differ from the sample."""
    assignment = Assignment.objects.get(round=round_, enterprise=firm)
    report = actions.start(assignment=assignment, by=by, at=at)
    items = instrument_of(round_.version).items
    for table, sample in SAMPLE.items():
        own = {code: value for code, value in values.items() if items[code].table == table}
        entries = sample | own
        if table == "HEAD":
            entries |= {"qa03": firm.credit_code, "qa04": firm.name}
        actions.save_table(report=report, table=table, entries=entries, by=by, at=at)
    return report


def return_at(
    state: str,
    *,
    firm: Enterprise,
    by: User,
    office: Agency,
    examiner: User,
    round_: Round | None = None,
    city: Agency | None = None,
    at: datetime.datetime = AT,
    **values: str,
) -> Return:
    """A return in the given state. city: the body above the unit, with a reviewer of its own."""
    if round_ is None:
        round_ = Round.objects.filter(year=YEAR).first() or open_round({firm: office}, city=city)
    report = draft(round_, firm, by, at, **values)
    people = SimpleNamespace(by=by, examiner=examiner, city=city)
    for step in _PATHS[state]:
        _STEPS[step](report, people, at)
        report.refresh_from_db()
    return report


def _explain_all(report: Return, people: Any, at: datetime.datetime) -> None:
    actions.check(report=report, by=people.by, at=at)
    for result in report.results.exclude(severity="mandatory"):
        actions.explain(report=report, key=result.key, text=WHY, by=people.by, at=at)


def _at_city(report: Return, people: Any, at: datetime.datetime) -> None:
    by = accounts.reviewer(people.city)
    actions.approve_city(report=report, by=by, at=at)


_SUBMITTED = ("check", "submit")
_LOCAL = (*_SUBMITTED, "local")
_PROVINCE = (*_LOCAL, "province")
_PATHS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (),
    State.CHECKED: ("check",),
    State.SUBMITTED: _SUBMITTED,
    State.LOCAL_APPROVED: _LOCAL,
    State.CITY_APPROVED: (*_LOCAL, "city"),
    State.PROVINCE_APPROVED: _PROVINCE,
    State.ACCEPTED: (*_PROVINCE, "accept"),
    State.RETURNED: (*_SUBMITTED, "return"),
    State.CANCEL_REQUESTED: (*_SUBMITTED, "request"),
    State.CANCELLED: (*_SUBMITTED, "request", "cancel"),
}
_STEPS: dict[str, Any] = {
    "check": _explain_all,
    "submit": lambda r, p, at: actions.submit(report=r, by=p.by, at=at),
    "local": lambda r, p, at: actions.approve_local(report=r, by=p.examiner, at=at),
    "city": _at_city,
    "province": lambda r, p, at: actions.approve_province(
        report=r, by=province(r.filing.jurisdiction_id), at=at
    ),
    "accept": lambda r, p, at: actions.accept(report=r, by=torch(), at=at),
    "return": lambda r, p, at: actions.return_for_correction(
        report=r, items=ITEMS, by=p.examiner, at=at
    ),
    "request": lambda r, p, at: actions.request_cancellation(report=r, by=p.by, at=at, note=NOTE),
    "cancel": lambda r, p, at: actions.cancel(report=r, by=p.examiner, at=at, note=NOTE),
}


def scan() -> Any:
    """A file to upload as the signed scan."""
    return pdf("signed.pdf")
