"""In whose hands a filing is, who stands in for whom, what changed since the last submission."""

import datetime

import pytest
from django.urls import reverse

from contracts import actions
from contracts.enums import State
from contracts.queries import before_the_last
from tests.factories import accounts
from tests.factories.contracts import AT, contract_at, pdf
from torch_portal.accounts.models import Membership
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Absence, Filing, stands_in_for

pytestmark = pytest.mark.django_db
LIST = reverse("admin:contracts_contract_changelist")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def contract(house):
    return contract_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip


def in_hand(client, person):
    client.force_login(person)
    return len(client.get(LIST, {"queue": "mine"}).context["rows"])


def test_taken_by_oneself_and_given_on(client, house, contract):
    actions.assign(contract=contract, by=house.reviewer, at=AT)
    assert Filing.objects.get().assigned_to == house.reviewer
    assert (in_hand(client, house.reviewer), in_hand(client, house.second)) == (1, 0)
    actions.assign(contract=contract, by=house.reviewer, at=AT, to=house.second.pk, note="请复核")
    assert (in_hand(client, house.reviewer), in_hand(client, house.second)) == (0, 1)
    event = contract.filing.events.latest("seq")
    assert (event.move, event.note) == ("assign", "请复核")
    assert event.data == {"to_id": house.second.pk, "to_name": house.second.get_full_name()}
    assert contract.filing.state == State.SUBMITTED


@pytest.mark.parametrize("who", ["far_reviewer", "official", "filer", "operator"])
def test_only_into_the_hands_of_who_may_decide(house, contract, who):
    with pytest.raises(Refused):
        actions.assign(contract=contract, by=house.reviewer, at=AT, to=getattr(house, who).pk)
    with pytest.raises(Denied):
        actions.assign(contract=contract, by=getattr(house, who), at=AT)
    assert Filing.objects.get().assigned_to is None


def test_not_into_the_hands_of_a_member_of_the_enterprise(house, contract):
    Membership.objects.create(user=house.second, enterprise=house.firm, role="reader")
    with pytest.raises(Refused):
        actions.assign(contract=contract, by=house.reviewer, at=AT, to=house.second.pk)


def test_page_offers_the_colleagues(client, house, contract):
    stranger = accounts.reviewer(house.far_office, name="elsewhere")
    client.force_login(house.reviewer)
    page = reverse("admin:contracts_contract_move", args=[contract.pk, "assign"])
    shown = client.get(page).context["form"].fields["to"].choices
    assert {pk for pk, _name in shown} == {house.reviewer.pk, house.second.pk}
    answer = client.post(page, {"seen": contract.filing.version, "to": stranger.pk})
    assert answer.status_code == 422
    client.post(page, {"seen": contract.filing.version, "to": house.second.pk})
    assert Filing.objects.get().assigned_to == house.second


@pytest.mark.parametrize(("first", "last", "stands_in"), [(0, 0, 1), (-3, -1, 0), (1, 3, 0)])
def test_substitute_has_the_filings_of_the_absent(client, house, contract, first, last, stands_in):
    today = clock.today()
    Absence.objects.create(
        person=house.reviewer, substitute=house.second, made_at=AT, made_by=house.reviewer,
        starts_on=today + first * DAY, ends_on=today + last * DAY,
    )  # fmt: skip
    actions.assign(contract=contract, by=house.reviewer, at=AT)
    assert len(stands_in_for(house.second.pk, today)) == stands_in
    assert in_hand(client, house.second) == stands_in
    assert in_hand(client, house.reviewer) == 1


def test_first_submission_has_nothing_before_it(client, house, contract):
    assert before_the_last(contract) is None
    client.force_login(house.reviewer)
    page = client.get(reverse("admin:contracts_contract_change", args=[contract.pk]))
    assert page.context["changes"] == []


def test_corrected_filing_shows_what_changed(client, house):
    contract = contract_at(
        State.CORRECTING, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    old = contract.project_name
    actions.save_draft(
        contract=contract, values={"project_name": "改名后的红外测温算法开发"},
        deductions=[{"kind": "equipment", "amount_yuan": 1000, "note": ""}],
        by=house.filer, at=AT,
    )  # fmt: skip
    actions.attach(
        contract=contract, kind="undertaking", upload=pdf("承诺书.pdf", 2), by=house.filer, at=AT
    )
    actions.submit(contract=contract, by=house.filer, at=AT)
    client.force_login(house.reviewer)
    page = client.get(reverse("admin:contracts_contract_change", args=[contract.pk]))
    told = {c["name"]: (c["before"], c["after"]) for c in page.context["changes"]}
    assert told["project_name"] == (old, "改名后的红外测温算法开发")
    assert told["attachments"] == ("", "承诺书.pdf")
    assert "1,307,500.00" in told["deductions"][0]
    assert set(told) == {"project_name", "attachments", "deductions"}
    assert f"<del>{old}</del>" in page.text


def test_double_is_shown_with_a_link_to_whoever_may_see_it(client, house, contract):
    first = contract_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer, project_name="另一名称的同一合同",
    )  # fmt: skip
    client.force_login(house.reviewer)
    page = client.get(reverse("admin:contracts_contract_change", args=[contract.pk]))
    assert [d["number"] for d in page.context["doubles"]] == [first.filing.number]
    assert reverse("admin:contracts_contract_change", args=[first.pk]) in page.text
    Filing.objects.filter(pk=first.pk).update(agency=house.far_office)
    page = client.get(reverse("admin:contracts_contract_change", args=[contract.pk]))
    assert page.context["doubles"] == []
