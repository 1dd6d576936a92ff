"""Writing one item of a draft: added, changed, moved, taken out."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stats.actions.authoring import check_author, draft_of, write_version
from stats.models import InstrumentVersion
from stats.queries import instruments as queries
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused

CLAUSE = "平台设定"
CODE = "item"


@transaction.atomic
def write_item(
    *,
    version: InstrumentVersion,
    code: str,
    values: Mapping[str, Any],
    by: User,
    at: datetime.datetime,
) -> InstrumentVersion:
    """Put an item into its place; "" as code adds a new one.

    values: as plain forms name them, with `code`, `table` and `above` (code of the item that it
    follows in its table, "" for the first place). Refused for a code in use.
    """
    check_author(by)
    version = draft_of(version)
    plain = queries.plain(version)
    values = dict(values)
    table, above = values.pop("table"), values.pop("above")
    used = {item["code"] for each in plain["tables"] for item in each["items"]}
    if values["code"] != code and values["code"] in used:
        words = _("Code %(code)s stands in this version already. Use another one.")
        raise _refused("code", words, values["code"])
    if above and above == values["code"]:
        words = _("%(code)s cannot follow itself. Name the item above it.")
        raise _refused("above", words, above)
    _take_out(plain, code)
    items = next(each["items"] for each in plain["tables"] if each["code"] == table)
    codes = [item["code"] for item in items]
    if above and above not in codes:
        words = _("%(code)s is no item of this table. Name one that is, or none for the first.")
        raise _refused("above", words, above)
    items.insert(codes.index(above) + 1 if above else 0, values)
    return write_version(version=version, data=plain, by=by, at=at)


@transaction.atomic
def remove_item(
    *, version: InstrumentVersion, code: str, by: User, at: datetime.datetime
) -> InstrumentVersion:
    """Take an item out of a draft; twice is once."""
    check_author(by)
    version = draft_of(version)
    plain = queries.plain(version)
    _take_out(plain, code)
    return write_version(version=version, data=plain, by=by, at=at)


def _take_out(plain: Mapping[str, Any], code: str) -> None:
    for table in plain["tables"]:
        table["items"] = [item for item in table["items"] if item["code"] != code]


def _refused(field: str, words: str, code: str) -> Refused:
    return Refused([Finding(CODE, Level.BLOCK, field, words, CLAUSE, {"code": code})])
