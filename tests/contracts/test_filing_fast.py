"""Filing fast: codes found, parties found again, copies, two windows, the page to go on with."""

import datetime

import pytest
from django.urls import reverse

from contracts import actions, queries
from contracts.enums import State
from contracts.models import Contract
from tests.factories import accounts
from tests.factories.contracts import AT, SAMPLE, contract_at, draft
from torch_portal.accounts.roles import Denied
from torch_portal.filings.guided.search import initials


@pytest.fixture(autouse=True)
def in_march_2020(settings):
    """The portal lives on 2020-03-02."""
    settings.PORTAL_CLOCK_OFFSET = AT - datetime.datetime.now(datetime.UTC)


@pytest.fixture
def web(client, house):
    client.force_login(house.filer)
    return client


@pytest.fixture
def begun(house):
    return actions.start(enterprise=house.firm, by=house.filer, at=AT, classified=False)


def page(name, contract, *more):
    return reverse(f"contracts:{name}", args=[contract.pk, *more])


def at_state(house, state, **values):
    people = {"firm": house.firm, "by": house.filer, "office": house.office}
    return contract_at(state, examiner=house.reviewer, **people, **values)


# --- codes ---------------------------------------------------------------------------------------


def test_initials_of_chinese_words():
    assert initials("电子信息技术") == "dzxxjs"
    assert initials("GB/T 技术") == "js"


def test_entry_of_a_list_is_found_by_initials_keywords_and_code(web, begun):
    text = web.get(page("step", begun, "technology")).content.decode()
    option = text[text.index('<option value="electronics"') :].split("</option>")[0]
    assert "dzxxjs" in option
    assert "人工智能" in option
    assert "electronics" in option
    assert "data-find" in text


def test_codes_used_last_come_first(web, house, begun):
    assert "最近使用" not in web.get(page("step", begun, "technology")).content.decode()
    draft(firm=house.firm, by=house.filer, tech_field="transport")
    text = web.get(page("step", begun, "technology")).content.decode()
    group = text[text.index('name="tech_field"') :].split("</optgroup>")[0]
    assert "最近使用" in group
    assert 'value="transport"' in group
    assert text.count('<option value="transport"') == 1


def test_codes_of_another_enterprise_are_not_proposed(house, begun):
    draft(firm=house.other_firm, by=house.stranger, tech_field="transport")
    assert queries.recent_codes(begun)["tech_field"] == []


def test_place_is_found_by_the_initials_of_its_name(web):
    address = reverse("filings:places")
    text = web.get(address, {"buyer_division": "xhq"}).content.decode()
    assert "浙江省杭州市西湖区 330106" in text
    assert 'label="xhq"' in text
    assert web.get(address, {"buyer_division": "qqqqq"}).content.decode().strip() == ""


# --- parties -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["杭州朗途", accounts.LANGTU, accounts.LANGTU.lower()])
def test_party_is_found_by_name_or_code(web, begun, typed):
    answer = web.get(page("party", begun), {"party": typed})
    [(found, place)] = answer.context["found"]
    assert found.values["code"] == accounts.LANGTU
    assert place.endswith("西湖区")


@pytest.mark.parametrize("typed", ["", "杭", "朗途", "杭州知微"])
def test_party_is_not_found_by_less_nor_oneself(web, begun, typed):
    assert web.get(page("party", begun), {"party": typed}).context["found"] == []


def test_party_of_an_earlier_contract_is_found(web, house, begun):
    draft(firm=house.firm, by=house.filer, buyer_name="宁波老客户有限公司", buyer_code="")
    draft(firm=house.other_firm, by=house.stranger, buyer_name="宁波别人的客户", buyer_code="")
    found = web.get(page("party", begun), {"party": "宁波"}).context["found"]
    assert [p.values["name"] for p, _place in found] == ["宁波老客户有限公司"]
    web.post(page("party", begun), {"take": found[0][0].key})
    begun.refresh_from_db()
    assert (begun.buyer_name, begun.buyer_nature) == ("宁波老客户有限公司", "100")


def test_party_taken_over_fills_what_is_empty_and_leaves_what_was_typed(web, house, begun):
    typed = {"buyer_name": "朗途"}
    actions.save_draft(contract=begun, values=typed, by=house.filer, at=AT)
    answer = web.post(page("party", begun), {"take": f"r:{house.other_firm.pk}"}, follow=True)
    said = [str(m) for m in answer.context["messages"]]
    assert "买方统一社会信用代码" in said[0]
    assert "买方" in said[1]
    begun.refresh_from_db()
    assert begun.buyer_name == "朗途"
    assert begun.buyer_code == accounts.LANGTU
    assert begun.buyer_division == "330106"


@pytest.mark.parametrize("key", ["", "r:0", "c:0", "x:1", "r:x"])
def test_party_that_is_nowhere_is_not_taken(web, begun, key):
    assert web.post(page("party", begun), {"take": key}).status_code == 404


def test_party_of_somebody_elses_contract_is_not_taken(web, house, begun):
    theirs = draft(firm=house.other_firm, by=house.stranger)
    assert web.post(page("party", begun), {"take": f"c:{theirs.pk}"}).status_code == 404


@pytest.mark.parametrize("key", ["r:²", "l:²", "c:x", "r:"])
def test_party_by_a_key_of_nobody_is_not_found(web, begun, key):
    assert web.post(page("party", begun), {"take": key}).status_code == 404


def test_reader_does_not_look_parties_up(client, house, begun):
    client.force_login(house.reader)
    assert client.get(page("party", begun), {"party": "杭州朗途"}).status_code == 403


# --- copies --------------------------------------------------------------------------------------


def test_copy_leaves_days_and_amounts_empty(web, house):
    old = at_state(house, State.RECOGNISED)
    form = web.get(page("copy", old)).context["form"]
    answer = web.post(page("copy", old), {"parts": form["parts"].initial, "sent": "yes"})
    new = Contract.objects.latest("pk")
    assert answer.url == page("step", new, "contract")
    assert new.project_name == old.project_name
    assert new.buyer_code == old.buyer_code
    assert new.seller_code == house.firm.credit_code
    assert (new.signed_on, new.ends_on, new.total_yuan) == (None, None, None)
    assert not new.deductions.exists()
    assert not new.filing.attachments.exists()
    assert new.filing.state == State.DRAFT
    assert new.registration_number is None


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.REFUSED, State.NOT_ACCEPTED])
def test_ended_filing_is_filed_again_whole(house, state):
    old = at_state(house, state)
    new = actions.copy(contract=old, parts=actions.WHOLE, by=house.filer, at=AT)
    assert {n: getattr(new, n) for n in SAMPLE} == SAMPLE
    assert new.technical_yuan == old.technical_yuan
    assert new.deductions.count() == old.deductions.count()
    [file], [before] = new.filing.attachments.all(), old.filing.attachments.all()
    assert file.sha256 == before.sha256
    assert file.file.name != before.file.name
    assert file.file.read() == before.file.read()
    actions.submit(contract=new, by=house.filer, at=AT, agency=house.office)
    assert new.filing.state == State.SUBMITTED


def test_files_of_a_live_filing_are_not_copied(house):
    old = at_state(house, State.RECOGNISED)
    new = actions.copy(contract=old, parts=actions.WHOLE, by=house.filer, at=AT)
    assert not new.filing.attachments.exists()


def test_copy_is_refused_to_reader_and_stranger(client, house):
    old = at_state(house, State.RECOGNISED)
    for person in (house.reader, house.stranger, house.reviewer):
        with pytest.raises(Denied):
            actions.copy(contract=old, by=person, at=AT)
    client.force_login(house.reader)
    assert client.post(page("copy", old)).status_code == 403
    client.force_login(house.stranger)
    assert client.post(page("copy", old)).status_code == 404
    assert Contract.objects.count() == 1


# --- two windows, another device -----------------------------------------------------------------


def test_autosave_of_a_late_window_never_overwrites(web, house, begun):
    seen = begun.saved_version
    actions.save_draft(contract=begun, values={"project_name": "先"}, by=house.filer, at=AT)
    address = page("autosave", begun, "contract")
    for _time in range(2):
        answer = web.post(address, {"project_name": "后", "seen": seen})
        assert "id_seen" not in answer.content.decode()
        begun.refresh_from_db()
        assert begun.project_name == "先"


def test_late_window_sees_both_amounts_side_by_side(web, house, begun):
    seen = begun.saved_version
    costs = [{"kind": "equipment", "amount_yuan": 5, "note": ""}]
    actions.save_draft(
        contract=begun, values={"total_yuan": 10}, deductions=costs, by=house.filer, at=AT
    )
    late = {"total_yuan": "20", "seen": seen, "lines-TOTAL_FORMS": 0, "lines-INITIAL_FORMS": 0}
    answer = web.post(page("step", begun, "amounts"), late)
    found = {d.name: (d.mine, d.theirs) for d in answer.context["differences"]}
    assert found["total_yuan"] == ("20.00 元", "10.00 元")
    assert "5.00" in found["deductions"][1]
    assert 'id="conflict"' in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "step"),
    [
        ({}, "contract"),
        ({"project_name": "x"}, "parties"),
        ({"project_name": "x", "buyer_name": "y"}, "amounts"),
        ({"project_name": "x", "buyer_name": "y", "total_yuan": 1}, "technology"),
    ],
)
def test_draft_opens_where_it_was_left(web, house, begun, values, step):
    if values:
        actions.save_draft(contract=begun, values=values, by=house.filer, at=AT)
    assert web.get(page("detail", begun)).url == page("step", begun, step)


def test_complete_draft_opens_at_the_check(web, house):
    done = draft(firm=house.firm, by=house.filer)
    assert web.get(page("detail", done)).url == page("review", done)
    [row] = web.get(reverse("desk:mine")).context["rows"]
    assert str(row["resume"]) == "核对并提交"
