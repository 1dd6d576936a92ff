"""The signed digest of a day: made once, and every later meddling is found."""

import datetime
import io
import json
import subprocess

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from tests.factories import accounts
from tests.factories.contracts import AT, contract_at
from torch_portal.certificates.signing import current_signer
from torch_portal.desk import digests
from torch_portal.desk.models import DayDigest
from torch_portal.filings.models import Event

DAY = datetime.date(2020, 3, 2)
NIGHT = datetime.datetime(2020, 3, 3, 18, 30, tzinfo=datetime.UTC)
DAYS = datetime.timedelta(days=1)


@pytest.fixture
def day(house):
    """A day with one recognised contract, and the next with another; both signed."""
    known = {"firm": house.firm, "by": house.filer, "office": house.office}
    for at, name in ((AT, "甲"), (AT + DAYS, "乙")):
        contract_at("recognised", examiner=house.reviewer, at=at, project_name=name, **known)
    assert digests.make_missing(upto=DAY + DAYS, at=NIGHT) == 2
    return DayDigest.objects.get(day=DAY)


def by_hand(sql, *values):
    """Somebody writes to the tables beside the portal."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE filings_event DISABLE TRIGGER event_no_change")
        cursor.execute(sql, values)
        cursor.execute("ALTER TABLE filings_event ENABLE TRIGGER event_no_change")


def last_event():
    return Event.objects.filter(at=AT).order_by("-seq").first()


def test_digest_says_what_the_day_held(day):
    told = json.loads(day.payload)
    assert told["day"] == "2020-03-02"
    assert told["events"]["count"] == day.events == Event.objects.filter(at=AT).count() > 3
    assert (told["heads"]["filings"], told["heads"]["certificates"]) == (1, 1)
    later = json.loads(DayDigest.objects.get(day=DAY + DAYS).payload)
    assert later["previous"] == day.sha256
    assert later["heads"]["filings"] == 2
    assert digests.problems() == []


def test_digests_are_made_once_and_only_of_finished_days(day, house):
    assert digests.make_missing(upto=DAY + DAYS, at=NIGHT) == 0
    assert digests.make_missing(upto=DAY + 9 * DAYS, at=NIGHT) == 0
    assert DayDigest.objects.count() == 2


def test_removed_last_event_of_the_day_is_found(day):
    event = last_event()
    by_hand("DELETE FROM filings_event WHERE id = %s", event.pk)
    found = digests.problems()
    assert f"digest {day}: the day has {day.events - 1} events, {day.events} were signed" in found
    assert any("events up to that day" in line for line in found)


@pytest.mark.parametrize("rehash", [True, False])
def test_altered_last_event_of_the_day_is_found(day, rehash):
    event = last_event()
    by_hand("UPDATE filings_event SET note = 'x' WHERE id = %s", event.pk)
    if rehash:  # so that the chain of the filing looks well
        by_hand("UPDATE filings_event e SET hash = filings_event_hash(e) WHERE id = %s", event.pk)
    assert digests.problems() == [f"digest {day}: an event of the day was altered"]


def test_event_slipped_into_a_signed_day_is_found(day):
    event = last_event()
    event.pk = None
    event.save()
    assert any(f"{day.events + 1} events" in line for line in digests.problems())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: DayDigest.objects.filter(pk=d.pk).update(payload="{}"), "altered"),
        (lambda d: DayDigest.objects.filter(pk=d.pk).update(signature=b"x"), "not valid"),
        (lambda d: default_storage.delete(d.payload_file.name), "is gone"),
        (lambda d: DayDigest.objects.filter(pk=d.pk).delete(), "does not follow"),
    ],
)
def test_digest_that_was_meddled_with_is_found(day, change, told):
    change(day)
    assert any(told in line for line in digests.problems())


def test_altered_file_is_found(day):
    default_storage.delete(day.payload_file.name)
    default_storage.save(day.payload_file.name, ContentFile(b"{}"))
    assert any("was altered" in line for line in digests.problems())


def test_signature_of_another_key_or_statement_is_refused(day):
    payload, signature = day.payload.encode(), bytes(day.signature)
    trusted = {current_signer().certificate.dump()}
    assert digests.signature_fault(payload, signature, trusted) == ""
    assert "not trusted" in digests.signature_fault(payload, signature, set())
    assert "another statement" in digests.signature_fault(payload + b" ", signature, trusted)
    assert "not valid" in digests.signature_fault(payload, signature[:-4] + b"0000", trusted)


def test_openssl_agrees_that_the_signature_is_good(day, tmp_path):
    for name, data in (("s.json", day.payload.encode()), ("s.p7s", bytes(day.signature))):
        (tmp_path / name).write_bytes(data)
    line = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "s.p7s", "-content",
            "s.json", "-noverify", "-out", "/dev/null"]  # fmt: skip
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_verify_digests_ends_with_the_list(day):
    out = io.StringIO()
    call_command("verify_digests", stdout=out)
    assert out.getvalue() == "checked 2 digests: no problem\n"
    by_hand("DELETE FROM filings_event WHERE id = %s", last_event().pk)
    with pytest.raises(SystemExit) as end:
        call_command("verify_digests", stdout=out)
    assert end.value.code == 1
    assert "were signed" in out.getvalue()


def test_removed_newest_digest_is_missed_two_days_later(day):
    DayDigest.objects.get(day=DAY + DAYS).delete()
    assert digests.problems() == []
    assert digests.missing_tail(DAY + 2 * DAYS) == ""
    assert "2020-03-03" in digests.missing_tail(DAY + 3 * DAYS)


def test_check_consistency_reads_the_digests(day):
    by_hand("DELETE FROM filings_event WHERE id = %s", last_event().pk)
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("check_consistency", stdout=out)
    assert "digests: digest 2020-03-02" in out.getvalue()


@pytest.mark.parametrize(
    ("who", "status"),
    [("operator", 200), ("national", 200), ("official", 403), ("reviewer", 403), ("filer", 302)],
)
def test_digests_by_role(client, house, day, who, status):
    house.national = accounts.official(None, name="national")
    client.force_login(getattr(house, who))
    assert client.get(reverse("admin:desk_daydigest_changelist")).status_code == status
    file = reverse("admin:desk_daydigest_file", args=[day.pk, "statement"])
    answer = client.get(file)
    if status == 200:
        assert b"".join(answer.streaming_content) == day.payload.encode()
        assert client.get(file.replace("statement", "other")).status_code == 404
    else:
        assert answer.status_code in (302, 404)
