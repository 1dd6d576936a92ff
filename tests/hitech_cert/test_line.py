"""The line as the house sees it: lists, exports, consistency, what the clock does, forgetting."""

import csv
import datetime
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hitech_cert import actions, line, queries, tasks
from hitech_cert.actions import annual, changes
from hitech_cert.enums import State
from hitech_cert.line import EXPORTS
from hitech_cert.line.exports import TABLES
from hitech_cert.models import AnnualReport, Application
from tests.factories import accounts, hitech_after
from tests.factories import hitech_cert as made
from torch_portal.desk.lines import LINES, SERVICES
from torch_portal.filings.models import Filing
from torch_portal.notices.models import Message
from torch_portal.reports.exports.source import report_for, rows_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def application(house):
    return made.submitted(house.firm, house.filer, house.office)


@pytest.fixture
def in_june(settings):
    settings.PORTAL_CLOCK_OFFSET = made.AT - timezone.now()


def test_home_page_leads_to_the_line(client):
    assert "hitech_cert" in LINES
    service = next(s for s in SERVICES if s.code == "hitech_cert")
    assert (service.line, bool(service.takes)) == (line, True)
    assert reverse(line.GUIDE_URL) in client.get("/").text


def test_rows_of_the_own_list_take_one_query(house, application):
    second = made.draft(house.firm, house.filer, files=False)
    with CaptureQueriesContext(connection) as asked:
        shown = line.rows([application.pk, second.pk], datetime.date(2020, 6, 2))
    assert len(asked) == 1
    assert {row["tone"] for row in shown.values()} == {"office", "plain"}
    assert all(row["sentence"] and row["state_label"] for row in shown.values())
    assert line.detail_url(application.pk) == reverse("hitech_cert:detail", args=[application.pk])


# --- exports -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "found"),
    [("hitech_cert", 1), ("hitech_rights", 4), ("hitech_projects", 1), ("hitech_costs", 3),
     ("hitech_products", 2)],
)  # fmt: skip
def test_export_has_the_rows_of_the_own_area(house, application, code, found):
    report = report_for(house.official, code)
    assert rows_of(report, house.official, report.everything).count() == found
    far = accounts.official("32")
    assert rows_of(report, far, report.everything).count() == 0


def test_every_column_of_every_export_can_be_read(application):
    for report in TABLES:
        values = {f"c{n}": column.value for n, column in enumerate(report.columns)}
        rows = report.model._default_manager.filter(report.base)
        plain = [v for v in values.values() if isinstance(v, str)]
        worked_out = {k: v for k, v in values.items() if not isinstance(v, str)}
        assert list(rows.values(*plain, **worked_out)), report.code


def test_tables_stand_in_the_order_of_the_form():
    columns = {r.code: [c.name for c in r.columns][5:] for r in EXPORTS}
    assert columns["hitech_rights"][:6] == [
        "code", "name", "kind", "granted_on", "number", "gained",
    ]  # fmt: skip
    assert columns["hitech_projects"][:6] == [
        "code", "name", "starts_on", "ends_on", "field_code", "source",
    ]  # fmt: skip
    assert columns["hitech_products"][:6] == [
        "code", "name", "field_code", "source", "income", "main",
    ]  # fmt: skip


def test_rights_are_exported_as_a_file(application, tmp_path):
    path = tmp_path / "rights.csv"
    call_command("export", "hitech_rights", out=path)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert "一种红外测温校准方法" in cells
    assert application.filing.number in cells


def test_reports_and_changes_are_exported_with_their_figures(house, tmp_path):
    hitech_after.province()
    certified = hitech_after.certified(house.firm, house.filer, house.office)
    on = {"by": house.filer, "at": hitech_after.ANNOUNCED + datetime.timedelta(days=40)}
    report = annual.begin_report(application=certified, year=2020, **on)
    AnnualReport.objects.filter(pk=report.pk).update(
        state="submitted", submitted_at=on["at"], submitted_by=house.filer,
        figures={"sales": "-12.50", "staff_total": "60"},
    )  # fmt: skip
    changes.report_change(
        application=certified, kind="name", happened_on=hitech_after.ANNOUNCED.date(),
        after={"name": "新名称有限公司"}, reason="更名", **on,
    )  # fmt: skip
    for code, wanted in (
        ("hitech_reports", {"GR202033008462", "-12.50", "60.00"}),
        ("hitech_changes", {"GR202033008462", house.firm.name, "新名称有限公司", "更名"}),
    ):
        path = tmp_path / f"{code}.csv"
        call_command("export", code, out=path)
        (row,) = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))[-1:]
        assert wanted <= {cell.strip() for cell in row}, row
        report = report_for(house.official, code)
        assert rows_of(report, accounts.official("32"), report.everything).count() == 0


def test_desk_leads_to_every_export(client, house, application):
    client.force_login(house.official)
    context = client.get(reverse("admin:hitech_cert_application_changelist")).context
    for _label, url in context["more_exports"]:
        assert client.get(url).status_code == 200
    assert len(context["more_exports"]) == len(EXPORTS) - 1


def test_rights_of_all_applications_can_be_searched(client, house, application):
    client.force_login(house.reviewer)
    page = client.get(reverse("admin:hitech_cert_right_changelist"), {"q": made.patent(1)})
    assert application.filing.number in page.text
    client.force_login(house.far_reviewer)
    page = client.get(reverse("admin:hitech_cert_right_changelist"), {"q": made.patent(1)})
    assert application.filing.number not in page.text


# --- consistency -------------------------------------------------------------------------------


def test_what_is_in_order_says_nothing(house, application):
    actions.recommend(application=application, by=house.reviewer, at=made.AT)
    actions.accept(application=application, by=house.official, at=made.AT)
    assert queries.consistency() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"intake": None}, "stands in no batch"),
        ({"filed_at": None}, "no moment of filing"),
        ({"year": 2019}, "batch of another year"),
        (
            {"certificate_number": "GR202033000001", "issued_on": datetime.date(2020, 12, 1)},
            "has a number but is not certified",
        ),
        ({"channel": "email"}, "at no known moment"),
    ],
)
def test_contradictions_are_found(application, changes, words):
    Application.objects.filter(pk=application.pk).update(**changes)
    assert [w for w in queries.consistency() if words in w]


def test_two_applications_in_a_year_are_found(house, application):
    second = made.draft(house.firm, house.filer, files=False)
    taking = {"state": State.SUBMITTED}
    Filing.objects.filter(pk=second.pk).update(**taking)
    assert [w for w in queries.consistency() if "2 applications take 2020" in w]


# --- the clock ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "told"), [(31, 0), (30, 1), (7, 1), (1, 1), (0, 1), (-1, 0)])
def test_draft_is_reminded_before_the_batch_closes(house, days, told):
    made.intake()
    made.draft(house.firm, house.filer, files=False, at=made.CLOSES - 40 * DAY)
    at = made.CLOSES - days * DAY - datetime.timedelta(minutes=1)
    for _turn in range(2):
        actions.remind(at=at)
    assert Message.objects.filter(key__contains="-closing-").count() == told


def test_returned_application_is_reminded_of_the_last_day_of_the_bureaus(house, application):
    items = [{"field": "rights", "problem": "incomplete", "remedy": "请补传", "clause": ""}]
    actions.return_for_correction(
        application=application, items=items, by=house.reviewer, at=made.AT
    )
    last = datetime.datetime(2020, 7, 30, 1, 0, tzinfo=datetime.UTC)
    actions.remind(at=last)
    actions.remind(at=last)
    letter = Message.objects.get(key__contains="-returned-1-")
    assert "2020年7月31日" in letter.body


@pytest.mark.usefixtures("in_june")
def test_tasks_are_safe_to_run_twice(house, application):
    Filing.objects.filter(pk=application.pk).update(due_on=datetime.date(2020, 5, 1))
    assert tasks.flag_overdue_checks() == 1
    assert tasks.flag_overdue_checks() == 0
    assert tasks.remind_enterprises() == tasks.remind_enterprises()


def test_forgotten_draft_holds_nothing_personal(house):
    draft = made.draft(house.firm, house.filer, files=False)
    actions.save_draft(
        application=draft, values={}, typed={"sales_1": "张三说的"}, by=house.filer, at=made.AT
    )
    day = datetime.date(2021, 12, 1)
    before = datetime.date(2021, 1, 1)
    at = datetime.datetime(2021, 12, 1, tzinfo=datetime.UTC)
    assert queries.forgettable("draft", before).count() == 1
    assert actions.forget(stage="draft", before=before, day=day, at=at) == 1
    assert actions.forget(stage="draft", before=before, day=day, at=at) == 0
    draft.refresh_from_db()
    assert draft.typed == {}
