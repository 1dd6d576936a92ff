"""A row of settings as plain values and back."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Entries of a record that are no column of its table.
BESIDE = {"areas": gettext_lazy("Area of the agency")}


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they come back from JSON: dates and decimals as text."""
    found: dict[str, Any] = json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder))
    return found


def read(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """These columns of a row as plain values; a reference as its key."""
    columns = {f.name: f for f in row._meta.concrete_fields}
    return plain({n: columns[n].value_from_object(row) for n in names})


def put(row: Model, values: Mapping[str, Any]) -> None:
    """Set the columns of a row from plain values; names that are no column are left alone."""
    columns = {f.name: f for f in row._meta.concrete_fields}
    for name, value in values.items():
        if name in columns:
            setattr(row, columns[name].attname, columns[name].to_python(value))


def differences(
    model: type[Model], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[dict[str, str]]:
    """What differs, by the label of the column, in words."""
    names = [n for n in (after or before) if before.get(n) != after.get(n)]
    return [
        {
            "label": str(_label(model, name)),
            "before": words(model, name, before.get(name)),
            "after": words(model, name, after.get(name)),
        }
        for name in names
    ]


def _label(model: type[Model], name: str) -> Any:
    columns = {f.name: f.verbose_name for f in model._meta.concrete_fields}
    return columns.get(name) or BESIDE.get(name, name)


def words(model: type[Model], name: str, value: Any) -> str:
    """One value as people read it."""
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    column = next((f for f in model._meta.concrete_fields if f.name == name), None)
    labels = dict(column.flatchoices) if column is not None and column.choices else {}
    if column is not None and column.related_model is not None:
        found = column.related_model._base_manager.filter(pk=value).first()
        return str(found or value)
    return str(labels.get(value, value))
