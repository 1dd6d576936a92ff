"""Lists of registered contracts and the buyer's access."""

import datetime
import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from contracts import actions, queries
from contracts.enums import State
from contracts.models import BuyerAccess, Contract, RegistrationList
from tests.factories.contracts import AT, contract_at
from torch_portal.accounts.roles import Denied
from torch_portal.certificates import documents
from torch_portal.certificates.enums import Making
from torch_portal.common.findings import Refused

MARCH = {"since": datetime.date(2020, 3, 1), "until": datetime.date(2020, 3, 31)}


@pytest.fixture(autouse=True)
def in_march_2020(settings):
    """The portal lives on 2020-03-02."""
    settings.PORTAL_CLOCK_OFFSET = AT - datetime.datetime.now(datetime.UTC)


@pytest.fixture
def contract(house):
    return contract_at(
        State.RECOGNISED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip


@pytest.fixture
def made(house, contract):
    return actions.make_list(enterprise=house.firm, by=house.filer, at=AT, **MARCH)


# --- lists ------------------------------------------------------------------------------------


def test_list_is_open_to_whoever_holds_its_code(client, contract, made):
    answer = client.get(reverse("contracts:list", args=[made.code.lower()]))
    assert answer.status_code == 200
    assert contract.registration_number in answer.text
    assert contract.project_name in answer.text
    assert client.get(reverse("contracts:list", args=["ABCDEFGHJKMN"])).status_code == 404


@pytest.mark.parametrize("act", ["deregister", "revoke"])
def test_list_shows_nothing_once_a_contract_ended(client, house, contract, made, act):
    if act == "revoke":
        notice = actions.notify_revocation(
            contract=contract, grounds=["RV-1"], by=house.second, at=AT, note="虚假"
        )
        assert queries.list_stands(made)  # a notice alone ends nothing
        actions.state_case(followup=notice, statement="认可", by=house.filer, at=AT)
    getattr(actions, act)(contract=contract, by=house.reviewer, at=AT, note="已结束")
    answer = client.get(reverse("contracts:list", args=[made.code]))
    assert answer.status_code == 410
    assert contract.project_name not in answer.text
    assert house.firm.name not in answer.text


def test_list_shows_what_is_registered_today(contract, made):
    Contract.objects.filter(pk=contract.pk).update(project_name="变更后的名称")
    assert [row["project"] for row in queries.list_rows(made)] == ["变更后的名称"]


@pytest.mark.parametrize(
    ("since", "until"),
    [(datetime.date(2020, 3, 3), datetime.date(2020, 3, 31)), (MARCH["until"], MARCH["since"])],
)
def test_period_without_contracts_or_out_of_order_is_refused(house, contract, since, until):
    with pytest.raises(Refused) as caught:
        actions.make_list(enterprise=house.firm, since=since, until=until, by=house.filer, at=AT)
    assert [f.code for f in caught.value.findings] == ["AF-61"]


def test_list_is_made_for_ones_own_enterprise(client, house, contract):
    with pytest.raises(Denied):
        actions.make_list(enterprise=house.firm, by=house.stranger, at=AT, **MARCH)
    client.force_login(house.filer)
    sent = {"enterprise": house.firm.pk, "since": "2020-03-01", "until": "2020-03-31"}
    answer = client.post(reverse("contracts:lists"), sent)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
    sent["enterprise"] = house.other_firm.pk
    assert client.post(reverse("contracts:lists"), sent).status_code == 422


# --- buyers -----------------------------------------------------------------------------------


def key_of(contract):
    certificate = contract.filing.certificates.get()
    return {"number": certificate.number, "code": certificate.verify_code}


def test_buyer_with_number_and_code_reads_state_and_amounts_only(client, house, contract):
    client.force_login(house.stranger)  # of the buyer's enterprise
    page = reverse("contracts:bought")
    sent = {"enterprise": house.other_firm.pk, **key_of(contract)}
    assert client.post(page, sent).status_code == 302
    shown = client.get(page).text
    assert contract.registration_number in shown
    assert "3,661,000.00" in shown
    assert client.get(reverse("contracts:detail", args=[contract.pk])).status_code == 404
    file = contract.filing.attachments.get()
    there = reverse("contracts:attachment", args=[contract.pk, file.pk])
    assert client.get(there).status_code == 404


def test_wrong_code_and_other_enterprises_get_one_answer(house, contract):
    key = key_of(contract)
    Contract.objects.filter(pk=contract.pk).update(buyer_code="91330106MAGUJ65R6B")
    tries = [key | {"code": "ABCDEFGHJKMN"}, key | {"number": "2020330101999999"}, key]
    answers = set()
    for sent in tries:
        with pytest.raises(Refused) as caught:
            actions.open_buyer_access(enterprise=house.other_firm, by=house.stranger, at=AT, **sent)
        answers.add(caught.value.findings[0].text())
    assert len(answers) == 1
    assert not BuyerAccess.objects.exists()


def test_buyers_filer_opens_it_and_twice_is_once(house, contract):
    key = key_of(contract)
    with pytest.raises(Denied):
        actions.open_buyer_access(enterprise=house.other_firm, by=house.filer, at=AT, **key)
    for _turn in range(2):
        actions.open_buyer_access(enterprise=house.other_firm, by=house.stranger, at=AT, **key)
    assert BuyerAccess.objects.count() == 1


@pytest.mark.parametrize("person", ["stranger", "filer"])
def test_either_side_ends_the_access(house, contract, person):
    access = actions.open_buyer_access(
        enterprise=house.other_firm, by=house.stranger, at=AT, **key_of(contract)
    )
    with pytest.raises(Denied):
        actions.end_buyer_access(access=access, by=house.reviewer, at=AT)
    assert actions.end_buyer_access(access=access, by=getattr(house, person), at=AT)
    assert queries.bought_rows(house.stranger) == []
    assert not actions.end_buyer_access(access=access, by=house.stranger, at=AT)


def test_seller_sees_the_buyer_and_ends_the_access_on_the_page(client, house, contract):
    access = actions.open_buyer_access(
        enterprise=house.other_firm, by=house.stranger, at=AT, **key_of(contract)
    )
    here = reverse("contracts:detail", args=[contract.pk])
    client.force_login(house.filer)
    assert house.other_firm.name in client.get(here).context["buyers"][0].enterprise.name
    there = reverse("contracts:end_access", args=[access.pk])
    client.force_login(house.reader)
    assert client.post(there).status_code == 404
    client.force_login(house.filer)
    assert client.post(there)["Location"] == here
    assert client.get(here).context["buyers"] == []


def test_lists_of_bought_contracts_take_the_same_queries(
    client, house, contract, django_assert_num_queries
):
    client.force_login(house.stranger)
    actions.open_buyer_access(
        enterprise=house.other_firm, by=house.stranger, at=AT, **key_of(contract)
    )
    page = reverse("contracts:bought")
    client.get(page)
    with django_assert_num_queries(8):
        client.get(page)
    for name in ("二", "三"):
        other = contract_at(
            State.RECOGNISED, firm=house.firm, by=house.filer, office=house.office,
            examiner=house.reviewer, project_name=name,
        )  # fmt: skip
        actions.open_buyer_access(
            enterprise=house.other_firm, by=house.stranger, at=AT, **key_of(other)
        )
    with django_assert_num_queries(8):
        client.get(page)


# --- the file of a list -------------------------------------------------------------------------


def file_of(client, made):
    return client.get(reverse("contracts:list_file", args=[made.code.lower()]))


def test_file_of_a_list_is_made_signed_and_downloaded_by_code(client, contract, made):
    assert file_of(client, made).status_code == 202
    assert actions.produce_list(list_id=made.pk, at=AT, signed_at=timezone.now()) == "ready"
    assert actions.produce_list(list_id=made.pk, at=AT, signed_at=timezone.now()) != "ready"
    answer = file_of(client, made)
    pdf = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/pdf"
    assert hashlib.sha256(pdf).hexdigest() == RegistrationList.objects.get().sha256
    assert b"/Sig" in pdf
    assert (
        reverse("contracts:list_file", args=[made.code])
        in client.get(reverse("contracts:list", args=[made.code])).content.decode()
    )


def test_file_of_a_list_is_queued_when_the_list_is_made(
    house, contract, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.make_list(enterprise=house.firm, by=house.filer, at=AT, **MARCH)
    assert RegistrationList.objects.get().making == Making.READY


def test_file_is_no_longer_given_once_a_contract_ended(client, house, contract, made):
    actions.produce_list(list_id=made.pk, at=AT, signed_at=timezone.now())
    actions.deregister(contract=contract, by=house.reviewer, at=AT, note="已结束")
    answer = file_of(client, made)
    assert answer.status_code == 410
    assert contract.project_name not in answer.content.decode()


def test_file_says_what_the_list_says(contract, made):
    html = documents.page_html(made.content, template="certificates/registration_list.html")
    assert contract.registration_number in html
    assert contract.project_name in html
    assert queries.list_code(made) in html
    assert "2020年3月2日" in html


def test_list_of_an_older_portal_gets_its_file_as_it_stands(house, contract, made):
    RegistrationList.objects.update(content={})
    later = AT + datetime.timedelta(minutes=5)
    assert [x.pk for x in actions.lists_due(at=later)] == [made.pk]
    assert actions.lists_due(at=later) == []
    assert actions.produce_list(list_id=made.pk, at=later, signed_at=timezone.now()) == "ready"
    assert RegistrationList.objects.get().content["rows"]


def test_list_of_an_older_portal_that_ended_gets_none(house, contract, made):
    RegistrationList.objects.update(content={})
    actions.deregister(contract=contract, by=house.reviewer, at=AT, note="已结束")
    assert actions.produce_list(list_id=made.pk, at=AT, signed_at=timezone.now()) == "given back"
    assert not RegistrationList.objects.get().pdf


def test_lost_file_of_a_list_is_found(contract, made):
    actions.produce_list(list_id=made.pk, at=AT, signed_at=timezone.now())
    assert queries.consistency() == []
    kept = RegistrationList.objects.get()
    kept.pdf.storage.delete(kept.pdf.name)
    assert queries.consistency() == [f"registrationlist {made.code}: its file is gone"]
