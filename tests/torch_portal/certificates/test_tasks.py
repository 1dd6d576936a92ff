"""The worker's task and beat's: safe to run twice and at once, bounded, observable."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.utils import timezone

from contracts import actions as contracts
from contracts.enums import State
from tests.conftest import people, seed
from tests.factories.contracts import AT, contract_at
from tests.faults.together import at_once
from torch_portal.certificates import actions, making, queries, tasks
from torch_portal.certificates.enums import Making
from torch_portal.certificates.inspection import Kind, inspect_pdf
from torch_portal.certificates.models import Certificate
from torch_portal.certificates.verification import roots
from torch_portal.notices.models import Message


@pytest.fixture(autouse=True)
def empty_storage(settings):
    """Files of earlier tests are gone: naming the storages again makes new ones."""
    settings.STORAGES = dict(settings.STORAGES)


def recognised(house):
    """A certificate as a recognition issues it; in the tests without commit nobody makes it."""
    contract = contract_at(
        State.RECOGNISED,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
    )
    return contract.filing.certificates.get()


def ready_messages():
    return Message.objects.filter(key__startswith="certificate-ready-").count()


def files(certificate):
    certificate.refresh_from_db()
    folder, _slash, _name = certificate.pdf.name.rpartition("/")
    names = certificate.pdf.storage.listdir(folder)[1]
    return [n for n in names if n.startswith(f"{certificate.number}-v{certificate.version}-")]


def test_render_makes_a_signed_file_once(house):
    certificate = recognised(house)
    assert tasks.render(certificate_id=certificate.pk) == "ready"
    certificate.refresh_from_db()
    first = (certificate.sha256, certificate.rendered_at, certificate.pdf.name)
    with certificate.pdf.open("rb") as stream:
        seen = inspect_pdf(stream.read(), trust_roots=roots())
    assert (seen.kind, seen.certificate_number) == (Kind.VALID, certificate.number)
    assert seen.content == certificate.content
    assert tasks.render(certificate_id=certificate.pk) == "nothing to do"
    certificate.refresh_from_db()
    assert (certificate.sha256, certificate.rendered_at, certificate.pdf.name) == first
    assert (ready_messages(), certificate.attempts) == (1, 1)


def test_render_of_a_row_that_is_gone_does_nothing(db):
    assert tasks.render(certificate_id=0) == "nothing to do"


def test_render_that_fails_is_given_back_with_its_error_and_made_later(house, settings):
    certificate = recognised(house)
    key = settings.SIGNING_P12
    settings.SIGNING_P12 = "/nowhere/key.p12"
    assert tasks.render(certificate_id=certificate.pk) == "given back"
    certificate.refresh_from_db()
    assert (certificate.making, certificate.attempts) == (Making.PENDING, 1)
    assert certificate.last_error.startswith("FileNotFoundError: ")
    assert ready_messages() == 0
    settings.SIGNING_P12 = key
    assert tasks.render(certificate_id=certificate.pk) == "ready"
    certificate.refresh_from_db()
    assert (certificate.last_error, certificate.attempts) == ("", 2)


def test_render_of_content_that_cannot_be_drawn_fails_for_good_after_eight_times(house):
    certificate = recognised(house)
    Certificate.objects.update(template="no such template")
    answers = [tasks.render(certificate_id=certificate.pk) for _turn in range(9)]
    assert answers == ["given back"] * making.ATTEMPTS + ["nothing to do"]
    certificate.refresh_from_db()
    assert certificate.making == Making.FAILED
    assert "no such template" in certificate.last_error
    assert tasks.retry_unrendered() == 0


def test_retry_unrendered_makes_what_is_due_and_nothing_twice(house):
    """The demonstration's certificates are of 2020, so they are due by now."""
    certificate = recognised(house)
    assert tasks.retry_unrendered() == 1  # queued, and in the tests made at once
    certificate.refresh_from_db()
    assert certificate.making == Making.READY
    assert tasks.retry_unrendered() == 0
    assert (ready_messages(), len(files(certificate))) == (1, 1)


def test_retry_unrendered_leaves_what_a_worker_holds(house):
    certificate = recognised(house)
    actions.claim(certificate_id=certificate.pk, at=timezone.now())
    assert tasks.retry_unrendered() == 0
    over = timezone.now() - datetime.timedelta(seconds=1)
    Certificate.objects.update(claimed_until=over)
    assert tasks.retry_unrendered() == 1
    certificate.refresh_from_db()
    assert (certificate.making, certificate.attempts) == (Making.READY, 2)


def test_retry_unrendered_takes_a_bounded_bite(house):
    certificate = recognised(house)
    Certificate.objects.bulk_create(
        Certificate(
            filing=certificate.filing,
            template="t",
            number=f"n{n}",
            verify_code=f"c{n}",
            content={},
            issued_at=AT,
            issued_by=house.reviewer,
            due_at=AT,
        )
        for n in range(600)
    )
    assert len(queries.due_for_making(timezone.now())) == 500


@pytest.mark.django_db(transaction=True)
def test_render_delivered_to_four_workers_at_once_makes_one_file(transactional_db):
    seed()
    certificate = recognised(people())
    Message.objects.filter(key__startswith="certificate-ready-").delete()
    Certificate.objects.update(making=Making.PENDING, attempts=0, sha256="", pdf="")
    for name in files(certificate) if certificate.pdf else []:
        certificate.pdf.storage.delete(name)
    answers = at_once(*[lambda: tasks.render(certificate_id=certificate.pk)] * 4)
    assert sorted(answers) == ["nothing to do"] * 3 + ["ready"]
    certificate.refresh_from_db()
    assert (certificate.attempts, ready_messages()) == (1, 1)
    assert queries.problems() == []


@pytest.mark.django_db(transaction=True)
def test_render_queued_by_the_commit_of_a_recognition_only(transactional_db):
    seed()
    house = people()
    contract = contract_at(
        State.ACCEPTED,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
    )
    certificate = contracts.recognise(contract=contract, by=house.reviewer, at=AT)
    certificate.refresh_from_db()
    assert certificate.making == Making.READY
    assert len(files(certificate)) == 1


# --- verify_certificate -----------------------------------------------------------------------


def verify(path):
    """The command as an official runs it; here always without a database."""
    nowhere = {
        "DATABASE_URL": "postgresql://x@127.0.0.1:9/x",
        "REDIS_URL": "redis://127.0.0.1:9",
        "DJANGO_SETTINGS_MODULE": "torch_portal.settings",
    }

    return subprocess.run(
        [sys.executable, "manage.py", "verify_certificate", str(path)],
        cwd=portal.BASE_DIR, env=os.environ | nowhere, capture_output=True,
        text=True, timeout=60,
    )  # fmt: skip


@pytest.fixture
def signed(house, tmp_path):
    """The file of a certificate, on disk."""
    certificate = recognised(house)
    tasks.render(certificate_id=certificate.pk)
    certificate.refresh_from_db()
    path = Path(tmp_path) / "证明.pdf"
    with certificate.pdf.open("rb") as stream:
        path.write_bytes(stream.read())
    return path


@pytest.mark.slow
def test_verify_certificate_without_database(signed, tmp_path):
    data = signed.read_bytes()
    altered = tmp_path / "altered.pdf"
    altered.write_bytes(data.replace(b"/Sig", b"/Sag", 1))
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.4 no")
    good = verify(signed)
    assert good.returncode == 0, good.stderr
    assert "2020330101000001" in good.stdout
    assert verify(altered).returncode in (1, 2)
    assert verify(other).returncode == 2
    missing = verify(tmp_path / "missing.pdf")
    assert (missing.returncode, "missing.pdf" in missing.stderr) == (2, True)
