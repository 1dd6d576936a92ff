"""The edition as it holds in one place: what the jurisdiction set lies over the dated edition."""

import datetime
from collections.abc import Collection

from contracts import editions
from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.common.workdays import Limit, Unit
from torch_portal.filings.enums import LocalKind
from torch_portal.filings.models import LocalRule
from torch_portal.filings.queries import local_rules


def edition_on(day: datetime.date, jurisdiction: str) -> editions.Edition:
    """The edition in force there on a day; one query. NoEdition before 2000-02-16."""
    return editions_on(day, [jurisdiction])[jurisdiction]


def editions_on(day: datetime.date, jurisdictions: Collection[str]) -> dict[str, editions.Edition]:
    """The edition in force on a day in each of these places; one query."""
    rules = local_rules(WORKFLOW.line, jurisdictions, day)
    return {place: _laid_over(editions.on(day, place), place, rules[place]) for place in rules}


def edition_of(contract: Contract) -> editions.Edition:
    """The edition that the acceptance of this contract chose; one query, kept on the object."""
    filing = contract.filing
    key = (filing.edition, filing.accepted_on)
    known: tuple[object, editions.Edition] | None = contract.__dict__.get("_edition")
    if known is not None and known[0] == key:
        return known[1]
    edition = editions.named(filing.edition)
    if filing.accepted_on is not None:
        place = filing.jurisdiction_id
        rules = local_rules(WORKFLOW.line, [place], filing.accepted_on)[place]
        edition = _laid_over(edition, place, rules)
    contract.__dict__["_edition"] = (key, edition)
    return edition


def _laid_over(
    edition: editions.Edition, place: str, rules: dict[str, LocalRule]
) -> editions.Edition:
    if not rules:
        return edition
    limit, review = rules.get(LocalKind.REVIEW_LIMIT), rules.get(LocalKind.SECOND_REVIEW)
    return edition.with_local(
        overlays=[_overlay(place, limit)] if limit is not None else [],
        second_review={place: _review(review)} if review is not None else {},
    )


def _overlay(place: str, rule: LocalRule) -> editions.Overlay:
    expert = rule.expert_days
    return editions.Overlay(
        place,
        Limit(rule.days or 0, Unit(rule.unit), rule.source),
        Limit(expert, Unit(rule.unit), rule.source) if expert else None,
        since=rule.since,
        until=rule.until,
        binds_cities=False,
    )


def _review(rule: LocalRule) -> editions.SecondReview:
    if rule.threshold_yuan is None:
        raise ValueError(f"local rule {rule.pk} has no threshold")
    return editions.SecondReview(rule.amount, rule.threshold_yuan, rule.source)
