"""Parties of a contract and the registry: taken over, compared later, never overwritten."""

import datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from contracts import actions, queries
from contracts.enums import State
from tests.factories.contracts import AT, contract_at, draft
from tests.torch_portal.filings.registry import NINGBO, Registry
from torch_portal.accounts import registry
from torch_portal.filings import actions as filing_actions
from torch_portal.filings import lookups
from torch_portal.filings.enums import LookupState
from torch_portal.filings.models import RegistryLookup
from torch_portal.filings.tasks import retry_lookups

CODE = NINGBO["code"]
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def in_march_2020(settings):
    """The portal lives on 2020-03-02."""
    settings.PORTAL_CLOCK_OFFSET = AT - datetime.datetime.now(datetime.UTC)
    cache.clear()


@pytest.fixture
def server(settings):
    one = Registry({CODE: NINGBO})
    settings.REGISTRY_URL = one.url
    yield one
    one.end()


@pytest.fixture
def begun(house, server):
    # The other enterprise of the house has the code of the sample: away with it here.
    house.other_firm.credit_code = "91330106MAGUJ65R6B"
    return actions.start(enterprise=house.firm, by=house.filer, at=AT, classified=False)


@pytest.fixture
def web(client, house):
    client.force_login(house.filer)
    return client


def page(name, contract, *more):
    return reverse(f"contracts:{name}", args=[contract.pk, *more])


def row():
    return RegistryLookup.objects.get()


def save(house, contract, **values):
    actions.save_draft(contract=contract, values=values, by=house.filer, at=AT)


def find(web, contract, typed=CODE):
    return web.get(page("party", contract), {"party": typed})


def hints(contract):
    contract.refresh_from_db()
    return {f.field: f.text() for f in queries.registry_findings(contract)}


def unlisted(house):
    """The enterprise of this code does not stand in the portal's own register."""
    type(house.other_firm).objects.filter(credit_code=CODE).update(credit_code="x")


# --- while a person waits ------------------------------------------------------------------------


def test_party_is_found_by_code_and_taken_over(web, house, begun, server):
    unlisted(house)
    answer = find(web, begun, CODE.lower())
    [(party, place)] = answer.context["found"]
    assert party.values["name"] == NINGBO["name"]
    assert place.endswith("海曙区")
    assert NINGBO["address"] in answer.content.decode()
    web.post(page("party", begun), {"take": party.key})
    begun.refresh_from_db()
    assert (begun.buyer_name, begun.buyer_code) == (NINGBO["name"], CODE)
    assert begun.buyer_division == "330203"


def test_what_was_typed_stays_when_the_registry_is_taken_over(web, house, begun):
    unlisted(house)
    save(house, begun, buyer_name="海曙智控")
    [(party, _place)] = find(web, begun).context["found"]
    web.post(page("party", begun), {"take": party.key})
    begun.refresh_from_db()
    assert (begun.buyer_name, begun.buyer_code) == ("海曙智控", CODE)


def test_answer_is_not_asked_for_twice(web, house, begun, server):
    unlisted(house)
    find(web, begun)
    find(web, begun)
    assert len(server.asked) == 1


@pytest.mark.parametrize("typed", ["宁波海曙", CODE[:17], CODE[:17] + "0"])
def test_registry_is_asked_for_whole_codes_alone(web, begun, server, typed):
    find(web, begun, typed)
    assert server.asked == []


def test_registry_is_not_asked_for_who_stands_in_the_portals_register(web, begun, server):
    [(party, _place)] = find(web, begun).context["found"]
    assert party.registered
    assert server.asked == []


def test_code_that_nobody_has(web, house, begun, server):
    unlisted(house)
    server.says = {}
    answer = find(web, begun)
    assert answer.context["found"] == []
    assert row().state == LookupState.UNKNOWN
    assert not answer.context["later"]


def test_registry_that_is_down_is_told_in_a_sentence_and_nothing_stops(web, house, begun, server):
    unlisted(house)
    server.says = 500
    answer = find(web, begun)
    assert "全国企业登记信息暂时无法查询" in answer.content.decode()
    assert (row().state, row().attempts) == (LookupState.WAITING, 0)
    save(house, begun, buyer_name="海曙智控", buyer_code=CODE)
    assert "buyer_code" in hints(begun)


def test_who_asks_very_often_is_answered_later(web, house, begun, server, settings):
    unlisted(house)
    settings.LIMITS_A_MINUTE = settings.LIMITS_A_MINUTE | {"registry": 0}
    answer = find(web, begun)
    assert answer.status_code == 200
    assert answer.context["later"]
    assert row().state == LookupState.WAITING


def test_key_of_another_filing_is_not_taken(web, house, begun):
    unlisted(house)
    other = actions.start(enterprise=house.firm, by=house.filer, at=AT, classified=False)
    find(web, other)
    assert web.post(page("party", begun), {"take": f"l:{row().pk}"}).status_code == 404


def test_without_a_registry_the_page_is_as_before(web, house, begun, server, settings):
    unlisted(house)
    settings.REGISTRY_URL = ""
    assert find(web, begun).context["found"] == []
    save(house, begun, buyer_code=CODE)
    assert not RegistryLookup.objects.exists()
    assert hints(begun) == {}


# --- later ---------------------------------------------------------------------------------------


def test_saved_code_is_compared_by_a_worker(
    house, begun, server, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        save(house, begun, buyer_name="海曙智控", buyer_code=CODE, buyer_division="330106")
    assert row().state == LookupState.FOUND
    said = hints(begun)
    assert NINGBO["name"] in said["buyer_name"]
    assert "330203" in said["buyer_division"]
    assert begun.buyer_name == "海曙智控"
    save(house, begun, buyer_name=NINGBO["name"], buyer_division="330203")
    assert hints(begun) == {}


def test_filing_goes_on_while_the_registry_is_down_and_is_compared_when_it_is_back(house, server):
    server.says = 500
    made = contract_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    assert made.filing.state == State.SUBMITTED
    assert row().state == LookupState.WAITING
    assert retry_lookups.delay().get() == 1
    assert (row().state, row().attempts) == (LookupState.WAITING, 1)
    assert row().due_at > timezone.now()
    server.says = {CODE: NINGBO}
    assert lookups.ask(row().pk, row().due_at - MINUTE) is False
    assert lookups.ask(row().pk, row().due_at) is True
    assert NINGBO["name"] in hints(made)["buyer_name"]
    assert made.buyer_name == "杭州朗途生物医药有限公司"


def test_question_is_given_up_after_the_last_attempt_and_asked_anew_when_saved_again(
    house, begun, server
):
    server.says = 500
    save(house, begun, buyer_code=CODE)
    at = timezone.now()
    for _n in range(lookups.ATTEMPTS):
        cache.clear()
        lookups.ask(row().pk, at)
        at += lookups.LONGEST_DELAY
    assert (row().state, row().attempts) == (LookupState.FAILED, lookups.ATTEMPTS)
    assert "500" in row().last_error
    assert "buyer_code" in hints(begun)
    assert lookups.take_waiting(at) == []
    save(house, begun, buyer_code=CODE)
    assert (row().state, row().attempts) == (LookupState.WAITING, 0)


def test_question_in_other_hands_is_left_and_one_of_a_dead_worker_is_taken_up(house, begun):
    save(house, begun, buyer_code=CODE)
    at = timezone.now()
    RegistryLookup.objects.update(state=LookupState.ASKING, attempts=1, claimed_until=at + MINUTE)
    assert lookups.ask(row().pk, at) is False
    assert lookups.take_waiting(at) == []
    later = at + 2 * MINUTE
    assert lookups.take_waiting(later) == [row().pk]
    assert lookups.ask(row().pk, later) is True
    assert lookups.ask(row().pk, later) is False


def test_worker_that_died_on_the_last_attempt(house, begun):
    save(house, begun, buyer_code=CODE)
    at = timezone.now()
    RegistryLookup.objects.update(
        state=LookupState.ASKING, attempts=lookups.ATTEMPTS, claimed_until=at
    )
    assert lookups.give_up_lost(at + MINUTE) == 1
    assert row().state == LookupState.FAILED


def test_resting_registry_costs_no_attempt(house, begun, server):
    save(house, begun, buyer_code=CODE)
    cache.set(registry.RESTING_KEY, 1, 30)
    at = timezone.now()
    assert lookups.take_waiting(at) == []
    assert lookups.ask(row().pk, at) is False
    assert (row().attempts, server.asked) == (0, [])


def test_own_code_is_never_asked(house, begun):
    save(house, begun, buyer_code="")
    assert not RegistryLookup.objects.exists()
    assert queries.party_codes(begun) == {}


# --- who sees it ---------------------------------------------------------------------------------


def answered(house, **values):
    made = contract_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer, **values,
    )  # fmt: skip
    lookups.ask(row().pk, timezone.now())
    return made


def test_examiner_sees_what_the_registry_says_beside_the_entry(client, house, server):
    made = answered(house)
    client.force_login(house.reviewer)
    text = client.get(reverse("admin:contracts_contract_change", args=[made.pk])).content.decode()
    assert NINGBO["name"] in text


def test_enterprise_sees_it_beside_the_field(web, house, server):
    made = draft(firm=house.firm, by=house.filer)
    lookups.ask(row().pk, timezone.now())
    text = web.get(page("step", made, "parties")).content.decode()
    assert NINGBO["name"] in text


def test_operations_page_and_list_of_what_failed(client, house, begun):
    save(house, begun, buyer_code=CODE)
    RegistryLookup.objects.update(state=LookupState.FAILED, last_error="status 500")
    client.force_login(house.operator)
    queues = client.get(reverse("admin:desk_taskrun_changelist")).context["queues"]
    [failed] = [q["failed_url"] for q in queues if q.get("failed")]
    listed = client.get(failed)
    assert "status 500" in listed.content.decode()
    chosen = {"action": "ask_again", "_selected_action": [row().pk]}
    client.post(reverse("admin:filings_registrylookup_changelist"), chosen)
    assert row().state == LookupState.WAITING


@pytest.mark.parametrize("who", ["reviewer", "official"])
def test_list_is_for_operators(client, house, who):
    client.force_login(getattr(house, who))
    assert client.get(reverse("admin:filings_registrylookup_changelist")).status_code == 403


def test_forgotten_filing_keeps_no_answers(house, begun):
    save(house, begun, buyer_code=CODE)
    lookups.ask(row().pk, timezone.now())
    filing_actions.forget_contents(filing=begun.filing, day=AT.date(), at=AT)
    assert not RegistryLookup.objects.exists()


def test_sound_house_stays_sound(house, begun):
    save(house, begun, buyer_code=CODE)
    call_command("check_consistency")
