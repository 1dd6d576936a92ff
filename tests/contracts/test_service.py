"""Around a filing: documents given, what lies ahead, hand-over, reminders, rating."""

import datetime
import hashlib

import pytest
from django.urls import reverse
from django.utils import translation

from contracts import actions, queries
from contracts.enums import State
from contracts.models import Contract
from tests.contracts.api_calls import client as api_client
from tests.factories import accounts
from tests.factories.contracts import AT, contract_at, draft
from torch_portal.accounts.roles import Denied
from torch_portal.certificates import documents
from torch_portal.certificates.models import Document
from torch_portal.certificates.tasks import retry_documents
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings import handover, ratings
from torch_portal.filings.models import Rating
from torch_portal.notices.actions import choose_reminders
from torch_portal.notices.models import Message

DAY = datetime.timedelta(days=1)


def at(house, state, **values):
    return contract_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
        **values,
    )  # fmt: skip


def detail(client, contract):
    return client.get(reverse("contracts:detail", args=[contract.pk]))


# --- documents --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "given"),
    [
        (State.DRAFT, []),
        (State.SUBMITTED, ["receipt"]),
        (State.ACCEPTED, ["receipt", "acceptance"]),
        (State.CORRECTING, ["receipt", "correction"]),
        (State.NOT_ACCEPTED, ["receipt", "declined"]),
        (State.REFUSED, ["receipt", "acceptance", "refusal"]),
    ],
)
def test_each_act_gives_its_document(house, state, given):
    contract = at(house, state)
    rows = Document.objects.filter(filing=contract.filing).order_by("pk")
    assert [d.kind for d in rows] == given
    if given:
        assert rows[0].number == "HT-2020-330101-000001-SJ1"


def test_receipt_says_number_day_limit_and_material_with_digest(house):
    contract = at(house, State.SUBMITTED)
    told = Document.objects.get().content
    assert told["filing_number"] == "HT-2020-330101-000001"
    assert (told["received_on"], told["due_on"]) == ("2020年3月2日", "2020年3月12日")
    (file,) = told["materials"]
    assert file["sha256"] == contract.filing.attachments.get().sha256
    assert told["status_url"] == f"http://testserver/desk/filings/{contract.pk}/"


def test_refusal_notice_says_ground_article_and_where_to_object(house):
    contract = at(house, State.REFUSED)
    found = Document.objects.get(filing=contract.filing, kind="refusal")
    html = documents.page_html(found.content, template=documents.template_of(found))
    for words in ("不属于技术合同", "第十四条", "六十日", "行政复议"):
        assert words in html


def test_text_of_the_enterprise_stays_text(house):
    at(house, State.REFUSED, project_name="<script>alert(1)</script>")
    found = Document.objects.get(kind="refusal")
    assert "<script>" not in documents.page_html(
        found.content, template=documents.template_of(found)
    )


def test_file_is_made_once_signed_and_downloaded_by_who_may_see(client, house):
    contract = at(house, State.SUBMITTED)
    found = Document.objects.get()
    url = reverse("contracts:document", args=[contract.pk, found.pk])
    client.force_login(house.stranger)
    assert client.get(url).status_code == 404
    found.refresh_from_db()
    assert (found.making, found.attempts) == ("pending", 0), "a stranger sets nobody to work"
    client.force_login(house.filer)
    pdf = b"".join(client.get(url).streaming_content)
    found.refresh_from_db()
    assert hashlib.sha256(pdf).hexdigest() == found.sha256
    assert documents.produce(document_id=found.pk, at=AT, signed_at=AT) == "nothing to do"
    assert b"".join(client.get(url).streaming_content) == pdf
    assert b"ETSI.CAdES.detached" in pdf
    assert documents.problems() == []


def test_file_that_cannot_be_made_now_leads_back_with_a_word(client, house, settings):
    settings.SIGNING_P12 = "/nowhere.p12"
    contract = at(house, State.SUBMITTED)
    client.force_login(house.filer)
    found = Document.objects.get()
    url = reverse("contracts:document", args=[contract.pk, found.pk])
    answer = client.get(url, follow=True)
    assert answer.redirect_chain == [(f"/contracts/{contract.pk}/#documents", 302)]
    assert "文件正在生成，请稍后再打开。" in answer.content.decode()
    assert api_client(house.filer).get(f"/api/v1{url}").status_code == 202
    Document.objects.update(making="failed")
    assert api_client(house.filer).get(f"/api/v1{url}").status_code == 503


def test_files_that_nobody_opened_are_made_in_quiet_moments(house):
    at(house, State.SUBMITTED)
    found = Document.objects.get()
    opens = found.issued_at + documents.QUIET
    assert documents.due(opens - datetime.timedelta(seconds=1)) == []
    assert documents.due(opens) == [found]
    Document.objects.update(due_at=clock.now())
    assert retry_documents() == 1
    found.refresh_from_db()
    assert found.making == "ready"


def test_api_lists_documents_and_gives_their_files(house):
    contract = at(house, State.SUBMITTED)
    filer = api_client(house.filer)
    (row,) = filer.get(f"/api/v1/contracts/{contract.pk}/").json()["documents"]
    assert (row["kind"], row["number"]) == ("receipt", "HT-2020-330101-000001-SJ1")
    assert filer.get(row["url"])["Content-Type"] == "application/pdf"
    assert api_client(house.stranger).get(row["url"]).status_code == 404


def test_file_that_fails_is_given_back_and_made_again(house, settings):
    at(house, State.SUBMITTED)
    found = Document.objects.get()
    right, settings.SIGNING_P12 = settings.SIGNING_P12, "/nowhere.p12"
    assert documents.produce(document_id=found.pk, at=AT, signed_at=AT) == "given back"
    found.refresh_from_db()
    assert (found.making, found.attempts) == ("pending", 1)
    assert found.last_error
    assert documents.due(found.due_at) == [found]
    settings.SIGNING_P12 = right
    assert documents.produce(document_id=found.pk, at=AT, signed_at=AT) == "ready"


def test_drawing_twice_gives_the_same_bytes(house):
    at(house, State.SUBMITTED)
    found = Document.objects.get()
    assert documents.draw(found.content, template=documents.template_of(found)) == documents.draw(
        found.content, template=documents.template_of(found)
    )


# --- what lies ahead --------------------------------------------------------------------------


def test_status_page_says_next_when_who_and_what_you_can_do(client, house):
    contract = at(house, State.ACCEPTED)
    with translation.override("en"):
        rows = dict(queries.ahead(contract, AT))
    assert rows["By when"] == "2020-03-12 (Thu) (8 working days left)"
    assert house.office.name in rows["Who has it"]
    assert rows["What you can do"].startswith("Withdraw")
    client.force_login(house.filer)
    page = detail(client, contract)
    assert [row["ready"] for row in page.context["given"]] == [True, True]


def test_finished_filing_waits_for_nobody(house):
    contract = at(house, State.WITHDRAWN)
    with translation.override("en"):
        assert [q for q, _answer in queries.ahead(contract, AT + 61 * DAY)] == []


# --- hand-over --------------------------------------------------------------------------------


@pytest.fixture
def colleague(house):
    return accounts.member(house.firm, "filer", name="colleague")


def test_hand_over_moves_messages_and_writes_an_event(house, colleague):
    contract = at(house, State.SUBMITTED)
    handover.hand_over(filing=contract.filing, to=colleague, by=house.filer, at=AT, note="休假")
    event = contract.filing.events.last()
    assert (event.move, event.note) == ("hand_over", "休假")
    assert event.data["handed_to"] == colleague.get_full_name()
    fresh = Contract.objects.get(pk=contract.pk)
    actions.accept(contract=fresh, by=house.reviewer, at=AT)
    actions.return_for_correction(
        contract=fresh, items=[{"field": "", "problem": "incorrect", "remedy": "改"}],
        by=house.reviewer, at=AT,
    )  # fmt: skip
    assert Message.objects.latest("pk").to_user == colleague
    handover.hand_over(filing=fresh.filing, to=colleague, by=house.filer, at=AT)
    assert fresh.filing.events.filter(move="hand_over").count() == 1


def test_hand_over_goes_only_to_who_may_file(house, colleague):
    filing = at(house, State.SUBMITTED).filing
    for to in (house.reader, house.stranger):
        with pytest.raises(Refused):
            handover.hand_over(filing=filing, to=to, by=house.filer, at=AT)
    for by in (house.reader, house.stranger, house.reviewer):
        with pytest.raises(Denied):
            handover.hand_over(filing=filing, to=colleague, by=by, at=AT)
    assert filing.events.filter(move="hand_over").count() == 0


def test_everything_goes_over_when_a_colleague_leaves(client, house, colleague):
    first = at(house, State.SUBMITTED)
    second = draft(house.firm, colleague)
    owner = accounts.member(house.firm, "owner", name="owner")
    over = {"enterprise": house.firm, "leaver": house.filer, "to": colleague, "at": AT}
    with pytest.raises(Denied):
        handover.hand_over_all(by=colleague, **over)
    client.force_login(owner)
    url = reverse("desk:hand_over", args=[house.firm.pk])
    client.post(url, {"leaver": house.filer.pk, "to": colleague.pk})
    handlers = {Contract.objects.get(pk=c.pk).filing.handler for c in (first, second)}
    assert handlers == {colleague}
    assert first.filing.events.filter(move="hand_over").count() == 1
    assert second.filing.events.filter(move="hand_over").count() == 0
    same = client.post(url, {"leaver": colleague.pk, "to": colleague.pk})
    assert same.status_code == 200
    client.force_login(house.stranger)
    assert client.get(url).status_code == 404


def test_page_hands_over(client, house, colleague):
    contract = at(house, State.SUBMITTED)
    client.force_login(house.filer)
    assert detail(client, contract).context["handover"]["takers"] == [
        (colleague.pk, colleague.get_full_name())
    ]
    url = reverse("contracts:hand_over", args=[contract.pk])
    client.post(url, {"to": colleague.pk})
    assert Contract.objects.get(pk=contract.pk).filing.handler == colleague
    assert client.post(url, {"to": house.stranger.pk}).status_code == 404
    client.force_login(house.reader)
    assert client.post(url, {"to": house.filer.pk}).status_code == 403


# --- reminders --------------------------------------------------------------------------------


def keys(occasions="draft|signed|term|patent"):
    found = Message.objects.filter(key__regex=f"-({occasions})-").order_by("pk")
    return [m.key.split("-", 2)[2].rsplit("-", 1)[0] for m in found]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (6, []),
        (7, ["draft-7"]),
        (29, ["draft-7"]),
        (30, ["draft-30"]),
        (59, ["draft-30"]),
        (60, []),
    ],
)
def test_drafts_are_reminded_of_after_7_and_30_days_once(house, days, told):
    draft(house.firm, house.filer)
    actions.remind(at=AT + days * DAY)
    actions.remind(at=AT + days * DAY)
    assert keys("draft") == told


def test_a_draft_that_was_saved_again_counts_anew(house):
    contract = draft(house.firm, house.filer)
    actions.remind(at=AT + 7 * DAY)
    later = AT + 8 * DAY
    actions.save_draft(contract=contract, values={}, by=house.filer, at=later)
    actions.remind(at=later + 7 * DAY)
    assert keys() == ["draft-7", "draft-7"]


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (31, []), (30, ["term-30"]), (8, ["term-30"]), (7, ["term-7"]), (2, ["term-7"]),
        (1, ["term-1"]), (0, ["term-1"]), (-1, []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("state", [State.DRAFT, State.CORRECTING])
def test_terms_are_reminded_of_before_they_end(house, state, left, told):
    ends = AT.date() + datetime.timedelta(days=left)
    contract = at(house, state)
    Contract.objects.filter(pk=contract.pk).update(ends_on=ends)
    actions.remind(at=AT)
    actions.remind(at=AT)
    assert keys() == told


def test_filed_contracts_and_unwanted_reminders_stay_quiet(client, house):
    soon = {"ends_on": AT.date() + 20 * DAY}
    filed = at(house, State.SUBMITTED)
    Contract.objects.filter(pk=filed.pk).update(**soon)
    contract = draft(house.firm, house.filer, project_name="另一项目")
    Contract.objects.filter(pk=contract.pk).update(**soon)
    client.force_login(house.filer)
    client.post(reverse("desk:reminders"), {"drafts": "on"})
    actions.remind(at=AT + 8 * DAY)
    assert keys() == ["draft-7"]
    choose_reminders(user=house.filer, drafts=False, signings=False, terms=True)
    actions.remind(at=AT + 9 * DAY)
    assert keys() == ["draft-7", "term-30"]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (29, []), (30, ["signed-30"]), (89, ["signed-30"]), (90, ["signed-90"]),
        (364, ["signed-90"]), (365, []),
    ],
)  # fmt: skip
def test_drafts_are_reminded_of_from_the_day_of_signing(house, days, told):
    contract = draft(house.firm, house.filer)
    Contract.objects.filter(pk=contract.pk).update(signed_on=AT.date() - days * DAY)
    actions.remind(at=AT)
    actions.remind(at=AT)
    assert keys() == told


def test_signed_contract_that_is_filed_over_or_unwanted_is_not_reminded_of(house):
    long_ago = AT.date() - 40 * DAY
    at(house, State.CORRECTING)
    over = draft(house.firm, house.filer, project_name="另一项目")
    Contract.objects.filter(pk=over.pk).update(ends_on=AT.date() - DAY)
    Contract.objects.update(signed_on=long_ago)
    actions.remind(at=AT)
    assert keys() == []
    Contract.objects.filter(pk=over.pk).update(ends_on=AT.date() + 100 * DAY)
    choose_reminders(user=house.filer, drafts=True, signings=False, terms=True)
    actions.remind(at=AT)
    assert keys() == []
    choose_reminders(user=house.filer, drafts=False, signings=True, terms=False)
    actions.remind(at=AT)
    assert keys() == ["signed-30"]
    assert "2020年6月10日" in Message.objects.get(key__contains="-signed-").body


@pytest.mark.parametrize(("kind", "told"), [("licence", ["patent-7"]), ("transfer", [])])
def test_licence_is_reminded_of_before_its_patent_expires(house, kind, told):
    contract = draft(house.firm, house.filer)
    Contract.objects.filter(pk=contract.pk).update(
        kind=kind, ip_kind="invention_patent", patent_expires_on=AT.date() + 7 * DAY
    )
    actions.remind(at=AT)
    assert keys() == told


@pytest.mark.parametrize(
    ("year", "words"), [(2020, "登记机构可能不予受理"), (2023, "届满后将无法登记")]
)
def test_what_the_end_of_the_term_means_follows_the_edition(house, year, words):
    when = AT.replace(year=year)
    contract = draft(house.firm, house.filer)
    Contract.objects.filter(pk=contract.pk).update(
        signed_on=when.date(), saved_at=when, ends_on=when.date() + 5 * DAY
    )
    actions.remind(at=when)
    assert words in Message.objects.get(key__contains="-term-").body


# --- rating -----------------------------------------------------------------------------------


def rate(contract, by, grade=5, reason="", when=AT):
    return ratings.rate(filing=contract.filing, grade=grade, reason=reason, by=by, at=when)


@pytest.mark.parametrize(("grade", "reason", "code"), [
    (0, "", "RATE-02"), (6, "", "RATE-02"), (2, " ", "RATE-03"), (1, "", "RATE-03"),
])  # fmt: skip
def test_rating_is_refused_with_its_reason(house, grade, reason, code):
    contract = at(house, State.REFUSED)
    with pytest.raises(Refused) as caught:
        rate(contract, house.filer, grade, reason)
    assert [f.code for f in caught.value.findings] == [code]


@pytest.mark.parametrize(
    ("grade", "due"), [(3, None), (2, datetime.date(2020, 3, 23)), (1, datetime.date(2020, 3, 23))]
)
def test_bad_ratings_are_answered_within_15_working_days(house, grade, due):
    assert rate(at(house, State.REFUSED), house.filer, grade, "太慢").reply_due_on == due


@pytest.mark.parametrize("state", [State.SUBMITTED, State.WITHDRAWN, State.CORRECTING])
def test_only_decided_matters_are_rated(house, state):
    with pytest.raises(Refused):
        rate(at(house, state), house.filer)


def test_one_rating_for_each_matter_by_who_may_file(house):
    contract = at(house, State.RECOGNISED)
    for person in (house.reader, house.stranger, house.reviewer):
        with pytest.raises(Denied):
            rate(contract, person)
    rate(contract, house.filer)
    with pytest.raises(Refused):
        rate(contract, house.filer, 1, "改")
    assert Rating.objects.get().grade == 5


def test_rating_is_not_seen_by_who_decided(house):
    house.firm_decider = house.reviewer
    rate(at(house, State.RECOGNISED), house.filer, 2, "太慢")
    assert Rating.objects.visible_to(house.reviewer).count() == 0
    assert Rating.objects.visible_to(house.official).count() == 1
    assert Rating.objects.visible_to(house.filer).count() == 1
    assert Rating.objects.visible_to(house.stranger).count() == 0


def test_official_replies_at_the_desk_once_and_the_enterprise_reads_it(client, house):
    contract = at(house, State.RECOGNISED)
    rating = rate(contract, house.filer, 1, "等了太久")
    url = reverse("admin:filings_rating_change", args=[contract.pk])
    client.force_login(house.reviewer)
    assert client.get(url).status_code in (302, 403)
    client.force_login(house.official)
    listed = client.get(reverse("admin:filings_rating_changelist"))
    assert listed.context["figures"]["open"] == 1
    assert client.post(url, {"reply": ""}).status_code == 200
    assert client.post(url, {"reply": "已优化流程，致歉。"}).status_code == 302
    rating.refresh_from_db()
    assert rating.replied_by == house.official
    with pytest.raises(Refused):
        ratings.reply(rating=rating, text="再答", by=house.official, at=AT)
    client.force_login(house.filer)
    assert "已优化流程" in detail(client, contract).text


@pytest.mark.parametrize(("day", "late"), [(23, 0), (24, 1)])
def test_late_replies_are_flagged_once(house, day, late):
    rate(at(house, State.RECOGNISED), house.filer, 1, "等了太久")
    when = AT.replace(day=day)
    assert ratings.flag_overdue(at=when) == late
    assert ratings.flag_overdue(at=when) == 0


def test_page_takes_the_rating(client, house):
    contract = at(house, State.RECOGNISED)
    client.force_login(house.filer)
    assert "rating" in detail(client, contract).context
    client.post(reverse("contracts:rate", args=[contract.pk]), {"grade": "4"})
    assert Rating.objects.get().grade == 4
    client.force_login(house.reviewer)
    assert detail(client, contract).context["rating"] is None
