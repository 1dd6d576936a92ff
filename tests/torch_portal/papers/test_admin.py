"""The desk for paper: ledger, emergencies, policies."""

import datetime

import pytest
from django.urls import reverse

from tests.torch_portal.papers.conftest import moment
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Change, Membership
from torch_portal.papers import actions
from torch_portal.papers.models import Emergency, Paper, PaperPolicy

LEDGER = reverse("admin:papers_paper_changelist")
PEOPLE = ["reviewer", "stranger", "official_hb", "national", "operator"]


def national():
    return Emergency.objects.get(jurisdiction=None)


def page_of(row):
    return reverse(f"admin:papers_{row._meta.model_name}_change", args=[row.pk])


def press(client, paper, move, **data):
    url = reverse("admin:papers_paper_act", args=[paper.pk, move])
    return client.post(url, {"seen": paper.state, **data}, follow=True)


def propose_end(client, day="2020-04-30"):
    """The national end is asked for; the address of the proposal."""
    url = reverse("admin:papers_emergency_end", args=[national().pk])
    return client.post(url, {"ended_on": day, "reason": "国务院联防联控机制公告"})["Location"]


def texts(answer):
    return " ".join(str(m) for m in answer.context["messages"])


@pytest.mark.parametrize(
    ("who", "list_status", "page_status"),
    [
        ("reviewer", 200, 200),
        ("official_hb", 200, 200),
        ("national", 200, 200),
        ("stranger", 200, 302),
        ("operator", 403, 403),
    ],
)
def test_ledger_by_role(client, house, who, list_status, page_status):
    paper = house.paper()
    client.force_login(getattr(house, who))
    answer = client.get(LEDGER)
    assert answer.status_code == list_status
    assert (paper.filing.number in answer.content.decode()) is (page_status == 200)
    assert client.get(page_of(paper)).status_code == page_status


def test_ledger_by_due_date_without_one_last(client, house):
    deferred = house.paper("2020-02-20")
    later, sooner = house.paper("2020-01-20"), house.paper("2020-01-10")
    client.force_login(house.reviewer)
    answer = client.get(LEDGER)
    assert list(answer.context["cl"].result_list) == [sooner, later, deferred]
    filtered = client.get(LEDGER, {"state__exact": "deferred"})
    assert list(filtered.context["cl"].result_list) == [deferred]


@pytest.mark.parametrize("rows", [1, 3])
def test_ledger_in_a_budget_of_statements(client, house, rows, django_assert_max_num_queries):
    for _n in range(rows):
        house.paper()
    client.force_login(house.reviewer)
    with django_assert_max_num_queries(8):
        assert client.get(LEDGER).status_code == 200


def test_page_has_no_field_to_edit_and_a_button_per_move(client, house):
    paper = house.paper()
    client.force_login(house.reviewer)
    answer = client.get(page_of(paper))
    assert [move.name for move in answer.context["moves"]] == ["receive", "waive"]
    assert not answer.context["adminform"].form.fields
    assert client.post(page_of(paper), {"state": "verified"}).status_code == 403
    client.force_login(house.official_hb)
    assert client.get(page_of(paper)).context["moves"] == []


def test_button_confirms_receipt(client, house):
    paper = house.paper()
    client.force_login(house.reviewer)
    answer = press(client, paper, "receive")
    assert answer.redirect_chain == [(page_of(paper), 302)]
    paper.refresh_from_db()
    assert (paper.state, paper.received_by) == ("received", house.reviewer)


def test_button_with_a_note(client, house):
    paper = house.paper()
    client.force_login(house.reviewer)
    press(client, paper, "waive")
    paper.refresh_from_db()
    assert paper.state == "deferred"
    press(client, paper, "waive", note="已有电子签名")
    paper.refresh_from_db()
    assert (paper.state, paper.note) == ("waived", "已有电子签名")
    assert "已有电子签名" in client.get(page_of(paper)).content.decode()


def test_button_on_a_page_that_is_out_of_date(client, house):
    paper = house.paper()
    client.force_login(house.reviewer)
    actions.receive(
        paper=Paper.objects.get(pk=paper.pk), by=house.reviewer, at=moment("2020-03-01")
    )
    answer = press(client, paper, "waive", note="x")
    assert "reviewer" in texts(answer)
    paper.refresh_from_db()
    assert paper.state == "received"


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 404), ("official_hb", 403), ("operator", 404), ("owner", 302)]
)
def test_button_not_for_others(client, house, who, status):
    paper = house.paper()
    client.force_login(getattr(house, who))
    url = reverse("admin:papers_paper_act", args=[paper.pk, "receive"])
    assert client.post(url, {"seen": "deferred"}).status_code == status
    paper.refresh_from_db()
    assert paper.state == "deferred"


@pytest.mark.parametrize("move", ["receive", "nonsense"])
def test_button_is_pressed_not_followed(client, house, move):
    paper = house.paper()
    client.force_login(house.reviewer)
    url = reverse("admin:papers_paper_act", args=[paper.pk, move])
    assert client.get(url).status_code == 404


def test_receipt_of_many_and_who_is_left_out(client, house):
    mine, done = house.paper(), house.paper()
    own = house.new_enterprise("自己的公司", house.hubei)
    Membership.objects.create(user=house.reviewer, enterprise=own, role=MemberRole.READER)
    of_own = house.paper(enterprise=own)
    actions.waive(paper=done, by=house.reviewer, at=moment("2020-03-01"), note="x")
    far = house.paper(agency=house.jinan)
    client.force_login(house.reviewer)
    answer = client.post(
        LEDGER,
        {
            "action": "confirm_receipt",
            "_selected_action": [p.pk for p in (mine, done, of_own, far)],
        },
        follow=True,
    )
    states = [Paper.objects.get(pk=p.pk).state for p in (mine, done, of_own, far)]
    assert states == ["received", "waived", "deferred", "deferred"]
    assert done.filing.number in texts(answer)
    assert of_own.filing.number in texts(answer)


def test_receipt_of_many_not_by_officials(client, house):
    paper = house.paper()
    client.force_login(house.official_hb)
    client.post(LEDGER, {"action": "confirm_receipt", "_selected_action": [paper.pk]})
    paper.refresh_from_db()
    assert paper.state == "deferred"


def test_end_page_shows_what_will_happen_before_anything_is_set(client, house):
    for day in ("2020-02-20", "2020-02-21", "2020-05-06"):
        house.paper(day)
    client.force_login(house.national)
    url = reverse("admin:papers_emergency_end", args=[national().pk])
    first = client.get(url)
    assert first.context["groups"] is None
    preview = client.get(url, {"ended_on": "2020-04-30"})
    assert [(g.papers, str(g.due_on)) for g in preview.context["groups"]] == [
        (2, "2020-06-01"),
        (1, "2020-06-05"),
    ]
    assert preview.context["papers"] == 3
    assert national().ended_on is None
    silent = client.post(url, {"ended_on": "2020-04-30"})
    assert silent.context["unreasoned"]
    assert not Change.objects.exists()
    proposed = propose_end(client)
    assert national().ended_on is None
    shown = client.get(proposed)
    assert any("3" in line or "2" in line for line in shown.context["effects"])
    client.post(proposed, {"answer": "confirm"})
    assert national().ended_on is None
    client.force_login(house.operator)
    client.post(proposed, {"answer": "confirm"})
    assert national().ended_on == datetime.date(2020, 4, 30)
    assert national().end_set_by == house.national
    assert Paper.objects.filter(state="due").count() == 3
    client.force_login(house.national)
    again = client.post(url, {"ended_on": "2020-08-01", "reason": "x"}, follow=True)
    assert again.redirect_chain == [(page_of(national()), 302)]
    assert national().ended_on == datetime.date(2020, 4, 30)


def test_end_page_with_a_day_before_the_beginning(client, house):
    client.force_login(house.national)
    url = reverse("admin:papers_emergency_end", args=[national().pk])
    answer = client.post(url, {"ended_on": "2020-02-05"})
    assert answer.context["form"].errors
    assert national().ended_on is None


@pytest.mark.parametrize(
    ("who", "status"),
    [("national", 200), ("official_hb", 403), ("reviewer", 404), ("operator", 404)],
)
def test_end_page_by_role(client, house, who, status):
    client.force_login(getattr(house, who))
    url = reverse("admin:papers_emergency_end", args=[national().pk])
    assert client.get(url).status_code == status
    form = {"ended_on": "2020-04-30", "reason": "疫情结束"}
    assert client.post(url, form).status_code in (status, 302)
    assert Change.objects.exists() is (status == 200)
    assert national().ended_on is None


def test_emergency_page_links_to_the_end_page_while_open(client, house):
    house.paper()
    url = reverse("admin:papers_emergency_end", args=[national().pk])
    client.force_login(house.official_hb)
    assert url not in client.get(page_of(national())).content.decode()
    client.force_login(house.national)
    answer = client.get(page_of(national()))
    assert url in answer.content.decode()
    assert answer.context["deferred"] == 1
    assert "ended_on" not in answer.context["adminform"].form.fields
    proposed = propose_end(client)
    client.force_login(house.operator)
    client.post(proposed, {"answer": "confirm"})
    client.force_login(house.national)
    assert url not in client.get(page_of(national())).content.decode()


def test_emergency_added_by_an_official_of_the_jurisdiction(client, house):
    add = reverse("admin:papers_emergency_add")
    data = {"jurisdiction": "42", "source": "鄂政发〔2020〕1号", "declared_on": "2020-01-24"}
    data["reason"] = "一级响应"
    client.force_login(house.official_hb)
    for refused in ({"jurisdiction": "37"}, {"jurisdiction": ""}):
        assert client.post(add, {**data, **refused}).status_code == 200
    assert Emergency.objects.count() == 1
    client.post(add, data)
    made = Emergency.objects.get(jurisdiction="42")
    assert (made.set_by, made.ended_on) == (house.official_hb, None)
    second = client.post(add, {**data, "declared_on": "2020-02-24"})
    assert second.context["adminform"].form.errors
    assert Emergency.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "status"),
    [("national", 200), ("official_hb", 200), ("reviewer", 403), ("operator", 403)],
)
def test_emergency_list_by_role(client, house, who, status):
    client.force_login(getattr(house, who))
    url = reverse("admin:papers_emergency_changelist")
    assert client.get(url).status_code == status


def test_emergencies_of_others_are_out_of_sight(client, house):
    other = Emergency.objects.create(
        jurisdiction=house.shandong, source="x", declared_on=datetime.date(2020, 3, 1)
    )
    client.force_login(house.official_hb)
    answer = client.get(reverse("admin:papers_emergency_changelist"))
    assert list(answer.context["cl"].result_list) == [national()]
    end = reverse("admin:papers_emergency_end", args=[other.pk])
    assert client.get(end).status_code == 404


def policy_data(**changes):
    return {
        "jurisdiction": "42",
        "mode": "not_required",
        "source": "国科火字〔2020〕38号 二",
        "grace_days": "30",
        "remind_days_before": "15,3",
        "remind_days_after": "1,15,30",
        "reason": "省厅通知",
        **changes,
    }


@pytest.mark.parametrize(
    ("who", "jurisdiction", "made"),
    [
        ("official_hb", "42", True),
        ("official_hb", "37", False),
        ("national", "37", True),
        ("operator", "37", True),
        ("reviewer", "42", False),
    ],
)
def test_policy_added_by_role(client, house, who, jurisdiction, made):
    client.force_login(getattr(house, who))
    client.post(reverse("admin:papers_paperpolicy_add"), policy_data(jurisdiction=jurisdiction))
    found = PaperPolicy.objects.filter(jurisdiction=jurisdiction).first()
    assert (found is not None) is made
    if found:
        assert found.set_by == getattr(house, who)
        assert found.remind_days_before == [15, 3]


@pytest.mark.parametrize(("days", "kept"), [("0", 30), ("1", 1), ("365", 365), ("366", 30)])
def test_policy_grace_within_a_year(client, house, days, kept):
    client.force_login(house.national)
    policy = PaperPolicy.objects.get(jurisdiction=None)
    client.post(page_of(policy), policy_data(mode="deferred", grace_days=days))
    policy.refresh_from_db()
    assert policy.grace_days == kept


def test_policy_of_the_country_not_changed_by_one_jurisdiction(client, house):
    client.force_login(house.official_hb)
    policy = PaperPolicy.objects.get(jurisdiction=None)
    assert client.get(page_of(policy)).status_code == 200
    assert client.post(page_of(policy), policy_data()).status_code == 403


@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_is_deleted(client, house, who):
    paper = house.paper()
    client.force_login(getattr(house, who))
    for row in (paper, national(), PaperPolicy.objects.get(jurisdiction=None)):
        url = reverse(f"admin:papers_{row._meta.model_name}_delete", args=[row.pk])
        assert client.post(url, {"post": "yes"}).status_code in (302, 403)
        assert type(row).objects.filter(pk=row.pk).exists()
