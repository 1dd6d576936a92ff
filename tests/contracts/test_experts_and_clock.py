"""Expert opinions before a recognition, and what a correction does to the time limit."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contracts import actions, editions, queries, rules
from contracts.enums import State
from contracts.models import ExpertOpinion, OpinionFile
from tests.factories.contracts import AT, ITEMS, answer_all, pdf
from torch_portal.common.findings import Refused
from torch_portal.common.workdays import Limit, Unit
from torch_portal.filings.models import Access, Filing

DAY = datetime.timedelta(days=1)
TODAY = datetime.datetime(2026, 4, 1, 9, 0, tzinfo=datetime.UTC)
TERM_2026 = {
    "signed_on": datetime.date(2026, 3, 20),
    "starts_on": datetime.date(2026, 3, 20),
    "ends_on": datetime.date(2027, 12, 31),
    "costs": [],
}


def ask(contract, house, *names, at=AT):
    return actions.request_expert_opinion(
        contract=contract, experts=[{"expert": n, "unit": "浙江大学"} for n in names],
        by=house.reviewer, at=at, note="是否属于技术开发",
    )  # fmt: skip


def hear(contract, house, name, view="for", at=AT, **more):
    words = {"expert": name, "view": view, "note": "属于技术开发"}
    return actions.record_expert_opinion(
        contract=contract, by=house.reviewer, at=at, **words, **more
    )


def codes(caught):
    return [f.code for f in caught.value.findings]


# --- experts ----------------------------------------------------------------------------------


def test_recognition_waits_for_every_expert_who_was_asked(house, at_state):
    contract = at_state(State.ACCEPTED)
    ask(contract, house, "王教授", "李教授")
    hear(contract, house, "王教授")
    with pytest.raises(Refused) as caught:
        actions.recognise(contract=contract, by=house.reviewer, at=AT)
    assert codes(caught) == ["AF-41"]
    hear(contract, house, "李教授", "against")
    assert actions.recognise(contract=contract, by=house.reviewer, at=AT).version == 1


def test_opinion_of_an_expert_who_was_not_asked_is_added(house, at_state):
    contract = at_state(State.ACCEPTED)
    hear(contract, house, "赵教授", "conditions")
    row = ExpertOpinion.objects.get()
    assert (row.expert, row.view, row.given_by) == ("赵教授", "conditions", house.reviewer)


@pytest.mark.parametrize(("name", "view"), [("", "for"), ("王教授", ""), ("王教授", "maybe")])
def test_opinion_needs_expert_and_conclusion(house, at_state, name, view):
    contract = at_state(State.ACCEPTED)
    with pytest.raises(Refused) as caught:
        hear(contract, house, name, view)
    assert codes(caught) == ["AF-44"]


def test_question_without_an_expert_is_refused(house, at_state):
    contract = at_state(State.ACCEPTED)
    with pytest.raises(Refused) as caught:
        ask(contract, house)
    assert codes(caught) == ["AF-43"]


def test_asking_in_shanghai_gives_twenty_working_days(house, at_state):
    contract = at_state(State.ACCEPTED)
    Filing.objects.filter(pk=contract.pk).update(jurisdiction_id="31")
    contract.filing.refresh_from_db()
    contract.filing.due_on = queries.due(contract, accepted_on=AT.date()).on
    assert contract.filing.due_on == datetime.date(2020, 3, 11)
    ask(contract, house, "王教授")
    assert Filing.objects.get(pk=contract.pk).due_on == datetime.date(2020, 3, 30)


def test_asking_never_shortens_the_limit(house, at_state):
    contract = at_state(State.ACCEPTED)  # Zhejiang: ten days, with or without experts
    before = contract.filing.due_on
    ask(contract, house, "王教授")
    assert Filing.objects.get(pk=contract.pk).due_on == before


@pytest.mark.parametrize(("total", "wanted"), [("4999999.99", False), ("5000000.00", True)])
def test_edition_of_2026_wants_experts_from_its_threshold(house, at_state, total, wanted):
    contract = at_state(State.SECOND_REVIEW, at=TODAY, total_yuan=Decimal(total), **TERM_2026)
    if wanted:
        with pytest.raises(Refused) as caught:
            actions.recognise(contract=contract, by=house.second, at=TODAY)
        assert codes(caught) == ["AF-42"]
        hear(contract, house, "王教授", at=TODAY)
    assert actions.recognise(contract=contract, by=house.second, at=TODAY).version == 1


def page_of(contract, file=None):
    if file is None:
        return reverse("admin:contracts_contract_change", args=[contract.pk])
    return reverse("admin:contracts_contract_opinion", args=[contract.pk, file.pk])


def test_file_of_an_expert_is_kept_once_and_named_in_the_history(house, at_state):
    contract = at_state(State.ACCEPTED)
    files = [pdf("评审意见.pdf"), pdf("again.pdf"), pdf("附件.pdf", pages=2)]
    opinion = hear(contract, house, "王教授", evidence=files)
    assert [f.name for f in opinion.files.order_by("pk")] == ["评审意见.pdf", "附件.pdf"]
    event = contract.filing.events.get(move="record_expert_opinion")
    kept = [f.sha256 for f in opinion.files.order_by("pk")]
    assert [f["sha256"] for f in event.data["files"]] == kept


@pytest.mark.parametrize(
    "files",
    [
        lambda: [pdf(), SimpleUploadedFile("意见.pdf", b"MZ not a document")],
        lambda: [pdf(f"{n}.pdf", pages=n) for n in range(1, 7)],
    ],
)
def test_bad_file_of_an_expert_stops_the_whole_opinion(house, at_state, files):
    contract = at_state(State.ACCEPTED)
    with pytest.raises(Refused) as caught:
        hear(contract, house, "王教授", evidence=files())
    assert codes(caught) == ["AF-45"]
    assert not ExpertOpinion.objects.exists()


def test_file_of_an_expert_is_sent_at_the_desk_and_read_there(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    client.force_login(house.reviewer)
    there = reverse("admin:contracts_contract_move", args=[contract.pk, "record_expert_opinion"])
    assert "multipart/form-data" in client.get(there).text
    seen = Filing.objects.get(pk=contract.pk).version
    sent = {"seen": seen, "expert": "王教授", "view": "for", "note": "属于"}
    bad = client.post(there, sent | {"evidence": [SimpleUploadedFile("x.pdf", b"junk")]})
    assert bad.status_code == 422
    client.post(there, sent | {"evidence": [pdf("评审意见.pdf")]})
    file = OpinionFile.objects.get()
    assert page_of(contract, file) in client.get(page_of(contract)).text
    answer = client.get(page_of(contract, file))
    assert b"".join(answer.streaming_content) == pdf().read()
    assert answer["Content-Disposition"].startswith("attachment")
    assert Access.objects.filter(filing=contract.filing, kind="file").count() == 1


@pytest.mark.parametrize("who", ["filer", "stranger", "far_reviewer", "operator"])
def test_file_of_an_expert_is_for_who_sees_the_opinion(client, house, at_state, who):
    contract = at_state(State.ACCEPTED)
    file = hear(contract, house, "王教授", evidence=[pdf()]).files.get()
    client.force_login(getattr(house, who))
    assert client.get(page_of(contract, file)).status_code in (302, 403, 404)


def test_file_of_another_filing_is_not_given(client, house, at_state):
    contract = at_state(State.ACCEPTED)
    other = at_state(State.ACCEPTED, project_name="另一项目")
    file = hear(contract, house, "王教授", evidence=[pdf()]).files.get()
    client.force_login(house.reviewer)
    assert client.get(page_of(other, file)).status_code == 404


def test_file_of_an_expert_is_forgotten_with_the_filing(
    house, at_state, django_capture_on_commit_callbacks
):
    contract = at_state(State.ACCEPTED)
    file = hear(contract, house, "王教授", evidence=[pdf()]).files.get()
    actions.withdraw(contract=contract, by=house.filer, at=AT)
    later = AT + 400 * DAY
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(stage="withdrawn", before=later.date(), day=later.date(), at=later)
    assert not OpinionFile.objects.exists()
    assert not file.file.storage.exists(file.file.name)


# --- the clock --------------------------------------------------------------------------------


def come_back(contract, house, *, returned, again):
    actions.return_for_correction(contract=contract, items=ITEMS, by=house.reviewer, at=returned)
    upload = pdf("补正.pdf", pages=3)
    actions.attach(contract=contract, kind="contract_text", upload=upload, by=house.filer, at=again)
    answer_all(contract, house.filer)
    actions.submit(contract=contract, by=house.filer, at=again)
    return contract.filing.due_on


def test_limit_begins_anew_after_a_correction(house, at_state):
    contract = at_state(State.ACCEPTED)  # 2020-03-02, Zhejiang: ten days
    due = come_back(contract, house, returned=AT + 4 * DAY, again=AT + 7 * DAY)
    assert due == datetime.date(2020, 3, 19)


def test_limit_goes_on_where_the_place_says_so(house, at_state, settings):
    settings.CORRECTION_CLOCK_GOES_ON = ["33"]
    contract = at_state(State.ACCEPTED)
    due = come_back(contract, house, returned=AT + 4 * DAY, again=AT + 7 * DAY)
    assert due == datetime.date(2020, 3, 16)  # six of ten days from 2020-03-09: the 15th, a Sunday
    due = come_back(contract, house, returned=AT + 12 * DAY, again=AT + 14 * DAY)
    assert due == datetime.date(2020, 3, 17)  # nine are used: one is left


def test_both_sides_are_told_which_clock_holds(house, at_state, settings):
    contract = at_state(State.ACCEPTED)
    today = AT.date() + 4 * DAY
    told = queries.clock_words(contract, today)
    assert told["doubt"]
    assert told["clause"] == editions.named("R2001").correction_clock.clause
    settings.CORRECTION_CLOCK_GOES_ON = ["33"]
    assert "6" in queries.clock_words(contract, today)["text"]
    actions.return_for_correction(
        contract=contract, items=ITEMS, by=house.reviewer, at=AT + 4 * DAY
    )
    assert "6" in queries.clock_words(contract, today + 30 * DAY)["text"]


def test_used_working_days_do_not_count_rest_days(house, at_state):
    contract = at_state(State.ACCEPTED, at=TODAY, **TERM_2026)
    Filing.objects.filter(pk=contract.pk).update(jurisdiction_id="44")
    contract.filing.refresh_from_db()
    assert queries.review_limit(contract, TODAY.date()).unit is Unit.WORKING
    # 2026-04-04 to 04-06 is Qingming
    assert queries.days_used(contract, datetime.date(2026, 4, 7)) == 3


@pytest.mark.parametrize(("used", "left"), [(0, 10), (4, 6), (9, 1), (10, 1), (40, 1)])
def test_one_day_at_least_is_left(used, left):
    assert editions.left_after(Limit(10, Unit.CALENDAR, ""), used).days == left


def test_clock_of_each_edition_cites_where_it_stands():
    for edition in editions.EDITIONS:
        assert edition.correction_clock.restarts
        assert "条" in edition.correction_clock.clause
        assert not edition.correction_clock.confirmed


def test_no_experts_are_wanted_before_the_draft():
    facts = rules.Facts(total_yuan=Decimal(9_000_000), technical_yuan=Decimal(9_000_000))
    wanted = {e.code for e in editions.EDITIONS if rules.needs_experts(facts, e)}
    assert wanted == {"R2026"}
    less = replace(facts, technical_yuan=Decimal("4999999.99"))
    assert not rules.needs_experts(less, editions.named("R2026"))
