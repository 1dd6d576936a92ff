"""The respondent's pages: from the list of rounds through the tables to the number."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from stats import actions, queries
from stats.enums import State
from stats.models import Return
from tests.conftest import people
from tests.factories import accounts
from tests.factories import stats as made
from tests.factories.stats import AT, SAMPLE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring_2023(settings, client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    settings.PORTAL_CLOCK_OFFSET = AT - timezone.now()


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker):
    """People and the open round with a filled return of the other firm, once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        house = people()
        survey = made.open_round({house.firm: house.office, house.other_firm: house.office})
        report = made.draft(survey, house.other_firm, house.stranger)
        yield house, survey, report.pk
        transaction.set_rollback(True)


@pytest.fixture
def house(_world):
    return _world[0]


@pytest.fixture
def survey(_world):
    return _world[1]


@pytest.fixture
def report(_world):
    return queries.with_cover(Return.objects).get(pk=_world[2])


@pytest.fixture
def filer(house, client):
    """Who begins the return of the first firm."""
    client.force_login(house.filer)
    return client


@pytest.fixture
def other(house, client):
    """Who has the filled return."""
    client.force_login(house.stranger)
    return client


def url(name, report, *more):
    return reverse(f"stats:{name}", args=[report.pk, *more])


def begin(client, survey):
    assignment = survey.assignments.get(enterprise__credit_code=SAMPLE["HEAD"]["qa03"])
    answer = client.post("/stats/start/", {"assignment": assignment.pk})
    return Return.objects.get(assignment=assignment), answer.url


def test_a_return_is_filled_table_by_table_and_submitted(filer, house, survey):
    assert survey.title in filer.get("/stats/start/").content.decode()
    report, page = begin(filer, survey)
    page = filer.get(page).url
    for table, entries in SAMPLE.items():
        assert page == url("step", report, table)
        shown = filer.get(page)
        assert shown.status_code == 200
        answer = filer.post(page, entries | {"seen": "0", "go": "next"})
        assert answer.status_code == 302, answer.content.decode()
        page = answer.url
    assert page == url("explanations", report)
    answer = filer.post(url("check", report))
    assert answer.url == url("review", report)
    assert filer.get(answer.url).context["blocks"] == []
    answer = filer.post(url("submit", report))
    assert answer.url == url("detail", report)
    shown = filer.get(answer.url).content.decode()
    assert "TJ20223301060000001" in shown
    report.refresh_from_db()
    assert report.filing.state == State.SUBMITTED


def test_public_page_says_approval_and_window(client, survey):
    shown = client.get("/stats/").content.decode()
    assert "国统制〔2022〕11号" in shown
    assert "2023-03-25" in shown


def test_page_shows_unit_last_year_and_what_the_portal_knows(other, report):
    shown = other.get(url("step", report, "GQ-002")).content.decode()
    assert shown.count("control__unit") > 60
    assert 'data-parts="qc06 qc07 qc10 qc49"' in shown
    head = other.get(url("step", report, "HEAD"))
    offers = {c.name: c.offer for g in head.context["groups"] for c in g["cells"] if c.offer}
    assert offers == {}
    actions.save_table(
        report=report, table="HEAD", entries={"qa03": ""}, by=report.filing.created_by, at=AT
    )
    shown = other.get(url("step", report, "HEAD")).content.decode()
    assert "Known to the portal" in shown
    report.refresh_from_db()
    assert "qa03" not in report.data


def test_entry_that_cannot_be_read_stays_in_its_box(other, report):
    page = url("step", report, "GQ-002")
    answer = other.post(page, {"qc05_0": "五万二千", "qc02": "61,001", "go": "next"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="五万二千"' in shown
    assert "is not a number" in shown
    report.refresh_from_db()
    assert report.data["qc02"] == "61001"
    again = other.get(page).content.decode()
    assert 'value="五万二千"' in again
    assert "unread" in {row["code"] for row in other.get(url("review", report)).context["blocks"]}


def test_second_window_sees_both_side_by_side(other, report):
    page = url("step", report, "GQ-003")
    seen = report.versions["GQ-003"]
    other.post(page, {"qd01": "121", "seen": seen, "go": "stay"})
    answer = other.post(page, {"qd01": "122", "qd03": "3.0", "seen": seen, "go": "stay"})
    (difference,) = answer.context["differences"]
    assert (difference["mine"], difference["theirs"]) == ("122", "121")
    report.refresh_from_db()
    assert report.data["qd01"] == "121"
    answer = other.post(page, {"qd01": "122", "seen": seen + 1, "go": "stay"})
    assert answer.status_code == 302


def test_autosave_counts_the_saves_of_its_table(other, report):
    seen = report.versions["GQ-002"]
    answer = other.post(url("autosave", report, "GQ-002"), {"qc02": "7", "seen": seen})
    assert f'value="{seen + 1}"' in answer.content.decode()
    answer = other.post(url("autosave", report, "GQ-002"), {"qc02": "8", "seen": seen})
    assert "another window" in answer.content.decode()
    report.refresh_from_db()
    assert report.data["qc02"] == "7"


def test_browser_gets_rules_and_known_values(other, report):
    answer = json.loads(other.get(url("checks", report)).content)
    assert {rule["id"] for rule in answer["rules"]} >= {"CK-101", "CK-402"}
    assert answer["kinds"]["qc05_0"] == "number"
    assert answer["data"]["qc05_0"] == "52000"


def test_explanations_are_kept_one_by_one(other, report):
    other.post(url("step", report, "GQ-002"), {"qc49": "998", "go": "check"})
    other.post(url("step", report, "GQ-003"), {"qd27": "100", "go": "check"})
    page = url("explanations", report)
    assert [row["key"] for row in other.get(page).context["rows"]] == ["CK-101", "CK-206"]
    answer = other.post(page, {"why-CK-101": made.WHY, "why-CK-206": "已核实"})
    assert answer.status_code == 422
    assert "已核实" in answer.content.decode()
    assert list(report.explanations.values_list("key", flat=True)) == ["CK-101"]
    answer = other.post(page, {"why-CK-101": made.WHY, "why-CK-206": made.WHY, "go": "next"})
    assert answer.url == url("review", report)
    assert other.get(answer.url).context["blocks"] == []
    other.post(url("step", report, "GQ-002"), {"qc49": "997", "go": "check"})
    assert [each.key for each in other.get(page).context["void"]] == ["CK-101"]


def test_everything_in_the_way_is_told_at_once(filer, survey):
    report, _page = begin(filer, survey)
    answer = filer.post(url("submit", report))
    keys = {row["code"] for row in answer.context["blocks"]}
    assert {"CK-001", "CK-002", "CK-003", "CK-004", "CK-207"} <= keys
    assert report.filing.state == State.DRAFT


def book(report, other):
    """The workbook as it is handed out."""
    answer = other.get(url("sheet_workbook", report))
    return load_workbook(io.BytesIO(answer.content))


def bring(other, report, workbook):
    out = io.BytesIO()
    workbook.save(out)
    upload = SimpleUploadedFile("return.xlsx", out.getvalue())
    return other.post(url("sheet", report), {"file": upload})


def row_of(sheet, code):
    return next(row for row in sheet.iter_rows(min_row=2) if row[1].value == code)


def test_workbook_goes_out_and_comes_back(other, report):
    workbook = book(report, other)
    sheet = workbook.active
    assert row_of(sheet, "qc05_0")[4].value == 52000
    row_of(sheet, "qc05_0")[4].value = "５３，０００"
    row_of(sheet, "qc02")[4].value = None
    row_of(sheet, "qb06")[4].value = "国有"
    sheet.row_dimensions[9].hidden = True
    answer = bring(other, report, workbook)
    brought = answer.context["brought"]
    assert answer.status_code == 200
    assert {line.code: line.typed for line in brought.lines} == {
        "qc05_0": "53000", "qc02": "", "qb06": "110",
    }  # fmt: skip
    sent = {"take": "1", "rows": answer.context["carried"], "seen": answer.context["seen"]}
    taken = other.post(url("sheet", report), sent)
    assert taken.status_code == 302
    report.refresh_from_db()
    assert report.data["qc05_0"] == "53000"
    assert "qc02" not in report.data
    other.post(url("sheet", report), sent | {"rows": '{"qc05_0": "1"}'})
    report.refresh_from_db()
    assert report.data["qc05_0"] == "53000"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda row: setattr(row[4], "value", "约五万"), "is not a number"),
        (lambda row: setattr(row[1], "value", "qc99"), "GQ-2022 has no item qc99"),
        (lambda row: setattr(row[2], "value", "利润总额"), "were moved apart"),
        (lambda row: setattr(row[3], "value", "元"), "The unit of qc05_0 is 千元"),
        (lambda row: setattr(row[1], "value", "qc02"), "stands in two rows"),
    ],
)
def test_workbook_with_a_fault_changes_nothing(other, report, change, words):
    workbook = book(report, other)
    change(row_of(workbook.active, "qc05_0"))
    row_of(workbook.active, "qc06")[4].value = 1
    answer = bring(other, report, workbook)
    assert answer.status_code == 422
    faults = " ".join(f for line in answer.context["brought"].faulty for f in line.faults)
    assert words in faults
    assert not answer.context["carried"]


def test_workbook_with_shifted_columns_says_so(other, report):
    workbook = book(report, other)
    row = row_of(workbook.active, "qc05_0")
    row[1].value, row[2].value = None, "qc05_0"
    answer = bring(other, report, workbook)
    (line,) = answer.context["brought"].faulty
    assert "The columns are shifted here" in line.faults[0]


def test_file_that_is_no_return_is_refused(other, report):
    workbook = Workbook()
    workbook.active.append(["姓名", "电话", "地址"])
    workbook.active.append(["甲", "1", "乙"])
    assert "Columns are missing" in bring(other, report, workbook).content.decode()
    upload = SimpleUploadedFile("return.xlsx", b"MZ")
    assert other.post(url("sheet", report), {"file": upload}).status_code == 422
    answer = other.post(url("sheet", report), {"take": "1", "rows": "[]", "seen": "1"})
    assert answer.status_code == 302


def test_return_of_others_is_not_there(client, house, report):
    for person in (house.filer, house.reviewer, house.official):
        client.force_login(person)
        for name in ("detail", "review", "explanations", "checks", "sheet"):
            assert client.get(url(name, report)).status_code == 404
        assert client.get(url("step", report, "GQ-002")).status_code == 404
    client.force_login(house.stranger)
    assert client.get(url("step", report, "GQ-999")).status_code == 404


def test_reader_reads_and_does_not_write(client, house, report):
    reader = accounts.member(house.other_firm, "reader")
    client.force_login(reader)
    assert client.get(url("step", report, "GQ-002")).status_code == 200
    assert client.post(url("step", report, "GQ-002"), {"qc02": "1"}).status_code == 403
    assert client.post(url("submit", report)).status_code == 403


def test_submitted_return_is_shown_with_scan_and_can_be_taken_back(other, report):
    other.post(url("check", report))
    other.post(url("submit", report))
    shown = other.get(url("detail", report))
    assert shown.context["scan"]["there"] is False
    assert other.get(url("step", report, "GQ-002")).url == url("detail", report)
    other.post(url("scan", report), {"files": made.scan()})
    assert other.get(url("detail", report)).context["scan"]["there"] is True
    answer = other.post(url("print", report))
    assert "/documents/" in answer.url
    other.post(url("withdraw", report), {"note": ""})
    report.filing.refresh_from_db()
    assert report.filing.state == State.DRAFT


def test_cancellation_is_asked_for_on_the_page(other, report):
    other.post(url("check", report))
    other.post(url("submit", report))
    other.post(url("request_cancellation", report), {"note": "短"})
    report.filing.refresh_from_db()
    assert report.filing.state == State.SUBMITTED
    other.post(url("request_cancellation", report), {"note": made.NOTE})
    report.filing.refresh_from_db()
    assert report.filing.state == State.CANCEL_REQUESTED


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_lists_take_as_many_queries_for_three_rounds_as_for_one(
    filer, other, house, survey, report
):
    filer.force_login(house.filer)
    one = counted(filer, "/stats/start/"), counted(filer, "/stats/")
    for year in (2020, 2021):
        made.open_round(
            {house.firm: house.office}, year=year, title=f"{year}年度火炬统计年报",
            opens_on=survey.opens_on, closes_on=survey.closes_on,
        )  # fmt: skip
    assert (counted(filer, "/stats/start/"), counted(filer, "/stats/")) == one
    assert max(one) <= 12


def test_form_takes_few_queries(other, report):
    assert counted(other, url("step", report, "GQ-002")) <= 15
    assert counted(other, url("review", report)) <= 15
    seen = report.versions["GQ-002"]
    with CaptureQueriesContext(connection) as found:
        other.post(url("autosave", report, "GQ-002"), SAMPLE["GQ-002"] | {"seen": seen})
    assert len(found) <= 12
