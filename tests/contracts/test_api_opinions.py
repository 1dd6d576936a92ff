"""Expert opinions and the hints of the registry over the API."""

import datetime

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contracts.enums import State
from contracts.models import OpinionFile
from tests.contracts.api_calls import at_state, client, post, url
from tests.factories.contracts import AT, pdf
from tests.torch_portal.filings.registry import NINGBO, Registry
from torch_portal.filings import lookups
from torch_portal.filings.models import Access, RegistryLookup

SAID = {"expert": "王教授", "view": "for", "note": "属于技术开发"}


@pytest.fixture(autouse=True)
def in_march_2020(settings):
    """The portal lives on 2020-03-02."""
    settings.PORTAL_CLOCK_OFFSET = AT - datetime.datetime.now(datetime.UTC)
    cache.clear()


@pytest.fixture
def asked(house):
    """A contract about which an expert was asked."""
    contract = at_state(house, State.ACCEPTED)
    body = {"experts": [{"expert": "王教授", "unit": "浙江大学"}], "note": "是否属于技术开发"}
    answer = post(client(house.reviewer), url(contract, "request-expert-opinion"), body)
    assert answer.status_code == 200, answer.json()
    return contract


def record(house, contract, *files):
    body = SAID | {"file": list(files)}
    address = url(contract, "record-expert-opinion")
    return client(house.reviewer).post(address, body, format="multipart")


def test_opinion_is_recorded_with_its_files_and_read_back(house, asked):
    sent = pdf("意见.pdf")
    assert record(house, asked, sent).status_code == 200
    api = client(house.reviewer)
    [told] = api.get(url(asked, "opinions")).json()["opinions"]
    assert (told["expert"], told["unit"], told["view"]) == ("王教授", "浙江大学", "for")
    [file] = told["files"]
    assert file["name"] == "意见.pdf"
    sent.seek(0)
    assert api.get(file["url"]).getvalue() == sent.read()
    seen = Access.objects.filter(filing=asked.filing, seen_by=house.reviewer)
    assert seen.filter(kind="file").exists()


def test_opinion_without_files_stays_json(house, asked):
    answer = post(client(house.reviewer), url(asked, "record-expert-opinion"), SAID)
    assert answer.status_code == 200, answer.json()
    assert asked.opinions.get().view == "for"


@pytest.mark.parametrize(
    "files",
    [[SimpleUploadedFile("leer.pdf", b"")], [pdf(f"{n}.pdf", pages=n) for n in range(1, 7)]],
)
def test_files_that_cannot_be_taken_keep_nothing(house, asked, files):
    assert record(house, asked, *files).status_code in (400, 422)
    assert asked.opinions.get().view == ""
    assert not OpinionFile.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("reviewer", 200), ("official", 200), ("filer", 403), ("stranger", 404)],
)
def test_opinions_are_read_by_who_decides(house, asked, who, status):
    record(house, asked, pdf())
    api = client(getattr(house, who))
    assert api.get(url(asked, "opinions")).status_code == status
    file = url(asked, "opinions", "files", OpinionFile.objects.get().pk)
    assert api.get(file).status_code == status


def test_file_of_another_filing_is_not_found(house, asked):
    record(house, asked, pdf())
    other = at_state(house, State.ACCEPTED, project_name="另一项目")
    address = url(other, "opinions", "files", OpinionFile.objects.get().pk)
    assert client(house.reviewer).get(address).status_code == 404


def test_registry_speaks_among_the_findings(house, settings):
    server = Registry({NINGBO["code"]: NINGBO})
    settings.REGISTRY_URL = server.url
    try:
        contract = at_state(house, State.SUBMITTED)
        assert "RG-01" in told(house.filer, contract)
        lookups.ask(RegistryLookup.objects.get().pk, timezone.now())
        assert {"RG-02"} <= told(house.filer, contract)
        assert {"RG-02"} <= told(house.reviewer, contract)
        settings.REGISTRY_URL = ""
        assert not {c for c in told(house.filer, contract) if c.startswith("RG")}
    finally:
        server.end()


def told(who, contract):
    answer = client(who).get(url(contract, "findings")).json()
    return {f["code"] for f in answer["findings"]}
