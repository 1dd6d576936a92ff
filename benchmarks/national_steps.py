"""What benchmarks.national times, once Django knows its database."""

import datetime
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from hitech_cert.actions import national
from hitech_cert.models import Application, NationalList, Report, Reported
from hitech_cert.workflow import WORKFLOW
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, Appointment, Enterprise, Jurisdiction, User
from torch_portal.common.codes import body_check_character, check_character
from torch_portal.filings.models import Filing

AT = datetime.datetime(2020, 12, 21, 2, tzinfo=datetime.UTC)
ISSUED = datetime.date(2020, 12, 1)
PLACE = "33"


def code(n: int) -> str:
    """A valid credit code of our own making."""
    body = f"MC{n:06d}"
    first = f"91330106{body}{body_check_character(body)}"
    return first + check_character(first)


def prepared(rows: int, beside: int) -> bytes:
    """So many reported applications among certified ones; the workbook that speaks of them."""
    body = User.objects.create_user("body", last_name="省", is_staff=True)
    Appointment.objects.create(user=body, role=OfficeRole.OFFICIAL, jurisdiction_id=PLACE)
    agency = Agency.objects.create(code="330102", name="某局", jurisdiction_id=PLACE)
    firms = Enterprise.objects.bulk_create(
        [
            Enterprise(
                credit_code=code(n),
                name=f"杭州{n:05d}（中国）科技有限公司",
                division="330106",
                jurisdiction_id=PLACE,
            )
            for n in range(rows + beside)
        ],
        batch_size=1000,
    )
    covers = Filing.objects.bulk_create(
        [_cover(n, firm, agency, body, certified=n >= rows) for n, firm in enumerate(firms)],
        batch_size=1000,
    )
    Application.objects.bulk_create(
        [
            Application(
                filing=cover,
                enterprise=firm,
                year=2020 if n < rows else 2019,
                certificate_number=None if n < rows else f"GR2019330{n:05d}",
                issued_on=None if n < rows else datetime.date(2019, 12, 4),
                valid_to=None if n < rows else datetime.date(2022, 12, 3),
            )
            for n, (firm, cover) in enumerate(zip(firms, covers, strict=True))
        ],
        batch_size=1000,
    )
    _report(firms[:rows], covers[:rows], body)
    return _workbook(firms[:rows])


def _cover(n: int, firm: Enterprise, agency: Agency, by: User, *, certified: bool) -> Filing:
    state = "certified" if certified else "reported"
    return Filing(
        line=WORKFLOW.line,
        number=f"HT{n:08d}",
        enterprise=firm,
        jurisdiction_id=PLACE,
        agency=agency,
        state=state,
        stage=WORKFLOW.stages[state],
        owner=WORKFLOW.owners[state],
        created_at=AT,
        created_by=by,
        submitted_at=AT,
    )


def _report(firms: list[Enterprise], covers: list[Filing], by: User) -> None:
    report = Report.objects.create(
        jurisdiction_id=PLACE, year=2020, number=1, reported_at=AT, reported_by=by
    )
    Reported.objects.bulk_create(
        [
            Reported(report=report, application_id=cover.pk, place=place, name=firm.name)
            for place, (firm, cover) in enumerate(zip(firms, covers, strict=True), start=1)
        ],
        batch_size=1000,
    )


def _workbook(firms: list[Enterprise]) -> bytes:
    """Every second row by name alone, with other brackets and blanks."""
    book = Workbook()
    sheet = book.active
    sheet.append(["浙江省2020年第一批高新技术企业名单"])
    sheet.append(["序号", "企业名称", "统一社会信用代码", "证书编号", "发证日期"])
    for n, firm in enumerate(firms):
        name = firm.name.replace("（", "(").replace("）", ") ")
        known = firm.credit_code if n % 2 else ""
        sheet.append([n + 1, name, known, f"GR2020330{n:05d}", ISSUED])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(content: bytes) -> None:
    """Read and match."""
    national.open_list(
        jurisdiction=Jurisdiction.objects.get(pk=PLACE),
        upload=SimpleUploadedFile("名单.xlsx", content),
        document="国科火字〔2020〕251号",
        by=User.objects.get(username="body"),
        at=AT,
    )


def take(content: bytes) -> None:
    """Take all good rows over."""
    national.take_over(
        national=NationalList.objects.get(), by=User.objects.get(username="body"), at=AT
    )


def check(rows: int) -> None:
    """Every one is certified, with its number."""
    done = Application.objects.filter(year=2020, filing__state="certified", issued_on=ISSUED)
    if done.count() != rows:
        raise SystemExit(f"{done.count()} of {rows} certified")
