"""Making certificates: leases, attempts, endings; one file and one message each."""

import datetime
import hashlib

import pytest

from contracts.enums import State
from tests.conftest import people, seed
from tests.factories.contracts import AT, contract_at
from tests.faults.together import at_once
from tests.torch_portal.certificates.sample import CONTENT
from torch_portal.certificates import actions, queries
from torch_portal.certificates.actions import CODE_LETTERS
from torch_portal.certificates.enums import Making, Status
from torch_portal.certificates.making import ATTEMPTS, FIRST_RETRY, LEASE
from torch_portal.certificates.models import Certificate
from torch_portal.notices.models import Message

SECOND = datetime.timedelta(seconds=1)
PDF = b"%PDF-1.7 a file"
NUMBER = "2020330101000077"


@pytest.fixture(autouse=True)
def empty_storage(settings):
    """Files of earlier tests are gone: naming the storages again makes new ones."""
    settings.STORAGES = dict(settings.STORAGES)


@pytest.fixture
def filing(house):
    """A filing in examination, to which certificates can be issued."""
    return contract_at(
        State.ACCEPTED,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
    ).filing


def issue(filing, by, **more):
    values = {"number": NUMBER, "content": CONTENT, "at": AT}
    return actions.issue(filing=filing, template="technical_contract", by=by, **values | more)


@pytest.fixture
def certificate(filing, house):
    """A certificate just issued, at AT."""
    return issue(filing, house.reviewer)


def stored(certificate):
    return Certificate.objects.get(pk=certificate.pk)


def claimed(certificate, at=AT):
    return actions.claim(certificate_id=certificate.pk, at=at)


def ready_messages():
    return Message.objects.filter(key__startswith="certificate-ready-")


# --- issuing ----------------------------------------------------------------------------------


def test_issue_freezes_content_with_number_version_and_code(certificate, house, settings):
    row = stored(certificate)
    assert (row.version, row.status, row.making) == (1, Status.VALID, Making.PENDING)
    assert (row.issued_at, row.issued_by, row.due_at) == (AT, house.reviewer, AT + FIRST_RETRY)
    assert len(row.verify_code) == 12
    assert set(row.verify_code) <= set(CODE_LETTERS)
    printed = "-".join((row.verify_code[:4], row.verify_code[4:8], row.verify_code[8:]))
    own = {"number": NUMBER, "version": "1", "verify_code": printed, "supersedes": ""}
    own["verify_url"] = f"{settings.SITE_URL}/verify/{row.verify_code}/"
    assert row.content == CONTENT | own | {"sample": settings.CERTIFICATE_SAMPLE}


def test_issue_gives_each_certificate_a_code_of_its_own(filing, house):
    codes = {issue(filing, house.reviewer, number=str(n)).verify_code for n in range(20)}
    assert len(codes) == 20


def test_issue_of_a_newer_version_ends_the_one_before(certificate, filing, house):
    later = AT + SECOND
    newer = issue(filing, house.reviewer, supersedes=certificate, at=later)
    old = stored(certificate)
    assert (old.status, old.ended_at, old.ended_by) == (Status.SUPERSEDED, later, house.reviewer)
    assert (newer.version, newer.supersedes, newer.status) == (2, old, Status.VALID)
    assert newer.content["supersedes"] == f"{NUMBER} v1"
    assert newer.verify_code != old.verify_code
    assert queries.current(filing.pk) == newer
    assert queries.problems() == []


@pytest.mark.parametrize("status", [Status.SUPERSEDED, Status.DEREGISTERED, Status.REVOKED])
def test_end_happens_once(certificate, house, status):
    assert actions.end(certificate=certificate, status=status, by=house.reviewer, at=AT) is True
    for other in (Status.REVOKED, Status.DEREGISTERED):
        assert actions.end(certificate=certificate, status=other, by=house.second, at=AT) is False
    assert (stored(certificate).status, stored(certificate).ended_by) == (status, house.reviewer)


def test_missing_characters_are_named(certificate):
    assert actions.missing_characters(CONTENT) == []
    (finding,) = actions.missing_characters(CONTENT | {"seller": "甲\U000f1234乙\U000f1235"})
    assert finding.values == {"characters": "\U000f1234\U000f1235"}


# --- claiming ---------------------------------------------------------------------------------


def test_claim_is_given_to_one_only(certificate):
    mine = claimed(certificate)
    assert (mine.making, mine.attempts) == (Making.RENDERING, 1)
    assert mine.claimed_until == AT + LEASE
    assert mine.claim is not None
    assert claimed(certificate) is None


@pytest.mark.parametrize(("after", "free"), [(LEASE, False), (LEASE + SECOND, True)])
def test_claim_is_free_again_after_the_lease(certificate, after, free):
    first = claimed(certificate)
    second = claimed(certificate, AT + after)
    assert (second is not None) is free
    if second:
        assert (second.attempts, second.claim != first.claim) == (2, True)


def test_claim_of_what_is_ready_or_failed_or_unknown_is_none(certificate):
    actions.store(certificate=claimed(certificate), pdf=PDF, at=AT)
    assert claimed(certificate, AT + 2 * LEASE) is None
    Certificate.objects.update(making=Making.FAILED)
    assert claimed(certificate, AT + 2 * LEASE) is None
    assert actions.claim(certificate_id=0, at=AT) is None


# --- keeping ----------------------------------------------------------------------------------


def test_store_keeps_file_digest_and_tells_once(certificate, house):
    mine = claimed(certificate)
    assert actions.store(certificate=mine, pdf=PDF, at=AT + SECOND) is True
    row = stored(certificate)
    assert (row.making, row.sha256) == (Making.READY, hashlib.sha256(PDF).hexdigest())
    assert (row.rendered_at, row.claim, row.claimed_until) == (AT + SECOND, None, None)
    with row.pdf.open("rb") as stream:
        assert stream.read() == PDF
    assert row.pdf.name == f"certificates/2020/{NUMBER}-v1-{row.sha256[:12]}.pdf"
    (message,) = ready_messages()
    assert (message.key, message.to_user) == (f"certificate-ready-{row.pk}", house.filer)
    assert NUMBER in message.subject
    assert actions.store(certificate=mine, pdf=PDF, at=AT + SECOND) is False
    assert ready_messages().count() == 1
    assert queries.problems() == []


def test_store_too_late_is_discarded(certificate):
    """The lease ran out, somebody else made the file: this one leaves nothing behind."""
    slow = claimed(certificate)
    quick = claimed(certificate, AT + LEASE + SECOND)
    assert actions.store(certificate=slow, pdf=b"%PDF- slow", at=AT) is False
    assert stored(certificate).making == Making.RENDERING
    assert not ready_messages().exists()
    assert actions.store(certificate=quick, pdf=PDF, at=AT) is True
    row = stored(certificate)
    assert row.sha256 == hashlib.sha256(PDF).hexdigest()
    assert not row.pdf.storage.exists(slow.pdf.name)


def test_store_too_late_of_the_same_bytes_keeps_the_file_of_the_winner(certificate):
    slow = claimed(certificate)
    quick = claimed(certificate, AT + LEASE + SECOND)
    assert actions.store(certificate=quick, pdf=PDF, at=AT) is True
    assert actions.store(certificate=slow, pdf=PDF, at=AT) is False
    assert queries.problems() == []


# --- failing ----------------------------------------------------------------------------------


def test_give_back_waits_longer_each_time_and_fails_at_the_last_attempt(certificate):
    at, waits = AT, []
    for attempt in range(1, ATTEMPTS + 1):
        mine = claimed(certificate, at)
        assert mine.attempts == attempt
        actions.give_back(certificate=mine, error=f"no font {attempt}", at=at)
        row = stored(certificate)
        assert (row.claim, row.claimed_until) == (None, None)
        assert row.last_error == f"no font {attempt}"
        assert row.making == (Making.FAILED if attempt == ATTEMPTS else Making.PENDING)
        waits.append(row.due_at - at)
        at = row.due_at
    assert waits == sorted(set(waits))
    assert waits[0] == FIRST_RETRY * 2
    assert claimed(certificate, at) is None
    assert queries.due_for_making(at + datetime.timedelta(days=9)) == []


def test_give_back_by_one_whose_lease_is_over_changes_nothing(certificate):
    slow = claimed(certificate)
    claimed(certificate, AT + LEASE + SECOND)
    actions.give_back(certificate=slow, error="too late", at=AT)
    assert (stored(certificate).making, stored(certificate).last_error) == (Making.RENDERING, "")


def test_give_back_keeps_only_the_beginning_of_a_long_error(certificate):
    actions.give_back(certificate=claimed(certificate), error="x" * 5000, at=AT)
    assert len(stored(certificate).last_error) == 2000


def test_make_again_gives_fresh_attempts_to_failed_ones_only(certificate):
    assert actions.make_again(certificate=certificate, at=AT) is False
    Certificate.objects.update(making=Making.FAILED, attempts=ATTEMPTS)
    assert actions.make_again(certificate=certificate, at=AT + SECOND) is True
    row = stored(certificate)
    assert (row.making, row.attempts, row.due_at) == (
        Making.PENDING,
        0,
        AT + SECOND + FIRST_RETRY,
    )
    assert actions.make_again(certificate=certificate, at=AT) is False


# --- due --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "due"), [(FIRST_RETRY - SECOND, False), (FIRST_RETRY, True)])
def test_due_for_making_from_its_moment(certificate, after, due):
    assert (certificate in queries.due_for_making(AT + after)) is due


@pytest.mark.parametrize(("after", "due"), [(LEASE, False), (LEASE + SECOND, True)])
def test_due_for_making_when_a_worker_dropped_it(certificate, after, due):
    claimed(certificate)
    assert (certificate in queries.due_for_making(AT + after)) is due


def test_postponed_is_not_queued_again_at_once(certificate):
    at = AT + FIRST_RETRY
    actions.postpone(certificate=certificate, at=at)
    assert queries.due_for_making(at + FIRST_RETRY) == []
    assert queries.due_for_making(at + 2 * FIRST_RETRY) == [certificate]


# --- consistency ------------------------------------------------------------------------------


def test_problems_name_files_that_are_gone_or_altered(certificate, filing, house):
    actions.store(certificate=claimed(certificate), pdf=PDF, at=AT)
    other = issue(filing, house.reviewer, number="2020330101000078")
    actions.store(certificate=claimed(other), pdf=b"%PDF- other", at=AT)
    row = stored(certificate)
    row.pdf.storage.delete(row.pdf.name)
    with stored(other).pdf.open("wb") as stream:
        stream.write(b"%PDF- forged")
    assert queries.problems() == [
        f"certificate {NUMBER} v1: its file is gone",
        "certificate 2020330101000078 v1: its file was altered",
    ]


def test_problems_name_a_superseded_one_that_is_valid_again(certificate, filing, house):
    issue(filing, house.reviewer, supersedes=certificate)
    Certificate.objects.update(status=Status.VALID, ended_at=None, ended_by=None)
    assert queries.problems() == [f"certificate {NUMBER} v1: superseded but valid"]


# --- together ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_eight_workers_claim_at_once_and_one_gets_it(transactional_db):
    seed()
    house = people()
    filing = contract_at(
        State.ACCEPTED,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
    ).filing
    certificate = issue(filing, house.reviewer)
    Certificate.objects.update(
        making=Making.PENDING, attempts=0, sha256="", pdf="", rendered_at=None
    )
    answers = at_once(*[lambda: claimed(certificate)] * 8)
    assert [type(a).__name__ for a in answers].count("Certificate") == 1
    assert answers.count(None) == 7
    assert stored(certificate).attempts == 1
