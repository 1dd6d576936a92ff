"""Public verification: every answer, by number and code, by QR code, by file; no account needed."""

import io

import pikepdf
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from contracts import actions as contracts
from contracts.enums import State
from tests.factories.contracts import AT, contract_at, pdf_bytes
from tests.torch_portal.certificates.sample import CONTENT
from torch_portal.certificates import actions, tasks, verification
from torch_portal.certificates.enums import Status
from torch_portal.certificates.models import Certificate
from torch_portal.certificates.render import render_pdf
from torch_portal.certificates.signer import load_signer, make_demo_p12
from torch_portal.certificates.signing import sign_pdf

URL = "/verify/"


@pytest.fixture(autouse=True)
def empty_counters():
    """No look-ups were made before."""
    cache.clear()


@pytest.fixture
def contract(house):
    """A recognised contract whose certificate is ready."""
    contract = contract_at(
        State.RECOGNISED,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
    )
    tasks.render(certificate_id=contract.filing.certificates.get().pk)
    return contract


@pytest.fixture
def certificate(contract):
    return contract.filing.certificates.get()


def file_of(certificate):
    certificate.refresh_from_db()
    with certificate.pdf.open("rb") as stream:
        return stream.read()


def looked_up(client, number, code):
    return client.get(URL, {"number": number, "code": code}).context["result"]


def uploaded(client, data, name="证明.pdf"):
    return client.post(URL, {"file": SimpleUploadedFile(name, data)}).context["result"]


def end(contract, status, house):
    if status == Status.SUPERSEDED:
        old = contract.filing.certificates.get()
        actions.issue(
            filing=contract.filing, template=old.template, number=old.number,
            content=CONTENT, by=house.reviewer, at=AT, supersedes=old,
        )  # fmt: skip
    else:
        act = contracts.deregister
        if status == Status.REVOKED:
            act = contracts.revoke
            more = {"at": AT, "contract": contract}
            contracts.notify_revocation(grounds=["RV-1"], note="虚假", by=house.second, **more)
            notice = contract.followups.get()
            contracts.state_case(followup=notice, statement="认可", by=house.filer, at=AT)
        act(contract=contract, by=house.reviewer, at=AT, note="原因")


# --- by number and code -----------------------------------------------------------------------


def test_valid_certificate_shows_what_it_certifies(client, certificate):
    with translation.override("en"):
        told = verification.answer(certificate)
    assert (told["status"], told["headline"]) == ("valid", "Valid")
    shown = dict(told["rows"])
    assert shown["Registration number"] == certificate.number
    assert shown["Total amount"] == "5,230,000.00 yuan"
    assert "seller_code" not in str(told["rows"])
    answer = looked_up(client, certificate.number, certificate.verify_code)
    assert answer["status"] == "valid"


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.SUPERSEDED, "Superseded"),
        (Status.DEREGISTERED, "Deregistered"),
        (Status.REVOKED, "Revoked"),
    ],
)
def test_ended_certificate_says_so_by_code_and_by_file(
    client, contract, certificate, house, status, word
):
    data = file_of(certificate)
    end(contract, status, house)
    answer = looked_up(client, certificate.number, certificate.verify_code)
    assert answer["status"] == status
    by_file = uploaded(client, data)
    assert by_file["status"] == status
    with translation.override("en"):
        told = verification.answer(Certificate.objects.get(pk=certificate.pk))
    assert told["headline"] == word
    assert "2020-03-02" in told["sentence"]


@pytest.mark.parametrize(
    ("number", "code"),
    [("{number}", "AAAAAAAAAAAA"), ("2020330101009999", "{code}"), ("x", "y")],
)
def test_unknown_number_or_code(client, certificate, number, code):
    fill = {"number": certificate.number, "code": certificate.verify_code}
    answer = looked_up(client, number.format(**fill), code.format(**fill))
    assert (answer["status"], answer["rows"]) == ("unknown", [])


def test_code_is_read_however_it_is_typed(client, certificate):
    code = certificate.verify_code.lower()
    typed = f" {code[:4]}-{code[4:8]} {code[8:]}"
    assert looked_up(client, f" {certificate.number} ", typed)["status"] == "valid"


def test_half_an_entry_asks_for_both(client, certificate):
    answer = client.get(URL, {"number": certificate.number, "code": ""})
    assert answer.context["result"] is None
    assert len(answer.context["form_errors"]) == 1


def test_page_without_entries_asks_nothing(client, db):
    answer = client.get(URL)
    assert (answer.status_code, answer.context["result"]) == (200, None)
    assert answer.context["form_errors"] == []


def test_qr_code_leads_to_the_answer(client, certificate, settings):
    url = certificate.content["verify_url"]
    assert url == settings.SITE_URL + reverse("certificates:scan", args=[certificate.verify_code])
    answer = client.get(url.removeprefix(settings.SITE_URL))
    assert answer.context["result"]["status"] == "valid"
    wrong = client.get(reverse("certificates:scan", args=["AAAAAAAAAAAA"]))
    assert wrong.context["result"]["status"] == "unknown"


# --- by file ----------------------------------------------------------------------------------


def test_file_as_issued_is_valid(client, certificate):
    answer = uploaded(client, file_of(certificate), "改了名.bin")
    assert answer["status"] == "valid"
    with translation.override("en"):
        told = verification.answer_for_file(file_of(certificate))
    assert "unaltered" in told["sentence"]
    assert "byte for byte" not in told["sentence"]


def flipped(data):
    """One byte of the signed part is another one."""
    place = data.index(b"/Producer") + 12 if b"/Producer" in data else 200
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def saved_again(data):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


def appended(data):
    return data + b"\n1 0 obj\n<</Type /Catalog>>\nendobj\n%%EOF\n"


@pytest.mark.parametrize("change", [flipped, saved_again])
def test_altered_file_is_not_to_be_relied_on(client, certificate, change):
    answer = uploaded(client, change(file_of(certificate)))
    assert (answer["status"], answer["rows"]) == ("altered", [])
    assert answer["sentence"]


def test_file_with_something_appended_is_never_simply_valid(client, certificate):
    with translation.override("en"):
        told = verification.answer_for_file(appended(file_of(certificate)))
    assert told["status"] == "altered" or "not byte for byte" in told["sentence"]


def signed_by(path, settings):
    make_demo_p12(path, "another", at=timezone.now())
    return sign_pdf(
        render_pdf(CONTENT),
        signer=load_signer(path, "another"),
        reason="x",
        location="x",
        at=timezone.now(),
        timestamp_url="",
    )


def test_file_signed_with_a_strangers_key_is_not_to_be_relied_on(client, db, settings, tmp_path):
    answer = uploaded(client, signed_by(tmp_path / "stranger.p12", settings))
    assert (answer["status"], answer["rows"]) == ("altered", [])


def test_certificate_without_signature_is_not_to_be_relied_on(client, db):
    assert uploaded(client, render_pdf(CONTENT))["status"] == "altered"


@pytest.mark.parametrize(
    "data", [b"no pdf", b"%PDF-1.7 broken", pdf_bytes(), b"\x89PNG\r\n\x1a\n", b"%PDF-" * 2000]
)
def test_other_files_are_not_certificates(client, db, data):
    answer = uploaded(client, data)
    assert (answer["status"], answer["rows"]) == ("not_a_certificate", [])


def test_genuine_file_of_which_the_register_knows_nothing(client, certificate):
    data = file_of(certificate)
    Certificate.objects.all().delete()
    assert uploaded(client, data)["status"] == "unknown"


def test_upload_without_file_and_too_big_a_file_are_told(client, db, settings):
    answer = client.post(URL, {})
    assert (answer.context["result"], len(answer.context["form_errors"])) == (None, 1)
    settings.ATTACHMENT_MAX_BYTES = 10
    answer = client.post(URL, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 123")})
    assert (answer.context["result"], len(answer.context["form_errors"])) == (None, 1)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, db, method):
    assert getattr(client, method)(URL).status_code == 405


# --- limits -----------------------------------------------------------------------------------


@pytest.fixture
def one_minute(monkeypatch):
    """The clock stands, so that no minute turns while the look-ups are counted."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.mark.usefixtures("one_minute")
def test_look_ups_are_limited_by_address_and_minute(client, certificate, settings):
    for _turn in range(settings.LIMITS_A_MINUTE["verify"]):
        assert client.get(URL).status_code == 200
    refused = client.get(URL, {"number": certificate.number, "code": certificate.verify_code})
    assert (refused.status_code, refused.context["result"]) == (429, None)
    assert refused.context["form_errors"]
    scanned = client.get(reverse("certificates:scan", args=[certificate.verify_code]))
    assert (scanned.status_code, scanned.context["result"]) == (429, None)
    posted = client.post(URL, {"file": SimpleUploadedFile("a.pdf", b"x")})
    assert posted.status_code == 429
    other = client.get(URL, REMOTE_ADDR="198.51.100.7")
    assert other.status_code == 200


# --- the command ------------------------------------------------------------------------------


def command(path, capsys):
    """Exit code and words of verify_certificate with the register at hand."""
    with pytest.raises(SystemExit) as ended:
        call_command("verify_certificate", path)
    return ended.value.code, capsys.readouterr().out


def test_command_tells_valid_and_ended_apart(contract, certificate, house, tmp_path, capsys):
    path = tmp_path / "a.pdf"
    path.write_bytes(file_of(certificate))
    code, said = command(path, capsys)
    assert code == 0
    assert certificate.number in said
    assert certificate.sha256 in said
    end(contract, Status.REVOKED, house)
    assert command(path, capsys)[0] == 1


@pytest.mark.parametrize(
    ("change", "code"), [(flipped, 1), (saved_again, 1), (lambda data: data[:300], 2)]
)
def test_command_of_altered_files(certificate, tmp_path, capsys, change, code):
    path = tmp_path / "a.pdf"
    path.write_bytes(change(file_of(certificate)))
    assert command(path, capsys)[0] == code


def test_command_of_a_file_that_the_register_does_not_know(certificate, tmp_path, capsys):
    path = tmp_path / "a.pdf"
    path.write_bytes(file_of(certificate))
    Certificate.objects.all().delete()
    assert command(path, capsys)[0] == 1


@pytest.mark.parametrize("data", [b"", b"text", pdf_bytes()])
def test_command_of_other_files_ends_with_2(db, tmp_path, capsys, data):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert command(path, capsys)[0] == 2


def test_command_of_a_missing_file_ends_with_2(db, tmp_path, capsys):
    assert command(tmp_path / "missing.pdf", capsys)[0] == 2


def test_verification_answers_while_the_cache_is_down(client, db, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    answer = client.get("/verify/", {"number": "2020330101000001", "code": "AAAABBBBCCCC"})
    assert answer.status_code == 200
    assert answer.context["result"]["status"] == "unknown"
