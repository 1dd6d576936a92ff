"""The scanner in front of every upload: clean, infected, silent, absent; over both sockets."""

import socket

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contracts.enums import State
from contracts.queries import act_label
from tests.contracts.api_calls import at_state, attach
from tests.contracts.api_calls import client as api_of
from tests.factories.contracts import draft, pdf_bytes
from tests.torch_portal.filings.clamd import VIRUS, Clamd
from torch_portal.filings.scanning import PIECE, ScannerDown, scan
from torch_portal.filings.uploads import BadUpload, Infected, check_upload

NOBODY = "tcp://127.0.0.1:1"


@pytest.fixture
def clamd(settings):
    """A scanner on a free port, switched on."""
    running = Clamd()
    settings.CLAMD_URL = running.url
    yield running
    running.end()


def sent(data=None, name="合同.pdf"):
    return SimpleUploadedFile(name, pdf_bytes() if data is None else data, "application/pdf")


def infected():
    return sent(pdf_bytes() + VIRUS, "发票.pdf")


def test_no_scanner_scans_nothing(settings):
    assert settings.CLAMD_URL == ""
    assert scan([VIRUS]) == ""


def test_bytes_arrive_whole_and_in_order(clamd):
    body = bytes(range(256)) * 1024
    assert scan([body[: PIECE + 1], b"", body[PIECE + 1 :]]) == ""
    assert clamd.heard == [body]


def test_virus_is_named(clamd):
    assert scan([b"x", VIRUS]) == "Eicar-Signature"


def test_unix_socket_serves_as_well(settings, tmp_path):
    running = Clamd(str(tmp_path / "clamd.sock"), socket.AF_UNIX)
    settings.CLAMD_URL = running.url
    assert scan([VIRUS]) == "Eicar-Signature"
    running.end()


@pytest.mark.parametrize("says", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: what\0"])
def test_no_verdict_is_no_permission(settings, says):
    running = Clamd(says=says)
    settings.CLAMD_URL = running.url
    with pytest.raises(ScannerDown):
        scan([b"x"])
    running.end()


def test_silent_scanner_keeps_nothing_and_says_what_to_do(settings):
    settings.CLAMD_URL = NOBODY
    with pytest.raises(BadUpload, match=r"合同\.pdf"):
        check_upload(sent())


def test_clean_file_is_judged_and_kept_as_before(clamd):
    upload = sent()
    assert check_upload(upload).pages == 1
    assert clamd.heard == [pdf_bytes()]
    assert upload.read() == pdf_bytes()


def test_infected_file_is_refused_before_anything_opens_it(clamd):
    with pytest.raises(Infected) as refused:
        check_upload(sent(VIRUS))
    assert refused.value.trace["virus"] == "Eicar-Signature"
    assert len(refused.value.trace["sha256"]) == 64


def test_page_refuses_an_infected_file_keeps_the_good_one_and_notes_it(clamd, client, house):
    contract = draft(house.firm, house.filer)
    client.force_login(house.filer)
    url = reverse("contracts:attach", args=[contract.pk])
    good = sent(pdf_bytes(2), "扫描件.pdf")
    answer = client.post(url, {"kind": "other", "files": [infected(), good]})
    assert [("Eicar-Signature" in e, "发票.pdf" in e) for e in answer.context["errors"]] == [
        (True, True)
    ]
    assert [a.name for a in contract.filing.attachments.filter(kind="other")] == ["扫描件.pdf"]
    check_note(contract, house)


def check_note(contract, house):
    """One event on the filing tells what was refused, and whose it was."""
    event = contract.filing.events.get(move="refuse_file")
    assert (event.by, event.data["name"]) == (house.filer, "发票.pdf")
    assert event.data["virus"] == "Eicar-Signature"
    assert act_label("refuse_file") != "refuse_file"


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "once"}])
def test_api_refuses_an_infected_file_keeps_nothing_and_notes_it(clamd, house, headers):
    contract = draft(house.firm, house.filer)
    answer = attach(api_of(house.filer), contract, infected(), "other", **headers)
    assert answer.status_code == 422
    assert "Eicar-Signature" in answer.json()["errors"][0]["message"]
    assert not contract.filing.attachments.filter(kind="other").exists()
    check_note(contract, house)


def test_page_while_the_scanner_is_silent_loses_nothing(settings, client, house):
    contract = draft(house.firm, house.filer)
    settings.CLAMD_URL = NOBODY
    client.force_login(house.filer)
    url = reverse("contracts:attach", args=[contract.pk])
    answer = client.post(url, {"kind": "other", "files": [sent(name="照片.pdf")]})
    assert answer.status_code == 200
    assert "照片.pdf" in answer.context["errors"][0]
    assert contract.filing.attachments.live().count() == 1
    assert not contract.filing.events.filter(move="refuse_file").exists()


def test_reading_files_needs_no_scanner(settings, client, house):
    contract = at_state(house, State.SUBMITTED)
    settings.CLAMD_URL = NOBODY
    client.force_login(house.reviewer)
    kept = contract.filing.attachments.get()
    url = reverse("contracts:attachment", args=[contract.pk, kept.pk])
    assert client.get(url).status_code == 200
