"""Writing questionnaires and check rules before they are published; afterwards nobody can."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stats import editions
from stats.actions.content import put_content
from stats.models import CheckRule, Instrument, InstrumentVersion, SurveyProgramme
from stats.queries import instruments as queries
from stats.rules import NotReadable, parse, to_json
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, Person, governs
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.transitions import Stale

CLAUSE = "平台设定"
CODE = "authoring"
# What of a rule an officer writes.
RULE_COLUMNS = (
    "scope", "severity", "expression", "tolerance", "missing", "message_zh", "basis", "source",
    "note", "unconfirmed", "active_from", "active_to",
)  # fmt: skip


def may_author(user: Person) -> bool:
    """Officials of the whole country keep questionnaires and check rules."""
    return governs(user, None)


def check_author(user: Person) -> None:
    """Refuse who is no official of the whole country."""
    if not may_author(user):
        raise Denied(_("Officials of the whole country keep questionnaires and check rules."))


@transaction.atomic
def write_version(
    *, version: InstrumentVersion, data: Mapping[str, Any], by: User, at: datetime.datetime
) -> InstrumentVersion:
    """Put the content of a plain form (as data files have it) in place of that of a draft.

    Stale for a published one. Whoever had it for confirmation is asked again.
    """
    check_author(by)
    version = draft_of(version)
    put_content(version, editions.from_data(data))
    version.written_at, version.written_by = at, by
    version.asked_at = version.asked_by = None
    version.save()
    return version


def draft_of(version: InstrumentVersion) -> InstrumentVersion:
    """The version, locked; Stale once it is published."""
    rows = InstrumentVersion.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("instrument", "approval").get(pk=version.pk)
    if not found.is_draft:
        raise Stale(_("The version is published and stays as it is. Start a new one from it."))
    return found


@transaction.atomic
def start_version(
    *, source: InstrumentVersion, name: str, starts_on: datetime.date, by: User,
    at: datetime.datetime,
) -> InstrumentVersion:  # fmt: skip
    """A draft that begins as a copy of an earlier version; Refused for a name or day in use."""
    check_author(by)
    name = name.strip()
    known = InstrumentVersion.objects.filter(instrument_id=source.instrument_id)
    found = []
    if not name or InstrumentVersion.objects.filter(version=name).exists():
        words = _("“%(name)s” is in use or empty. Give the version a name of its own.")
        found.append(_finding("name", words, {"name": name}))
    newest = known.order_by("-starts_on").values_list("starts_on", flat=True).first()
    if newest is not None and starts_on <= newest:
        words = _("A version from %(day)s is there. Let the new one begin after it.")
        found.append(_finding("starts_on", words, {"day": newest}))
    if found:
        raise Refused(found)
    draft = InstrumentVersion.objects.create(
        instrument_id=source.instrument_id,
        approval_id=source.approval_id,
        version=name,
        starts_on=starts_on,
        source=source.source,
        written_at=at,
        written_by=by,
    )
    data = {**queries.plain(source), "version": name, "starts": starts_on.isoformat()}
    put_content(draft, editions.from_data({**data, "comparability": []}))
    return draft


@transaction.atomic
def write_rule(
    *, rule: CheckRule, values: Mapping[str, Any], by: User, at: datetime.datetime
) -> CheckRule:
    """Keep a draft of a rule (saved or not) with its tree; Refused where the text is none.

    values: by the names of RULE_COLUMNS. Stale for a published one. Whoever had it for
    confirmation is asked again.
    """
    check_author(by)
    if rule.pk is not None:
        rule = draft_of_rule(rule)
    for name, value in values.items():
        setattr(rule, name, value)
    rule.expression = " ".join(rule.expression.split())
    try:
        rule.tree = to_json(parse(rule.expression))
    except NotReadable as error:
        raise Refused(
            [Finding("unreadable", Level.BLOCK, "expression", str(error), CLAUSE)]
        ) from None
    rule.written_at, rule.written_by = at, by
    rule.asked_at = rule.asked_by = rule.trial = None
    rule.save()
    return rule


def draft_of_rule(rule: CheckRule) -> CheckRule:
    """The rule, locked; Stale once it is published."""
    rows = CheckRule.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("instrument").get(pk=rule.pk)
    if not found.is_draft:
        raise Stale(_("The rule is published and stays as it is. Start its next version."))
    return found


@transaction.atomic
def revise_rule(*, rule: CheckRule, by: User, at: datetime.datetime) -> CheckRule:
    """The next version of a rule as a draft; the draft that is there, where one is."""
    check_author(by)
    Instrument.objects.select_for_update(no_key=True).get(pk=rule.instrument_id)
    newest = CheckRule.objects.filter(key=rule.key).order_by("-version")[0]
    if newest.is_draft:
        return newest
    copied = {name: getattr(rule, name) for name in (*RULE_COLUMNS, "tree", "key")}
    return CheckRule.objects.create(
        instrument_id=rule.instrument_id,
        version=newest.version + 1,
        written_at=at,
        written_by=by,
        **copied,
    )


def _finding(field: str, message: str, values: Mapping[str, Any]) -> Finding:
    return Finding(CODE, Level.BLOCK, field, message, CLAUSE, dict(values))


def load_editions() -> None:
    """Bring the instruments and check rules of the editions in, as drafts of no author.

    Safe to repeat: what is there stays. Two officers publish them like any other.
    """
    for content in editions.INSTRUMENTS:
        _load_instrument(content)
    for edition in editions.CHECKS:
        _load_rules(edition)


@transaction.atomic
def _load_instrument(content: editions.Instrument) -> None:
    if InstrumentVersion.objects.filter(version=content.version).exists():
        return
    programme = content.programme
    approval, _made = SurveyProgramme.objects.get_or_create(
        code=programme.code,
        approval_no=programme.approval_no,
        defaults={
            "name_zh": programme.name_zh,
            "authority": programme.authority,
            "approver": programme.approver,
            "valid_from": programme.valid_from,
            "valid_to": programme.valid_to,
            "unconfirmed": programme.unconfirmed,
        },
    )
    instrument, _made = Instrument.objects.get_or_create(
        code=content.code, defaults={"title_zh": programme.name_zh, "period": content.period}
    )
    version = InstrumentVersion.objects.create(
        instrument=instrument,
        approval=approval,
        version=content.version,
        starts_on=content.starts,
        source=content.source,
    )
    put_content(version, content)


@transaction.atomic
def _load_rules(edition: editions.CheckEdition) -> None:
    known = set(CheckRule.objects.values_list("key", flat=True))
    of_scope = {
        table.code: (content.code, content.starts)
        for content in editions.INSTRUMENTS
        for table in content.tables
    }
    rows = {row.code: row for row in Instrument.objects.all()}
    first = editions.INSTRUMENTS[0]
    rules = []
    for text in edition.rules:
        code, starts = of_scope.get(text.scope, (first.code, first.starts))
        if text.id not in known:
            rules.append(_rule(text, rows[code], starts))
    CheckRule.objects.bulk_create(rules)


def _rule(text: editions.CheckText, instrument: Instrument, starts: datetime.date) -> CheckRule:
    return CheckRule(
        instrument=instrument,
        key=text.id,
        scope=text.scope,
        severity=text.severity,
        expression=text.expr,
        tree=to_json(parse(text.expr)),
        tolerance=text.tolerance,
        missing=text.missing,
        message_zh=text.message_zh,
        basis=text.basis,
        source=text.source,
        note=text.note,
        unconfirmed=text.unconfirmed,
        active_from=starts,
    )
