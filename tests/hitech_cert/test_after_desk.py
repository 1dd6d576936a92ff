"""The desks after the decision: session, lists, national list, changes, cases."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hitech_cert.actions import annual, cancelling, changes, deciding, lists, redo, reviews
from hitech_cert.enums import State
from hitech_cert.models import (
    Cancellation,
    Decision,
    NationalList,
    NationalObjection,
    Report,
    Review,
)
from tests.factories import accounts
from tests.factories.hitech_after import (
    NATIONAL,
    REPLY,
    SESSION,
    bring,
    certified,
    code,
    fresh,
    proposed,
    province,
    reported,
    scored,
    states,
    workbook,
)

NUMBER = "GR202033008462"
pytestmark = pytest.mark.django_db


@pytest.fixture
def body(house):
    return province()


@pytest.fixture
def desk(client, body):
    client.force_login(body)
    return client


def clock(settings, at):
    settings.PORTAL_CLOCK_OFFSET = at - timezone.now()


@pytest.fixture(autouse=True)
def autumn_2020(settings):
    clock(settings, SESSION)


def page(model, name="changelist", *more):
    return reverse(f"admin:hitech_cert_{model}_{name}", args=more)


SAID = {
    "science_agrees": "yes", "science_by": "王立新",
    "finance_agrees": "yes", "finance_by": "周敏",
    "tax_agrees": "yes", "tax_by": "郑和平",
}  # fmt: skip


def test_session_records_and_proposes_what_is_ticked(desk, house):
    application = scored(house.firm, house.filer, house.office)
    address = page("decision", "add")
    shown = desk.get(address)
    assert house.firm.name in shown.text
    assert "2020-11-30" in shown.text
    ticked = {"applications": [application.pk]}
    bad = desk.post(address, ticked | {"tax_agrees": "no", "record": "1"})
    assert bad.status_code == 422
    assert desk.post(address, ticked | SAID | {"record": "1"}).status_code == 302
    assert desk.post(address, ticked | {"propose": "1"}).status_code == 302
    assert states(application) == [State.PROPOSED]
    decision = Decision.objects.get()
    assert "王立新" in desk.get(page("decision", "change", decision.pk)).text
    assert house.firm.name in desk.get(page("decision")).text


def test_session_tells_why_one_is_left_out(desk, house):
    weak = scored(house.firm, house.filer, house.office, score=(60, 1))
    address = page("decision", "add")
    desk.post(address, {"applications": [weak.pk], **SAID, "record": "1"})
    told = desk.post(address, {"applications": [weak.pk], "propose": "1"}, follow=True)
    assert any(house.firm.name in str(m) for m in told.context["messages"])


@pytest.mark.parametrize(
    "model", ["decision", "report", "nationallist", "nationalobjection", "review"]
)
def test_who_does_not_act_for_a_body_adds_nothing(client, house, model):
    for person in (house.reviewer, house.operator):
        client.force_login(person)
        assert client.get(page(model, "add")).status_code == 403
    client.force_login(house.filer)
    assert client.get(page(model, "add")).status_code == 302


def test_list_is_reported_its_publicity_noted_and_its_sheet_given(desk, house, body, settings):
    application = proposed(house.firm, house.filer, house.office)
    assert "11月30日" in desk.get(page("report", "add")).text
    assert desk.post(page("report", "add"), {"jurisdiction": "33"}).status_code == 302
    assert states(application) == [State.REPORTED]
    again = desk.post(page("report", "add"), {"jurisdiction": "33"})
    assert again.status_code == 422
    made = Report.objects.get()
    assert house.firm.name in desk.get(page("report", "change", made.pk)).text
    sheet = desk.get(page("report", "sheet", made.pk))
    assert sheet.content[:2] == b"PK"
    clock(settings, NATIONAL)
    answer = page("report", "answer", made.pk, "publicity")
    bad = desk.post(answer, {"opens_on": "2020-11-02", "ends_on": "2020-11-16"})
    assert list(bad.context["form"].errors) == ["ends_on"]
    assert desk.post(answer, {"opens_on": "2020-11-02"}).status_code == 302
    assert states(application) == [State.NATIONAL_PUBLICITY]
    assert desk.get(page("report")).status_code == 200


def test_objection_is_entered_by_number_and_verified(desk, house, body, settings):
    application = reported(house.firm, house.filer, house.office)
    clock(settings, NATIONAL)
    address = page("nationalobjection", "add")
    said = {"number": "无", "objector": "", "received_on": "2020-11-02", "facts": "权属"}
    assert list(desk.post(address, said).context["form"].errors) == ["number"]
    said["number"] = application.filing.number
    assert list(desk.post(address, said).context["form"].errors) == ["objector"]
    assert desk.post(address, said | {"objector": "张三"}).status_code == 302
    made = NationalObjection.objects.get()
    assert "张三" in desk.get(page("nationalobjection", "change", made.pk)).text
    uphold = page("nationalobjection", "answer", made.pk, "uphold")
    assert desk.post(uphold, {"note": "属实"}).status_code == 302
    assert states(application) == [State.NOT_RECOGNISED]


def send(desk, rows, **more):
    upload = SimpleUploadedFile("名单.xlsx", workbook(rows))
    told = {"jurisdiction": "33", "file": upload, "document": REPLY} | more
    return desk.post(page("nationallist", "add"), told)


@pytest.fixture
def december(settings):
    clock(settings, datetime.datetime(2020, 12, 21, 4, tzinfo=datetime.UTC))


def test_national_list_is_sent_resolved_and_taken_over(desk, house, december):
    application = reported(house.firm, house.filer, house.office)
    day = datetime.date(2020, 12, 1)
    assert send(desk, [("无此公司", "", NUMBER, day)], document="").status_code == 422
    assert send(desk, [("知微公司", "", NUMBER, day)]).status_code == 302
    listed = NationalList.objects.get()
    shown = desk.get(page("nationallist", "change", listed.pk))
    assert "知微公司" in shown.text
    row = listed.rows.get()
    address = page("nationallist", "row", listed.pk, row.pk)
    assert "知微公司" in desk.get(address).text
    bad = desk.post(address, {"enterprise": "91330106MA00000000", "resolve": "1"})
    assert list(bad.context["form"].errors) == ["enterprise"]
    said = {"enterprise": house.firm.credit_code, "note": "简称", "resolve": "1"}
    assert desk.post(address, said).status_code == 302
    take = page("nationallist", "act", listed.pk, "take")
    for _twice in range(2):
        assert desk.post(take).status_code == 302
    assert fresh(application).certificate_number == NUMBER
    assert desk.get(page("nationallist")).status_code == 200
    assert desk.get(take).status_code == 404


def test_file_that_is_no_table_is_told_at_its_entry(desk, house, december):
    upload = SimpleUploadedFile("名单.pdf", b"%PDF-1.4 x")
    told = {"jurisdiction": "33", "file": upload, "document": REPLY}
    bad = desk.post(page("nationallist", "add"), told)
    assert list(bad.context["form"].errors) == ["file"]


def test_row_is_left_out_and_list_is_put_away(desk, house, body, december):
    reported(house.firm, house.filer, house.office)
    listed = bring([(house.firm.name, "", NUMBER, datetime.date(2020, 12, 1))], by=body)
    row = listed.rows.get()
    address = page("nationallist", "row", listed.pk, row.pk)
    assert desk.post(address, {"leave": "1", "note": "待核"}).status_code == 302
    assert desk.post(address, {"take": "1"}).status_code == 302
    assert desk.post(page("nationallist", "act", listed.pk, "match")).status_code == 302
    assert desk.post(page("nationallist", "act", listed.pk, "drop")).status_code == 302
    listed.refresh_from_db()
    assert listed.dropped_by == body


@pytest.mark.parametrize("model", ["nationallist", "report", "decision"])
def test_desks_of_another_body_see_nothing(client, house, body, model, december):
    application = reported(house.firm, house.filer, house.office)
    listed = bring([(house.firm.name, "", NUMBER, datetime.date(2020, 12, 1))], by=body)
    rows = {"nationallist": listed, "report": lists.report_of(application),
            "decision": application.decisions.get()}  # fmt: skip
    client.force_login(accounts.official("32", name="jiangsu"))
    assert client.get(page(model, "change", rows[model].pk)).status_code == 404
    assert client.get(page(model)).context["cl"].result_count == 0


@pytest.fixture
def application(house, body):
    return certified(house.firm, house.filer, house.office)


@pytest.fixture
def spring_2021(settings):
    clock(settings, datetime.datetime(2021, 3, 1, 4, tzinfo=datetime.UTC))


NOW = datetime.datetime(2021, 3, 1, 4, tzinfo=datetime.UTC)


def test_change_is_publicised_and_answered_at_the_desk(desk, house, application, spring_2021):
    change = changes.report_change(
        application=application, kind="name", happened_on=NOW.date(), after={"name": "新名公司"},
        reason="更名", by=house.filer, at=NOW,
    )  # fmt: skip
    shown = desk.get(page("change", "change", change.pk))
    assert "新名公司" in shown.text
    assert list(shown.context["form"].fields) == ["note", "opens_on"]
    assert len(shown.context["buttons"]) == 2
    early = desk.post(page("change", "answer", change.pk, "confirm"), {"note": ""})
    assert early.status_code == 422
    publicise = page("change", "answer", change.pk, "publicise")
    assert desk.post(publicise, {"note": "", "opens_on": "2021-03-02"}).status_code == 302
    change.refresh_from_db()
    assert change.public_to == datetime.date(2021, 3, 15)
    assert desk.get(page("change"), {"waiting": "public"}).context["cl"].result_count == 1


def test_major_change_is_rechecked_at_the_desk(desk, house, application, spring_2021):
    change = changes.report_change(
        application=application, kind="major", happened_on=NOW.date(), after={"what": "合并"},
        reason="合并", by=house.filer, at=NOW,
    )  # fmt: skip
    shown = desk.get(page("change", "change", change.pk))
    assert len(shown.context["form"].fields) == 9
    met = {f"condition_{n}": "yes" for n in range(1, 9)}
    recheck = page("change", "answer", change.pk, "recheck")
    assert desk.post(recheck, {"note": "核查", "condition_1": "yes"}).status_code == 422
    assert desk.post(recheck, {"note": "核查", **met, "condition_6": "no"}).status_code == 302
    assert states(application) == [State.CANCELLATION_NOTICED]


def test_body_of_the_new_seat_answers_after_the_release(
    client, house, body, application, spring_2021
):
    jiangsu = province("32")
    change = changes.report_change(
        application=application, kind="relocation", happened_on=NOW.date(),
        after={"division": "320106"}, reason="整体迁移", by=house.filer, at=NOW,
    )  # fmt: skip
    there = page("change", "change", change.pk)

    def buttons(person):
        client.force_login(person)
        return [b["url"].rsplit("/", 2)[1] for b in client.get(there).context["buttons"]]

    assert (buttons(body), buttons(jiangsu)) == (["release", "refuse"], [])
    changes.release_change(change=change, by=body, at=NOW)
    assert (buttons(body), buttons(jiangsu)) == ([], ["publicise", "refuse"])


def test_review_is_opened_by_number_and_fails(desk, application, spring_2021):
    said = {"number": "GR000000000000", "department": "税务局", "year": "2020", "note": "占比不足"}
    address = page("review", "add")
    assert list(desk.post(address, said).context["form"].errors) == ["number"]
    assert desk.post(address, said | {"number": NUMBER}).status_code == 302
    review = Review.objects.get()
    assert "占比不足" in desk.get(page("review", "change", review.pk)).text
    fail = page("review", "answer", review.pk, "fail")
    assert desk.post(fail, {"note": "不符合", "year": "2017"}).status_code == 422
    assert desk.post(fail, {"note": "不符合", "year": "2020"}).status_code == 302
    assert states(application) == [State.CANCELLATION_NOTICED]


def test_review_can_keep_the_certificate(desk, body, application, spring_2021):
    review = reviews.open_review(
        application=application, department="税务局", year=2020, by=body, at=NOW, note="占比不足"
    )
    keep = page("review", "answer", review.pk, "keep")
    assert desk.post(keep, {"note": "符合", "year": ""}).status_code == 302
    assert states(application) == [State.CERTIFIED]


def test_who_announced_a_cancellation_gets_no_buttons(client, house, body, application, settings):
    case = cancelling.notify_cancellation(
        application=application, grounds=["fraud"], effect_year=2020, by=body, at=NOW, note="核查"
    )
    clock(settings, NOW + datetime.timedelta(days=60))
    client.force_login(body)
    assert client.get(page("cancellation", "change", case.pk)).context["buttons"] == []
    client.force_login(accounts.official("33", name="second-official"))
    assert client.get(page("cancellation"), {"waiting": "ready"}).context["cl"].result_count == 1
    cancel = page("cancellation", "answer", case.pk, "cancel")
    assert client.post(cancel, {"note": "核查属实"}).status_code == 302
    assert Cancellation.objects.get().state == "cancelled"


def test_request_for_a_recount_shows_what_counting_finds(client, house, body, settings):
    refused = scored(house.firm, house.filer, house.office, score=(70, 1))
    deciding.not_recognise(application=refused, by=body, at=SESSION, note="综合得分不足")
    made = redo.ask_reexamination(
        application=fresh(refused), ground="bonus", statement="参与国标", by=house.filer,
        at=SESSION,
    )  # fmt: skip
    client.force_login(body)
    assert client.get(page("reexamination", "change", made.pk)).context["buttons"] == []
    client.force_login(accounts.official("33", name="second-official"))
    assert len(client.get(page("reexamination", "change", made.pk)).context["buttons"]) == 2
    reopen = page("reexamination", "answer", made.pk, "reopen")
    assert client.post(reopen, {"note": "重新计算"}).status_code == 422
    refuse = page("reexamination", "answer", made.pk, "refuse")
    assert client.post(refuse, {"note": "未参与标准制定"}).status_code == 302
    assert states(refused) == [State.NOT_RECOGNISED]


BUDGET = 15
MATTERS = ["annualreport", "change", "cancellation", "reexamination", "review"]


def open_matters(application, house, body):
    """A row on every list of what hangs on a certificate."""
    annual.begin_report(application=application, year=2020, by=house, at=NOW)
    changes.report_change(
        application=application, kind="name", happened_on=NOW.date(),
        after={"name": f"新名{application.pk}"}, reason="更名", by=house, at=NOW,
    )  # fmt: skip
    reviews.open_review(
        application=application, department="税务局", year=2020, by=body, at=NOW, note="占比"
    )
    cancelling.notify_cancellation(
        application=application, grounds=["fraud"], effect_year=2020, by=body, at=NOW, note="核查"
    )


@pytest.fixture
def matters(house, body):
    """So many certificates, each with a row on every list."""

    def make(*numbers):
        for n in numbers:
            firm = accounts.enterprise(code(n), name=f"杭州测试{n}有限公司")
            person = accounts.member(firm)
            one = certified(firm, person, house.office, f"GR20203300100{n}")
            open_matters(one, person, body)

    return make


@pytest.mark.parametrize("model", MATTERS)
def test_lists_open_with_one_and_with_three_rows(
    desk, matters, model, django_assert_max_num_queries
):
    for numbers in ((1,), (2, 3)):
        matters(*numbers)
        with django_assert_max_num_queries(BUDGET):
            assert desk.get(page(model), {"waiting": "all"}).status_code == 200


@pytest.mark.parametrize("model", ["report", "nationallist", "decision"])
def test_lists_of_the_body_open_with_one_and_with_three_rows(
    desk, house, body, model, django_assert_max_num_queries, december
):
    for numbers in ((1,), (2, 3)):
        for n in numbers:
            firm = accounts.enterprise(code(n), name=f"杭州测试{n}有限公司")
            certified(firm, accounts.member(firm), house.office, f"GR20203300100{n}")
        with django_assert_max_num_queries(BUDGET):
            assert desk.get(page(model)).context["cl"].result_count >= len(numbers)
