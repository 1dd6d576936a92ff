"""The tables of an application as the desk shows them: heads, rows as text, sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hitech_cert import queries, rules
from hitech_cert.enums import CLASS_I
from hitech_cert.models import Application
from torch_portal.common import money

ZERO = Decimal(0)
RIGHTS = ("code", "name", "kind", "number", "granted_on", "gained")
PROJECTS = (
    "code", "name", "starts_on", "ends_on", "field_code", "source", "rights", "spent_1",
    "spent_2", "spent_3",
)  # fmt: skip
PROJECT_TEXTS = ("goal", "core", "outcome")
PRODUCTS = ("code", "name", "field_code", "source", "income", "main", "rights")
PRODUCT_TEXTS = ("technology", "advantage", "support")
RESULTS = (
    "code", "name", "kind", "source", "became", "form", "year", "rights", "projects", "products",
)  # fmt: skip
STANDARDS = ("code", "name", "level", "number", "part")
STAFF = ("name", "staff", "st")


@dataclass(frozen=True)
class Shown:
    """A table as text. foot: sums, one cell a column; more: long texts of a row by label."""

    heads: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    foot: Sequence[str] = ()


def tables(application: Application, stated: rules.Tables) -> dict[str, Shown]:
    """Every table by its name; stated: the same as the rules see it."""
    return {
        "rights": _rights(application, stated.rights),
        "staff": _plain(application, "staff", STAFF),
        "projects": _with_texts(application, "projects", PROJECTS, PROJECT_TEXTS),
        "costs": _costs(application),
        "products": _with_texts(application, "products", PRODUCTS, PRODUCT_TEXTS),
        "results": _plain(application, "results", RESULTS),
        "standards": _plain(application, "standards", STANDARDS),
    }


def _heads(application: Application, table: str, names: Sequence[str]) -> list[str]:
    columns = getattr(application, table).model._meta
    return [str(columns.get_field(name).verbose_name) for name in names]


def _cells(row: Any, names: Sequence[str]) -> list[str]:
    return [queries.as_text(row, name) for name in names]


def _plain(application: Application, table: str, names: Sequence[str]) -> Shown:
    rows = queries.in_order(getattr(application, table))
    return Shown(_heads(application, table, names), [{"cells": _cells(row, names)} for row in rows])


def _with_texts(
    application: Application, table: str, names: Sequence[str], texts: Sequence[str]
) -> Shown:
    """Rows with their long texts folded below them."""
    labels = _heads(application, table, texts)
    rows = [
        {
            "cells": _cells(row, names),
            "more": [(label, getattr(row, t)) for label, t in zip(labels, texts, strict=True)],
        }
        for row in queries.in_order(getattr(application, table))
    ]
    return Shown(_heads(application, table, names), rows)


def _rights(application: Application, stated: Sequence[rules.Right]) -> Shown:
    """With the class of each, and why one does not count on the day of filing."""
    day = queries.day_of(application)
    rows = queries.in_order(application.rights)
    shown = []
    for row, right in zip(rows, stated, strict=True):
        why = rules.why_not_usable(right, day)
        kind = "I" if row.kind in CLASS_I else "II"
        counts = str(why) if why else _("Counts")
        shown.append({"cells": [*_cells(row, RIGHTS), kind, counts], "bad": why is not None})
    return Shown([*_heads(application, "rights", RIGHTS), _("Class"), _("Counts")], shown)


def _costs(application: Application) -> Shown:
    """By year and activity, with the sum of each row and of the whole."""
    rows = queries.costs_of(application)
    names = ("year", "project", *queries.COSTS)
    shown = [
        {"cells": [str(row.year), row.project, *_amounts(row), money.display(_paid(row))]}
        for row in rows
    ]
    sums = [money.display(sum((getattr(r, n) for r in rows), ZERO)) for n in queries.COSTS]
    foot = [_("Sum"), "", *sums, money.display(sum(map(_paid, rows), ZERO))]
    return Shown([*_heads(application, "costs", names), _("Total")], shown, foot)


def _amounts(row: Any) -> list[str]:
    return [money.display(getattr(row, name)) for name in queries.COSTS]


def _paid(row: Any) -> Decimal:
    """What was spent in all; of the work by others the part at home is no further sum."""
    names = [name for name in queries.COSTS if name != "external_domestic"]
    return sum((getattr(row, name) for name in names), ZERO)
