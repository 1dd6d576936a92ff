"""Applications that the experts have finished with, and what follows until the certificate."""

import datetime
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from hitech_cert.actions import deciding, lists, national
from hitech_cert.enums import State
from hitech_cert.models import Application
from hitech_cert.queries.decided import with_cover
from hitech_cert.workflow import WORKFLOW
from tests.factories import accounts
from tests.factories.hitech_cert import AT, patent, right, submitted
from torch_portal.accounts.models import Agency, Enterprise, Jurisdiction, User
from torch_portal.common.codes import body_check_character, check_character
from torch_portal.filings import engine

DAY = datetime.timedelta(days=1)
SESSION = datetime.datetime(2020, 10, 12, 2, 0, tzinfo=datetime.UTC)
NATIONAL = datetime.datetime(2020, 11, 2, 2, 0, tzinfo=datetime.UTC)
ISSUED = datetime.date(2020, 12, 1)
ANNOUNCED = datetime.datetime(2020, 12, 21, 2, 0, tzinfo=datetime.UTC)
AGREES = [
    deciding.Said("science", True, "王立新"),
    deciding.Said("finance", True, "周敏"),
    deciding.Said("tax", True, "郑和平"),
]
HEADS = ("序号", "企业名称", "统一社会信用代码", "证书编号", "发证日期")
REPLY = "国科火字〔2020〕251号"


def code(n: int, division: str = "330106") -> str:
    """A valid credit code of our own making."""
    body = f"MB{n:06d}"
    first = f"91{division}{body}{body_check_character(body)}"
    return first + check_character(first)


def province(jurisdiction: str = "33", name: str = "") -> User:
    """An official of the certification body; always the same for a name."""
    name = name or f"body-{jurisdiction}"
    known = User.objects.filter(username=name).first()
    return known or accounts.official(jurisdiction, name=name)


def scored(
    firm: Enterprise, by: User, office: Agency, *, score: tuple[int, int] = (80, 1), **values: Any
) -> Application:
    """An application of which the experts' average stands, as the closing of a review leaves it."""
    rights = [
        right(1, kind="invention_patent", number=patent(firm.pk)),
        *(right(place, number=f"2018SR{firm.pk * 10 + place:07d}") for place in range(2, 5)),
    ]
    rows = {"rights": rights} | values.pop("rows", {})
    application = submitted(firm, by, office, AT, rows=rows, files=True, **values)
    official = province(firm.jurisdiction_id)
    for name in ("recommend", "accept", "draw_panel", "close_review"):
        engine.fire(application.filing, WORKFLOW, name, by=official, at=AT)
    top, bottom = score
    Application.objects.filter(pk=application.pk).update(
        score_top=top, score_bottom=bottom, score_passes=top > 70 * bottom
    )
    return fresh(application)


def fresh(application: Application) -> Application:
    """As it stands in the database."""
    found: Application = with_cover(Application.objects).get(pk=application.pk)
    return found


def proposed(firm: Enterprise, by: User, office: Agency, **values: Any) -> Application:
    """All three departments agree."""
    application = scored(firm, by, office, **values)
    official = province(firm.jurisdiction_id)
    for said in AGREES:
        deciding.give_opinion(application=application, said=said, by=official, at=SESSION)
    deciding.propose(application=application, by=official, at=SESSION)
    return fresh(application)


def reported(firm: Enterprise, by: User, office: Agency, **values: Any) -> Application:
    """Reported directly to the leading group office."""
    application = proposed(firm, by, office, **values)
    official = province(firm.jurisdiction_id)
    lists.report(applications=[application], by=official, at=SESSION + DAY)
    return fresh(application)


def certified(
    firm: Enterprise,
    by: User,
    office: Agency,
    number: str = "GR202033008462",
    issued_on: datetime.date = ISSUED,
) -> Application:
    """With number and day of the national list."""
    application = reported(firm, by, office)
    official = province(firm.jurisdiction_id)
    brought = bring([(firm.name, firm.credit_code, number, issued_on)], by=official)
    national.take_over(national=brought, by=official, at=ANNOUNCED)
    return fresh(application)


def workbook(rows: list[tuple[Any, ...]], heads: tuple[str, ...] = HEADS) -> bytes:
    """A national list as a spreadsheet; the first column counts."""
    book = Workbook()
    sheet = book.active
    sheet.append(["对浙江省认定机构2020年认定报备的第一批高新技术企业进行备案的公告"])
    sheet.append(list(heads))
    for place, row in enumerate(rows, start=1):
        sheet.append([place, *row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(
    rows: list[tuple[Any, ...]],
    *,
    by: User,
    at: datetime.datetime = ANNOUNCED,
    jurisdiction: str = "33",
    heads: tuple[str, ...] = HEADS,
    issued_on: datetime.date | None = None,
) -> Any:
    """The list as an official sends it."""
    upload = SimpleUploadedFile("名单.xlsx", workbook(rows, heads))
    return national.open_list(
        jurisdiction=Jurisdiction.objects.get(pk=jurisdiction),
        upload=upload,
        document=REPLY,
        by=by,
        at=at,
        issued_on=issued_on,
    )


def states(*applications: Application) -> list[State]:
    """Where they stand now."""
    return [State(fresh(application).filing.state) for application in applications]
