"""Objections: made by anybody under a true name, handled by whoever keeps the list."""

import datetime
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import check_not_own
from torch_portal.common.findings import Finding, Refused
from torch_portal.filings import numbering
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import Checked, check_uploads
from torch_portal.publicity import permissions
from torch_portal.publicity.actions.record import block, hold, record
from torch_portal.publicity.enums import (
    BatchAct,
    EntryState,
    ObjectionState,
    ObjectorKind,
    ProofKind,
)
from torch_portal.publicity.models import Batch, Entry, Objection, ObjectionFile
from torch_portal.publicity.workflow import PUBLIC_ENTRIES

MOBILE = re.compile(r"1[3-9]\d{9}")
NO_NAME = re.compile(r"匿名|无名|不详|路人|某|anonym|nobody|unknown", re.IGNORECASE)
SHORTEST_TEXT, LONGEST_TEXT = 10, 4000
MOST_FILES = 10

Upload: TypeAlias = "UploadedFile[Any]"
Proof: TypeAlias = "dict[str, list[tuple[Upload, Checked]]]"


@dataclass(frozen=True)
class Said:
    """What the objector writes: who they are, how to reach them, facts and reasons."""

    kind: str
    name: str
    text: str
    mobile: str = ""


def object_(
    *,
    batch: Batch,
    entry: Entry | None,
    said: Said,
    letter: Sequence[Upload] = (),
    evidence: Sequence[Upload] = (),
    at: datetime.datetime,
) -> Objection:
    """Take an objection to an entry, or with entry None to the list as a whole.

    Its entry is held back until it is handled. The same words from the same person twice are one
    objection. Raises Refused with everything that is missing: a true name, a mobile number or the
    sealed letter, facts, evidence, the period, an entry that is public.
    """
    found = _against_words(said, batch.clause)
    proof, bad = _checked(letter, evidence)
    found += _against_proof(said, letter, evidence, batch.clause)
    found += [block("OBJ-06", field, words, batch.clause) for field, words in bad]
    with transaction.atomic():
        held = hold(batch.pk)
        found = _against_time(held, at) + found
        if entry is not None:
            entry = held.entries.get(pk=entry.pk)
            found += _against_entry(entry, held.clause)
        if found:
            raise Refused(found)
        return _same(held, entry, said) or _take(held, entry, said, proof, at)


def _same(batch: Batch, entry: Entry | None, said: Said) -> Objection | None:
    """The objection in these very words that is being examined already."""
    known = batch.objections.open().filter(entry=entry, kind=said.kind, name=said.name.strip())
    same = [o for o in known.filter(text=said.text.strip()) if o.mobile == said.mobile.strip()]
    return same[0] if same else None


def _take(
    batch: Batch, entry: Entry | None, said: Said, proof: Proof, at: datetime.datetime
) -> Objection:
    day = f"{timezone.localdate(at):%Y%m%d}"
    objection = Objection.objects.create(
        batch=batch,
        entry=entry,
        reference=f"YY{day}{numbering.take(f'objection:{day}'):04}",
        code=secrets.token_hex(4).upper(),
        kind=said.kind,
        name=said.name.strip(),
        mobile=said.mobile.strip(),
        text=said.text.strip(),
        received_at=at,
    )
    for kind, files in proof.items():
        for upload, known in files:
            row = ObjectionFile(objection=objection, kind=kind, **asdict(known))
            row.file.save(known.name, upload, save=False)
            row.save()
    if entry is not None:
        Entry.objects.filter(pk=entry.pk).update(state=EntryState.HELD)
    record(batch, BatchAct.OBJECT, by=None, at=at, note=objection.reference)
    return objection


def _against_words(said: Said, clause: str) -> list[Finding]:
    found = []
    name = said.name.strip()
    if len(name) < 2 or NO_NAME.search(name) or not re.search(r"[^\W\d_]", name):
        message = gettext_lazy(
            "Give your true name, or the full name of the unit. Anonymous objections are not "
            "accepted."
        )
        found.append(block("OBJ-01", "name", message, clause))
    if said.kind == ObjectorKind.PERSON and not MOBILE.fullmatch(said.mobile.strip()):
        message = gettext_lazy(
            "Give your mobile number, eleven digits beginning with 1, so that you can be asked."
        )
        found.append(block("OBJ-02", "mobile", message, clause))
    if not SHORTEST_TEXT <= len(said.text.strip()) <= LONGEST_TEXT:
        message = gettext_lazy(
            "Write what is wrong and how you know, in %(shortest)s to %(longest)s characters."
        )
        limits = {"shortest": SHORTEST_TEXT, "longest": LONGEST_TEXT}
        found.append(block("OBJ-03", "text", message, clause, **limits))
    return found


def _against_proof(
    said: Said, letter: Sequence[Upload], evidence: Sequence[Upload], clause: str
) -> list[Finding]:
    found = []
    if said.kind == ObjectorKind.UNIT and not letter:
        message = gettext_lazy("Attach the letter of your unit with its seal, as PDF or picture.")
        found.append(block("OBJ-04", "letter", message, clause))
    if not evidence:
        message = gettext_lazy("Attach at least one piece of evidence, as PDF or picture.")
        found.append(block("OBJ-05", "evidence", message, clause))
    if len(letter) + len(evidence) > MOST_FILES:
        message = gettext_lazy("Attach at most %(most)s files.")
        found.append(block("OBJ-06", "evidence", message, clause, most=MOST_FILES))
    if sum(upload.size or 0 for upload in (*letter, *evidence)) > settings.ATTACHMENT_MAX_BYTES:
        message = gettext_lazy("All files together have at most %(most)s MB. Scan them in grey.")
        most = settings.ATTACHMENT_MAX_BYTES // 1024**2
        found.append(block("OBJ-06", "evidence", message, clause, most=most))
    return found


def _checked(
    letter: Sequence[Upload], evidence: Sequence[Upload]
) -> tuple[Proof, list[tuple[str, str]]]:
    """The files that may be kept, by kind, and what is wrong with the others, by field."""
    kept: Proof = {}
    bad = []
    for kind, uploads in ((ProofKind.LETTER, letter), (ProofKind.EVIDENCE, evidence)):
        kept[kind], words = check_uploads(uploads[:MOST_FILES])
        bad += [(str(kind), w) for w in words]
    return kept, bad


def _against_time(batch: Batch, at: datetime.datetime) -> list[Finding]:
    if batch.is_open(at):
        return []
    today = timezone.localdate(at)
    if batch.opens_on is not None and today < batch.opens_on:
        message = gettext_lazy("Objections are taken from %(opens)s on.")
    elif batch.ends_on is not None and today > batch.ends_on:
        message = gettext_lazy(
            "The period of publicity ended on %(ends)s. Later objections are not accepted."
        )
    else:
        message = gettext_lazy("This list does not take objections now.")
    values = {"opens": batch.opens_on, "ends": batch.ends_on}
    return [block("OBJ-07", "", message, batch.clause, **values)]


def _against_entry(entry: Entry, clause: str) -> list[Finding]:
    if entry.state in PUBLIC_ENTRIES:
        return []
    message = gettext_lazy("This enterprise is not on the public list (any more).")
    return [block("OBJ-08", "entry", message, clause)]


def decline_objection(*, objection: Objection, by: User, at: datetime.datetime, note: str) -> None:
    """Not accept it for examination; its entry goes on. Raises Denied, Stale, Refused."""
    _settle(objection, ObjectionState.NOT_ACCEPTED, by=by, at=at, note=note)


def reject_objection(*, objection: Objection, by: User, at: datetime.datetime, note: str) -> None:
    """It was examined and is not upheld; its entry goes on. Raises Denied, Stale, Refused."""
    _settle(objection, ObjectionState.REJECTED, by=by, at=at, note=note)


def uphold(*, objection: Objection, by: User, at: datetime.datetime, note: str) -> Entry | None:
    """It was examined and is right: its entry is struck off the list.

    Returns the entry, whose filing the caller moves in the same transaction; None when there is
    none to move: the objection is to the list as a whole, or the entry was struck off before.
    Raises Denied, Stale, or Refused without an outcome.
    """
    return _settle(objection, ObjectionState.UPHELD, by=by, at=at, note=note)


@transaction.atomic
def reveal(*, objection: Objection, by: User, at: datetime.datetime) -> str:
    """The objector's mobile number in full; who looked stands in the record. Raises Denied."""
    batch = hold(objection.batch_id)
    permissions.check_keeper(by, batch.jurisdiction_id)
    record(batch, BatchAct.REVEAL, by=by, at=at, note=objection.reference)
    return objection.mobile


ACTS = {
    ObjectionState.NOT_ACCEPTED: BatchAct.DECLINE_OBJECTION,
    ObjectionState.REJECTED: BatchAct.REJECT_OBJECTION,
    ObjectionState.UPHELD: BatchAct.UPHOLD,
}


@transaction.atomic
def _settle(
    objection: Objection, state: ObjectionState, *, by: User, at: datetime.datetime, note: str
) -> Entry | None:
    """Close an objection and strike or release its entry; the entry if it was struck."""
    batch = hold(objection.batch_id)
    permissions.check_keeper(by, batch.jurisdiction_id)
    entry = batch.entries.select_related("filing").filter(objections=objection).first()
    if entry is not None:
        check_not_own(by, entry.filing.enterprise_id)
    if not note.strip():
        message = gettext_lazy("Write the outcome and its reasons; the objector reads them.")
        raise Refused([block("OBJ-09", "note", message, batch.clause)])
    waiting = Objection.objects.open().filter(pk=objection.pk)
    if not waiting.update(state=state, outcome=note.strip(), handled_at=at, handled_by=by):
        raise Stale(_("This objection was handled already. Look at it again."))
    objection.refresh_from_db()
    record(batch, ACTS[state], by=by, at=at, note=objection.reference)
    if entry is None or entry.state != EntryState.HELD:
        return None
    if state == ObjectionState.UPHELD:
        _move(entry, EntryState.STRUCK)
        return entry
    if not batch.objections.open().filter(entry=entry).exists():
        _move(entry, EntryState.PUBLICISED)
    return None


def _move(entry: Entry, state: EntryState) -> None:
    Entry.objects.filter(pk=entry.pk).update(state=state)
    entry.refresh_from_db()
