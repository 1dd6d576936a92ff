"""After the decision over the API: the same acts, permissions and refusals as on the pages."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from hitech_cert.actions import cancelling, deciding
from hitech_cert.models import AnnualReport, Change, ReExamination
from hitech_cert.rules.annual import ENTRIES
from tests.factories.hitech_after import SESSION, certified, province, scored
from tests.hitech_cert.api_calls import client, post, url
from torch_portal.certificates.models import Certificate

NOW = datetime.datetime(2021, 3, 1, 4, tzinfo=datetime.UTC)
ZERO = {entry.name: "0" for entry in ENTRIES} | {"staff_total": "60"}
SENT = {"figures": ZERO, "contact": "李想", "phone": "0571-88888888"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring_2021(settings):
    settings.PORTAL_CLOCK_OFFSET = NOW - timezone.now()
    cache.clear()


@pytest.fixture
def application(house):
    province()
    return certified(house.firm, house.filer, house.office)


@pytest.fixture
def filer(house):
    return client(house.filer)


def put(api, there, body):
    return api.put(there, body, format="json")


def test_record_is_asked_for_and_read(filer, application):
    there = url(application, "record")
    assert filer.get(there).status_code == 404
    assert post(filer, there).status_code == 200
    assert Certificate.objects.get().number == "GR202033008462"
    assert filer.get(there).status_code in (200, 202)


def test_report_is_saved_and_handed_in(filer, application):
    there = url(application, "reports", 2020)
    wrong = put(filer, there, SENT | {"figures": {"nonsense": "1"}})
    assert wrong.status_code == 400
    first = put(filer, there, SENT | {"figures": {"sales": "10.00"}})
    assert (first.status_code, first.json()["figures"]["sales"]) == (200, "10.00")
    early = post(filer, url(application, "reports", 2020, "submit"))
    assert early.status_code == 422
    assert "tax_paid" in {row["field"] for row in early.json()["errors"]}
    put(filer, there, SENT)
    done = post(filer, url(application, "reports", 2020, "submit"))
    assert (done.status_code, done.json()["state"], done.json()["late"]) == (
        200,
        "submitted",
        False,
    )
    assert filer.get(url(application, "reports")).json()["reports"][0]["year"] == 2020
    assert put(filer, there, SENT).status_code == 409


def test_report_of_a_year_outside_is_refused(filer, application):
    assert put(filer, url(application, "reports", 2019), SENT).status_code == 422
    assert AnnualReport.objects.count() == 0


def test_change_is_reported_once(filer, application):
    body = {"kind": "name", "happened_on": "2021-02-01", "after": "新名公司", "reason": "更名"}
    there = url(application, "changes")
    first, again = (post(filer, there, body, **{"Idempotency-Key": "c"}) for _n in "ab")
    assert (first.status_code, again.json()) == (201, first.json())
    assert Change.objects.get().after == {"name": "新名公司"}
    assert filer.get(there).json()["changes"] == [first.json()]
    assert post(filer, there, body | {"kind": "nothing"}).status_code == 400
    assert post(filer, there, body | {"more": 1}).status_code == 400


def test_case_is_stated(filer, application):
    there = url(application, "state-case")
    assert post(filer, there, {"statement": "x"}).status_code == 409
    cancelling.notify_cancellation(
        application=application, grounds=["fraud"], effect_year=2020, by=province(), at=NOW,
        note="核查",
    )  # fmt: skip
    assert post(filer, there, {"statement": " "}).status_code == 422
    assert post(filer, there, {"statement": "证书真实"}).json()["statement"] == "证书真实"
    told = filer.get(url(application, "cancellations")).json()["cancellations"]
    assert [one["effect_year"] for one in told] == [2020]


def test_recount_is_asked_for(house, filer):
    refused = scored(house.firm, house.filer, house.office, score=(70, 1))
    deciding.not_recognise(application=refused, by=province(), at=SESSION, note="不足")
    there = url(refused, "reexaminations")
    assert post(filer, there, {"ground": "taste", "statement": "x"}).status_code == 400
    assert post(filer, there, {"ground": "bonus", "statement": ""}).status_code == 422
    assert post(filer, there, {"ground": "bonus", "statement": "参与国标"}).status_code == 201
    assert ReExamination.objects.count() == 1
    assert len(filer.get(there).json()["reexaminations"]) == 1


def test_strangers_see_nothing_and_readers_do_nothing(house, application):
    stranger, reader = client(house.stranger), client(house.reader)
    for name in ("reports", "changes", "cancellations", "reexaminations"):
        assert stranger.get(url(application, name)).status_code == 404
        assert reader.get(url(application, name)).status_code == 200
    assert post(reader, url(application, "record")).status_code == 403
    assert put(reader, url(application, "reports", 2020), SENT).status_code == 403
