"""A questionnaire off line: out as a workbook, back with each fault named, taken over."""

import datetime
import io

import openpyxl
import pytest
from django.db import transaction

from stats import editions
from stats.actions import authoring, publishing, workbooks
from stats.models import CheckRule
from stats.queries import instruments as queries
from stats.queries.workbook import SHEETS, workbook
from stats.rules.differences import between
from tests.factories import stats_instruments as factory
from torch_portal.common.findings import Refused
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.transitions import Stale

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2022, 2, 1, 9, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker):
    """The draft of GQ-2022 with its rules and an officer, made once; its workbook."""
    with django_db_blocker.unblock(), transaction.atomic():
        officer = factory.officers()[0]
        yield officer, workbook(factory.loaded())
        transaction.set_rollback(True)


@pytest.fixture
def officer(_world):
    """An official of the whole country."""
    return _world[0]


@pytest.fixture
def version(_world):
    """The draft of GQ-2022."""
    return factory.row()


@pytest.fixture
def book(_world):
    """The workbook of the draft, open."""
    return openpyxl.load_workbook(io.BytesIO(_world[1]))


def saved(book):
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column(sheet, name):
    """The place of a column by its name."""
    return next(c.column for c in sheet[1] if str(c.value).startswith(f"{name} ("))


def row(sheet, code):
    """The row of a code."""
    return next(r[0].row for r in sheet.iter_rows() if r[0].value == code)


def cell(book, sheet, code, name):
    """The cell of a code under a column."""
    found = book[sheet]
    return found.cell(row(found, code), column(found, name))


def bring(version, book, officer):
    """Send a workbook in."""
    data = book if isinstance(book, bytes) else saved(book)
    return workbooks.bring(version=version, name="GQ.xlsx", data=data, by=officer, at=AT)


def refused(version, book, officer):
    """The sentences of the refusal; the draft has no workbook beside it."""
    with pytest.raises(Refused) as caught:
        bring(version, book, officer)
    version.refresh_from_db()
    assert version.pending is None
    return [finding.text() for finding in caught.value.findings]


def test_workbook_comes_back_as_it_went(version, officer):
    before = queries.plain(version)
    version = bring(version, workbook(version), officer)
    assert version.pending["content"] == before
    rules = list(CheckRule.objects.values_list("key", "version", "written_at"))
    version = workbooks.take_over(version=version, by=officer, at=AT)
    assert queries.plain(version) == before
    assert list(CheckRule.objects.values_list("key", "version", "written_at")) == rules
    assert (version.pending, version.written_by) == (None, officer)


def test_what_changed_is_taken_over_only_when_somebody_says_so(version, officer, book):
    cell(book, "survey", "qc05_0", "label").value = "营业总收入"
    cell(book, "survey", "qd01", "decimals").value = "０"
    cell(book, "rules", "CK-101", "tolerance").value = 2
    version = bring(version, book, officer)
    assert queries.items_of(version)["qc05_0"].label_zh == "营业收入"
    waiting = editions.from_data(version.pending["content"])
    told = [(d.act, d.place, d.column, d.before, d.after)
            for d in between(queries.instrument_of(version), waiting)]  # fmt: skip
    assert told == [
        ("changed", "qc05_0", "label_zh", "营业收入", "营业总收入"),
        ("changed", "qd01", "decimals", "", "0"),
    ]
    version = workbooks.take_over(version=version, by=officer, at=AT)
    assert queries.items_of(version)["qc05_0"].label_zh == "营业总收入"
    assert CheckRule.objects.get(key="CK-101").tolerance == 2
    with pytest.raises(Stale, match="No workbook waits"):
        workbooks.take_over(version=version, by=officer, at=AT)


def test_published_rule_that_differs_becomes_its_next_version(version, officer, book):
    rows = CheckRule.objects.filter(instrument=version.instrument)
    second = factory.officers()[1]
    publishing.ask_rules(rules=rows, by=officer, at=AT)
    publishing.publish_rules(rules=rows, by=second, at=AT)
    cell(book, "rules", "CK-101", "message").value = "营业收入各项之和不符"
    book["rules"].delete_rows(row(book["rules"], "CK-102"))
    version = workbooks.take_over(version=bring(version, book, officer), by=officer, at=AT)
    drafts = CheckRule.objects.filter(published_at=None)
    assert [(r.key, r.version) for r in drafts if r.instrument == version.instrument] == [
        ("CK-101", 2)
    ]
    assert {"CK-101", "CK-102"} <= set(queries.compiled_rules(version).rows)


def test_workbook_that_is_left_out_leaves_the_draft(version, officer, book):
    cell(book, "survey", "qc05_0", "label").value = "x"
    version = workbooks.drop(version=bring(version, book, officer), by=officer, at=AT)
    assert (version.pending, version.written_at) == (None, None)


def test_version_with_a_waiting_workbook_is_not_handed_over(version, officer):
    version = bring(version, workbook(version), officer)
    with pytest.raises(Refused) as caught:
        publishing.ask_version(version=version, by=officer, at=AT)
    assert "A workbook waits" in caught.value.findings[0].text()


def shifted(book):
    """The cells of a row moved by one column."""
    sheet = book["survey"]
    at = row(sheet, "qc05_0")
    cells = [c.value for c in sheet[at]]
    for place, value in enumerate([*cells[:4], "", *cells[4:-1]], start=1):
        sheet.cell(at, place).value = value


def set_cell(sheet, code, name, value):
    """A change of one cell."""
    return lambda book: setattr(cell(book, sheet, code, name), "value", value)


FAULTS = {
    "shifted": (shifted, "label: the cell is empty"),
    "kind": (set_cell("survey", "qc05_0", "type", "千元"), "“千元” is not possible here"),
    "indent": (set_cell("survey", "qc05_0", "indent", "1.5"), "is no whole number"),
    "bound": (set_cell("survey", "qc05_0", "least", "零"), "“零” is no number"),
    "fine": (set_cell("survey", "qc05_0", "least", "0.00001"), "is no number"),
    "long": (set_cell("survey", "qc05_0", "label", "长" * 161), "161 characters; at most 160"),
    "condition": (
        set_cell("survey", "qc05_0", "relevant", "qb11 = 1"), "Equality is written =="
    ),
    "table": (set_cell("survey", "qc05_0", "table", "GQ-009"), "there is no table “GQ-009”"),
    "twice": (set_cell("survey", "qc06", "name", "qc05_0"), "qc05_0 stands in row"),
    "text": (
        set_cell("rules", "CK-101", "constraint", "__import__('os')"), "no sign of the language"
    ),
    "power": (set_cell("rules", "CK-101", "constraint", "9**9**9 > 1"), "There are no powers"),
    "severity": (set_cell("rules", "CK-101", "severity", "fatal"), "Use one of mandatory"),
    "day": (set_cell("rules", "CK-101", "active_from", "明年"), "“明年” is no day"),
    "year": (set_cell("settings", "GQ-2022", "version", "GQ-2021"), "is one of GQ-2021"),
    "sheet": (lambda book: book.remove(book["choices"]), "Sheet “choices” is missing"),
    "head": (
        lambda book: setattr(book["survey"].cell(1, 5), "value", "标签"), "label ("
    ),
    "hidden": (
        lambda book: setattr(book["survey"].row_dimensions[9], "hidden", True), "row is hidden"
    ),
    "alone": (
        lambda book: book["survey"].append(["qz01"]), "“qz01” alone is no row"
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_of_a_workbook_is_named_with_its_place(version, officer, fault, book):
    change, message = FAULTS[fault]
    change(book)
    assert any(message in sentence for sentence in refused(version, book, officer))


def test_all_faults_are_named_at_once(version, officer, book):
    for change in ("kind", "indent", "text", "severity"):
        FAULTS[change][0](book)
    assert len(refused(version, book, officer)) == 4


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"PK\x03\x04 no"])
def test_what_is_no_workbook_is_refused(version, officer, data):
    with pytest.raises(BadSheet):
        bring(version, data, officer)


def test_text_that_begins_like_a_formula_survives(version, officer, book):
    cell(book, "survey", "qc05_0", "definition").value = "'-不含增值税"
    version = workbooks.take_over(version=bring(version, book, officer), by=officer, at=AT)
    assert queries.items_of(version)["qc05_0"].definition_zh == "-不含增值税"
    again = bring(version, workbook(version), officer)
    assert again.pending["content"] == queries.plain(version)


def test_workbook_names_every_column_once_and_its_choices(version, book):
    names = [f"{sheet}_{c.name}" for sheet, columns in SHEETS.items() for c in columns]
    assert len(set(names)) == len(names)
    assert book.sheetnames == [*SHEETS, "codes"]
    assert {"list_survey_type", "list_rules_severity"} <= set(book.defined_names)


def test_new_rule_of_a_workbook_begins_with_the_version(version, officer, book):
    book["rules"].append(
        ["CK-900", "GQ-002", "error", "qc06 <= qc05_0", "", "skip", "技术收入不应大于营业收入",
         "form", "国统制〔2022〕11号"]
    )  # fmt: skip
    workbooks.take_over(version=bring(version, book, officer), by=officer, at=AT)
    rule = CheckRule.objects.get(key="CK-900")
    assert (rule.version, rule.active_from, rule.is_draft) == (1, version.starts_on, True)
    assert authoring.revise_rule(rule=rule, by=officer, at=AT) == rule
