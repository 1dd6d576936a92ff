"""The tables in a spreadsheet: taken along, brought back, shown, and only then replaced."""

import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from hitech_cert import forms
from tests.factories import hitech_cert as made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def summer_2020(settings):
    """The portal's clock stands at the factories' moment; throttles begin anew."""
    settings.PORTAL_CLOCK_OFFSET = made.AT - timezone.now()
    cache.clear()


@pytest.fixture
def application(house):
    rows = {"standards": [{"name": "红外测温仪", "number": "GB/T19146-2010", "level": "national"}]}
    return made.draft(house.firm, house.filer, files=False, rows=rows)


@pytest.fixture
def web(house, client):
    client.force_login(house.filer)
    return client


def there(application, table, rest=""):
    return f"/hitech/{application.pk}/{table}/sheet/{rest}"


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("table.xlsx", out.getvalue())


def kept(application, table):
    """Every cell of a table, without keys and counts of saves."""
    rows = getattr(application, table).order_by("pk").values()
    dropped = {"id", "application_id", "saved_version", "typed"}
    listed = [{k: v for k, v in row.items() if k not in dropped} for row in rows]
    return sorted(listed, key=str)


@pytest.mark.parametrize("table", forms.SHEETS)
def test_workbook_goes_out_and_comes_back_the_same(web, application, table):
    before, keys = kept(application, table), set(getattr(application, table).values_list("pk"))
    got = web.get(there(application, table, "workbook/"))
    answer = web.post(
        there(application, table), {"file": SimpleUploadedFile("t.xlsx", got.content)}
    )
    brought = answer.context["brought"]
    assert [row["faults"] for row in brought.rows if row["faults"]] == []
    assert (answer.status_code, brought.whole, brought.unknown) == (200, True, [])
    assert kept(application, table) == before
    sent = {"take": "1", "rows": brought.carried, "seen": application.versions.get(table, 0)}
    taken = web.post(there(application, table), sent)
    assert taken.url.endswith(f"#field-{table}")
    assert kept(application, table) == before
    if table in forms.TABLES:
        assert set(getattr(application, table).values_list("pk")) == keys


def test_workbook_has_lists_to_choose_from(web, application):
    content = web.get(there(application, "projects", "workbook/")).content
    book = load_workbook(io.BytesIO(content))
    assert {"list_field_code", "list_source"} <= set(book.defined_names)


def test_row_with_faults_is_shown_and_nothing_is_taken(web, application):
    file = xlsx(["编号", "研发活动名称", "第三年支出"], ["RD1", "甲", "约一百"], ["RD02", "乙", 80])
    answer = web.post(there(application, "projects"), {"file": file})
    first, second = answer.context["brought"].rows
    assert answer.status_code == 422
    assert {str(label) for label, _error in first["faults"]} == {"编号", "第三年支出"}
    assert second["faults"] == []
    assert application.projects.count() == 1


def test_number_that_stands_twice_is_told(web, application):
    file = xlsx(["编号", "知识产权名称"], ["IP01", "甲"], ["ＩＰ01", "乙"])
    answer = web.post(there(application, "rights"), {"file": file})
    assert [len(row["faults"]) for row in answer.context["brought"].rows] == [0, 1]


def test_empty_marks_of_a_right_stand_as_usual(web, application):
    file = xlsx(
        ["编号", "知识产权名称", "在有效保护期内"], ["IP01", "甲", "否"], ["IP02", "乙", None]
    )
    brought = web.post(there(application, "rights"), {"file": file}).context["brought"]
    sent = {"take": "1", "rows": brought.carried, "seen": application.versions["rights"]}
    web.post(there(application, "rights"), sent)
    rows = list(application.rights.order_by("code").values_list("in_force", "mainland"))
    assert rows == [(False, True), (True, True)]


def test_table_saved_meanwhile_is_not_overwritten(web, application):
    seen = application.versions["rights"]
    web.post(f"/hitech/{application.pk}/rights/add/")
    sent = {"take": "1", "rows": '[{"code": "IP01", "name": "甲"}]', "seen": seen}
    web.post(there(application, "rights"), sent)
    assert application.rights.count() == 5


@pytest.mark.parametrize("carried", ["", "{", "{}", "[]", "[1]", '[{"code": "XX", "name": "甲"}]'])
def test_rows_that_were_tampered_with_are_not_taken(web, application, carried):
    sent = {"take": "1", "rows": carried, "seen": application.versions["rights"]}
    answer = web.post(there(application, "rights"), sent)
    assert answer.url == there(application, "rights")
    assert application.rights.count() == 4
