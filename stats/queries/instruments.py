"""Instruments and rules as everything else reads them: a version once, compiled rules once.

What was published never changes, so it is kept in the process by its key.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from stats import editions
from stats.editions import CheckText
from stats.enums import Mark, Missing, Severity
from stats.models import CheckRule, Choice, ChoiceList, Comparability, InstrumentVersion, Item
from stats.models import Instrument as InstrumentRow
from stats.rules import CheckRule as Rule
from stats.rules import for_browser, from_json

KEPT_VERSIONS = 32


def version_of(round_: Any) -> editions.Instrument:
    """What a round asks: its version as published."""
    return instrument_of(round_.version)


def items_of(version: InstrumentVersion) -> Mapping[str, editions.Item]:
    """Every item of a version by its code, table by table in order."""
    return instrument_of(version).items


def instrument_of(version: InstrumentVersion) -> editions.Instrument:
    """The whole of a version: tables, items, lists; a draft is read from its rows each time."""
    if version.published_at is None:
        return editions.from_data(plain(version))
    return _published(version.pk, version.schema_hash)


@lru_cache(maxsize=KEPT_VERSIONS)
def _published(pk: int, _schema_hash: str) -> editions.Instrument:
    schema = InstrumentVersion.objects.values_list("schema", flat=True).get(pk=pk)
    return editions.from_data(schema or {})


def plain(version: InstrumentVersion) -> dict[str, Any]:
    """The plain form of a version from its rows, as data files have it."""
    approval, instrument = version.approval, version.instrument
    data = {
        "programme": {
            "code": approval.code,
            "name_zh": approval.name_zh,
            "authority": approval.authority,
            "approver": approval.approver,
            "approval_no": approval.approval_no,
            "valid_from": approval.valid_from.isoformat() if approval.valid_from else None,
            "valid_to": approval.valid_to.isoformat(),
            "unconfirmed": approval.unconfirmed,
        },
        "code": instrument.code,
        "version": version.version,
        "period": instrument.period,
        "starts": version.starts_on.isoformat(),
        "source": version.source,
        "unconfirmed": version.unconfirmed,
        "external": version.external,
        "lists": [_list(row) for row in _lists_of(version)],
        "comparability": [_mark(row) for row in _marks_of(version)],
        "tables": _tables(version),
    }
    return editions.to_data(editions.from_data(data))


def _lists_of(version: InstrumentVersion) -> Iterable[ChoiceList]:
    choices = Prefetch("choices", queryset=Choice.objects.order_by("order"))
    return version.lists.prefetch_related(choices).order_by("pk")


def _marks_of(version: InstrumentVersion) -> Iterable[Comparability]:
    return version.comparability.select_related("before", "now").order_by("pk")


def _list(row: ChoiceList) -> dict[str, Any]:
    choices = [[choice.code, choice.label_zh] for choice in row.choices.all()]
    return {"code": row.code, "choices": choices, "unconfirmed": row.unconfirmed}


def _mark(row: Comparability) -> dict[str, Any]:
    return {
        "indicator": row.before.key,
        "now": row.now.key,
        "mark": row.mark,
        "note": row.note,
    }


def _tables(version: InstrumentVersion) -> list[dict[str, Any]]:
    items: dict[str, list[dict[str, Any]]] = {table["code"]: [] for table in version.tables}
    for row in version.items.select_related("indicator", "choice_list").order_by("order"):
        items[row.table].append(_item(row))
    return [{**table, "items": items[table["code"]]} for table in version.tables]


def _item(row: Item) -> dict[str, Any]:
    return {
        "code": row.code,
        "label_zh": row.label_zh,
        "kind": row.kind,
        "unit": row.unit,
        "section": row.section,
        "indent": row.indent,
        "choices": row.choice_list.code if row.choice_list else "",
        "indicator": row.indicator.key,
        "unconfirmed": row.unconfirmed,
        "required": row.required,
        "visible_if": row.visible_if,
        "decimals": row.decimals,
        "least": "" if row.least is None else f"{row.least.normalize():f}",
        "most": "" if row.most is None else f"{row.most.normalize():f}",
        "definition_zh": row.definition_zh,
    }


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The check rules of a version, as long as no rule of the instrument is added or withdrawn.

    rules: compiled, in the order of their keys. rows: key of a rule to the row of its version.
    """

    rules: tuple[Rule, ...]
    rows: Mapping[str, int]
    stamp: UUID

    @cached_property
    def in_browser(self) -> list[dict[str, Any]]:
        """The same rules as static/stats/checks.js takes them."""
        return [for_browser(rule) for rule in self.rules]


def compiled_rules(version: InstrumentVersion) -> RuleSet:
    """The published rules that check returns of a version; compiled once for each stamp.

    No query where the version was read with its instrument and the rules are kept.
    """
    return _compiled(version.pk, version.instrument.rules_stamp)


@lru_cache(maxsize=KEPT_VERSIONS)
def _compiled(version_pk: int, stamp: UUID) -> RuleSet:
    version = InstrumentVersion.objects.select_related("instrument").get(pk=version_pk)
    rows = list(rules_in_force(version))
    rules = tuple(compiled(row) for row in rows)
    return RuleSet(rules, {row.key: row.pk for row in rows}, stamp)


def rules_in_force(version: InstrumentVersion) -> QuerySet[CheckRule]:
    """The published rules of a version: of each key the newest, unless that was withdrawn."""
    counting = Q(active_to__isnull=True) | Q(active_to__gte=version.starts_on)
    newest = (
        CheckRule.objects.filter(
            counting,
            instrument_id=version.instrument_id,
            active_from__lte=version.starts_on,
            published_at__isnull=False,
        )
        .order_by("key", "-version")
        .distinct("key")
    )
    rows = CheckRule.objects.filter(pk__in=newest.values("pk"), withdrawn_at__isnull=True)
    return rows.order_by("key")


def compiled(row: CheckRule) -> Rule:
    """A stored rule, ready to be evaluated: its kept tree, never its text."""
    return Rule(text_of(row), from_json(row.tree))


def text_of(row: CheckRule) -> CheckText:
    """A stored rule as the pure part knows it."""
    return CheckText(
        id=row.key,
        scope=row.scope,
        severity=Severity(row.severity),
        expr=row.expression,
        tolerance=row.tolerance.normalize() if row.tolerance else row.tolerance,
        missing=Missing(row.missing),
        message_zh=row.message_zh,
        basis=row.basis,
        source=row.source,
        note=row.note,
        unconfirmed=row.unconfirmed,
    )


def version_before(version: InstrumentVersion) -> InstrumentVersion | None:
    """The version that was asked before this one, published; None for the first."""
    earlier = _published_of(version.instrument).filter(starts_on__lt=version.starts_on)
    return earlier.order_by("-starts_on").first()


def versions_after(version: InstrumentVersion) -> list[InstrumentVersion]:
    """The versions that follow, drafts among them, in order."""
    rows = InstrumentVersion.objects.filter(
        instrument_id=version.instrument_id, starts_on__gt=version.starts_on
    )
    return list(rows.select_related("approval", "instrument").order_by("starts_on"))


def _published_of(instrument: InstrumentRow) -> QuerySet[InstrumentVersion]:
    rows = instrument.versions.filter(published_at__isnull=False)
    return rows.select_related("approval", "instrument")


@dataclass(frozen=True)
class Compared:
    """How far a value can be compared between two versions, and what to know about it."""

    mark: Mark
    note: str = ""


def comparable(indicator: str, before: InstrumentVersion, after: InstrumentVersion) -> Compared:
    """How far an item, named by its code, means the same in two versions.

    The weakest mark of the versions from one to the other; BROKEN where one of them does not
    ask for it, or under another meaning that no mark speaks of.
    """
    if before.pk == after.pk:
        return Compared(Mark.FULL if indicator in items_of(after) else Mark.BROKEN)
    old, new = items_of(before).get(indicator), items_of(after).get(indicator)
    if old is None or new is None:
        return Compared(Mark.BROKEN)
    rows = Comparability.objects.filter(
        version__instrument_id=after.instrument_id,
        version__starts_on__gt=before.starts_on,
        version__starts_on__lte=after.starts_on,
        before__key=old.indicator,
        now__key=new.indicator,
    )
    marks = [Compared(Mark(row.mark), row.note) for row in rows.order_by("version__starts_on")]
    if not marks:
        return Compared(Mark.FULL if old.indicator == new.indicator else Mark.BROKEN)
    return max(marks, key=lambda each: list(Mark).index(each.mark))
