"""The whole building walked by people of another province: no way leads to this contract."""

import datetime

import pytest
from django.urls import reverse

from contracts import actions
from contracts.api.filings import ContractFilings
from contracts.enums import State
from tests.contracts.api_calls import LIST, at_state, client, post, url
from tests.factories import accounts
from tests.factories.contracts import AT, pdf
from torch_portal.common import clock
from torch_portal.desk.models import Batch
from torch_portal.filings import webhooks
from torch_portal.filings.actions import note_access
from torch_portal.filings.models import Access, Attachment, Delivery, Webhook
from torch_portal.reports.exports import actions as exports
from torch_portal.reports.exports import monthly, source, work
from torch_portal.reports.exports.wishes import Wish
from torch_portal.reports.models import Export, MonthArchive
from torch_portal.reports.tables import tally

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:contracts_contract_changelist")
LATER = AT + datetime.timedelta(days=31)
EVERYTHING = {"queue": "all"}


@pytest.fixture
def contract(house, monkeypatch):
    """A registered contract of Zhejiang that left a trace everywhere; Webhooks wait already."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    for person in (house.far_reviewer, house.far_official):
        Webhook.objects.create(owner=person, url="https://x.example/", secret="x", created_at=AT)
    made = at_state(house, State.RECOGNISED)
    actions.send_message(contract=made, text="问", uploads=[pdf()], by=house.filer, at=AT)
    actions.request_deregistration(
        contract=made, reason="解除", files=[pdf()], by=house.filer, at=AT
    )
    note_access(filing=made.filing, kind="page", by=house.reviewer, at=AT)
    monthly.make_missing(at=LATER)
    tally.recount(at=LATER)
    Access.objects.all().delete()
    return made


@pytest.fixture
def house(house):
    """With an official of Jiangsu beside its reviewer."""
    house.far_official = accounts.official("32", name="far_official")
    return house


def marks(contract):
    """What would betray it on a page."""
    numbers = (contract.filing.number, contract.registration_number)
    return (contract.project_name, *numbers, contract.seller_name)


def check_silent(contract, page, typed=""):
    """Nothing on the page speaks of the contract, but what was typed oneself."""
    assert page.status_code in (200, 302, 403, 404), page.status_code
    said = "" if page.streaming else page.content.decode()
    assert [m for m in marks(contract) if m in said and m != typed] == []


def in_lists(web, contract):
    for report in source.reports().values():
        place, number = source.list_url(report), contract.filing.number
        for query in ("", f"?{report.everything}"):
            check_silent(contract, web.get(f"{place}{query}"))
        check_silent(contract, web.get(place, {"q": number}), number)
    for mark in marks(contract):
        page = web.get(QUEUE, EVERYTHING | {"q": mark})
        assert page.context["count"] == "0"
    for query in ({"place": "33"}, {"agency": contract.filing.agency_id}, {"state": "recognised"}):
        assert web.get(QUEUE, EVERYTHING | query).context["count"] == "0", query


def in_exports(web, person):
    for code, report in source.reports().items():
        asked = {"columns": tuple(c.name for c in report.columns if c.allowed(person))}
        for file_format in ("csv", "zip") if report.entries else ("csv",):
            wish = Wish(report=report, filter=report.everything, file_format=file_format, **asked)
            try:
                export = exports.ask(wish=wish, by=person, at=LATER)
            except exports.Denied:
                assert web.get(reverse("reports:export", args=[code])).status_code == 403
                continue
            work.run(export_id=export.pk, at=LATER)
            export.refresh_from_db()
            assert (export.state, export.rows_done) == ("ready", 0), code


def by_guessed_files(web, house, contract):
    theirs = exports.ask(
        wish=Wish(source.reports()["contracts"], ("number",)), by=house.reviewer, at=LATER
    )
    work.run(export_id=theirs.pk, at=LATER)
    archive = MonthArchive.objects.get()
    certificate = contract.filing.certificates.get()
    document = contract.filing.documents.first()
    message = contract.filing.thread.messages.get()
    matter = contract.followups.get()
    ways = [
        reverse("reports:export_file", args=[theirs.pk]),
        reverse("reports:archive_file", args=[archive.pk]),
        reverse("contracts:detail", args=[contract.pk]),
        reverse("contracts:certificate", args=[contract.pk]),
        reverse("contracts:issued", args=[contract.pk, certificate.pk]),
        reverse("contracts:document", args=[contract.pk, document.pk]),
        reverse("contracts:thread_file", args=[contract.pk, message.files.get().pk]),
        reverse("contracts:matter", args=[contract.pk, matter.pk]),
        reverse("desk:filing", args=[contract.pk]),
        *(
            reverse("contracts:attachment", args=[contract.pk, file.pk])
            for file in Attachment.objects.all()
        ),
    ]
    for way in ways:
        assert web.get(way).status_code == 404, way
    desks = {
        "contracts_contract": contract.pk,
        "contracts_followup": matter.pk,
        "certificates_certificate": certificate.pk,
        "papers_paper": contract.filing.papers.get().pk,
    }
    for desk, pk in desks.items():
        page = web.get(reverse(f"admin:{desk}_change", args=[pk]))
        check_silent(contract, page)
        assert page.status_code in (302, 404), desk
    post_all = {"line": "contracts", "move": "assign", "pick": [contract.pk]}
    web.post(reverse("admin:desk_batch_plan"), post_all)
    assert not Batch.objects.exists()
    assert Export.objects.get(pk=theirs.pk).taken_times == 0


def over_the_api(person, contract):
    api = client(person)
    asks = ({}, {"q": contract.filing.number}, {"number": contract.filing.number}, {"page_size": 9})
    for asked in asks:
        assert api.get(LIST, asked).json()["results"] == [], asked
    assert api.get(LIST, {"cursor": "cD0wJnI9MQ=="}).json().get("results", []) == []
    assert api.get(url(contract)).status_code == 404
    for extra in ContractFilings.get_extra_actions():
        if not extra.detail or "<" in extra.url_path or "(" in extra.url_path:
            continue
        for method in extra.mapping:
            way = url(contract, extra.url_path)
            answer = api.get(way) if method == "get" else post(api, way)
            assert answer.status_code == 404, (method, way)
    answer = api.get("/api/v1/tables/", {"place": "33"})
    assert answer.status_code in (403, 404)


def on_the_dashboard(web, contract):
    for way in ("/reports/", "/reports/tables/", "/reports/tables/xlsx/", "/reports/tables/pdf/"):
        for place in ("33", "", "3301"):
            page = web.get(way, {"place": place, "year": 2020})
            assert page.status_code in (403, 404), (way, place)
    freeze = {"place": "33", "since": "2020-01-01", "until": "2020-01-31"}
    assert web.post(reverse("reports:tables_freeze"), freeze).status_code in (403, 404)


@pytest.mark.parametrize("who", ["far_reviewer", "far_official"])
def test_no_way_leads_to_a_contract_of_another_province(house, contract, web_of, who):
    person = getattr(house, who)
    web = web_of(person)
    in_lists(web, contract)
    in_exports(web, person)
    by_guessed_files(web, house, contract)
    over_the_api(person, contract)
    on_the_dashboard(web, contract)
    webhooks.sweep(LATER)
    assert not Delivery.objects.filter(webhook__owner=person).exists()
    assert not Access.objects.filter(seen_by=person).exists()


@pytest.fixture
def web_of(client):
    """A browser of this person."""

    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in


def test_same_ways_lead_there_for_who_may(house, contract, web_of):
    """Else the walk above would prove nothing."""
    web = web_of(house.official)
    assert web.get(QUEUE, EVERYTHING | {"q": contract.filing.number}).context["count"] == "1"
    assert web.get(reverse("contracts:detail", args=[contract.pk])).status_code == 200
    assert len(client(house.reviewer).get(LIST).json()["results"]) == 1
    assert web.get("/reports/", {"place": "33", "year": 2020}).status_code == 200
    with pytest.raises(AssertionError):
        check_silent(contract, web.get(QUEUE, EVERYTHING))
