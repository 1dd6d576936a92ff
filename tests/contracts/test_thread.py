"""The message thread of a filing: two sides, unread counts, limits, an end."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from contracts import actions
from contracts.enums import State
from tests.contracts.api_calls import client as api_client
from tests.factories.contracts import AT, contract_at, pdf
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings import threads
from torch_portal.filings.models import Thread, ThreadFile, ThreadMessage
from torch_portal.notices.models import Message

DAY = datetime.timedelta(days=1)


def at(house, state):
    return contract_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer
    )


@pytest.fixture
def contract(house):
    return at(house, State.SUBMITTED)


def say(contract, by, text="请问需要原件吗？", when=AT, **more):
    return actions.send_message(contract=contract, text=text, by=by, at=when, **more)


def codes(caught):
    return [f.code for f in caught.value.findings]


def test_both_sides_write_and_the_other_side_is_told(house, contract):
    asked = say(contract, house.filer)
    assert asked.side == "enterprise"
    told = Message.objects.filter(key__startswith=f"thread-{asked.pk}-").order_by("to_user")
    assert {m.to_user for m in told} == {house.reviewer, house.second}
    assert Thread.objects.get(pk=contract.pk).awaits == "agency"
    answer = say(contract, house.reviewer, "不需要，可以后补。")
    (letter,) = Message.objects.filter(key__startswith=f"thread-{answer.pk}-")
    assert letter.to_user == house.filer
    assert house.office.name in letter.subject
    assert Thread.objects.get(pk=contract.pk).awaits == "enterprise"


def test_unread_counts_are_each_persons_own(house, contract):
    pk = contract.pk
    say(contract, house.filer)
    say(contract, house.filer, "另：可以寄送吗？")
    assert threads.unread(house.filer, [pk]) == {}
    assert threads.unread(house.reviewer, [pk]) == {pk: 2}
    last = threads.messages_of(contract.filing)[-1].pk
    threads.read(filing=contract.filing, by=house.reviewer, last=last)
    assert threads.unread(house.reviewer, [pk]) == {}
    assert threads.unread(house.second, [pk]) == {pk: 2}
    say(contract, house.reviewer, "可以。")
    assert threads.unread(house.reader, [pk]) == {pk: 1}
    assert threads.unread(house.far_reviewer, [pk]) == {}


@pytest.mark.parametrize("person", ["reader", "stranger", "far_reviewer", "official", "operator"])
def test_who_has_no_part_in_it_cannot_write(house, contract, person):
    with pytest.raises(Denied):
        say(contract, getattr(house, person))
    assert ThreadMessage.objects.count() == 0


def test_nothing_too_much_and_bad_files_are_told_at_once(house, contract):
    with pytest.raises(Refused) as caught:
        say(contract, house.filer, "  ")
    assert codes(caught) == ["THREAD-01"]
    bad = pdf("坏.pdf")
    bad.file.seek(0)
    bad.file.write(b"no pdf at all")
    bad.file.seek(0)
    with pytest.raises(Refused) as caught:
        say(contract, house.filer, "x" * (threads.LONGEST + 1), uploads=[bad])
    assert codes(caught) == ["THREAD-01", "THREAD-02"]
    assert ThreadMessage.objects.count() == ThreadFile.objects.count() == 0
    say(contract, house.filer, "x" * threads.LONGEST)


def test_files_are_kept_once_and_downloaded_by_who_may_see(client, house, contract):
    say(contract, house.filer, "", uploads=[pdf(), pdf("同一份.pdf")])
    file = ThreadFile.objects.get()
    url = reverse("contracts:thread_file", args=[contract.pk, file.pk])
    for person, status in (("filer", 200), ("reviewer", 200), ("stranger", 404)):
        client.force_login(getattr(house, person))
        answer = client.get(url)
        assert answer.status_code == status
    client.force_login(house.reader)
    answer = client.get(url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_ten_messages_an_hour(house, contract):
    for n in range(threads.MESSAGES_AN_HOUR):
        say(contract, house.filer, f"第{n}条")
    with pytest.raises(Refused):
        say(contract, house.filer, when=AT + datetime.timedelta(minutes=59))
    say(contract, house.filer, when=AT + datetime.timedelta(minutes=61))
    say(contract, house.reviewer)


def test_thread_closes_sixty_days_after_the_end(house):
    contract = at(house, State.RECOGNISED)
    say(contract, house.filer, when=AT + 60 * DAY)
    with pytest.raises(Refused):
        say(contract, house.filer, when=AT + 60 * DAY + datetime.timedelta(seconds=1))


def test_no_thread_on_a_draft(house):
    with pytest.raises(Refused):
        say(at(house, State.DRAFT), house.filer)


@pytest.mark.parametrize("table", ["filings_threadmessage", "filings_threadfile"])
@pytest.mark.parametrize("what", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_messages_cannot_be_changed(house, contract, table, what):
    say(contract, house.filer, uploads=[pdf()])
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(what.format(table))


def test_enterprise_page_sends_and_gives_back_what_was_refused(client, house, contract):
    client.force_login(house.filer)
    url = reverse("contracts:thread", args=[contract.pk])
    client.post(url, {"text": "请问何时办结？"})
    say(contract, house.reviewer, "三月十二日前。")
    page = client.get(reverse("contracts:detail", args=[contract.pk]))
    assert page.context["thread"]["unread"] == 1
    assert "三月十二日前" in page.text
    assert house.reviewer.get_full_name() not in page.text.partition('id="thread"')[2]
    client.post(url, {"text": "x" * 2001})
    page = client.get(reverse("contracts:detail", args=[contract.pk]))
    assert page.context["thread"]["typed"] == "x" * 2000
    assert page.context["thread"]["unread"] == 0


def test_desk_answers_as_the_agency_and_clears_its_queue(client, house, contract):
    say(contract, house.filer)
    client.force_login(house.reviewer)
    queue = reverse("admin:contracts_contract_changelist") + "?queue=asked"
    assert contract.filing.number in client.get(queue).text
    page = client.get(reverse("admin:contracts_contract_change", args=[contract.pk]))
    assert page.context["thread"]["awaited"]
    url = reverse("admin:contracts_contract_thread", args=[contract.pk])
    client.post(url, {"text": "不需要。"})
    assert contract.filing.number not in client.get(queue).text
    assert ThreadMessage.objects.latest("pk").side == "agency"
    say(contract, house.filer, "谢谢！")
    client.post(url, {"settle": "1"})
    assert contract.filing.number not in client.get(queue).text


def test_desk_of_another_region_and_officials_cannot_write(client, house, contract):
    url = reverse("admin:contracts_contract_thread", args=[contract.pk])
    client.force_login(house.far_reviewer)
    assert client.post(url, {"text": "x"}).status_code == 404
    client.force_login(house.official)
    assert client.post(url, {"text": "x"}).status_code == 403
    client.force_login(house.reviewer)
    assert client.get(url).status_code == 405
    assert ThreadMessage.objects.count() == 0


def test_api_reads_and_writes_the_thread(house, contract):
    filer, reviewer = api_client(house.filer), api_client(house.reviewer)
    url = f"/api/v1/contracts/{contract.pk}/messages/"
    sent = filer.post(url, {"text": "请问？"}, format="json")
    assert sent.status_code == 201
    with_file = reviewer.post(url, {"text": "见附件", "file": [pdf()]}, format="multipart")
    assert with_file.status_code == 201
    rows = filer.get(url).json()["messages"]
    assert [(m["side"], m["who"]) for m in rows] == [
        ("enterprise", house.filer.get_full_name()),
        ("agency", house.office.name),
    ]
    file = rows[1]["files"][0]["url"]
    assert filer.get(file).status_code == 200
    assert api_client(house.stranger).get(url).status_code == 404
    assert api_client(house.reader).post(url, {"text": "x"}, format="json").status_code == 403
    assert filer.post(url, {"text": ""}, format="json").status_code == 422


def test_api_answers_items(house):
    contract = at(house, State.CORRECTING)
    filer = api_client(house.filer)
    url = f"/api/v1/contracts/{contract.pk}/answers/"
    item = contract.filing.corrections.get()
    told = filer.post(url, {"answers": [{"id": item.pk, "answer": "已补盖"}]}, format="json")
    assert told.json()["corrections"][0]["answer"] == "已补盖"
    wrong = filer.post(url, {"answers": [{"id": 1 + item.pk, "answer": "x"}]}, format="json")
    assert wrong.status_code == 400
    assert api_client(house.reader).post(url, {"answers": []}, format="json").status_code == 403
