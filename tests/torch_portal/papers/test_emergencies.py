"""Emergencies begin and end, and what that does to paper."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.torch_portal.papers.conftest import moment
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Membership
from torch_portal.accounts.roles import Denied
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import problems as filing_problems
from torch_portal.notices.models import Message
from torch_portal.papers import actions, queries
from torch_portal.papers.models import Emergency, Paper, PaperPolicy

END = datetime.date(2020, 4, 30)
AT = moment("2020-05-06")


def national():
    return Emergency.objects.get(jurisdiction=None)


def end(house, emergency=None, by=None, ended_on=END):
    return actions.end_emergency(
        emergency=emergency or national(), ended_on=ended_on, by=by or house.national, at=AT
    )


def declare(house, jurisdiction, day="2020-03-01", by=None):
    return actions.declare_emergency(
        jurisdiction=jurisdiction,
        source="鄂政发〔2020〕1号",
        declared_on=datetime.date.fromisoformat(day),
        by=by or house.official_hb,
        at=moment(day),
    )


def test_end_emergency_gives_every_deferred_paper_its_date(house):
    early, late = house.paper("2020-02-20"), house.paper("2020-05-05")
    received = house.paper("2020-02-21")
    actions.receive(paper=received, by=house.reviewer, at=moment("2020-03-01"))
    assert end(house) == 2
    early.refresh_from_db()
    late.refresh_from_db()
    received.refresh_from_db()
    assert (early.state, early.due_on) == ("due", datetime.date(2020, 6, 1))
    assert (late.state, late.due_on) == ("due", datetime.date(2020, 6, 4))
    assert early.due_set_on == datetime.date(2020, 5, 6)
    assert (received.state, received.due_on) == ("received", None)


def test_end_emergency_takes_the_grace_of_each_jurisdiction(house):
    PaperPolicy.objects.create(
        jurisdiction=house.shandong, mode="deferred", source="x", grace_days=60
    )
    here, there = house.paper(), house.paper(agency=house.jinan)
    end(house)
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.due_on, there.due_on) == (datetime.date(2020, 6, 1), datetime.date(2020, 6, 29))


def test_end_emergency_writes_one_event_per_filing(house):
    paper = house.paper()
    actions.defer(filing=paper.filing, kind="application", by=house.reviewer, at=AT)
    before = Filing.objects.get(pk=paper.filing_id).version
    end(house)
    filing = Filing.objects.get(pk=paper.filing_id)
    event = filing.events.latest("seq")
    assert (event.move, event.by, event.seq) == ("paper_due", house.national, before + 1)
    assert (event.from_state, event.to_state, filing.version) == ("granted", "granted", before + 1)
    assert event.data["papers"] == [
        {"kind": "contract_text", "due_on": "2020-06-01"},
        {"kind": "application", "due_on": "2020-06-05"},
    ]
    assert filing_problems() == []


def test_end_emergency_writes_one_letter_to_each_owner(house):
    papers = [house.paper(), house.paper()]
    second = house.member("second", house.enterprise, MemberRole.OWNER)
    house.member("filer", house.enterprise, MemberRole.FILER)
    end(house)
    assert set(Message.objects.values_list("to_user", flat=True)) == {house.owner.pk, second.pk}
    body = Message.objects.get(to_user=house.owner).body
    assert all(paper.filing.number in body for paper in papers)


@pytest.mark.parametrize(
    ("role", "active", "told"),
    [
        (MemberRole.FILER, True, "filer@example.org"),
        (MemberRole.READER, True, "office@example.org"),
        (MemberRole.OWNER, False, "office@example.org"),
    ],
)
def test_end_emergency_without_owner_tells_filers_or_the_enterprise(house, role, active, told):
    other = house.new_enterprise("武汉另一公司", house.hubei, email="office@example.org")
    person = house.member("filer", other, role)
    person.is_active = active
    person.save()
    house.paper(enterprise=other)
    end(house)
    assert list(Message.objects.values_list("to_email", flat=True)) == [told]


def test_end_emergency_cuts_long_lists(house):
    for _n in range(22):
        house.paper()
    end(house)
    lines = Message.objects.get().body.rstrip().splitlines()
    assert sum("2020" in line and "4201" in line for line in lines) == 20
    assert "2" in lines[-1]


def test_end_emergency_in_a_budget_of_statements(house, django_assert_num_queries):
    def statements(count):
        for _n in range(count):
            house.paper(enterprise=house.new_enterprise(f"公司{_n}{count}", house.hubei))
        emergency = national()
        house.national.__dict__.pop("_standing", None)
        with django_assert_num_queries(14):
            end(house, emergency)
        Emergency.objects.update(ended_on=None, end_set_at=None, end_set_by=None)

    statements(1)
    statements(3)


def test_end_emergency_of_the_country_leaves_jurisdictions_with_their_own(house):
    here, there = house.paper(), house.paper(agency=house.jinan)
    own = declare(house, house.hubei)
    here.refresh_from_db()
    assert here.emergency == own
    assert end(house) == 1
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.state, there.state) == ("deferred", "due")
    assert end(house, own, by=house.official_hb) == 1
    here.refresh_from_db()
    assert here.state == "due"


def test_end_emergency_of_one_jurisdiction_leaves_the_others(house):
    own = declare(house, house.hubei)
    here, there = house.paper("2020-03-10"), house.paper("2020-03-10", agency=house.jinan)
    assert end(house, own, by=house.official_hb) == 1
    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.state, there.state) == ("due", "deferred")
    assert house.paper("2020-05-06").state == "due"
    assert house.paper("2020-05-06", agency=house.jinan).state == "deferred"


def test_end_emergency_twice_tells_who_was_faster(house):
    emergency, stale = national(), national()
    end(house, emergency)
    with pytest.raises(actions.AlreadyEnded, match="torch"):
        end(house, stale, ended_on=datetime.date(2020, 8, 1))
    assert national().ended_on == END


@pytest.mark.parametrize("who", ["official_hb", "reviewer", "operator", "owner"])
def test_end_emergency_of_the_country_only_by_its_officials(house, who):
    with pytest.raises(Denied):
        end(house, by=getattr(house, who))
    assert national().ended_on is None


@pytest.mark.parametrize(
    ("day", "refused"), [(datetime.date(2020, 2, 5), True), (datetime.date(2020, 2, 6), False)]
)
def test_end_emergency_not_before_its_beginning(house, day, refused):
    if refused:
        with pytest.raises(ValidationError):
            end(house, ended_on=day)
    else:
        assert end(house, ended_on=day) == 0
    assert (national().ended_on is None) is refused


def test_declare_emergency_only_in_the_own_jurisdiction(house):
    with pytest.raises(Denied):
        declare(house, house.shandong)
    with pytest.raises(Denied):
        declare(house, house.hubei, by=house.reviewer)
    assert declare(house, house.shandong, by=house.national).set_by == house.national


def test_declare_emergency_refuses_a_second_open_one(house):
    declare(house, house.hubei)
    with pytest.raises(ValidationError):
        declare(house, house.hubei, "2020-03-02")
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.create(source="x", declared_on=datetime.date(2020, 3, 2))


def test_due_groups_say_what_the_end_will_do(house):
    for day in ("2020-02-20", "2020-03-01", "2020-05-06"):
        house.paper(day)
    house.paper(agency=house.jinan)
    groups = queries.due_groups(national(), END)
    assert [(g.jurisdiction_id, g.base, g.papers, g.due_on) for g in groups] == [
        ("37", END, 1, datetime.date(2020, 6, 1)),
        ("42", END, 2, datetime.date(2020, 6, 1)),
        ("42", datetime.date(2020, 5, 6), 1, datetime.date(2020, 6, 5)),
    ]
    assert not Paper.objects.filter(due_on__isnull=False).exists()
    end(house)
    dates = Paper.objects.order_by("pk").values_list("due_on", flat=True)
    assert sorted(dates) == sorted(g.due_on for g in groups for _n in range(g.papers))


def test_recipients_are_owners_of_each_enterprise(house):
    other = house.new_enterprise("武汉另一公司", house.hubei)
    Membership.objects.create(user=house.owner, enterprise=other, role=MemberRole.READER)
    found = queries.recipients_of([house.enterprise.pk, other.pk])
    assert found[house.enterprise.pk] == [house.owner]
    assert found[other.pk] == []
