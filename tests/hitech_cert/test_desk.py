"""The desk of applications: who sees what, queues and filters, the page, what the buttons do."""

import datetime
import random
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hitech_cert import actions, queries
from hitech_cert.enums import StaffName, State
from hitech_cert.models import Application
from tests.factories import accounts
from tests.factories import hitech_cert as made
from tests.factories.contracts import pdf
from tests.hitech_cert.desk_calls import LIST, move_of, page_of, press, pressable, state_of, tabs
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Membership
from torch_portal.desk import actions as desk
from torch_portal.desk.enums import Outcome
from torch_portal.filings.management.invented import credit_code
from torch_portal.filings.models import CorrectionItem, Filing
from torch_portal.filings.threads import messages_of

STAFF = StaffName.values
LIST_QUERIES = 12
PAGE_QUERIES, PAGE_WITH_TALK = 11, 14
A_ROW = {
    "rights": made.right,
    "staff": lambda place: {"name": STAFF[place - 1], "staff": 3, "st": 1},
    "projects": made.project,
    "costs": lambda place: made.cost(2016 + place, "30.00"),
    "products": lambda place: made.product(place, "100.00", main=True),
    "results": made.result,
    "standards": lambda place: {"code": f"{place:02d}", "name": "标准", "number": f"GB/T {place}"},
}
REMEDY = {"field": "rights", "problem": "incomplete", "remedy": "请补传证书。", "clause": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_june(settings):
    settings.PORTAL_CLOCK_OFFSET = made.AT - timezone.now()


@pytest.fixture
def application(house):
    return made.submitted(house.firm, house.filer, house.office)


@pytest.fixture
def recommended(house, application):
    actions.recommend(application=application, by=house.reviewer, at=made.AT)
    return application


@pytest.fixture
def another(house):
    """A further application, of an enterprise of its own, brought to a state."""
    numbers = count(1)

    def build(*moves, **values):
        number = next(numbers)
        code = credit_code(random.Random(number), "330106")  # noqa: S311  (an example, no secret)
        firm = accounts.enterprise(code, name=f"企业{number}")
        row = made.submitted(firm, accounts.member(firm), house.office, rows=rights_of(number))
        for name, by, more in moves:
            getattr(actions, name)(application=row, by=by, at=made.AT, **more)
        return row

    return build


def rights_of(number):
    """Rights that nobody else states."""
    patent = made.patent(100 + number)
    granted = datetime.date(2019, 6, 4)
    first = made.right(1, kind="invention_patent", number=patent, granted_on=granted)
    others = [made.right(n, number=f"2018SR{number:03d}{n:04d}") for n in range(2, 5)]
    return {"rights": [first, *others]}


# --- who sees what -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["reviewer", "second", "official"])
def test_list_and_page_show_the_own_area(client, house, application, who):
    client.force_login(getattr(house, who))
    assert application.filing.number in client.get(f"{LIST}?queue=all").text
    assert client.get(page_of(application)).status_code == 200


def test_another_bureau_and_another_province_see_nothing(client, house, application):
    for person in (house.far_reviewer, accounts.official("32", name="jiangsu")):
        client.force_login(person)
        assert application.filing.number not in client.get(f"{LIST}?queue=all").text
        assert client.get(page_of(application)).status_code == 404
        for name in ("recommend", "accept", "reject", "assign"):
            assert press(client, person, application, name).status_code == 404
    assert state_of(application) == State.SUBMITTED


def test_operator_and_enterprise_do_not_enter(client, house, application):
    client.force_login(house.operator)
    assert client.get(LIST).status_code == 403
    client.force_login(house.filer)
    assert client.get(LIST).status_code == 302


def test_draft_is_not_on_the_desk(client, house):
    draft = made.draft(house.firm, house.filer, files=False)
    client.force_login(house.reviewer)
    assert client.get(page_of(draft)).status_code == 404


def test_own_enterprise_is_for_somebody_else(client, house, application):
    Membership.objects.create(user=house.second, enterprise=house.firm, role=MemberRole.READER)
    client.force_login(house.second)
    shown = client.get(page_of(application))
    assert shown.context["main_button"] is None
    assert shown.context["denied_reason"] in shown.text
    assert press(client, house.second, application, "recommend").status_code == 403
    assert application.filing.number not in client.get(LIST).text


# --- queues and filters ------------------------------------------------------------------------


def test_tabs_count_what_lies_before_each(client, house, another):
    another()
    another(("recommend", house.reviewer, {}))
    another(("recommend", house.reviewer, {}), ("accept", house.official, {}))
    another(("return_for_correction", house.reviewer, {"items": [REMEDY]}))
    another(("reject", house.reviewer, {"note": "不符合条件"}))
    client.force_login(house.reviewer)
    counts = tabs(client)
    named = ("open", "local", "recommended", "accepted", "returned", "refused", "all")
    assert [counts[name] for name in named] == ["1", "1", "1", "1", "1", "1", "5"]
    client.force_login(house.official)
    open_rows = client.get(LIST).context["rows"]
    assert len(open_rows) == 1
    assert Filing.objects.get(pk=open_rows[0]["pk"]).state == "recommended"


def test_an_official_of_the_whole_country_has_no_tab_of_his_own_to_decide(client, application):
    client.force_login(accounts.official(None))
    counts = tabs(client)
    assert (counts["open"], counts["all"]) == ("0", "1")


def test_earliest_due_day_comes_first(client, house, another):
    late, early = another(), another()
    Filing.objects.filter(pk=early.pk).update(due_on=late.filing.due_on - datetime.timedelta(1))
    client.force_login(house.reviewer)
    assert [row["pk"] for row in client.get(LIST).context["rows"]] == [early.pk, late.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_one_and_three(client, house, another, rows):
    for _row in range(rows):
        another()
    client.force_login(house.reviewer)
    client.get(LIST)
    with CaptureQueriesContext(connection) as counted:
        assert len(client.get(LIST).context["rows"]) == rows
    assert len(counted) == LIST_QUERIES


@pytest.fixture
def queries_of_page(client, house, application):
    """The statements that the page of the application takes, once it was opened before."""

    def count_them():
        client.force_login(house.reviewer)
        client.get(page_of(application))
        with CaptureQueriesContext(connection) as counted:
            client.get(page_of(application))
        return len(counted)

    return count_them


def with_rows(application, count):
    """So many rows in each table."""
    for name in queries.TABLES:
        table = getattr(application, name)
        table.all().delete()
        for place in range(1, count + 1):
            table.create(**A_ROW[name](place))


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_for_one_and_three(application, queries_of_page, count):
    with_rows(application, count)
    assert {getattr(application, name).count() for name in queries.TABLES} == {count}
    assert queries_of_page() == PAGE_QUERIES


@pytest.mark.parametrize("count", [1, 3])
def test_page_with_lists_and_messages_stays_within_the_limit(
    house, application, queries_of_page, count
):
    for _item in range(count):
        say = {"application": application, "by": house.filer, "at": made.AT}
        actions.send_message(text="还缺什么？", uploads=[pdf()], **say)
    items = [REMEDY] * count
    actions.return_for_correction(
        application=application, items=items, note="", by=house.reviewer, at=made.AT
    )
    assert queries_of_page() == PAGE_WITH_TALK


@pytest.mark.parametrize(
    ("word", "found"), [("91330106MAGUJ65R6B", 1), ("知微能源", 1), ("朗途生物", 0)]
)
def test_search(client, house, application, word, found):
    client.force_login(house.reviewer)
    assert len(client.get(LIST, {"q": word}).context["rows"]) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "submitted"}, 1),
        ({"state": "accepted"}, 0),
        ({"year": "2020"}, 1),
        ({"year": "2019"}, 0),
        ({"field": "8"}, 1),
        ({"field": "1"}, 0),
        ({"channel": "online"}, 1),
        ({"channel": "email"}, 0),
        ({"division": "330106"}, 1),
        ({"division": "330105"}, 0),
        ({"batch": "nonsense"}, 1),
    ],
)
def test_filters(client, house, application, asked, found):
    client.force_login(house.reviewer)
    assert len(client.get(LIST, {"queue": "all", **asked}).context["rows"]) == found


def test_filter_by_batch_and_bureau(client, house, application):
    other = made.intake(number=2, title="第二批")
    client.force_login(house.official)
    for pk, found in ((application.intake_id, 1), (other.pk, 0)):
        rows = client.get(LIST, {"queue": "all", "batch": pk}).context["rows"]
        assert len(rows) == found
    for pk, found in ((house.office.pk, 1), (house.far_office.pk, 1)):
        rows = client.get(LIST, {"queue": "all", "agency": pk}).context["rows"]
        assert len(rows) == found


def test_neighbours_lead_through_the_queue(client, house, another):
    first, second = another(), another()
    client.force_login(house.reviewer)
    context = client.get(page_of(first), {"queue": "open"}).context
    assert context["next_url"].startswith(page_of(second))


# --- the page ----------------------------------------------------------------------------------


def test_page_shows_conditions_tables_and_evidence(client, house, application):
    client.force_login(house.reviewer)
    shown = client.get(page_of(application))
    context = shown.context
    assert [row["condition"].no for row in context["conditions"]] == list(range(1, 9))
    assert context["counts"][0] == ("block", 0)
    assert len(context["evidence"]) == application.filing.attachments.count()
    tables = {g["key"]: g["tables"] for g in context["groups"] if g.get("tables")}
    assert [len(tables[key][0].rows) for key in ("rights", "projects", "costs", "products")] == [
        4, 1, 3, 2,
    ]  # fmt: skip
    for words in ("一种红外测温校准方法", "370.00", "GQ2020330106000001", "浙衡专审〔2020〕018号"):
        assert words in shown.text


def test_finding_stands_at_its_table_and_names_the_cell(client, house, application):
    application.projects.update(budget=None)
    client.force_login(house.reviewer)
    context = client.get(page_of(application)).context
    named = {fact["name"]: fact for group in context["groups"] for fact in group["rows"]}
    [finding] = named["projects"]["findings"]
    assert finding["message"].startswith("RD01")
    assert context["counts"][0][1] > 0
    assert context["returnable"]


def test_right_that_does_not_count_says_why(client, house, application):
    application.rights.filter(code="IP02").update(used_before=True)
    client.force_login(house.reviewer)
    context = client.get(page_of(application)).context
    [table] = next(g["tables"] for g in context["groups"] if g["key"] == "rights")
    assert [row.get("bad") for row in table.rows] == [False, True, False, False]


@pytest.mark.parametrize("page", ["add", "delete", "history"])
def test_other_admin_pages_are_closed(client, house, application, page):
    client.force_login(house.reviewer)
    name = f"admin:hitech_cert_application_{page}"
    url = reverse(name) if page == "add" else reverse(name, args=[application.pk])
    assert client.get(url).status_code in (403, 404)


def test_nothing_can_be_posted_to_the_page(client, house, application):
    client.force_login(house.reviewer)
    assert client.post(page_of(application), {"state": "accepted"}).status_code == 405


# --- the buttons -------------------------------------------------------------------------------


def test_buttons_of_bureau_and_province(client, house, application):
    bureau = {"return_for_correction", "recommend", "reject", "assign"}
    client.force_login(house.official)
    assert pressable(client, application) == set()
    client.force_login(house.reviewer)
    assert pressable(client, application) == bureau
    press(client, house.reviewer, application, "recommend")
    assert pressable(client, application) == set()
    client.force_login(house.official)
    assert pressable(client, application) == {
        "return_for_correction", "reject", "send_back", "accept",
    }  # fmt: skip


def test_recommend_and_accept_in_one_click(client, house, application):
    assert press(client, house.reviewer, application, "recommend").status_code == 302
    assert press(client, house.official, application, "accept").status_code == 302
    assert state_of(application) == State.ACCEPTED


def test_what_a_rule_stops_is_said(client, house, application):
    application.rights.all().delete()
    answer = press(client, house.reviewer, application, "recommend")
    assert answer.status_code == 422
    assert answer.context["found"]
    assert state_of(application) == State.SUBMITTED


def test_return_offers_the_findings_and_keeps_the_list(client, house, application):
    Application.objects.filter(pk=application.pk).update(agency_name="")
    client.force_login(house.reviewer)
    form = client.get(move_of(application, "return_for_correction")).context["form"]
    assert "agency_name" in [row["field"] for row in form.suggested]
    posted = {f"items-0-{name}": value for name, value in REMEDY.items()}
    answer = press(
        client, house.reviewer, application, "return_for_correction",
        **posted, **{"items-TOTAL_FORMS": 1},
    )  # fmt: skip
    assert answer.status_code == 302
    assert CorrectionItem.objects.get().remedy == "请补传证书。"
    assert state_of(application) == State.CORRECTING


def test_rejection_and_sending_back_need_a_reason(client, house, application):
    answer = press(client, house.reviewer, application, "reject", note=" ")
    assert (answer.status_code, bool(answer.context["form"].errors["note"])) == (422, True)
    press(client, house.reviewer, application, "recommend")
    answer = press(client, house.official, application, "send_back", note="")
    assert (answer.status_code, bool(answer.context["form"].errors["note"])) == (422, True)
    press(client, house.official, application, "send_back", note="请核对人员")
    assert state_of(application) == State.SUBMITTED


def test_second_reviewer_meets_what_the_first_did(client, house, application):
    seen = application.filing.version
    press(client, house.reviewer, application, "assign", to=house.second.pk)
    answer = press(client, house.second, application, "recommend", seen=seen)
    assert answer.status_code == 409
    assert state_of(application) == State.SUBMITTED
    client.force_login(house.second)
    assert tabs(client)["mine"] == "1"


@pytest.mark.parametrize("name", ["draw_panel", "close_review", "publicise", "certify", "expire"])
def test_moves_of_panels_and_lists_have_no_page(client, house, application, name):
    client.force_login(house.official)
    assert client.get(move_of(application, name)).status_code == 404


def test_bureau_writes_on_the_thread(client, house, application):
    client.force_login(house.reviewer)
    url = reverse("admin:hitech_cert_application_thread", args=[application.pk])
    assert client.post(url, {"text": "请确认职工总数口径。"}).status_code == 302
    assert [m.text for m in messages_of(application.filing)] == ["请确认职工总数口径。"]


# --- many at once ------------------------------------------------------------------------------


def in_a_batch(by, move, applications, arguments=None):
    """Plan the move for all, start it, and let the worker take all; what came of each."""
    batch = desk.plan(
        line="hitech_cert",
        move=move,
        filing_ids=[a.pk for a in applications],
        by=by,
        at=made.AT,
    )
    assert desk.start(batch=batch, arguments=arguments or {}, by=by, at=made.AT)
    desk.run(batch_id=batch.pk, at=made.AT)
    return list(batch.rows.order_by("pk").values_list("outcome", flat=True))


def test_bureau_recommends_many_and_leaves_out_what_a_rule_stops(house, another):
    clean, stopped = another(), another()
    stopped.rights.all().delete()
    outcomes = in_a_batch(house.reviewer, "recommend", [clean, stopped])
    assert outcomes == [Outcome.DONE, Outcome.LEFT_OUT]
    assert [state_of(a) for a in (clean, stopped)] == [State.RECOMMENDED, State.SUBMITTED]


def test_province_accepts_many(house, another):
    rows = [another(("recommend", house.reviewer, {})) for _turn in range(2)]
    assert in_a_batch(house.official, "accept", rows) == [Outcome.DONE] * 2
    assert {state_of(a) for a in rows} == {State.ACCEPTED}


@pytest.mark.parametrize(
    ("move", "arguments", "state"),
    [
        ("return_for_correction", {"items": [REMEDY]}, State.CORRECTING),
        ("reject", {"note": "注册地不在本市"}, State.NOT_ACCEPTED),
        ("assign", {}, State.SUBMITTED),
    ],
)
def test_many_are_returned_rejected_and_assigned(house, another, move, arguments, state):
    rows = [another() for _turn in range(2)]
    assert in_a_batch(house.reviewer, move, rows, arguments) == [Outcome.DONE] * 2
    assert {state_of(a) for a in rows} == {state}


@pytest.mark.parametrize("who", ["reviewer", "official"])
def test_list_offers_the_moves_for_many(client, house, application, who):
    person = getattr(house, who)
    client.force_login(person)
    offered = [b["move"].name for b in client.get(LIST).context["batch_moves"]]
    assert offered == ["recommend", "accept", "return_for_correction", "assign", "reject"]
    told = {"line": "hitech_cert", "move": "accept", "pick": [application.pk]}
    answer = client.post(reverse("admin:desk_batch_plan"), told)
    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200
