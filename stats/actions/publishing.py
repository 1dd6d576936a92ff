"""Publishing questionnaires and check rules: checks, dry run, a second officer, a digest."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from stats.actions.authoring import check_author, draft_of
from stats.models import CheckRule, Instrument, InstrumentVersion
from stats.queries import examination
from stats.queries import instruments as queries
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Finding, Level, Refused, blocking
from torch_portal.filings.transitions import Stale

CLAUSE = "平台设定"
SHORTEST_REASON = 10


@transaction.atomic
def ask_version(
    *, version: InstrumentVersion, by: User, at: datetime.datetime, note: str = ""
) -> InstrumentVersion:
    """Hand a draft to the second officer; Refused with everything that stops it."""
    check_author(by)
    version = draft_of(version)
    _refuse(examination.of_version(version))
    if version.pending is not None:
        words = _("A workbook waits to be taken over. Take it over, or leave it out, first.")
        _refuse([Finding("pending", Level.BLOCK, "", words, CLAUSE)])
    version.asked_at, version.asked_by = at, by
    version.save(update_fields=["asked_at", "asked_by"])
    return version


@transaction.atomic
def publish_version(
    *, version: InstrumentVersion, by: User, at: datetime.datetime, note: str = ""
) -> InstrumentVersion:
    """Freeze a draft with its digest, by an officer who neither wrote nor handed it over.

    Checked again: what stops it now stops it. Stale for a draft that nobody handed over.
    """
    check_author(by)
    version = draft_of(version)
    _check_second(version, by)
    _refuse(examination.of_version(version))
    version.schema = queries.plain(version)
    version.schema_hash = digest_of(version.schema)
    version.published_at, version.published_by = at, by
    version.save(update_fields=["schema", "schema_hash", "published_at", "published_by"])
    return version


def digest_of(schema: object) -> str:
    """SHA-256 of a plain form, written the same way each time."""
    text = json.dumps(schema, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def hand_back_version(
    *, version: InstrumentVersion, by: User, at: datetime.datetime, note: str = ""
) -> InstrumentVersion:
    """Take a draft from the second officer's table; it can be handed over again."""
    check_author(by)
    version = draft_of(version)
    version.asked_at = version.asked_by = None
    version.save(update_fields=["asked_at", "asked_by"])
    return version


@transaction.atomic
def retire_version(
    *, version: InstrumentVersion, by: User, at: datetime.datetime, note: str = ""
) -> InstrumentVersion:
    """Take a published version out of use: no new round asks it. Twice is once."""
    check_author(by)
    rows = InstrumentVersion.objects.select_for_update(of=("self",), no_key=True)
    version = rows.select_related("instrument", "approval").get(pk=version.pk)
    if version.is_draft:
        raise Stale(_("The version is a draft; nobody is asked by it."))
    if version.retired_at is None:
        version.retired_at, version.retired_by = at, by
        version.save(update_fields=["retired_at", "retired_by"])
    return version


@transaction.atomic
def ask_rules(*, rules: Sequence[CheckRule], by: User, at: datetime.datetime) -> None:
    """Hand drafts of rules to the second officer, each with its dry run beside it.

    Refused, and none handed over, with everything that stops any of them.
    """
    check_author(by)
    rows = _drafts(rules)
    _examine(rows)
    for row in rows:
        row.asked_at, row.asked_by = at, by
    CheckRule.objects.bulk_update(rows, ["asked_at", "asked_by", "trial"])


@transaction.atomic
def publish_rules(*, rules: Sequence[CheckRule], by: User, at: datetime.datetime) -> None:
    """Put rules in force, by an officer who neither wrote nor handed them over; all or none.

    Static checks and dry run are made again: returns may have come in between.
    """
    check_author(by)
    rows = _drafts(rules)
    for row in rows:
        _check_second(row, by)
    _examine(rows)
    for row in rows:
        row.published_at, row.published_by = at, by
    CheckRule.objects.bulk_update(rows, ["published_at", "published_by", "trial"])
    _renew({row.instrument_id for row in rows})


@transaction.atomic
def hand_back_rules(*, rules: Sequence[CheckRule], by: User, at: datetime.datetime) -> None:
    """Take drafts from the second officer's table."""
    check_author(by)
    rows = _drafts(rules)
    CheckRule.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=None, asked_by=None)


@transaction.atomic
def withdraw_rule(*, rule: CheckRule, by: User, at: datetime.datetime, note: str = "") -> CheckRule:
    """Put a published rule out of force at once, for a reason that stays on record. Once."""
    check_author(by)
    rows = CheckRule.objects.select_for_update(of=("self",), no_key=True)
    rule = rows.select_related("instrument").get(pk=rule.pk)
    if rule.is_draft or rule.withdrawn_at is not None:
        raise Stale(_("The rule is not in force."))
    if len(note.strip()) < SHORTEST_REASON:
        words = _("Say in at least %(least)s characters why the rule is withdrawn.")
        values = {"least": SHORTEST_REASON}
        _refuse([Finding("reason", Level.BLOCK, "note", words, CLAUSE, values)])
    rule.withdrawn_at, rule.withdrawn_by, rule.withdrawn_for = at, by, note.strip()
    rule.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_for"])
    _renew({rule.instrument_id})
    return rule


def _drafts(rules: Iterable[CheckRule]) -> list[CheckRule]:
    """The rules, locked in the order of their keys; Stale where one is published."""
    wanted = {rule.pk for rule in rules}
    rows = CheckRule.objects.select_for_update(of=("self",), no_key=True)
    found = list(rows.filter(pk__in=wanted).select_related("instrument").order_by("pk"))
    if any(not row.is_draft for row in found):
        raise Stale(_("The rule is published and stays as it is. Start its next version."))
    return found


def _check_second(row: InstrumentVersion | CheckRule, by: User) -> None:
    """Two officers: who publishes neither wrote it nor handed it over."""
    if row.asked_at is None:
        raise Stale(_("Nobody handed it over for confirmation. Hand it over first."))
    if by.pk in {row.asked_by_id, row.written_by_id}:
        raise Denied(_("You wrote it or handed it over, so a second officer has to publish it."))


def _examine(rows: Sequence[CheckRule]) -> None:
    """Static checks and dry run of each; the outcome of the dry run stays on the row."""
    found = examination.of_rules(rows)
    trials = examination.trial(rows)
    stopping = []
    for row in rows:
        row.trial = trials[row.pk]
        mine = [*found[row.pk], examination.trial_finding(row, row.trial)]
        stopping += [_named(row, each) if len(rows) > 1 else each for each in blocking(mine)]
    _refuse(stopping)


def _named(row: CheckRule, finding: Finding) -> Finding:
    """A finding of one of several rules, with its key in front."""
    values = {"key": row.key, "said": finding.text()}
    words = _("Rule %(key)s: %(said)s")
    return Finding(finding.code, finding.level, row.key, words, finding.clause, values)


def _refuse(found: Sequence[Finding]) -> None:
    stopping = blocking(list(found))
    if stopping:
        raise Refused(stopping)


def _renew(instruments: Iterable[int]) -> None:
    """What is kept of the compiled rules is of yesterday now."""
    for pk in sorted(instruments):
        Instrument.objects.filter(pk=pk).update(rules_stamp=uuid.uuid4())
