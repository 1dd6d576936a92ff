"""The long tables in a spreadsheet: taken along, brought back, shown, and only then replaced."""

import datetime
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from openpyxl import Workbook, load_workbook

from sme_eval import forms
from sme_eval.enums import State
from sme_eval.models import Evaluation, Project
from tests.factories.sme_eval import draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring_2020")]
HEADS = ["项目名称", "研发形式", "研发费用"]


@pytest.fixture
def evaluation(house):
    return draft(house.firm, house.filer)


@pytest.fixture
def web(house, client):
    client.force_login(house.filer)
    return client


def there(evaluation, step="money", rest=""):
    return f"/sme/{evaluation.pk}/{step}/sheet/{rest}"


def xlsx(rows, heads=None):
    book = Workbook()
    for row in (heads or heads_of("money"), *rows):
        book.active.append(row)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("table.xlsx", out.getvalue())


def heads_of(step):
    with translation.override("zh-hans"):
        fields = forms.SHEETS[step].lines.form.base_fields
        return [str(fields[key].label) for key in forms.SHEETS[step].lines.keys]


def bring(web, evaluation, file, step="money"):
    return web.post(there(evaluation, step), {"file": file})


def posted(brought, seen):
    """The hidden entries of the page that asks whether to take it."""
    lines = brought.lines
    data = {field.html_name: field.data or "" for form in lines for field in form}
    count = {"lines-TOTAL_FORMS": len(lines.forms), "lines-INITIAL_FORMS": 0}
    return data | count | {"seen": seen, "take": "1"}


@pytest.mark.parametrize("step", list(forms.SHEETS))
def test_workbook_goes_out_and_comes_back_the_same(web, evaluation, step):
    table = forms.SHEETS[step].name
    before = list(getattr(evaluation, table).order_by("pk").values(*forms.SHEETS[step].lines.keys))
    got = web.get(there(evaluation, step, "workbook/"))
    assert got["Content-Disposition"].startswith("attachment")
    answer = bring(web, evaluation, SimpleUploadedFile("t.xlsx", got.content), step)
    brought = answer.context["brought"]
    assert (answer.status_code, brought.whole, brought.unknown) == (200, True, [])
    assert list(getattr(evaluation, table).order_by("pk").values(*before[0])) == before
    taken = web.post(there(evaluation, step), posted(brought, evaluation.saved_version))
    assert taken.url == f"/sme/{evaluation.pk}/{step}/#field-{table}"
    assert list(getattr(evaluation, table).order_by("pk").values(*before[0])) == before
    assert Evaluation.objects.get().saved_version == evaluation.saved_version + 1


def test_workbook_has_lists_to_choose_from(web, evaluation):
    content = web.get(there(evaluation, "results", "workbook/")).content
    book = load_workbook(io.BytesIO(content))
    assert {"list_kind", "list_gained", "list_disputed"} <= set(book.defined_names)
    assert book["codes"].sheet_state == "hidden"
    assert len(book.worksheets[0].data_validations.dataValidation) == 3
    assert book.worksheets[0].max_row == 2 + 58 - 1


def test_rows_are_replaced_after_they_were_shown(web, evaluation):
    rows = [[f"项目{n}", "自主研发" if n else "self", n + 0.1] for n in range(6)]
    rows[0][1] = "self"
    for n in range(1, 6):
        rows[n][1] = str(dict(Project._meta.get_field("form").choices)["joint"])
    answer = bring(web, evaluation, xlsx([*rows, ["合计", None, 15.6]]))
    brought = answer.context["brought"]
    assert (answer.status_code, len(brought.rows), brought.left_out) == (200, 6, [8])
    assert "项目5" in answer.content.decode()
    assert Project.objects.count() == 2
    web.post(there(evaluation), posted(brought, evaluation.saved_version))
    costs = Project.objects.order_by("pk").values_list("form", "cost")
    assert list(costs)[:2] == [("self", Decimal("0.10")), ("joint", Decimal("1.10"))]
    assert len(costs) == 6


@pytest.mark.parametrize(
    ("heads", "cost", "kept"),
    [("研发费用（元）", 1_805_000, "180.50"), ("研发费用（万元）", "180.5万元", "180.50"),
     ("研发费用", "1,200.50", "1200.50")],
)  # fmt: skip
def test_units_are_understood(web, evaluation, heads, cost, kept):
    label = heads_of("money")[2]
    heads = [*heads_of("money")[:2], heads.replace("研发费用", label)]
    brought = bring(web, evaluation, xlsx([["一", "self", cost]], heads)).context["brought"]
    assert brought.whole, brought.rows
    assert brought.lines.rows()[0]["cost"] == Decimal(kept)


def test_faults_are_told_row_by_row_and_nothing_is_taken(web, evaluation):
    rows = [["好", "self", 1], ["一", "独自", 2], ["二", "self", "180.005"], ["三", None, None]]
    answer = bring(web, evaluation, xlsx(rows))
    brought = answer.context["brought"]
    assert (answer.status_code, brought.whole) == (422, False)
    assert [(r["number"], len(r["faults"])) for r in brought.rows] == [
        (2, 0), (3, 1), (4, 1), (5, 2),
    ]  # fmt: skip
    assert 'name="take"' not in answer.content.decode()
    forged = web.post(there(evaluation), posted(brought, evaluation.saved_version))
    assert forged.url == there(evaluation)
    assert Project.objects.count() == 2


def test_rights_with_days_and_faults(web, evaluation):
    good = ["专利", "invention_patent", "ZL1", datetime.date(2019, 1, 2), "2038.1.1", "own",
            "红外测温仪", "是"]  # fmt: skip
    bad = [*good[:4], "2018-01-01", *good[5:]]
    answer = bring(web, evaluation, xlsx([good, bad], heads_of("results")), "results")
    brought = answer.context["brought"]
    assert [len(r["faults"]) for r in brought.rows] == [0, 1]
    row = brought.lines.forms[0].cleaned_data
    assert (row["granted_on"], row["disputed"]) == (datetime.date(2019, 1, 2), True)
    assert row["expires_on"] == datetime.date(2038, 1, 1)


@pytest.mark.parametrize("most", [100, 101])
def test_as_many_rows_as_the_form_keeps(web, evaluation, most):
    answer = bring(web, evaluation, xlsx([[f"项目{n}", "self", 1] for n in range(most)]))
    assert answer.status_code == (200 if most == 100 else 422)


@pytest.mark.parametrize(
    "file",
    [
        xlsx([["一", "self"]], ["名称", "形式"]),
        xlsx([], ["项目名称", "研发形式", "研发费用"]),
        SimpleUploadedFile("t.xlsx", b"no table"),
        None,
    ],
    ids=["other heads", "no rows", "no table", "no file"],
)
def test_what_is_no_such_table_is_refused_with_words(web, evaluation, file):
    answer = bring(web, evaluation, file) if file else web.post(there(evaluation), {})
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_draft_saved_elsewhere_is_not_overwritten(web, evaluation):
    brought = bring(web, evaluation, xlsx([["一", "self", 1]])).context["brought"]
    web.post(there(evaluation), posted(brought, evaluation.saved_version - 1))
    assert Project.objects.count() == 2


def test_who_may(house, client, evaluation, at_state):
    for who, status in ((house.reader, 403), (house.stranger, 404)):
        client.force_login(who)
        assert client.get(there(evaluation)).status_code == status
        assert client.get(there(evaluation, rest="workbook/")).status_code == status
    client.force_login(house.filer)
    assert client.get(there(evaluation, "staff")).status_code == 404
    assert client.get(there(evaluation)).status_code == 200
    filed = at_state(State.SUBMITTED)
    assert client.get(there(filed)).url == f"/sme/{filed.pk}/"
