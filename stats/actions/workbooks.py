"""A questionnaire that was prepared off line: brought, shown as differences, taken over."""

import datetime
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stats import editions
from stats.actions.authoring import (
    RULE_COLUMNS,
    check_author,
    draft_of,
    revise_rule,
    write_rule,
    write_version,
)
from stats.models import CheckRule, InstrumentVersion
from stats.queries import instruments as queries
from stats.queries import workbook_content as content
from stats.queries import workbook_reading as reading
from stats.queries.workbook import newest_rules
from torch_portal.accounts.models import User
from torch_portal.common.findings import Refused
from torch_portal.filings.transitions import Stale

LONGEST_NAME = 160


@transaction.atomic
def bring(
    *, version: InstrumentVersion, name: str, data: bytes, by: User, at: datetime.datetime
) -> InstrumentVersion:
    """Lay a workbook beside a draft, which stays as it is until take_over.

    Refused with every fault and its row, BadSheet for what is no workbook; nothing is kept then.
    """
    check_author(by)
    version = draft_of(version)
    brought = reading.read(data)
    if not brought.findings:
        reading.check_together(brought, version.version)
    if brought.findings:
        raise Refused(brought.findings)
    plain = content.content_of(brought, queries.plain(version))
    version.pending = {
        "name": name[-LONGEST_NAME:],
        "sha256": hashlib.sha256(data).hexdigest(),
        "content": editions.to_data(editions.from_data(plain)),
        "rules": content.rules_of(brought, version.starts_on.isoformat()),
    }
    version.pending_at, version.pending_by = at, by
    version.save(update_fields=["pending", "pending_at", "pending_by"])
    return version


@transaction.atomic
def take_over(
    *, version: InstrumentVersion, by: User, at: datetime.datetime, note: str = ""
) -> InstrumentVersion:
    """Put the workbook that waits in place of the draft; rules that differ become drafts.

    A rule that the workbook leaves out stays; only withdraw_rule ends it. Stale without one.
    """
    check_author(by)
    version = _waiting(version)
    brought = version.pending or {}
    version = drop(version=version, by=by, at=at)
    version = write_version(version=version, data=brought["content"], by=by, at=at)
    known = {row.key: row for row in newest_rules(version.instrument_id)}
    for said in brought["rules"]:
        _take_rule(version, known.get(said["key"]), said, by, at)
    return version


def _take_rule(
    version: InstrumentVersion,
    known: CheckRule | None,
    said: Mapping[str, Any],
    by: User,
    at: datetime.datetime,
) -> None:
    """A rule of the workbook as a draft, where it says something else than the newest."""
    values = typed(said)
    if known is None:
        known = CheckRule(instrument_id=version.instrument_id, key=said["key"],
                          version=_next_version(said["key"]))  # fmt: skip
    elif all(getattr(known, name) == values[name] for name in RULE_COLUMNS):
        return
    elif not known.is_draft:
        known = revise_rule(rule=known, by=by, at=at)
    write_rule(rule=known, values=values, by=by, at=at)


def _next_version(key: str) -> int:
    """The number of a new rule: after those that were withdrawn under its key."""
    newest = CheckRule.objects.filter(key=key).order_by("-version").first()
    return newest.version + 1 if newest else 1


def typed(said: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a rule as its table has them."""
    values = {name: said[name] for name in RULE_COLUMNS}
    values["tolerance"] = Decimal(values["tolerance"])
    values["active_from"] = datetime.date.fromisoformat(values["active_from"])
    ends = values["active_to"]
    values["active_to"] = datetime.date.fromisoformat(ends) if ends else None
    return values


@transaction.atomic
def drop(
    *, version: InstrumentVersion, by: User, at: datetime.datetime, note: str = ""
) -> InstrumentVersion:
    """Leave the workbook that waits out; the draft stays as it is. Stale without one."""
    check_author(by)
    version = _waiting(version)
    version.pending = version.pending_at = version.pending_by = None
    version.save(update_fields=["pending", "pending_at", "pending_by"])
    return version


def _waiting(version: InstrumentVersion) -> InstrumentVersion:
    version = draft_of(version)
    if version.pending is None:
        raise Stale(_("No workbook waits any more."))
    return version
