"""The desk of the survey: queues by level and risk, the page, the moves, rounds with boards."""

import datetime
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from stats import actions
from stats.enums import RoundState, State
from stats.models import (
    Aggregate,
    Assignment,
    MicroAccess,
    MicroGrant,
    Outlier,
    Return,
    Round,
    SignOff,
)
from tests.factories import accounts
from tests.factories import stats as made
from tests.factories.stats import AT, ITEMS
from torch_portal.common import clock

LIST = reverse("admin:stats_return_changelist")
THIRD = "91330106MA2KX5TJ2H"
ENGLISH = {"accept-language": "en"}
LIST_QUERIES = 14
PAGE_QUERIES = 30

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(house):
    return made.return_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer, qc49="998",
    )  # fmt: skip


def page_of(report):
    return reverse("admin:stats_return_change", args=[report.pk])


def move_of(report, name):
    return reverse("admin:stats_return_move", args=[report.pk, name])


def round_page(survey, **asked):
    return reverse("admin:stats_round_change", args=[survey.pk]), asked


def names(answer):
    return [row["cells"][2][1] for row in answer.context_data["rows"]]


def test_queue_is_that_of_the_level_with_which_it_lies(house, report, client):
    seen = {}
    for who, person in {
        "unit": house.reviewer, "far": house.far_reviewer, "province": made.province(),
        "torch": made.torch(),
    }.items():  # fmt: skip
        client.force_login(person)
        seen[who] = (
            names(client.get(LIST)), names(client.get(LIST, {"queue": "elsewhere"})),
        )  # fmt: skip
    name = house.firm.name
    assert seen == {
        "unit": ([name], []), "far": ([], []), "province": ([], [name]), "torch": ([], [name]),
    }  # fmt: skip


def test_respondents_and_visitors_do_not_enter(house, report, client):
    assert client.get(LIST).status_code == 302
    client.force_login(house.filer)
    assert client.get(page_of(report)).status_code in (302, 404)
    client.force_login(house.far_reviewer)
    assert client.get(page_of(report)).status_code in (302, 404)


def test_riskier_return_stands_first_and_the_list_costs_the_same(house, client):
    firms = [house.firm, house.other_firm]
    firms += [accounts.enterprise(THIRD, name="丙公司")]
    survey = made.open_round(dict.fromkeys(firms, house.office))
    client.force_login(house.reviewer)
    people = [house.filer, house.stranger, accounts.member(firms[2])]
    counted = []
    for firm, by, wrong in zip(firms, people, ("1000", "998", "1000"), strict=True):
        made.return_at(
            State.SUBMITTED, firm=firm, by=by, office=house.office, examiner=house.reviewer,
            round_=survey, qc49=wrong,
        )  # fmt: skip
        client.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(LIST)
        counted.append(len(asked))
    assert names(answer)[0] == house.other_firm.name
    assert counted[0] == counted[2] <= LIST_QUERIES


def test_page_shows_values_last_year_rules_and_the_approval_of_this_level(house, report, client):
    client.force_login(house.reviewer)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page_of(report))
    assert len(asked) <= PAGE_QUERIES
    text = answer.content.decode()
    assert "qc05_0" in text
    assert "52,000" in text
    assert "CK-101" in text
    assert "账面数据无误" in text
    assert answer.context_data["main_button"]["move"].name == "approve_local"
    cell = text.split('id="fact-qc05_0"')[1].split("</tr>")[0]
    assert "<input" not in cell


def test_approval_by_one_click_and_return_with_the_rules_taken_over(house, report, client):
    client.force_login(house.reviewer)
    page = move_of(report, "return_for_correction")
    answer = client.get(page, {"take": "all"})
    assert answer.status_code == 200
    assert "CK-101" in answer.content.decode() or "qc05_0" in answer.content.decode()
    data = {"seen": report.filing.version, "items-TOTAL_FORMS": "1"} | {
        f"items-0-{name}": value for name, value in ITEMS[0].items()
    }
    assert client.post(page, data).status_code == 302
    report.filing.refresh_from_db()
    assert report.filing.state == State.RETURNED


def test_return_without_a_reason_says_so_and_keeps_what_was_typed(house, report, client):
    client.force_login(house.reviewer)
    data = {
        "seen": report.filing.version, "items-TOTAL_FORMS": "1", "items-0-field": "qc51",
        "items-0-problem": "incorrect", "items-0-remedy": "",
    }  # fmt: skip
    answer = client.post(move_of(report, "return_for_correction"), data)
    assert answer.status_code == 422
    report.filing.refresh_from_db()
    assert report.filing.state == State.SUBMITTED


def test_move_of_another_level_is_denied_with_the_reason(house, report, client):
    client.force_login(made.province())
    data = {"seen": report.filing.version}
    answer = client.post(move_of(report, "approve_local"), data, headers=ENGLISH)
    assert answer.status_code == 403
    assert "unit responsible for the respondent" in answer.content.decode()


def test_nothing_can_be_posted_to_the_page_of_a_return(house, report, client):
    client.force_login(house.reviewer)
    assert client.post(page_of(report), {"data": "{}"}).status_code in (403, 405)


# --- rounds -----------------------------------------------------------------------------------


def design(client, **changes):
    """Lay the round out by its form."""
    data = {
        "version": made.version().pk, "year": 2022, "title": "2022年度年报",
        "opens_on": "2023-01-15", "closes_on": "2023-03-25", "reassign_until": "2023-03-15",
        "scan_until": "2023-04-30",
    }  # fmt: skip
    return client.post(reverse("admin:stats_round_add"), data | changes, headers=ENGLISH)


def test_round_goes_its_way_by_buttons(house, client):
    client.force_login(made.torch())
    assert design(client).status_code == 302
    survey = Round.objects.get()
    sheet = openpyxl.Workbook()
    sheet.active.append(["统一社会信用代码", "企业名称"])
    sheet.active.append([house.firm.credit_code, house.firm.name])
    out = io.BytesIO()
    sheet.save(out)
    out.seek(0)
    out.name = "名录.xlsx"
    step = lambda name: client.post(reverse("admin:stats_round_step", args=[survey.pk, name]))  # noqa: E731  (one line)
    step("approve")
    brought = client.post(reverse("admin:stats_round_list", args=[survey.pk]), {"file": out})
    assert brought.status_code == 302, brought.content.decode()
    step("freeze")
    step("open")
    survey.refresh_from_db()
    assert (survey.state, Assignment.objects.count()) == (RoundState.OPEN, 1)
    step("approve")
    survey.refresh_from_db()
    assert survey.state == RoundState.OPEN


def test_round_past_the_approval_is_refused_at_its_day(house, client):
    client.force_login(made.torch())
    answer = design(client, closes_on="2026-03-25", scan_until="2026-04-30")
    assert answer.status_code == 422
    assert "valid until" in answer.content.decode()


def test_list_without_the_column_says_which_is_needed(house, client):
    client.force_login(made.torch())
    survey = made.survey_round(RoundState.APPROVED)
    upload = io.BytesIO("名称,地址,电话\n甲公司,杭州,1\n".encode())
    upload.name = "list.csv"
    answer = client.post(reverse("admin:stats_round_list", args=[survey.pk]), {"file": upload})
    assert answer.status_code == 422
    assert "统一社会信用代码" in answer.content.decode()


@pytest.mark.parametrize("board", ["coverage", "outliers", "totals", "sign_off", "publication"])
def test_boards_of_a_round_for_every_level(house, report, client, board):
    survey = report.round
    actions.count_totals(survey_round=survey, at=AT)
    actions.find_outliers(survey_round=survey, at=AT)
    address, _asked = round_page(survey)
    for person in (house.reviewer, made.province(), made.torch()):
        client.force_login(person)
        answer = client.get(address, {"board": board})
        assert answer.status_code == 200
    client.force_login(house.filer)
    assert client.get(address).status_code in (302, 404)


def test_totals_are_explained_and_signed_off_by_the_province(house, report, client):
    survey = report.round
    by = house.reviewer
    actions.approve_local(report=Return.objects.get(pk=report.pk), by=by, at=AT)
    actions.approve_province(report=Return.objects.get(pk=report.pk), by=made.province(), at=AT)
    client.force_login(made.province())
    assert client.post(reverse("admin:stats_round_count", args=[survey.pk])).status_code == 302
    row = Aggregate.objects.get(place="33", dimension="total", code="qc05_0")
    page = reverse("admin:stats_round_total", args=[survey.pk, row.pk])
    assert client.post(page, {"text": "短"}).status_code == 422
    assert client.post(page, {"text": "新纳入企业收入增加较多"}).status_code == 302
    actions.close_round(survey_round=survey, by=made.torch(), at=AT)
    sign = reverse("admin:stats_round_sign", args=[survey.pk, "33"])
    assert client.post(sign, {"note": "已核对"}).status_code == 302
    assert SignOff.objects.get().note == "已核对"
    client.force_login(made.province("32"))
    assert client.get(sign).status_code == 403
    client.force_login(house.reviewer)
    assert client.post(reverse("admin:stats_round_count", args=[survey.pk])).status_code == 403


def test_respondent_is_given_to_another_unit_and_exempt_on_its_page(house, client):
    survey = made.open_round({house.firm: house.office})
    row = Assignment.objects.get(round=survey)
    near = accounts.agency("330199", "330108", name="滨江区科技局")
    client.force_login(made.province())
    assert client.get(reverse("admin:stats_assignment_changelist")).status_code == 200
    assert client.get(reverse("admin:stats_assignment_change", args=[row.pk])).status_code == 200
    unit = reverse("admin:stats_assignment_unit", args=[row.pk])
    late = client.post(unit, {"unit": near.pk, "note": "迁入"})
    assert late.status_code == 422  # today lies after the cut-off of this round
    Round.objects.update(reassign_until=datetime.date(2030, 3, 15), closes_on="2030-03-25")
    assert client.post(unit, {"unit": near.pk, "note": "迁入"}).status_code == 302
    exempt = reverse("admin:stats_assignment_exempt", args=[row.pk])
    assert client.post(exempt, {"note": ""}).status_code == 422
    assert client.post(exempt, {"note": "已注销"}).status_code == 302
    row.refresh_from_db()
    assert (row.responsible_unit, row.exempt) == (near, True)


def test_outlier_is_noted_on_its_page(house, report, client):
    row = Outlier.objects.create(
        report=report, kind="fixed", code="revenue_per_head", now=1, found_at=AT,
        bounds={"ratio": "60000", "low": "1", "high": "50000"},
    )  # fmt: skip
    client.force_login(house.reviewer)
    assert client.get(reverse("admin:stats_outlier_changelist")).status_code == 200
    page = reverse("admin:stats_outlier_change", args=[row.pk])
    assert "60,000" in client.get(page).content.decode()
    answer = reverse("admin:stats_outlier_answer", args=[row.pk, "seen"])
    assert client.post(answer, {"note": ""}).status_code == 422
    assert client.post(answer, {"note": "贸易型企业"}).status_code == 302
    row.refresh_from_db()
    assert (row.note, row.seen_by) == ("贸易型企业", house.reviewer)


def test_micro_data_are_granted_taken_and_listed(house, report, client):
    survey = report.round
    take = reverse("admin:stats_round_microdata", args=[survey.pk])
    client.force_login(made.province())
    assert client.post(take).status_code == 403
    client.force_login(made.torch())
    until = clock.today() + datetime.timedelta(days=30)
    data = {
        "survey_round": survey.pk, "person": made.province().username, "until": until.isoformat(),
        "purpose": "核实重点企业收入变动",
    }  # fmt: skip
    wrong = client.post(reverse("admin:stats_microgrant_add"), data | {"person": "nobody"})
    assert wrong.status_code == 422
    assert client.post(reverse("admin:stats_microgrant_add"), data).status_code == 302
    grant = MicroGrant.objects.get()
    client.force_login(made.province())
    answer = client.post(take)
    assert answer["Content-Disposition"].startswith("attachment")
    access = MicroAccess.objects.get()
    client.force_login(made.torch())
    for name, pk in (("microgrant", grant.pk), ("microaccess", access.pk)):
        assert client.get(reverse(f"admin:stats_{name}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:stats_{name}_change", args=[pk])).status_code == 200
    end = reverse("admin:stats_microgrant_answer", args=[grant.pk, "end"])
    assert client.post(end).status_code == 302
    grant.refresh_from_db()
    assert grant.ended_by == made.torch()
