"""After the certificate: record, yearly reports, reviews, cancellations, expiry, reminders."""

import datetime
from decimal import Decimal

import pytest

from hitech_cert import tasks
from hitech_cert.actions import annual, cancelling, expiring, record, reviews
from hitech_cert.actions.reminders_after import remind_after
from hitech_cert.enums import State
from hitech_cert.models import AnnualReport, Cancellation, Review
from hitech_cert.queries.after import cancelled_in, report_rows, years_missing
from hitech_cert.queries.record import term_shown
from hitech_cert.rules.annual import ENTRIES
from tests.factories import accounts
from tests.factories.hitech_after import ANNOUNCED, DAY, certified, fresh, province, states
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.enums import Status
from torch_portal.certificates.models import Certificate
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.models import Qualification
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(house):
    return province()


@pytest.fixture
def second(house):
    return accounts.official("33", name="second-official")


@pytest.fixture
def application(house, body):
    return certified(house.firm, house.filer, house.office)


def moment(year, month, day):
    return datetime.datetime(year, month, day, 4, tzinfo=datetime.UTC)


# --- the record --------------------------------------------------------------------------------


def test_record_says_it_is_not_the_certificate(application, house):
    made = record.issue_record(application=application, by=house.filer, at=ANNOUNCED)
    assert made.number == "GR202033008462"
    assert "不是高新技术企业证书" in made.content["status_line"]
    assert made.content["tax_years"] == "2020、2021、2022年度"
    assert made.content["valid_to"] == "2023年11月30日"
    assert record.issue_record(application=application, by=house.filer, at=ANNOUNCED) == made


def test_term_of_the_status_page(application):
    told = term_shown(application)
    assert (told["prepay_year"], told["safe_day"]) == (2023, datetime.date(2023, 12, 31))
    assert told["latest_day"] == datetime.date(2024, 5, 31)
    assert [day.year for day in told["reports_due"]] == [2021, 2022, 2023]


# --- yearly reports ----------------------------------------------------------------------------


def begin(application, house, year=2020, at=None):
    return annual.begin_report(
        application=application, year=year, by=house.filer, at=at or moment(2021, 3, 1)
    )


def save(report, house, known=0, **figures):
    whole = {e.name: Decimal(0) for e in ENTRIES} | {"staff_total": Decimal(60)} | figures
    return annual.save_report(
        report=report,
        figures=whole,
        texts={"contact": "李想", "phone": "0571-88888888"},
        known=known,
        by=house.filer,
        at=moment(2021, 3, 2),
    )


def hand_in(report, house, at=None):
    return annual.submit_report(report=report, by=house.filer, at=at or moment(2021, 5, 31))


def test_report_is_prefilled_with_sources(application, house):
    report = begin(application, house)
    assert report.figures == {}
    old = annual.begin_report(
        application=application, year=2020, by=house.filer, at=moment(2021, 3, 1)
    )
    assert old == report


def test_figures_of_a_later_application_are_put_in(application, house):
    application.year = 2021
    application.save(update_fields=["year"])
    application.costs.filter(year=2019).update(year=2020)
    application.rights.filter(kind="invention_patent").update(granted_on=datetime.date(2020, 6, 4))
    report = begin(fresh(application), house)
    known = {
        "sales": "2200.00", "rd_cost": "150.00", "rd_domestic": "150.00",
        "ip_invention_patent": "1", "staff_total": "60", "total_income": "2300.00",
    }  # fmt: skip
    assert {name: report.figures.get(name) for name in known} == known
    assert set(report.sources.values()) == {"2021年高新技术企业认定申请书"}
    saved = save(report, house, sales=Decimal("2200.00"), profit=Decimal("1.00"))
    assert saved.sources["sales"] == "2021年高新技术企业认定申请书"
    assert saved.sources["profit"] == annual.TYPED_BY_HAND


@pytest.mark.parametrize(("day", "late"), [((2021, 5, 31), False), ((2021, 6, 1), True)])
def test_report_after_the_thirty_first_of_may_is_taken_and_late(application, house, day, late):
    report = save(begin(application, house), house)
    assert hand_in(report, house, moment(*day)).late is late
    assert Message.objects.filter(key__contains="-report-").exists()
    with pytest.raises(Stale):
        hand_in(report, house)


def test_everything_wrong_with_a_report_is_said_at_once(application, house):
    report = begin(application, house)
    with pytest.raises(Refused) as caught:
        hand_in(report, house)
    assert {"sales", "ip_software"} <= {f.field for f in caught.value.findings}
    save(report, house, staff_st=Decimal(70), rd_cost=Decimal(5), rd_domestic=Decimal(6),
         tax_paid=Decimal(-1), sales=Decimal("1.005"))  # fmt: skip
    with pytest.raises(Refused) as caught:
        hand_in(report, house)
    blocked = {f.field for f in caught.value.findings if f.level == "block"}
    assert blocked == {"staff_st", "rd_domestic", "tax_paid", "sales"}


def test_two_who_save_at_once_lose_nothing(application, house):
    report = begin(application, house)
    save(report, house)
    with pytest.raises(Conflict):
        save(report, house, known=0)
    assert save(report, house, known=1).saved_version == 2


@pytest.mark.parametrize(("year", "at"), [(2019, (2021, 3, 1)), (2021, (2021, 12, 1))])
def test_report_on_a_year_outside_or_not_over_is_refused(application, house, year, at):
    with pytest.raises(Refused):
        begin(application, house, year, moment(*at))


def test_reports_are_the_enterprises_own(application, house, body):
    for person in (house.stranger, body, house.reader):
        with pytest.raises(Denied):
            annual.begin_report(
                application=application, year=2020, by=person, at=moment(2021, 3, 1)
            )


def test_rows_tell_what_is_due_and_what_is_missing(application, house):
    rows = report_rows(application, datetime.date(2022, 6, 1))
    assert [(r["year"], r["overdue"], r["open"]) for r in rows] == [
        (2020, True, True),
        (2021, True, True),
        (2022, False, False),
    ]
    assert years_missing(application, datetime.date(2022, 5, 31)) == [2020]
    assert years_missing(application, datetime.date(2022, 6, 1)) == [2020, 2021]


# --- two missing reports open a case -----------------------------------------------------------


def test_one_missing_report_opens_nothing_two_open_a_case_once(application):
    assert reviews.open_for_missing_reports(at=moment(2022, 5, 31)) == 0
    assert reviews.open_for_missing_reports(at=moment(2022, 6, 1)) == 1
    assert reviews.open_for_missing_reports(at=moment(2022, 6, 2)) == 0
    case = Review.objects.get()
    assert (case.reason, case.opener, case.last_year) == ("reports", None, 2021)
    assert states(application) == [State.CERTIFIED]


def test_case_of_missing_reports_can_end_the_certificate(application, body, second, house):
    reviews.open_for_missing_reports(at=moment(2022, 6, 1))
    case = Review.objects.get()
    with pytest.raises(Refused):
        reviews.fail_review(review=case, year=2019, by=body, at=moment(2022, 6, 2), note="未补报")
    reviews.fail_review(review=case, year=2021, by=body, at=moment(2022, 6, 2), note="未补报")
    assert states(application) == [State.CANCELLATION_NOTICED]
    noticed = Cancellation.objects.get()
    assert (noticed.grounds, noticed.effect_year, noticed.review) == (["reports"], 2021, case)


# --- review ------------------------------------------------------------------------------------


def open_review(application, body, **more):
    said = {"department": "国家税务总局浙江省税务局", "year": 2021, "note": "研发费用占比不足"}
    return reviews.open_review(
        application=application, by=body, at=moment(2022, 4, 1), **said | more
    )


def test_review_looks_at_three_years_and_can_keep_the_certificate(application, body):
    review = open_review(application, body)
    assert (review.first_year, review.last_year) == (2019, 2021)
    with pytest.raises(Refused):
        open_review(application, body)
    reviews.keep_certificate(review=review, by=body, at=moment(2022, 5, 1), note="符合条件")
    assert (review.state, states(application)) == ("kept", [State.CERTIFIED])


def test_review_needs_department_facts_and_year(application, body, house):
    with pytest.raises(Refused) as caught:
        open_review(application, body, department="", note=" ", year=2030)
    assert [f.field for f in caught.value.findings] == ["department", "note", "year"]
    with pytest.raises(Denied):
        open_review(application, house.reviewer)


# --- cancellation ------------------------------------------------------------------------------


def notify(application, body, **more):
    said = {"grounds": ["fraud"], "effect_year": 2020, "note": "提供虚假专利证书"}
    return cancelling.notify_cancellation(
        application=application, by=body, at=moment(2021, 3, 1), **said | more
    )


def test_notice_says_everything_that_is_missing(application, body):
    with pytest.raises(Refused) as caught:
        notify(application, body, grounds=[], effect_year=2019, note=" ")
    assert [f.field for f in caught.value.findings] == ["grounds", "note", "effect_year"]
    with pytest.raises(Refused) as caught:
        notify(application, body, grounds=["accident"])
    assert [f.field for f in caught.value.findings] == ["opinion"]


def test_another_person_decides_after_the_time_or_the_statement(application, body, second):
    case = notify(application, body)
    with pytest.raises(Denied):
        cancelling.cancel(application=application, by=body, at=moment(2021, 6, 1), note="属实")
    last = datetime.datetime.combine(case.due_on, datetime.time(4), datetime.UTC)
    with pytest.raises(Refused):
        cancelling.cancel(application=application, by=second, at=last, note="属实")
    cancelling.cancel(application=application, by=second, at=last + DAY, note="属实")
    now = fresh(application)
    assert (now.filing.state, now.ended_on) == (State.CANCELLED, (last + DAY).date())
    assert Qualification.objects.get().ended_on == now.ended_on
    assert cancelled_in(now.enterprise_id, 2021)
    assert not cancelled_in(now.enterprise_id, 2022)


def test_statement_is_heard_once_and_lets_it_be_decided(application, body, second, house):
    case = notify(application, body)
    with pytest.raises(Refused):
        cancelling.state_case(case=case, statement=" ", by=house.filer, at=moment(2021, 3, 2))
    cancelling.state_case(case=case, statement="证书真实", by=house.filer, at=moment(2021, 3, 2))
    with pytest.raises(Stale):
        cancelling.state_case(case=case, statement="再次", by=house.filer, at=moment(2021, 3, 3))
    record.issue_record(application=application, by=house.filer, at=ANNOUNCED)
    cancelling.cancel(
        application=fresh(application), by=second, at=moment(2021, 3, 4), note="核查属实"
    )
    assert Certificate.objects.get().status == Status.REVOKED


def test_dropped_cancellation_leaves_the_certificate(application, body, second):
    notify(application, body)
    cancelling.drop_cancellation(
        application=fresh(application), by=second, at=moment(2021, 3, 9), note="证据不足"
    )
    assert states(application) == [State.CERTIFIED]
    with pytest.raises(Stale):
        cancelling.cancel(application=fresh(application), by=second, at=ANNOUNCED, note="再次")


# --- expiry and reminders ----------------------------------------------------------------------


@pytest.mark.parametrize(("day", "ended"), [((2023, 11, 30), 0), ((2023, 12, 1), 1)])
def test_certificate_expires_after_its_last_day_once(application, day, ended):
    assert expiring.expire(at=moment(*day)) == ended
    assert expiring.expire(at=moment(*day)) == 0
    assert states(application) == [State.EXPIRED if ended else State.CERTIFIED]


def test_announced_cancellation_is_decided_before_it_expires(application, body):
    notify(application, body)
    assert expiring.expire(at=moment(2023, 12, 1)) == 0


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        ((2021, 4, 30), []),
        ((2021, 5, 1), ["report-2020-0501"]),
        ((2021, 5, 16), ["report-2020-0515"]),
        ((2021, 6, 1), []),
        ((2023, 6, 2), []),
        ((2023, 6, 3), ["expiry-180-20231130"]),
        ((2023, 9, 1), ["expiry-90-20231130"]),
        ((2023, 11, 30), ["expiry-30-20231130"]),
    ],
)
def test_reminders_come_on_their_days_and_once(application, house, day, keys):
    before = set(Message.objects.values_list("key", flat=True))
    for _twice in range(2):
        remind_after(at=moment(*day))
    after = set(Message.objects.values_list("key", flat=True)) - before
    assert sorted(after) == [f"hitech_cert-{application.pk}-{key}" for key in keys]


def test_name_that_differs_from_the_certified_one_is_reminded_of(application, house):
    house.firm.name = "杭州知微新能源股份有限公司"
    house.firm.save()
    remind_after(at=moment(2021, 2, 1))
    assert Message.objects.filter(key=f"hitech_cert-{application.pk}-name-202102").count() == 1


def test_tasks_can_run_twice(application, settings):
    for task in (
        tasks.carry_lists, tasks.expire_certificates, tasks.open_report_cases,
        tasks.remind_certified,
    ):  # fmt: skip
        task()
        count = AnnualReport.objects.count(), Review.objects.count(), Message.objects.count()
        task()
        again = AnnualReport.objects.count(), Review.objects.count(), Message.objects.count()
        assert again == count
