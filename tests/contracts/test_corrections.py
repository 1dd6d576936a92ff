"""The correction list: answered item by item, and complete the first time (一次告知)."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from contracts import actions, queries
from contracts.enums import State
from contracts.models import Contract
from tests.factories.contracts import AT, ITEMS, answer_all, contract_at, pdf
from torch_portal.common.findings import Refused

DAY = datetime.timedelta(days=1)
AMOUNT = {"field": "total_yuan", "problem": "incorrect", "remedy": "总额与合同不符", "clause": ""}
WHOLE = {"field": "", "problem": "incomplete", "remedy": "请说明合同背景", "clause": ""}
NAME = {"field": "project_name", "problem": "incorrect", "remedy": "名称与合同不符", "clause": ""}


def at(house, state, **values):
    return contract_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
        **values,
    )  # fmt: skip


@pytest.fixture
def returned(house):
    """A filing sent back with three items: files, an amount, the filing as a whole."""
    contract = at(house, State.SUBMITTED)
    actions.return_for_correction(
        contract=contract, items=[*ITEMS, AMOUNT, WHOLE], by=house.reviewer, at=AT
    )
    return contract


def submit(contract, house):
    return actions.submit(contract=contract, by=house.filer, at=AT + DAY, agency=house.office)


def blocked(contract, house):
    """The items that keep it from being submitted, by their entries."""
    with pytest.raises(Refused) as caught:
        submit(contract, house)
    return [f.field for f in caught.value.findings if f.code == "VH-25"]


def test_submit_is_refused_for_every_item_neither_answered_nor_mended(house, returned):
    assert blocked(returned, house) == ["attachments", "total_yuan", ""]
    assert Contract.objects.get(pk=returned.pk).filing.state == State.CORRECTING


def test_an_item_is_settled_by_changing_its_entry_or_by_words(house, returned):
    save = {"contract": returned, "by": house.filer, "at": AT}
    actions.save_draft(values={"total_yuan": Decimal("6000000.00")}, deductions=[], **save)
    assert blocked(returned, house) == ["attachments", ""]
    actions.attach(kind="contract_text", upload=pdf(pages=2), **save)
    assert blocked(returned, house) == [""]
    whole = returned.filing.corrections.get(field="")
    actions.answer_correction(item=whole, answer="   ", by=house.filer)
    assert blocked(returned, house) == [""]
    actions.answer_correction(item=whole, answer="背景见合同第一条", by=house.filer)
    assert submit(returned, house).state == State.SUBMITTED


def test_the_same_file_under_another_name_is_no_change(house, returned):
    file = returned.filing.attachments.get()
    actions.detach(contract=returned, attachment=file, by=house.filer, at=AT)
    actions.attach(
        contract=returned, kind="contract_text", upload=pdf("新名.pdf"), by=house.filer, at=AT
    )
    assert "attachments" in blocked(returned, house)


def test_the_way_there_and_back_keeps_before_and_after(house, returned):
    save = {"contract": returned, "by": house.filer, "at": AT}
    actions.save_draft(values={"total_yuan": Decimal("6000000.00")}, deductions=[], **save)
    answer_all(returned, house.filer)
    submit(returned, house)
    item = returned.filing.corrections.get(field="total_yuan")
    assert (item.before, item.after) == ("5,230,000.00 元", "6,000,000.00 元")
    told = returned.filing.events.filter(move="submit").last().data["answers"]
    assert [row["field"] for row in told] == ["attachments", "total_yuan", ""]


def test_a_later_list_needs_a_reason_for_what_lay_open_the_first_time(house, returned):
    answer_all(returned, house.filer)
    submit(returned, house)
    again = {"contract": returned, "by": house.reviewer, "at": AT + DAY}
    with pytest.raises(Refused) as caught:
        actions.return_for_correction(items=[AMOUNT, NAME], **again)
    (finding,) = caught.value.findings
    assert (finding.code, finding.field, finding.values) == ("VH-26", "note", {"numbers": "2"})
    actions.return_for_correction(items=[AMOUNT, NAME], note="初审时遗漏，致歉", **again)
    assert returned.filing.events.filter(move="return_for_correction").last().note


def test_a_later_list_may_name_what_was_told_or_what_was_changed(house, returned):
    answer_all(returned, house.filer)
    renamed = {"project_name": "另一个名称"}
    actions.save_draft(contract=returned, values=renamed, by=house.filer, at=AT)
    submit(returned, house)
    actions.return_for_correction(
        contract=returned, items=[AMOUNT, NAME], by=house.reviewer, at=AT + DAY
    )
    assert returned.filing.corrections.filter(round=2).count() == 2


def test_pages_take_the_answers_and_say_what_is_settled(client, house, returned):
    client.force_login(house.filer)
    url = reverse("contracts:answers", args=[returned.pk])
    item = returned.filing.corrections.get(field="attachments")
    files = reverse("contracts:files", args=[returned.pk])
    assert f'name="answer-{item.pk}"' in client.get(files).text
    answer = client.post(url, {f"answer-{item.pk}": "已补盖", "next": files})
    assert (answer.status_code, answer["Location"]) == (302, files)
    page = client.get(reverse("contracts:detail", args=[returned.pk]))
    assert [row["settled"] for row in page.context["to_answer"]] == ["已答复", "", ""]
    away = client.post(url, {"next": "https://elsewhere.example/"})
    assert away["Location"] == reverse("contracts:detail", args=[returned.pk])
    hx = client.post(url, {f"answer-{item.pk}": "x" * 500}, headers={"HX-Request": "true"})
    assert "answers-saved" in hx.text
    item.refresh_from_db()
    assert len(item.answer) == 400


def test_answers_of_others_are_refused(client, house, returned):
    url = reverse("contracts:answers", args=[returned.pk])
    item = returned.filing.corrections.first()
    client.force_login(house.stranger)
    assert client.post(url, {f"answer-{item.pk}": "x"}).status_code == 404
    client.force_login(house.reader)
    assert client.post(url, {f"answer-{item.pk}": "x"}).status_code == 403
    item.refresh_from_db()
    assert item.answer == ""


def test_reviewer_sees_item_answer_and_change(client, house, returned):
    save = {"contract": returned, "by": house.filer, "at": AT}
    actions.save_draft(values={"total_yuan": Decimal("6000000.00")}, deductions=[], **save)
    answer_all(returned, house.filer, "改为含税总额")
    submit(returned, house)
    client.force_login(house.reviewer)
    page = client.get(reverse("admin:contracts_contract_change", args=[returned.pk])).text
    assert page.count("改为含税总额") == 3
    assert "5,230,000.00 元" in page
    assert "6,000,000.00 元" in page


def test_marks_name_every_entry():
    names = set(queries.entry_names())
    assert {"project_name", "total_yuan", "deductions", "attachments"} <= names
    assert "saved_at" not in names
