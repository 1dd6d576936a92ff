"""The national list: brought in, matched, resolved by hand, taken over. No number is ever made."""

import datetime
import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hitech_cert import permissions
from hitech_cert.actions.certifying import certify_many
from hitech_cert.actions.moving import block
from hitech_cert.actions.reading import row_of, table_of
from hitech_cert.models import Application, NationalList, NationalRow
from hitech_cert.queries import national as reads
from hitech_cert.queries.decided import with_cover
from hitech_cert.rules import check_number
from hitech_cert.rules.national import Ground, Listed, Match, judge, match
from hitech_cert.workflow import GUIDE
from torch_portal.accounts.models import Enterprise, Jurisdiction, User
from torch_portal.accounts.roles import Denied, standing
from torch_portal.common import sheets
from torch_portal.common.codes import normalise
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import check_clean

CLAUSE = f"{GUIDE} 二(六)"
MATCHED = ("application", "trouble", "problem", "candidates", "known")


def _check_keeper(by: User, jurisdiction: str) -> None:
    if not permissions.may_act_for(by, jurisdiction):
        raise Denied(_("The certification body of the province takes over the national list."))


def open_list(
    *,
    jurisdiction: Jurisdiction,
    upload: Any,
    document: str,
    by: User,
    at: datetime.datetime,
    issued_on: datetime.date | None = None,
) -> NationalList:
    """Keep a list that was sent and match its rows; nothing is taken over yet.

    The same file again gives the list already there. document: reply letter or address.
    BadSheet when it cannot be read, BadUpload when the scanner found something, Refused when the
    source is missing.
    """
    _check_keeper(by, jurisdiction.pk)
    if not document.strip():
        message = _("Enter the number of the reply letter, or where the list was announced.")
        raise Refused([block("document", message, CLAUSE)])
    data = upload.read(sheets.Limits.size + 1)
    sheets.check_size(data)
    digest = hashlib.sha256(data).hexdigest()
    check_clean(upload, digest)
    with transaction.atomic():
        Jurisdiction.objects.select_for_update(no_key=True).get(pk=jurisdiction.pk)
        again = NationalList.objects.filter(
            jurisdiction=jurisdiction, sha256=digest, dropped_at__isnull=True
        ).first()
        if again is not None:
            return again
        table, columns = table_of(data)
        made = NationalList.objects.create(
            jurisdiction=jurisdiction,
            name=(upload.name or "")[-160:],
            sha256=digest,
            document=document.strip(),
            issued_on=issued_on,
            heads=list(table.heads),
            columns=columns,
            left_out=[[number, words[:80]] for number, words in table.left_out],
            opened_at=at,
            opened_by=by,
        )
        rows = [row_of(made, place, cells, columns) for place, cells in table.rows]
        _settle(made, rows, timezone.localdate(at))
        NationalRow.objects.bulk_create(rows, batch_size=1000)
    return made


def _match(national: NationalList, day: datetime.date) -> list[NationalRow]:
    """Match every row that is not taken over; those found good, in order."""
    rows = list(national.rows.filter(taken_at__isnull=True).order_by("place"))
    changed = _settle(national, rows, day)
    NationalRow.objects.bulk_update(changed, MATCHED, batch_size=1000)
    counted = [row for row in rows if not row.skipped]
    return [row for row in counted if row.application_id and not row.trouble and not row.known]


def _settle(
    national: NationalList, rows: Sequence[NationalRow], day: datetime.date
) -> list[NationalRow]:
    """Match rows, kept or not yet, but for those left out; those that are different now."""
    around = reads.ground(national, rows, day)
    counted = [row for row in rows if not row.skipped]
    found = _matches(counted, national.issued_on, around)
    return [row for row in counted if _put(row, found[row.place])]


def _matches(
    rows: Sequence[NationalRow], common: datetime.date | None, around: Ground
) -> dict[int, Match]:
    """By place; an enterprise that a person chose is not looked for again."""
    said: dict[int, Listed] = {row.place: reads.listed(row, common) for row in rows}
    by_hand = {firm.id: firm for firm in around.firms}
    found = {one.place: one for one in match(list(said.values()), around)}
    for row in rows:
        firm = by_hand.get(row.enterprise_id or 0)
        if firm is not None:
            others = [
                other
                for other in rows
                if other.place != row.place and _same(row, other, said, firm.id)
            ]
            found[row.place] = judge(said[row.place], firm, around, twice=bool(others))
    return found


def _same(row: NationalRow, other: NationalRow, said: dict[int, Listed], firm: int) -> bool:
    return other.enterprise_id == firm or normalise(said[row.place].number) == normalise(
        said[other.place].number
    )


def _put(row: NationalRow, found: Match) -> bool:
    """Keep what was found with the row; whether anything is different now."""
    before = _matched(row)
    row.application_id = found.application
    row.trouble, row.known = found.trouble, found.known
    row.candidates = list(found.candidates)
    row.problem = {}
    if found.problem is not None:
        with translation.override("en"):
            message = str(found.problem.message)
        values = {name: str(value) for name, value in found.problem.values.items()}
        row.problem = {"message": message, "values": values}
    return _matched(row) != before


def _matched(row: NationalRow) -> tuple[Any, ...]:
    return row.application_id, row.trouble, row.problem, row.candidates, row.known


@transaction.atomic
def match_again(*, national: NationalList, by: User, at: datetime.datetime) -> NationalList:
    """Match the rows that are left once more, after something was mended elsewhere."""
    held = _hold(national, by)
    _match(held, timezone.localdate(at))
    return held


@transaction.atomic
def resolve(
    *,
    row: NationalRow,
    by: User,
    at: datetime.datetime,
    enterprise: Enterprise | None = None,
    number: str = "",
    issued_on: datetime.date | None = None,
    note: str = "",
) -> NationalRow:
    """Settle a row by hand: whose it is, or what the paper says of number and day.

    What the list says stays beside it. Refused with everything that is wrong at once.
    """
    held = _hold_row(row, by)
    found = []
    place = held.national.jurisdiction_id
    if number.strip():
        found += [
            block("number", f.message, f.clause, **f.values)
            for f in check_number(normalise(number), place)
        ]
    if enterprise is not None and not _applied(enterprise, place):
        message = _("This enterprise has no application at the certification body.")
        found.append(block("enterprise", message, CLAUSE))
    if not note.strip():
        found.append(block("note", _("Say on what the correction rests."), CLAUSE))
    if found:
        raise Refused(found)
    held.enterprise = enterprise or held.enterprise
    mended = {"number": normalise(number), "issued_on": issued_on.isoformat() if issued_on else ""}
    held.mended = held.mended | {name: value for name, value in mended.items() if value}
    held.chosen_at, held.chosen_by, held.skipped, held.note = at, by, False, note.strip()
    held.save()
    _match(held.national, timezone.localdate(at))
    held.refresh_from_db()
    return held


def _applied(enterprise: Enterprise, place: str) -> bool:
    return Application.objects.filter(enterprise=enterprise, filing__jurisdiction=place).exists()


@transaction.atomic
def leave_out(
    *, row: NationalRow, skipped: bool, by: User, at: datetime.datetime, note: str = ""
) -> NationalRow:
    """Leave a row out, or take it in again; the others are matched anew."""
    held = _hold_row(row, by)
    held.skipped, held.note = skipped, note.strip()
    held.chosen_at, held.chosen_by = at, by
    held.save()
    _match(held.national, timezone.localdate(at))
    held.refresh_from_db()
    return held


@transaction.atomic
def drop_list(*, national: NationalList, by: User, at: datetime.datetime) -> None:
    """Put a list away; what was taken over stays."""
    held = _hold(national, by)
    NationalList.objects.filter(pk=held.pk).update(dropped_at=at, dropped_by=by)


def _hold(national: NationalList, by: User) -> NationalList:
    _check_keeper(by, national.jurisdiction_id)
    held = NationalList.objects.select_for_update(no_key=True).get(pk=national.pk)
    if held.dropped_at is not None:
        raise Stale(_("This list was put away. Send it again to go on with it."))
    return held


def _hold_row(row: NationalRow, by: User) -> NationalRow:
    national = _hold(row.national, by)
    held = NationalRow.objects.select_for_update().get(pk=row.pk)
    if held.taken_at is not None:
        raise Stale(_("This row was taken over already."))
    held.national = national
    return held


@transaction.atomic
def take_over(*, national: NationalList, by: User, at: datetime.datetime) -> int:
    """Take number and day of issue over from every good row; returns how many.

    The rows are matched once more, and their applications locked, so what was mended or objected
    to meanwhile counts. Called again, it takes what became good since; nothing twice.
    """
    held = _hold(national, by)
    good = _match(held, timezone.localdate(at))
    if not good:
        raise Refused([block("", _("No row of the list can be taken over now."), CLAUSE)])
    ids = [row.application_id for row in good if row.application_id is not None]
    list(Filing.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    objected, own = reads.objected(ids), standing(by).member_of
    rows = with_cover(Application.objects).in_bulk(ids)
    taken = []
    for row in good:
        application = rows[row.application_id]
        said = reads.listed(row, held.issued_on)
        held_back = application.pk in objected or application.enterprise_id in own
        if said.issued_on is not None and not held_back:
            taken.append((application, normalise(said.number), said.issued_on))
    certified = certify_many(taken, held.document, by, at)
    held.rows.filter(application__in=certified, taken_at__isnull=True, trouble="").update(
        taken_at=at, taken_by=by
    )
    return len(certified)
