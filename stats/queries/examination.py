"""What speaks against publishing a version or a rule, and how a rule would have come out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Q

from stats import editions
from stats.enums import State
from stats.models import CheckRule, InstrumentVersion, Return, Round
from stats.queries import instruments as queries
from stats.rules import Case, Inspected, Tally, case_of, dry_run, inspect
from stats.rules.questionnaire import CLAUSE, Draft, faults
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _

BATCH = 500
# A dry run reads at most so many returns: enough to know a share to a hundredth.
MOST_CASES = 20_000


@dataclass
class Shelf:
    """The versions of instruments, each read once for a whole examination."""

    kept: dict[int, editions.Instrument] = field(default_factory=dict)
    rows: dict[int, list[InstrumentVersion]] = field(default_factory=dict)

    def instrument(self, version: InstrumentVersion) -> editions.Instrument:
        """The content of a version."""
        if version.pk not in self.kept:
            self.kept[version.pk] = queries.instrument_of(version)
        return self.kept[version.pk]

    def versions(self, instrument_pk: int) -> list[InstrumentVersion]:
        """The versions of an instrument that are not retired, the oldest first."""
        if instrument_pk not in self.rows:
            rows = InstrumentVersion.objects.filter(
                instrument_id=instrument_pk, retired_at__isnull=True
            )
            self.rows[instrument_pk] = list(
                rows.select_related("instrument", "approval").order_by("starts_on")
            )
        return self.rows[instrument_pk]

    def inspected(self, text: editions.CheckText, version: InstrumentVersion) -> Inspected:
        """A rule beside a version, the one before it and those after it."""
        around = self.versions(version.instrument_id)
        earlier = [v for v in around if v.starts_on < version.starts_on and not v.is_draft]
        later = [v for v in around if v.starts_on > version.starts_on]
        return Inspected(
            text,
            self.instrument(version),
            self.instrument(earlier[-1]) if earlier else None,
            tuple(map(self.instrument, later)),
        )


def of_version(
    version: InstrumentVersion, content: editions.Instrument | None = None
) -> list[Finding]:
    """Faults of the questionnaire, its approval, and rules in force that do not fit it.

    content: that of the version, where it was read already.
    """
    content = content or queries.instrument_of(version)
    before = queries.version_before(version)
    old = queries.instrument_of(before) if before else None
    found = faults(Draft(content, old))
    if version.starts_on > version.approval.valid_to:
        values = {"day": version.approval.valid_to, "number": version.approval.approval_no}
        found.append(Finding("approval", Level.BLOCK, "starts_on", APPROVAL_OVER, LAW, values))
    shelf = Shelf(kept={version.pk: content})
    for row in queries.rules_in_force(version):
        inspected = shelf.inspected(queries.text_of(row), version)
        found += [_of_rule(row, each) for each in _blocking(inspected, row.scope)]
    return found


def _of_rule(row: CheckRule, finding: Finding) -> Finding:
    values = {"key": row.key, "said": finding.text()}
    return Finding("rule", Level.BLOCK, row.key, RULE_DOES_NOT_FIT, finding.clause, values)


def _blocking(inspected: Inspected, scope: str) -> list[Finding]:
    found = [*_scope(scope, inspected.instrument), *inspect(inspected)]
    return [each for each in found if each.level is Level.BLOCK]


def of_rules(rules: Sequence[CheckRule]) -> dict[int, list[Finding]]:
    """The static checks of each rule, by its key in the database, over all its versions."""
    shelf = Shelf()
    return {rule.pk: _of_one(rule, shelf) for rule in rules}


def _of_one(rule: CheckRule, shelf: Shelf) -> list[Finding]:
    """What is found with any version that the rule counts for, each sentence once."""
    versions = [v for v in shelf.versions(rule.instrument_id) if _counts(rule, v)]
    if not versions:
        values = {"day": rule.active_from}
        return [Finding("no_version", Level.BLOCK, "active_from", NO_VERSION, CLAUSE, values)]
    text = queries.text_of(rule)
    found: dict[tuple[str, str, str], Finding] = {}
    for version in versions:
        inspected = shelf.inspected(text, version)
        for each in (*_scope(rule.scope, inspected.instrument), *inspect(inspected)):
            found.setdefault((each.code, each.field, each.text()), each)
    return list(found.values())


def _counts(rule: CheckRule, version: InstrumentVersion) -> bool:
    ends = rule.active_to is None or rule.active_to >= version.starts_on
    return rule.active_from <= version.starts_on and ends


def _scope(scope: str, instrument: editions.Instrument) -> Iterator[Finding]:
    known = [table.code for table in instrument.tables] + list(editions.EVERYWHERE)
    if scope not in known:
        values = {"scope": scope, "known": ", ".join(known)}
        yield Finding("scope", Level.BLOCK, "scope", UNKNOWN_SCOPE, CLAUSE, values)


def trial_round(instrument_pk: int) -> Round | None:
    """The newest round of an instrument with accepted returns; None before the first."""
    accepted = Return.objects.filter(filing__state=State.ACCEPTED)
    rounds = Round.objects.filter(
        version__instrument_id=instrument_pk, pk__in=accepted.values("round_id")
    )
    rows = rounds.select_related("version__instrument", "version__approval")
    return rows.order_by("-year", "-pk").first()


def trial(rules: Sequence[CheckRule]) -> dict[int, dict[str, Any]]:
    """How each rule would have come out over the newest accepted returns of its instrument.

    Counts of passed, violated and skipped; stops: a mandatory or error rule that more than
    editions.DRY_RUN_STOP of the returns would violate. Empty counts where there are no returns.
    """
    found: dict[int, dict[str, Any]] = {}
    for instrument_pk in {rule.instrument_id for rule in rules}:
        mine = [rule for rule in rules if rule.instrument_id == instrument_pk]
        round_ = trial_round(instrument_pk)
        tallies = dry_run([queries.compiled(rule) for rule in mine], cases(round_))
        title = str(round_ or "")
        found |= {rule.pk: _told(tally, title) for rule, tally in zip(mine, tallies, strict=True)}
    return found


def _told(tally: Tally, title: str) -> dict[str, Any]:
    return {
        "round": title,
        "passed": tally.passed,
        "violated": tally.violated,
        "skipped": tally.skipped,
        "stops": tally.stops,
    }


def cases(round_: Round | None) -> Iterator[Case]:
    """The accepted returns of a round with the year before beside each, a bounded number."""
    if round_ is None:
        return
    kinds = queries.version_of(round_).kinds
    rows = (
        Return.objects.filter(round=round_, filing__state=State.ACCEPTED)
        .order_by("pk")
        .values_list("enterprise_id", "data")[:MOST_CASES]
    )
    stream = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(stream, BATCH)):
        old = last_year(round_, [enterprise for enterprise, _data in batch])
        for enterprise, data in batch:
            yield case_of(kinds, data, old.get(enterprise))


def last_year(round_: Round, enterprises: Iterable[int]) -> Mapping[int, Mapping[str, Any]]:
    """The values of the year before, of the enterprises whose returns were accepted."""
    instrument = round_.version.instrument_id
    before = Q(round__version__instrument_id=instrument, round__year=round_.year - 1)
    rows = Return.objects.filter(
        before, enterprise_id__in=enterprises, filing__state=State.ACCEPTED
    )
    return dict(rows.values_list("enterprise_id", "data"))


def trial_finding(rule: CheckRule, told: Mapping[str, Any]) -> Finding:
    """The dry run as a finding: it stops, it is fine, or there was nothing to try it on."""
    evaluated = told["passed"] + told["violated"]
    values = {**told, "evaluated": evaluated, "key": rule.key}
    if told["stops"]:
        return Finding("trial", Level.BLOCK, "expression", FIRES_TOO_OFTEN, CLAUSE, values)
    if not evaluated:
        return Finding("trial", Level.INFO, "expression", NOT_TRIED, CLAUSE, values)
    return Finding("trial", Level.INFO, "expression", TRIED, CLAUSE, values)


LAW = "《统计法》；表注有效期"
APPROVAL_OVER = _(
    "Approval %(number)s is valid until %(day)s only. Name a later approval, or let the version "
    "begin earlier."
)
RULE_DOES_NOT_FIT = _("Rule %(key)s is in force and does not fit: %(said)s")
NO_VERSION = _(
    "No version of the instrument begins from %(day)s on within the days of the rule. Correct them."
)
UNKNOWN_SCOPE = _("There is no table %(scope)s. Use one of %(known)s.")
FIRES_TOO_OFTEN = _(
    "Over the returns of %(round)s it is violated %(violated)s times of %(evaluated)s: more than "
    "a fifth. Correct the rule, or make it a warning."
)
TRIED = _(
    "Over the returns of %(round)s it is violated %(violated)s times of %(evaluated)s; "
    "%(skipped)s could not be evaluated."
)
NOT_TRIED = _("There are no accepted returns that it could be tried on.")
