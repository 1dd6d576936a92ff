"""The parts of a guided form, without any line: figures, pages, drafts and steps."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse

from torch_portal.common.findings import Level
from torch_portal.filings.guided import conflict, fields, frame, saved
from torch_portal.filings.guided.steps import Section, Step, StepForm


class StaffStep(StepForm):
    """A page of some line."""

    people = fields.figure("People", "人", places=0)
    income = fields.figure("Income", "万元")
    field = fields.choice("Field", [("a", "电子信息"), ("b", "航空航天")], find={"a": "软件"})
    place = fields.DivisionField(label="Place")
    honest = fields.yes_no("Honest?")
    layout = (Section("Staff", ("people", "income", "field")), Section("", ("place", "honest")))


def row(**more):
    known = {"people": Decimal(35), "income": Decimal("1200.50"), "field": "a", "place": ""}
    return SimpleNamespace(**known | {"honest": True, "typed": {}, "saved_version": 3} | more)


def test_figures_come_back_as_typed_and_with_separators():
    form = StaffStep({"people": "１２０人", "income": "1,200.5"})
    assert form.is_valid()
    assert form.cleaned_data["people"] == 120
    assert form.cleaned_data["income"] == Decimal("1200.50")
    shown = saved.form_for(row(), StaffStep)
    assert 'value="1,200.50"' in str(shown["income"])
    assert 'value="35"' in str(shown["people"])


def test_figure_that_cannot_be_read_is_kept_and_told():
    form = StaffStep({"people": "三十", "income": "1.005", "honest": "yes"})
    assert not form.is_valid()
    assert form.unread() == {"people": "三十", "income": "1.005"}
    assert form.errors["income"] == ["此项最多保留 2 位小数。"]
    kept = row(typed=saved.typed_after(row(typed={"elsewhere": "x", "people": "old"}), form))
    assert kept.typed == {"elsewhere": "x", "people": "三十", "income": "1.005"}
    found = saved.unread_findings(kept, {"staff": StaffStep}, code="XX-24", clause="填报说明")
    assert [(f.code, f.level, f.field) for f in found] == [
        ("XX-24", Level.BLOCK, "people"),
        ("XX-24", Level.BLOCK, "income"),
    ]
    assert 'value="三十"' in str(saved.form_for(kept, StaffStep)["people"])


def test_list_is_found_by_initials_and_the_lines_own_words():
    text = str(StaffStep()["field"])
    assert 'data-keys="a dzxx 软件 电子信息"' in text
    assert 'data-keys="b hkht 航空航天"' in text


def test_what_was_used_last_stands_first():
    form = StaffStep()
    form.prefer({"field": ["b"], "unknown": ["x"]})
    assert str(form["field"]).index("航空航天") < str(form["field"]).index("电子信息")


def test_two_windows_are_told_apart_entry_by_entry():
    form = StaffStep({"people": "36", "income": "x", "field": "a", "place": "", "honest": "yes"})
    form.is_valid()
    found = conflict.differences(
        row(),
        form,
        text=lambda r, name: str(r.typed.get(name) or getattr(r, name)),
        label=str.upper,
    )
    assert [(d.name, d.label, d.mine, d.theirs) for d in found] == [
        ("people", "PEOPLE", "36", "35"),
        ("income", "INCOME", "x", "1200.50"),
    ]


STEPS = (Step("staff", "Staff"), Step("files", "Files"), Step("review", "Check"))


@pytest.mark.parametrize(
    ("begun", "states"),
    [({"staff"}, ["problem", "current", "todo"]), (set(), ["todo", "current", "todo"])],
)
def test_steps_say_what_is_done(begun, states):
    rows = frame.step_rows(
        STEPS, "files", blocked={"staff"}, started=begun.__contains__, url="/x/{}/".format
    )
    assert [r["state"] for r in rows] == states
    assert rows[0]["url"] == "/x/staff/"


def test_frame_leads_on_and_back():
    first = frame.step_frame(STEPS, "staff", "/x/{}/".format)
    last = frame.step_frame(STEPS, "review", "/x/{}/".format)
    assert (first["back_url"], first["next_url"]) == ("", "/x/files/")
    assert (last["back_url"], last["next_url"]) == ("/x/files/", "")
    assert first["step"]["number"] == 1
    assert first["step"]["total"] == 3


def test_places_are_suggested_whatever_the_box_is_called(client, house):
    client.force_login(house.filer)
    text = client.get(reverse("filings:places"), {"site": "西湖区"}).content.decode()
    assert "浙江省杭州市西湖区 330106" in text
    assert client.get(reverse("filings:places"), {"site": "西"}).content.decode().strip() == ""
    assert client.get(reverse("filings:places")).content.decode().strip() == ""
