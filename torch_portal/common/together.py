"""Rows of several tables in one query, kept where a prefetch of Django would keep them."""

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import connection, models

Reader = Callable[[Any], Any]
# Kinds of columns whose values JSON has as they are.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def fetch_together(wanted: Mapping[models.Model, Iterable[str]]) -> None:
    """Fetch these relations (names of reverse foreign keys) of each row, all in one query.

    Afterwards `row.relation.all()` takes no query. The database sends each table as JSON, exact
    in its figures.
    """
    places = [(owner, name) for owner, names in wanted.items() for name in names]
    parts = [_select(place, *found) for place, found in enumerate(places)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [owner.pk for owner, _name in places])
        told = dict(cursor.fetchall())
    for place, (owner, name) in enumerate(places):
        _keep(owner, name, json.loads(told[place], parse_float=Decimal))


def _select(place: int, owner: models.Model, name: str) -> str:
    """All rows of a relation as one list of lists, in the order of the columns."""
    quoted = connection.ops.quote_name
    relation: Any = owner._meta.get_field(name)
    meta = relation.related_model._meta
    columns = ", ".join(
        quoted(field.column) + ("::text" if isinstance(field, models.JSONField) else "")
        for field in meta.concrete_fields
    )
    # Only names of our own tables and columns, and a number of our own.
    return (
        f"SELECT {place}, COALESCE(json_agg(json_build_array({columns})), '[]')::text"  # noqa: S608
        f" FROM {quoted(meta.db_table)} WHERE {quoted(relation.field.column)} = %s"
    )


def _keep(owner: models.Model, name: str, rows: Iterable[Sequence[Any]]) -> None:
    """As the prefetch does: a query set that was run, each row knowing whose it is."""
    relation: Any = owner._meta.get_field(name)
    names, readers = _columns(relation.related_model)
    made = []
    for row in rows:
        values = [read(value) if read else value for read, value in zip(readers, row, strict=True)]
        made.append(relation.related_model.from_db(connection.alias, names, values))
        relation.field.set_cached_value(made[-1], owner)
    found = getattr(owner, name).all()
    found._result_cache, found._prefetch_done = made, True
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


@cache
def _columns(model: type[models.Model]) -> tuple[list[str], list[Reader | None]]:
    """The attributes of a model, and what reads each from JSON where it is not as it should be."""
    fields = model._meta.concrete_fields
    return [f.attname for f in fields], [_reader(f) for f in fields]


def _reader(field: "models.Field[Any, Any]") -> Reader | None:
    stored = getattr(field, "from_db_value", None)
    if stored:
        return lambda value: stored(value, None, connection)
    if isinstance(field, models.ForeignKey):
        return _reader(field.target_field)
    if isinstance(field, models.DecimalField):
        return _figure
    if type(field) is models.DateField:
        return _day
    return None if isinstance(field, PLAIN) else field.to_python


def _figure(value: Any) -> Decimal | None:
    return Decimal(value) if isinstance(value, int) else value


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None
