"""Forgetting by rule: what is past its time and nothing else, once, with a dry run before."""

import datetime
import io

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from contracts import actions
from contracts.models import Contract, Submission
from tests.factories.contracts import AT, contract_at, draft
from torch_portal.accounts.models import User
from torch_portal.desk import retention
from torch_portal.desk.models import RetentionRule, RetentionRun
from torch_portal.filings.models import Access, Event
from torch_portal.notices.models import Message

YEAR = datetime.timedelta(days=366)
LATER = datetime.date(2021, 3, 3)
NIGHT = datetime.datetime(2021, 3, 3, 3, 40, tzinfo=datetime.UTC)


def switch_on(subject, months=12):
    RetentionRule.objects.filter(subject=subject).update(active=True, months=months)


def run(day=LATER):
    return retention.forget(day=day, at=NIGHT)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2021-03-02", 12, "2020-03-02"),
        ("2021-03-31", 1, "2021-02-28"),
        ("2020-03-31", 1, "2020-02-29"),
        ("2021-01-15", 1, "2020-12-15"),
        ("2021-12-15", 24, "2019-12-15"),
    ],
)
def test_cutoff_in_months(day, months, expected):
    assert retention.cutoff(datetime.date.fromisoformat(day), months).isoformat() == expected


def test_everything_is_switched_off_at_first(house):
    draft(house.firm, house.filer)
    assert not RetentionRule.objects.filter(active=True).exists()
    assert RetentionRule.objects.count() == 6
    assert run() == {}


@pytest.mark.parametrize(("day", "count"), [("2021-03-02", 0), ("2021-03-03", 1)])
def test_draft_is_forgotten_after_its_months(house, day, count):
    contract = draft(house.firm, house.filer, patentee="某人")
    switch_on("drafts")
    assert retention.due("drafts", retention.cutoff(datetime.date.fromisoformat(day), 12)) == count
    assert sum(run(datetime.date.fromisoformat(day)).values()) == count
    kept = Contract.objects.get(pk=contract.pk)
    assert (kept.buyer_name == "") is (kept.patentee == "") is bool(count)
    assert kept.seller_name == house.firm.name
    assert kept.total_yuan == contract.total_yuan


def test_forgotten_draft_keeps_its_events_and_loses_its_files(
    house, django_capture_on_commit_callbacks
):
    contract = draft(house.firm, house.filer)
    attachment = contract.filing.attachments.get()
    before = list(Event.objects.values_list("hash", flat=True))
    switch_on("drafts")
    with django_capture_on_commit_callbacks(execute=True):
        assert run() == {"drafts": 1}
    assert list(Event.objects.order_by("pk").values_list("hash", flat=True))[:-1] == before
    assert contract.filing.events.latest("seq").move == "forget"
    attachment.refresh_from_db()
    assert (attachment.name, attachment.forgotten_on) == ("—", LATER)
    assert len(attachment.sha256) == 64
    assert not attachment.file.storage.exists(attachment.file.name)
    assert not contract.filing.attachments.live().exists()
    call_command("check_consistency", stdout=io.StringIO())


def test_forgetting_twice_is_once(house):
    draft(house.firm, house.filer)
    switch_on("drafts")
    assert (run(), run()) == ({"drafts": 1}, {})
    assert [r.forgotten for r in RetentionRun.objects.all()] == [1]


def test_draft_taken_up_again_counts_anew(house):
    contract = draft(house.firm, house.filer)
    switch_on("drafts")
    run()
    contract.refresh_from_db()
    again = {"contract": contract, "values": {"buyer_name": "新的一方"}, "by": house.filer}
    actions.save_draft(at=NIGHT + YEAR, **again)
    assert run(LATER + YEAR + datetime.timedelta(30)) == {}
    assert run(LATER + 3 * YEAR) == {"drafts": 1}
    assert Contract.objects.get(pk=contract.pk).buyer_name == ""


@pytest.mark.parametrize(
    ("state", "forgotten"), [("withdrawn", True), ("recognised", False), ("correcting", False)]
)
def test_only_withdrawn_filings_are_forgotten(house, state, forgotten):
    contract = contract_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer
    )
    switch_on("withdrawn")
    switch_on("drafts")
    assert run() == ({"withdrawn": 1} if forgotten else {})
    assert (Contract.objects.get(pk=contract.pk).buyer_name == "") is forgotten


def test_access_log_and_messages(house):
    contract = contract_at(
        "submitted", firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer
    )
    for at in (AT, AT + YEAR):
        Access.objects.create(
            filing=contract.filing, kind="page", seen_by=house.reviewer, seen_at=at
        )
    Message.objects.update(state="failed", created_at=AT)
    keep = Message.objects.count()
    Message.objects.create(
        key="old", to_user=house.filer, language="zh-hans", subject="s", body="b",
        state="in_portal", due_at=AT, created_at=AT,
    )  # fmt: skip
    switch_on("access", 12)
    switch_on("messages", 12)
    assert run() == {"access": 1, "messages": 1}
    assert Access.objects.get().seen_at == AT + YEAR
    assert Message.objects.count() == keep


def test_closed_account_loses_its_addresses_and_keeps_its_name(house):
    User.objects.update(date_joined=AT, last_login=None)
    User.objects.filter(pk=house.filer.pk).update(is_active=False, phone="139")
    switch_on("accounts")
    assert run() == {"accounts": 1}
    closed = User.objects.get(pk=house.filer.pk)
    assert (closed.email, closed.phone, closed.last_name) == ("", "", "filer")
    assert User.objects.get(pk=house.reader.pk).email


def test_closed_account_loses_what_allauth_keeps_of_it(house):
    User.objects.update(date_joined=AT, last_login=None)
    for person in (house.filer, house.reader):
        EmailAddress.objects.create(user=person, email=f"{person.username}@example.com")
        known = {"ip": "192.0.2.1", "user_agent": "x", "session_key": person.username}
        UserSession.objects.create(user=person, **known)
    User.objects.filter(pk=house.filer.pk).update(is_active=False, email="", phone="")
    switch_on("accounts")
    assert (run(), run()) == ({"accounts": 1}, {})
    assert [e.user for e in EmailAddress.objects.all()] == [house.reader]
    assert [e.user for e in UserSession.objects.all()] == [house.reader]


def test_what_was_handed_in_before_is_forgotten_with_a_withdrawn_filing(house):
    contract = contract_at(
        "withdrawn", firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer
    )
    handed_in = Submission.objects.get(contract=contract)
    assert handed_in.data["entries"]["buyer_name"]
    switch_on("withdrawn")
    run()
    handed_in.refresh_from_db()
    entries = handed_in.data["entries"]
    assert [entries[n] for n in ("buyer_name", "buyer_code", "patentee")] == ["", "", ""]
    assert entries["seller_name"] == house.firm.name
    assert entries["total_yuan"] == str(contract.total_yuan)
    assert set(handed_in.data["files"].values()) == {"—"}
    assert len(handed_in.data["files"]) == 1


@pytest.mark.parametrize(("months", "possible"), [(5, False), (6, True)])
def test_access_log_stays_six_months_at_least(house, months, possible):
    rule = RetentionRule.objects.get(subject="access")
    rule.months = months
    if possible:
        rule.full_clean()
    else:
        with pytest.raises(ValidationError):
            rule.full_clean()


def test_rule_is_switched_on_by_two_persons_who_saw_the_number(client, house):
    draft(house.firm, house.filer)
    rule = RetentionRule.objects.get(subject="drafts")
    second = User.objects.create_user("operator2", is_staff=True)
    second.appointments.create(role="operator")
    client.force_login(house.operator)
    listed = client.get(reverse("admin:desk_retentionrule_changelist"))
    assert [r.subject for r in listed.context["cl"].result_list][:1] == ["access"]
    assert "网络安全法" in listed.content.decode()
    change = reverse("admin:desk_retentionrule_change", args=[rule.pk])
    form = {"months": "12", "active": "on", "source": "内部制度", "reason": "年度清理"}
    page = client.post(change, form)["Location"]
    rule.refresh_from_db()
    assert not rule.active
    client.force_login(second)
    assert "1" in client.get(page).context["effects"][0]
    client.post(page, {"answer": "confirm"})
    rule.refresh_from_db()
    assert (rule.active, rule.months, rule.source) == (True, 12, "内部制度")


@pytest.mark.parametrize(("who", "status"), [("official", 403), ("reviewer", 403), ("filer", 302)])
def test_rules_are_not_for_others(client, house, who, status):
    client.force_login(getattr(house, who))
    assert client.get(reverse("admin:desk_retentionrule_changelist")).status_code == status
