"""The daily digest of the event log: made, signed, and checked again.

The chain of a filing shows an event that was changed or taken out of its middle; the last events
of a filing could go without a trace. The digest of a day names all its events and how many rows
every table had, and rests on the digest of the day before.
"""

import asyncio
import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models.functions import TruncDate
from django.utils import timezone

from torch_portal.accounts.models import Change
from torch_portal.certificates.models import Certificate
from torch_portal.desk.models import DayDigest
from torch_portal.filings.models import Attachment, Event, Filing
from torch_portal.papers.models import Paper

LOCK = 2020_0207
HEADS = {
    "filings": (Filing, "created_at"),
    "events": (Event, "at"),
    "attachments": (Attachment, "uploaded_at"),
    "certificates": (Certificate, "issued_at"),
    "papers": (Paper, "created_at"),
    "changes": (Change, "made_at"),
}
# Recomputed from the columns, not read from the column that holds the hash.
EVENTS_OF_DAY = """
SELECT count(*), encode(sha256(convert_to(
    COALESCE(string_agg(filings_event_hash(e), ',' ORDER BY e.filing_id, e.seq), ''), 'UTF8'
)), 'hex')
FROM filings_event e WHERE e.at >= %s AND e.at < %s
"""


def _bounds(day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The first moment of a day here, and of the next."""
    zone = timezone.get_default_timezone()
    start = datetime.datetime.combine(day, datetime.time(), zone)
    following = day + datetime.timedelta(days=1)
    return start, datetime.datetime.combine(following, datetime.time(), zone)


def _events_of(day: datetime.date) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(EVENTS_OF_DAY, _bounds(day))
        count, sha256 = cursor.fetchone()
    return count, sha256


def statement(day: datetime.date, previous: str) -> dict[str, Any]:
    """What the log holds of a day and what the tables hold up to its end."""
    count, sha256 = _events_of(day)
    end = _bounds(day)[1]
    heads = {
        name: model._base_manager.filter(**{f"{column}__lt": end}).count()
        for name, (model, column) in HEADS.items()
    }
    return {
        "day": day.isoformat(),
        "previous": previous,
        "events": {"count": count, "sha256": sha256},
        "heads": heads,
    }


def sign(payload: bytes, *, timestamp_url: str = "") -> bytes:
    """A detached CMS signature over these bytes, with an RFC 3161 time stamp where asked for.

    Raises what reading the key raises, and pyHanko's TimestampRequestError.
    """
    from pyhanko.sign.timestamps import HTTPTimeStamper

    from torch_portal.certificates.signing import current_signer

    stamper = HTTPTimeStamper(timestamp_url) if timestamp_url else None
    signer = current_signer()
    signed = asyncio.run(
        signer.async_sign_general_data(payload, "sha256", detached=True, timestamper=stamper)
    )
    data: bytes = signed.dump()
    return data


def make_missing(*, upto: datetime.date, at: datetime.datetime) -> int:
    """Digests of every day with events up to this one that has none; answers how many.

    Each in a transaction of its own, oldest first; twice is once.
    """
    made = 0
    for day in days_without(upto):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            last = DayDigest.objects.order_by("-day").first()
            if last is None or last.day < day:
                _make(day, last.sha256 if last else "", at)
                made += 1
    return made


def days_without(upto: datetime.date) -> list[datetime.date]:
    """The days with events after the newest digest, up to this one, in order."""
    last = DayDigest.objects.order_by("-day").first()
    events = Event.objects.filter(at__lt=_bounds(upto)[1])
    if last is not None:
        events = events.filter(at__gte=_bounds(last.day)[1])
    days = events.annotate(day=TruncDate("at", tzinfo=timezone.get_default_timezone()))
    return sorted(days.values_list("day", flat=True).distinct())


def _make(day: datetime.date, previous: str, at: datetime.datetime) -> DayDigest:
    told = statement(day, previous)
    payload = json.dumps(told, sort_keys=True, indent=1)
    url = settings.SIGNING_TIMESTAMP_URL
    digest = DayDigest(
        day=day,
        events=told["events"]["count"],
        payload=payload,
        sha256=hashlib.sha256(payload.encode()).hexdigest(),
        signature=sign(payload.encode(), timestamp_url=url),
        stamped=bool(url),
        made_at=at,
    )
    digest.payload_file.save("statement", ContentFile(payload.encode()), save=False)
    digest.signature_file.save("signature", ContentFile(bytes(digest.signature)), save=False)
    digest.save()
    return digest


def problems() -> list[str]:
    """What does not agree with the digests, as sentences; empty when all is well."""
    return [problem for digest_problems in _each() for problem in digest_problems]


def _each() -> Iterator[list[str]]:
    from torch_portal.certificates.signing import current_signer, trust_roots

    own = current_signer().certificate
    trusted = {c.dump() for c in [own, *trust_roots(settings.SIGNING_TRUST_ROOTS)]}
    before: DayDigest | None = None
    for digest in DayDigest.objects.order_by("day").iterator(200):
        yield [f"digest {digest}: {p}" for p in _of(digest, before, trusted)]
        before = digest


def _of(digest: DayDigest, before: DayDigest | None, trusted: set[bytes]) -> list[str]:
    found = list(_of_statement(digest, before))
    if fault := signature_fault(digest.payload.encode(), bytes(digest.signature), trusted):
        found.append(fault)
    for file, kept in (
        (digest.payload_file, digest.payload.encode()),
        (digest.signature_file, bytes(digest.signature)),
    ):
        if not file.storage.exists(str(file.name)):
            found.append(f"the file {file.name} is gone")
            continue
        with file.open("rb") as stream:
            if stream.read() != kept:
                found.append(f"the file {file.name} was altered")
    return found


def _of_statement(digest: DayDigest, before: DayDigest | None) -> Iterator[str]:
    if hashlib.sha256(digest.payload.encode()).hexdigest() != digest.sha256:
        yield "the statement was altered"
        return
    told = json.loads(digest.payload)
    if told["day"] != digest.day.isoformat():
        yield "it speaks of another day"
    if told["previous"] != (before.sha256 if before else ""):
        yield "it does not follow the digest before"
    now = statement(digest.day, told["previous"])
    if now["events"]["count"] != told["events"]["count"]:
        counts = (now["events"]["count"], told["events"]["count"])
        yield "the day has {} events, {} were signed".format(*counts)
    elif now["events"] != told["events"]:
        yield "an event of the day was altered"
    for name, count in told["heads"].items():
        if now["heads"].get(name) != count:
            yield f"{now['heads'].get(name)} {name} up to that day, {count} were signed"


def signature_fault(payload: bytes, signature: bytes, trusted: set[bytes]) -> str:
    """What is wrong with a detached signature over these bytes; "" when it is good and ours."""
    try:
        signed = cms.ContentInfo.load(signature)["content"]
        info = signed["signer_infos"][0]
        attributes = {a["type"].native: a["values"][0].native for a in info["signed_attrs"]}
        holder = next(
            c.chosen
            for c in signed["certificates"]
            if c.chosen.serial_number == info["sid"].chosen["serial_number"].native
        )
        if attributes["message_digest"] != hashlib.sha256(payload).digest():
            return "the signature is of another statement"
        if holder.dump() not in trusted:
            return "it was signed with a key that is not trusted"
        _verify(holder, info["signature"].native, info["signed_attrs"].untag().dump())
    except (ValueError, TypeError, KeyError, IndexError, StopIteration, InvalidSignature):
        return "the signature is not valid"
    return ""


def _verify(holder: x509.Certificate, signature: bytes, data: bytes) -> None:
    """Raises InvalidSignature."""
    key = load_der_public_key(holder.public_key.dump())
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    else:
        raise InvalidSignature


def missing_tail(today: datetime.date) -> str:
    """A sentence when a day before yesterday has events and no digest."""
    late = days_without(today - datetime.timedelta(days=2))
    if not late:
        return ""
    return f"{len(late)} days have no digest, from {late[0]} on; see the clock, or one was removed"
