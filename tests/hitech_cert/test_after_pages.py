"""The pages after the decision, of the enterprise and for everybody."""

import datetime
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from hitech_cert.actions import cancelling, changes, deciding
from hitech_cert.models import AnnualReport, Cancellation, Change, ReExamination
from hitech_cert.rules.annual import ENTRIES
from tests.factories import accounts
from tests.factories.hitech_after import (
    SESSION,
    certified,
    code,
    fresh,
    province,
    scored,
)
from torch_portal.certificates.models import Certificate

NOW = datetime.datetime(2021, 3, 1, 4, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring_2021(settings):
    settings.PORTAL_CLOCK_OFFSET = NOW - timezone.now()
    cache.clear()


@pytest.fixture
def body(house):
    return province()


@pytest.fixture
def application(house, body):
    return certified(house.firm, house.filer, house.office)


def url(name, application, *more):
    return reverse(f"hitech_cert:{name}", args=[application.pk, *more])


def test_page_shows_term_tax_years_and_what_can_be_done(client, house, application):
    client.force_login(house.filer)
    page = client.get(url("after", application))
    for words in ("GR202033008462", "2023-11-30", "2020, 2021, 2022", "2023-12-31", "2024-05-31"):
        assert words in page.text
    assert url("change", application, "name") in page.text
    assert url("report", application, 2020) in page.text


def test_reader_sees_the_page_without_acts_and_strangers_nothing(client, house, application):
    client.force_login(house.reader)
    page = client.get(url("after", application))
    assert page.status_code == 200
    assert url("change", application, "name") not in page.text
    assert client.post(url("change", application, "name")).status_code == 403
    client.force_login(house.stranger)
    for name, more in (("after", ()), ("report", (2020,)), ("change", ("name",)), ("case", ())):
        address = url({"case": "state_case"}.get(name, name), application, *more)
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(url("after", application)).status_code == 302


def test_record_is_made_on_demand_and_verified_by_everybody(client, house, application):
    client.force_login(house.filer)
    for _twice in range(2):
        assert client.post(url("issue_record", application)).status_code == 302
    made = Certificate.objects.get()
    client.logout()
    shown = client.get(reverse("certificates:scan", args=[made.verify_code]))
    assert "GR202033008462" in shown.text


def figures(**changed):
    zero = {entry.name: "0" for entry in ENTRIES} | {"staff_total": "60"}
    return zero | {"contact": "李想", "phone": "0571-88888888"} | changed


def test_report_is_saved_with_what_cannot_be_read_and_handed_in(client, house, application):
    client.force_login(house.filer)
    address = url("report", application, 2020)
    assert client.get(address).status_code == 200
    bad = client.post(address, figures(sales="十二万多", seen="0", submit="1"))
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["sales"])
    report = AnnualReport.objects.get()
    assert (report.typed["sales"], report.figures["staff_total"]) == ("十二万多", "60")
    assert "十二万多" in client.get(address).text
    good = client.post(address, figures(sales="1,200.50", total_income="1300", seen="1",
                                        submit="1"))  # fmt: skip
    assert good.status_code == 302
    report.refresh_from_db()
    assert (report.state, Decimal(report.figures["sales"])) == ("submitted", Decimal("1200.50"))


def test_report_saved_elsewhere_meanwhile_keeps_the_page(client, house, application):
    client.force_login(house.filer)
    address = url("report", application, 2020)
    client.post(address, figures(seen="0", save="1"))
    late = client.post(address, figures(seen="0", sales="5", save="1"))
    assert late.status_code == 422
    assert 'value="5"' in late.text or 'value="5.00"' in late.text


def test_report_of_a_year_that_is_none_leads_back(client, house, application):
    client.force_login(house.filer)
    assert client.get(url("report", application, 2019)).status_code == 302
    assert AnnualReport.objects.count() == 0


def test_change_form_places_what_is_wrong_and_sends(client, house, application):
    client.force_login(house.filer)
    address = url("change", application, "name")
    assert house.firm.name in client.get(address).text
    bad = client.post(address, {"after": "", "happened_on": "", "reason": ""})
    assert bad.status_code == 422
    assert set(bad.context["form"].errors) == {"happened_on", "after", "reason"}
    told = {"after": "杭州知微新能源股份有限公司", "happened_on": "2021-02-01", "reason": "更名"}
    assert client.post(address, told).status_code == 302
    assert Change.objects.get().after == {"name": "杭州知微新能源股份有限公司"}
    assert client.get(url("change", application, "nothing")).status_code == 404


def test_case_is_stated(client, house, application, body):
    cancelling.notify_cancellation(
        application=application, grounds=["fraud"], effect_year=2020, by=body, at=NOW, note="核查"
    )
    client.force_login(house.filer)
    assert url("state_case", application) in client.get(url("after", application)).text
    address = url("state_case", application)
    assert client.post(address, {"statement": ""}).status_code == 422
    assert client.post(address, {"statement": "证书真实"}).status_code == 302
    assert Cancellation.objects.get().statement == "证书真实"


def test_recount_is_asked_for(client, house, body):
    refused = scored(house.firm, house.filer, house.office, score=(70, 1))
    deciding.not_recognise(application=refused, by=body, at=SESSION, note="综合得分不足")
    client.force_login(house.filer)
    address = url("ask_recount", refused)
    assert address in client.get(url("after", refused)).text
    bad = client.post(address, {"ground": "", "statement": ""})
    assert set(bad.context["form"].errors) == {"ground", "statement"}
    assert client.post(address, {"ground": "bonus", "statement": "参与国标"}).status_code == 302
    assert ReExamination.objects.get().ground == "bonus"


# --- for everybody -----------------------------------------------------------------------------


@pytest.fixture
def three(house, application, body):
    made = [application]
    for n in range(2):
        firm = accounts.enterprise(code(n), name=f"杭州测试{n}有限公司")
        number = f"GR20203300100{n}"
        made.append(certified(firm, accounts.member(firm), house.office, number))
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 3),
        ({"q": "知微"}, 1),
        ({"q": "gr202033001001"}, 1),
        ({"q": "91330106MAGUJ65R6B"}, 1),
        ({"q": "没有"}, 0),
        ({"status": "valid"}, 3),
        ({"status": "expired"}, 0),
        ({"status": "cancelled"}, 0),
        ({"status": "anything"}, 3),
    ],
)
def test_public_list_is_searched(client, three, asked, found):
    page = client.get(reverse("hitech_cert:certified"), asked)
    assert (page.status_code, len(page.context["rows"])) == (200, found)


def test_public_list_has_few_queries_whatever_its_rows(
    client, three, django_assert_max_num_queries
):
    for asked in ({"q": "知微"}, {}):
        with django_assert_max_num_queries(4):
            client.get(reverse("hitech_cert:certified"), asked)


def test_expired_certificate_says_so(client, application, settings):
    settings.PORTAL_CLOCK_OFFSET = (
        datetime.datetime(2023, 12, 1, 4, tzinfo=datetime.UTC) - timezone.now()
    )
    page = client.get(reverse("hitech_cert:certified"), {"status": "expired"})
    assert len(page.context["rows"]) == 1


def test_changes_are_public_while_they_are_publicised(client, house, application, body):
    change = changes.report_change(
        application=application, kind="name", happened_on=NOW.date(), after={"name": "新名公司"},
        reason="更名", by=house.filer, at=NOW,
    )  # fmt: skip
    address = reverse("hitech_cert:public_changes")
    assert "新名公司" not in client.get(address).text
    changes.publicise_change(change=change, by=body, at=NOW)
    assert "新名公司" in client.get(address).text


def test_before_a_decision_there_is_nothing_after_it(client, house, body):
    one = scored(house.firm, house.filer, house.office)
    client.force_login(house.filer)
    assert client.get(url("after", one)).status_code == 302
    assert fresh(one).certificate_number is None
