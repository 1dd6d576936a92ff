"""The experts' pages: who gets in, what is shown when, typing, submitting, the leader's sheet."""

import pytest
from django.urls import reverse
from django.utils import translation

from hitech_cert.enums import SeatState, State
from hitech_cert.models import Application, Expert, ScoreSheet, Seat, Tie
from hitech_cert.queries import panels as reads
from tests.factories import accounts
from tests.factories import hitech_experts as f
from torch_portal.filings.models import Access

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def panel(house):
    return f.panel(house)


@pytest.fixture
def first(panel):
    """The leader's seat."""
    return f.seats_of(panel)[0]


def url(name, *args):
    return reverse(f"hitech_cert:expert_{name}", args=args)


PAGES = ("review", "invitation", "sheet", "leader")


@pytest.mark.parametrize("name", ["filer", "stranger", "reviewer", "official", "operator"])
def test_experts_pages_are_nowhere_for_everybody_else(house, client, first, name):
    f.accept(first)
    client.force_login(getattr(house, name))
    pages = [url(page, first.pk) for page in PAGES] + [url("reviews"), url("ties")]
    assert {client.get(page).status_code for page in pages} == {404}
    posts = [url("decline", first.pk), url("autosave", first.pk), url("sheet", first.pk)]
    assert {client.post(page).status_code for page in posts} == {404}


def test_visitor_is_led_to_the_door(client, first):
    assert client.get(url("reviews")).status_code == 302


def test_another_expert_sees_neither_application_nor_sheet(client, panel, first):
    f.submit(first)
    other = f.seats_of(panel)[1]
    f.accept(other)
    client.force_login(other.expert.user)
    assert {client.get(url(page, first.pk)).status_code for page in PAGES} == {404}
    assert client.get(url("sheet", other.pk)).status_code == 200
    outside = f.expert(50)
    client.force_login(outside.user)
    assert {client.get(url(page, first.pk)).status_code for page in PAGES} == {404}


def test_invited_expert_sees_only_whose_application_it_is(client, first):
    client.force_login(first.expert.user)
    assert client.get(url("review", first.pk)).status_code == 302
    page = client.get(url("invitation", first.pk)).content.decode()
    assert first.panel.application.enterprise.name in page
    assert "IP01" not in page
    assert client.get(url("sheet", first.pk)).status_code == 404


def test_accepting_opens_the_application_and_the_access_is_noted(client, first):
    client.force_login(first.expert.user)
    answer = client.post(url("invitation", first.pk), {})
    assert answer.status_code == 422
    assert "Declare that you have no interest" in answer.content.decode()
    client.post(url("invitation", first.pk), {"no_interest": "on", "commitment": "on"})
    first.refresh_from_db()
    assert first.state == SeatState.ACCEPTED
    page = client.get(url("review", first.pk)).content.decode()
    assert "RD01" in page
    assert "2,200.00" in page
    access = Access.objects.get(seen_by=first.expert.user)
    assert (access.filing_id, access.kind) == (first.panel.application_id, "page")


def test_files_are_open_through_the_seat_alone_and_noted(client, house, first, panel):
    f.accept(first)
    attachment = first.panel.application.filing.attachments.live().first()
    page = url("file", first.pk, attachment.pk)
    client.force_login(first.expert.user)
    answer = client.get(page)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Access.objects.get(attachment=attachment).seen_by == first.expert.user
    for person in (house.stranger, house.filer, f.seats_of(panel)[1].expert.user):
        client.force_login(person)
        assert client.get(page).status_code == 404
    f.drawing.dissolve_panel(panel=panel, by=f.province(), at=f.AT, note="重抽")
    client.force_login(first.expert.user)
    assert client.get(page).status_code == 404
    assert client.get(url("review", first.pk)).status_code == 404


def test_declining_needs_a_reason_and_gives_the_seat_up(client, first):
    client.force_login(first.expert.user)
    answer = client.post(url("decline", first.pk), {"reason": ""})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    client.post(url("decline", first.pk), {"reason": "曾任其顾问", "tie": "on"})
    first.refresh_from_db()
    assert first.state == SeatState.DECLINED
    assert Tie.objects.get().expert_id == first.expert_id
    assert client.get(url("invitation", first.pk)).status_code == 404


def typed(seat, **changes):
    """A complete sheet as the page sends it."""
    entries = f.entries(seat)
    answers = dict.fromkeys(entries["answers"], "yes")
    sent = {**entries["points"], **answers, **entries["figures"], "comment": "同意"}
    sent = {name: value for name, value in sent.items() if value is not None}
    if seat.role == "tech":
        sent["field_code"] = entries["field_code"]
    return sent | changes


def test_sheet_shows_declared_figures_and_bands(client, first):
    f.accept(first)
    client.force_login(first.expert.user)
    page = client.get(url("sheet", first.pk)).content.decode()
    assert "370.00" in page
    assert "By the figures: 7 to 8 (A)." in page
    assert "By the figures: 19 to 24 (B)." in page


def test_autosave_keeps_what_can_and_what_cannot_be_read(client, first):
    f.accept(first)
    client.force_login(first.expert.user)
    sent = {"adv": "6", "rd_total": "约三百", "comment": "初稿", "struck_projects": ["RD01"]}
    answer = client.post(url("autosave", first.pk), sent | {"seen": "0"})
    assert answer.status_code == 200
    sheet = ScoreSheet.objects.get(pk=first.pk)
    assert sheet.entries["points"]["adv"] == 6
    assert sheet.entries["struck_projects"] == ["RD01"]
    assert sheet.typed == {"rd_total": "约三百"}
    page = client.get(url("sheet", first.pk)).content.decode()
    assert "约三百" in page
    stale = client.post(url("autosave", first.pk), {"seen": "0"})
    assert "another window" in stale.content.decode()
    assert ScoreSheet.objects.get(pk=first.pk).entries["points"]["adv"] == 6


def test_submitting_points_everything_out_and_keeps_what_was_typed(client, first):
    f.accept(first)
    client.force_login(first.expert.user)
    answer = client.post(url("sheet", first.pk), typed(first, cnt="6", adv="", go="submit"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Give points." in text
    assert "7 to 8 points, not 6" not in text  # the sums wait for the missing points
    answer = client.post(url("sheet", first.pk), typed(first, cnt="6", go="submit", seen="1"))
    text = answer.content.decode()
    assert "7 to 8 points, not 6" in text
    assert 'name="why_cnt"' in text
    sent = typed(first, cnt="6", go="submit", seen="2", why_cnt="核心专利支撑弱")
    answer = client.post(url("sheet", first.pk), sent)
    assert answer.status_code == 302
    sheet = ScoreSheet.objects.get(pk=first.pk)
    assert sheet.submitted_at
    assert sheet.reasons == {"cnt": "核心专利支撑弱"}
    page = client.get(url("sheet", first.pk)).content.decode()
    assert "My sheet" in page
    assert '<form method="post" novalidate' not in page


def test_struck_out_activity_still_counted_is_pointed_out_on_saving(client, first):
    f.accept(first)
    client.force_login(first.expert.user)
    client.post(url("sheet", first.pk), typed(first, struck_projects=["RD01"], go="stay"))
    page = client.get(url("sheet", first.pk)).content.decode()
    assert "RD01 is struck out, so at most 0.00 万元 remain; you accept 370." in page
    assert 'name="why_rd_total"' in page


def test_finance_expert_has_a_sheet_of_the_own_kind(client, panel):
    seat = f.accept(f.seats_of(panel)[3])
    client.force_login(seat.expert.user)
    page = client.get(url("sheet", seat.pk)).content.decode()
    assert "Annex 4" in page
    assert 'name="net_assets_3"' in page
    assert 'name="adv"' not in page
    answer = client.post(url("sheet", seat.pk), typed(seat, go="submit"))
    assert answer.status_code == 302
    assert ScoreSheet.objects.get(pk=seat.pk).total == 11


def test_leaders_page_is_shut_until_all_are_in(client, panel, first):
    f.submit(first)
    client.force_login(first.expert.user)
    assert client.get(url("leader", first.pk)).status_code == 403
    for seat in f.seats_of(panel)[1:]:
        f.submit(seat)
    page = client.get(url("leader", first.pk)).content.decode()
    assert "No. 3" in page
    assert ">71<" in page
    assert all(s.expert.user.get_full_name() not in page for s in f.seats_of(panel)[1:])
    other = f.seats_of(panel)[1]
    client.force_login(other.expert.user)
    assert client.get(url("leader", other.pk)).status_code == 403


def test_leader_closes_the_review_on_the_page(client, panel, first):
    f.all_submitted(panel)
    client.force_login(first.expert.user)
    sent = {
        "stated_total": "75", "staff_st": "12", "rd_total": "370", "rd_domestic": "370",
        "income": "1700", "recognise": "yes", "reason": "符合", "go": "close",
    }  # fmt: skip
    answer = client.post(url("leader", first.pk), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "You state 75; the sheets of the experts give 71 (71.00)." in text
    assert "20.00 %" in text
    sent |= {"stated_total": "71", "seen": "1"}
    assert client.post(url("leader", first.pk), sent).status_code == 302
    application = Application.objects.select_related("filing").get()
    assert application.filing.state == State.SCORED
    assert (application.score_top, application.score_bottom) == (71, 1)
    assert client.get(url("leader", first.pk)).status_code == 404
    assert client.get(url("sheet", first.pk)).status_code == 404


def test_leaders_words_are_kept_while_typing(client, panel, first):
    f.all_submitted(panel)
    client.force_login(first.expert.user)
    client.post(url("leader_autosave", first.pk), {"reason": "符合", "seen": "0"})
    assert "符合" in client.get(url("leader", first.pk)).content.decode()
    stale = client.post(url("leader_autosave", first.pk), {"reason": "x", "seen": "0"})
    assert "another window" in stale.content.decode()


def test_ties_are_declared_and_taken_back(client, first):
    client.force_login(first.expert.user)
    assert client.post(url("ties"), {"kind": "work"}).status_code == 422
    sent = {"kind": "interest", "enterprise_name": "某公司", "reason": "持股"}
    assert client.post(url("ties"), sent).status_code == 302
    tie = Tie.objects.get()
    assert "某公司" in client.get(url("ties")).content.decode()
    stranger = f.expert(60)
    client.force_login(stranger.user)
    assert client.post(url("end_tie", tie.pk)).status_code == 404
    client.force_login(first.expert.user)
    client.post(url("end_tie", tie.pk))
    tie.refresh_from_db()
    assert tie.ended_on


def test_list_says_what_waits(client, panel, first):
    client.force_login(first.expert.user)
    page = client.get(url("reviews")).content.decode()
    assert "1 application waits for you." in page
    f.all_submitted(panel)
    assert "Leader&#x27;s sheet" in client.get(url("reviews")).content.decode()


def test_who_left_the_pool_finds_nothing(client, first):
    Expert.objects.filter(pk=first.expert_id).update(active=False)
    client.force_login(first.expert.user)
    assert client.get(url("reviews")).status_code == 404


def test_experts_show_a_second_factor_as_reviewers_do(client, first, settings):
    settings.SECOND_FACTOR = "required"
    client.force_login(first.expert.user)
    answer = client.get(url("reviews"))
    assert (answer.status_code, answer.url) == (302, reverse("mfa_activate_totp"))


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_do_not_grow(client, house, django_assert_max_num_queries, count):
    f.pool()
    seat = None
    for place in range(count):
        firm = accounts.enterprise(f.code(place), name=f"企业{place}")
        application = f.accepted(house, firm, accounts.member(firm), place=place)
        panel = f.drawing.draw_panel(application=application, by=f.province(), at=f.AT)
        seat = seat or f.seats_of(panel)[0]
    theirs = Seat.objects.filter(expert=seat.expert).values("panel")
    Seat.objects.exclude(panel__in=theirs).filter(lot=0, role="tech").update(expert=seat.expert)
    client.force_login(seat.expert.user)
    client.get(url("reviews"))
    with django_assert_max_num_queries(7):
        client.get(url("reviews"))


def test_queries_of_the_sheet_are_few(client, first, django_assert_max_num_queries):
    f.accept(first)
    client.force_login(first.expert.user)
    client.get(url("sheet", first.pk))
    with django_assert_max_num_queries(22):
        client.get(url("sheet", first.pk))
    assert reads.leader_of(first.panel) == first
