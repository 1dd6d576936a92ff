"""Spot checks: the draw and how it is repeated, material, comparison, result, and their pages."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sme_eval import actions, queries, rules
from sme_eval.enums import CheckState, State
from sme_eval.models import Draw, Evaluation, SpotCheck
from tests.factories import accounts
from tests.factories.contracts import pdf
from tests.factories.sme_eval import AT, evaluation_at, province
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

DRAWN = AT + datetime.timedelta(days=60)
STATEMENTS = ("balance_sheet", "income_statement", "rd_schedule")
FIGURES = {
    "revenue": Decimal("5000.00"),
    "cost_total": Decimal("4000.00"),
    "assets_total": Decimal("3000.00"),
    "rd_cost": Decimal("90.00"),
}
LIST = reverse("admin:sme_eval_spotcheck_changelist")
LIST_QUERIES = 5
DRAWS = reverse("admin:sme_eval_draw_changelist")

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered(house):
    evaluation = evaluation_at(
        State.ENTERED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    return Evaluation.objects.select_related("filing", "enterprise").get(pk=evaluation.pk)


def draw(house, at=DRAWN, **more):
    more = {"jurisdiction": "33", "year": 2020, "by": house.official, **more}
    return actions.draw_spot_check(at=at, **more)


@pytest.fixture
def check(house, entered):
    draw(house)
    return SpotCheck.objects.select_related("evaluation__filing", "draw").get()


def give(check, house, **figures):
    for kind in STATEMENTS:
        actions.attach_material(
            check=check, kind=kind, upload=pdf(f"{kind}.pdf"), by=house.filer, at=DRAWN
        )
    return actions.give_material(check=check, figures=FIGURES | figures, by=house.filer, at=DRAWN)


def moment(day):
    return datetime.datetime.combine(day, datetime.time(4), datetime.UTC)


def codes(caught):
    return [f.code for f in caught.value.findings]


# --- the draw ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("share", "drawn"), [("0.0499", False), ("0.05", True), (None, True)])
def test_at_least_five_per_cent_are_drawn(house, entered, share, drawn):
    share = None if share is None else Decimal(share)
    if not drawn:
        with pytest.raises(Refused) as caught:
            draw(house, share=share)
        assert codes(caught) == ["share"]
        assert not Draw.objects.exists()
        return
    made = draw(house, share=share)
    assert (made.population, made.share, made.checks.count()) == (1, Decimal("0.05"), 1)


def test_more_than_all_cannot_be_drawn(house, entered):
    with pytest.raises(Refused) as caught:
        draw(house, share=Decimal("1.0001"))
    assert codes(caught) == ["share"]


def test_confirmed_by_a_certificate_is_never_drawn(house, entered):
    Evaluation.objects.filter(pk=entered.pk).update(direct_routes=["hnte_certificate"])
    with pytest.raises(Refused) as caught:
        draw(house)
    assert codes(caught) == ["empty"]
    Evaluation.objects.filter(pk=entered.pk).update(direct_routes=["standard"])
    assert draw(house).population == 1


def test_nobody_is_drawn_twice_in_a_year(house, check):
    with pytest.raises(Refused) as caught:
        draw(house)
    assert codes(caught) == ["empty"]


@pytest.mark.parametrize("state", [State.RESIGNED, State.PASSED])
def test_only_valid_numbers_are_drawn_from(house, state):
    evaluation_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer
    )
    with pytest.raises(Refused) as caught:
        draw(house)
    assert codes(caught) == ["empty"]


def test_same_seed_gives_the_same_draw():
    numbers = [f"2020330106000{n:05d}" for n in range(200)]
    first = rules.draw(numbers, "福彩3D 2020100", Fraction(5, 100))
    assert first == rules.draw(reversed(numbers), "福彩3D 2020100", Fraction(5, 100))
    assert len(first) == 10
    assert first != rules.draw(numbers, "福彩3D 2020101", Fraction(5, 100))


def test_draw_keeps_seed_population_and_digest_and_tells_who_was_drawn(house, entered):
    made = draw(house, seed=" 2020-05-01 福彩 ")
    assert made.seed == "2020-05-01 福彩"
    assert made.digest == queries.digest_of_pool([entered.number])
    assert made.due_on == datetime.date(2020, 5, 25)
    assert Message.objects.filter(key__contains="-check-").get().to_user == house.filer
    assert entered.filing.events.latest("seq").move == "spot_check"


def test_seed_is_made_where_none_is_given(house, check):
    assert len(check.draw.seed) == 32


def test_only_the_department_draws(house, entered):
    for person in (house.reviewer, house.filer, house.operator, accounts.official("32")):
        with pytest.raises(Denied):
            draw(house, by=person)


# --- material and result -----------------------------------------------------------------------


def test_material_needs_statements_and_figures_all_told_at_once(house, check):
    with pytest.raises(Refused) as caught:
        actions.give_material(
            check=check, figures={"revenue": Decimal(1)}, by=house.filer, at=DRAWN
        )
    assert codes(caught) == ["material"] * 3 + ["figure"] * 3
    assert give(check, house).state == CheckState.GIVEN
    with pytest.raises(Stale):
        actions.give_material(check=check, figures=FIGURES, by=house.filer, at=DRAWN)


def test_figures_stand_side_by_side_with_the_points_they_make(house, check):
    given = give(check, house)
    rows = {row["label"]: row for row in queries.compared(given)}
    assert [row["differs"] for row in rows.values()] == [False, False, False, True]
    assert list(rows.values())[-1]["difference"] == "-210.00"
    # 90 of 5000 is 1.8 %: no points for R&D, 20 + 0 + 30 in all.
    points = queries.points_compared(given)
    assert (points["declared"], points["given"], points["enough"]) == (100, 50, 60)


@pytest.mark.parametrize(("days", "possible"), [(0, False), (1, True)])
def test_silence_is_found_the_day_after_the_last_day(house, check, days, possible):
    at = moment(check.draw.due_on + datetime.timedelta(days=days))
    told = {"check": check, "state": "silent", "by": house.reviewer, "at": at, "note": "未提供"}
    if possible:
        assert actions.conclude(**told).state == CheckState.SILENT
    else:
        with pytest.raises(Refused) as caught:
            actions.conclude(**told)
        assert codes(caught) == ["too_early"]


def test_on_site_first_and_then_the_result_once(house, check):
    given = give(check, house)
    told = {"check": given, "by": house.reviewer, "at": DRAWN}
    actions.conclude(state="on_site", note="核对研发费用辅助账", **told)
    actions.conclude(state="agrees", note="一致", **told)
    with pytest.raises(Stale):
        actions.conclude(state="differs", note="不一致", **told)
    with pytest.raises(Denied):
        actions.conclude(**told | {"by": house.far_reviewer}, state="agrees", note="一致")


@pytest.mark.parametrize("state", ["given", "asked", "nonsense", ""])
def test_only_a_result_concludes(house, check, state):
    with pytest.raises(Refused) as caught:
        actions.conclude(check=check, state=state, by=house.reviewer, at=DRAWN, note="x")
    assert codes(caught) == ["state"]


# --- the pages ---------------------------------------------------------------------------------


def page_of(row):
    name = row._meta.model_name
    return reverse(f"admin:sme_eval_{name}_change", args=[row.pk])


def test_draw_at_the_desk(client, house, entered):
    client.force_login(house.official)
    add = reverse("admin:sme_eval_draw_add")
    assert client.get(add).status_code == 200
    form = {"jurisdiction": "33", "year": "2020", "share": "4.99", "seed": "1"}
    refused = client.post(add, form)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["share"])
    odd = client.post(add, form | {"share": "5.001"})
    assert (odd.status_code, list(odd.context["form"].errors)) == (422, ["share"])
    assert client.post(add, form | {"share": "5"}).status_code == 302
    made = Draw.objects.get()
    shown = client.get(page_of(made))
    lot = rules.lot("1", entered.number)
    for words in (made.digest, made.seed, entered.number, lot):
        assert words in shown.text
    assert made.population == 1
    assert "33" in client.get(DRAWS).text


@pytest.mark.parametrize("who", ["reviewer", "operator", "far_reviewer"])
def test_draws_are_for_the_department(client, house, check, who):
    client.force_login(getattr(house, who))
    assert client.get(DRAWS).status_code == 403
    assert client.get(reverse("admin:sme_eval_draw_add")).status_code == 403
    assert client.get(page_of(check.draw)).status_code == 404


def test_draw_of_another_province_is_not_found(client, house, check):
    client.force_login(accounts.official("32", name="jiangsu"))
    assert client.get(page_of(check.draw)).status_code == 404
    assert client.get(page_of(check)).status_code == 404
    other = {"jurisdiction": "33", "year": "2020", "share": "", "seed": ""}
    assert client.post(reverse("admin:sme_eval_draw_add"), other).status_code == 422


def test_check_page_compares_and_concludes(client, house, check):
    give(check, house)
    client.force_login(house.reviewer)
    shown = client.get(page_of(check))
    assert "-210.00" in shown.text
    assert [f["name"] for f in shown.context["files"]] == [f"{kind}.pdf" for kind in STATEMENTS]
    url = reverse("admin:sme_eval_spotcheck_answer", args=[check.pk, "conclude"])
    refused = client.post(url, {"state": "differs", "note": ""})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["note"])
    assert client.post(url, {"state": "differs", "note": "研发费用不一致"}).status_code == 302
    check.refresh_from_db()
    assert (check.state, check.result) == (CheckState.DIFFERS, "研发费用不一致")
    assert client.get(page_of(check)).context["buttons"] == []


def test_official_reads_the_check_and_does_not_conclude(client, house, check):
    client.force_login(house.official)
    assert client.get(page_of(check)).context["buttons"] == []
    url = reverse("admin:sme_eval_spotcheck_answer", args=[check.pk, "conclude"])
    assert client.post(url, {"state": "agrees", "note": "x"}).status_code == 403
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("far_reviewer", 404), ("operator", 404), ("stranger", 302)]
)
def test_check_is_not_for_others(client, house, check, who, status):
    client.force_login(getattr(house, who))
    assert client.get(page_of(check)).status_code == status


@pytest.mark.parametrize(
    ("waiting", "found"), [("", 1), ("asked", 1), ("late", 1), ("proposed", 0), ("all", 1)]
)
def test_queue_of_checks(client, house, check, waiting, found):
    """The clock of the pages stands years later: the material is late."""
    client.force_login(house.reviewer)
    shown = client.get(LIST, {"waiting": waiting} if waiting else {})
    assert shown.context["cl"].result_count == found


def test_list_of_checks_takes_the_same_queries_for_one_and_three(client, house, check):
    client.force_login(house.reviewer)
    client.get(LIST)
    counted = []
    for rows in (1, 3):
        while SpotCheck.objects.count() < rows:
            firm = accounts.enterprise(f"9133010600000000{SpotCheck.objects.count():02d}")
            again = evaluation_at(
                State.ENTERED, firm=firm, by=accounts.member(firm), office=house.office,
                examiner=house.reviewer,
            )  # fmt: skip
            SpotCheck.objects.create(draw=check.draw, evaluation=again)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST).context["cl"].result_count == rows
        counted.append(len(asked))
    assert counted == [LIST_QUERIES] * 2


def test_province_announces_what_a_check_proposed(house, check):
    """The check itself changes no state."""
    actions.conclude(
        check=check, state="silent", by=house.reviewer, note="未提供材料",
        at=moment(check.draw.due_on + datetime.timedelta(days=1)),
    )  # fmt: skip
    filing = check.evaluation.filing
    filing.refresh_from_db()
    assert filing.state == State.ENTERED
    actions.notify_revocation(
        evaluation=check.evaluation, grounds=["no_material"], by=province("33"), at=DRAWN,
        note="未提供抽查材料",
    )  # fmt: skip
    filing.refresh_from_db()
    assert filing.state == State.REVOCATION_NOTICED
