"""What may be sent: the entries and tables of the application, and the words with each move.

The entries follow the columns of the tables: text, code lists, days ISO, marks, and figures as
decimal strings with two decimals, money in 10,000 yuan (万元).
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hitech_cert import enums, forms
from hitech_cert.enums.after import CancelGround
from hitech_cert.models import (
    Application,
    Cost,
    Product,
    Project,
    Result,
    Right,
    StaffCount,
    Standard,
)
from hitech_cert.queries.entries import FIXED
from torch_portal.filings.api.entries import LONGEST_LIST, Entries, MustNote
from torch_portal.filings.api.fields import CodeField, FigureField, code, day, text, yes_no

MODELS: Mapping[str, type[models.Model]] = {
    "rights": Right,
    "staff": StaffCount,
    "projects": Project,
    "costs": Cost,
    "products": Product,
    "results": Result,
    "standards": Standard,
}
KEPT = frozenset({"id", "application", "typed", "saved_version"})
# Cells of a row that name rows of another table by their numbers.
NAMED = frozenset({"rights", "projects", "products"})
# What identifies a row and cannot be left out; the others may be gaps of a draft.
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "staff": {"name": CodeField(choices=enums.StaffName.choices)},
    "costs": {
        "project": serializers.CharField(max_length=8),
        "year": serializers.IntegerField(min_value=2000, max_value=2100),
    },
}
TEXT_MOST = 2_000
MONEY_DIGITS = 12
SIGNED = tuple(f"{name}_{n}" for name in ("sales", "net_assets", "profit") for n in (1, 2, 3))
PERSONS = "Persons, averages of last year."
MONEY = "10,000 yuan (万元)."


@extend_schema_field(
    {"type": "string", "format": "decimal", "pattern": r"^-?[0-9]{1,12}(\.[0-9]{1,2})?$"}
)
class SignedField(FigureField):
    """A figure that may lie below zero: sales, net assets, profit."""

    def to_internal_value(self, data: Any) -> Decimal:
        """The figure with two decimals."""
        below = isinstance(data, str) and data.startswith("-")
        found = super().to_internal_value(data[1:] if below else data)
        return -found if below else found


def entry_of(name: str, column: Any) -> serializers.Field:
    """The entry of a column, by its kind."""
    if isinstance(column, models.JSONField):
        return serializers.ListField(
            child=serializers.CharField(max_length=8), required=False, max_length=100
        )
    if column.choices:
        return code(column.flatchoices)
    if isinstance(column, models.DecimalField):
        if name in SIGNED:
            return SignedField(MONEY_DIGITS, help_text=MONEY)
        digits = column.max_digits - column.decimal_places
        return FigureField(digits, help_text=MONEY if digits == MONEY_DIGITS else PERSONS)
    if isinstance(column, models.BooleanField):
        return yes_no() if column.null else serializers.BooleanField(required=False)
    if isinstance(column, models.DateField):
        return day()
    if isinstance(column, models.IntegerField):
        return serializers.IntegerField(
            required=False, allow_null=True, min_value=2000, max_value=2100
        )
    return text(column.max_length or TEXT_MOST)


def _entries(
    name: str,
    words: str,
    model: Any,
    columns: Iterable[str],
    needed: Mapping[str, Any] | None = None,
) -> type[Entries]:
    """A body with the entries of these columns; those `needed` are not left out."""
    needed = needed or {}
    found = {c: needed.get(c) or entry_of(c, model._meta.get_field(c)) for c in columns}
    made: Any = type(name, (Entries,), {"__doc__": words, **found})
    return made


def _row(table: str) -> type[Entries]:
    model = MODELS[table]
    columns = [f.name for f in model._meta.concrete_fields if f.name not in KEPT]
    words = f"One row of {table}: {model._meta.verbose_name_plural}."
    return _entries(f"Hitech{model.__name__}Entry", words, model, columns, NEEDED.get(table))


ROWS: Mapping[str, type[Entries]] = {table: _row(table) for table in MODELS}
TABLES = tuple(MODELS)
NAMES = tuple(f.name for f in Application._meta.concrete_fields if f.name not in FIXED)
MOST = {table: forms.TABLES[table].most if table in forms.TABLES else 1000 for table in TABLES}


class ApplicationEntries(
    _entries("ApplicationColumns", "The columns of an application.", Application, NAMES)
):
    """The entries of the application (高新技术企业认定申请书). Drafts may have gaps.

    Rows name each other by number (IP01, RD01, PS01); a row without one gets the next. A table
    is given whole.
    """

    rights = ROWS["rights"](many=True, required=False, max_length=MOST["rights"])
    staff = ROWS["staff"](many=True, required=False, max_length=MOST["staff"])
    projects = ROWS["projects"](many=True, required=False, max_length=MOST["projects"])
    costs = ROWS["costs"](many=True, required=False, max_length=MOST["costs"])
    products = ROWS["products"](many=True, required=False, max_length=MOST["products"])
    results = ROWS["results"](many=True, required=False, max_length=MOST["results"])
    standards = ROWS["standards"](many=True, required=False, max_length=MOST["standards"])

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A number stands once in its table."""
        faults = {
            table: [found]
            for table in TABLES
            for found in [_twice(table, attrs.get(table, ()))]
            if found
        }
        if faults:
            raise serializers.ValidationError(faults)
        return attrs


def _twice(table: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """Which row is given twice, in words; "" when none is."""
    names = tuple(NEEDED.get(table, ("code",)))
    seen = set()
    for row in rows:
        key = tuple(row.get(name) for name in names)
        if any(part in (None, "") for part in key):
            continue
        if key in seen:
            return _("%(key)s stands here more than once.") % {"key": " ".join(map(str, key))}
        seen.add(key)
    return ""


class NewApplication(ApplicationEntries):
    """A new draft; what the last application of the enterprise still says is filled in."""

    enterprise = serializers.CharField(
        max_length=18,
        required=False,
        help_text="Credit code of the enterprise; needed where you file for several.",
    )


class EmailEntries(ApplicationEntries):
    """A package that came by e-mail: whose it is, when it came, and what was in it."""

    enterprise = serializers.CharField(max_length=18, help_text="Credit code of the enterprise.")
    received_at = serializers.DateTimeField(
        help_text="When the e-mail came; that moment decides the batch."
    )


class ApplicationFiles(Entries):
    """One or more files of one kind, as multipart/form-data."""

    kind = CodeField(choices=enums.AttachmentKind.choices)
    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), min_length=1, max_length=LONGEST_LIST
    )


class CancellationEntries(MustNote):
    """Grounds of an intended cancellation, the facts (note), and from which year it counts."""

    grounds = serializers.ListField(
        child=CodeField(choices=CancelGround.choices), max_length=LONGEST_LIST, default=list
    )
    effect_year = serializers.IntegerField(min_value=2008, max_value=2100, default=None)
    opinion = serializers.CharField(
        max_length=400,
        allow_blank=True,
        default="",
        help_text="Of the competent department; needed for a major accident.",
    )


class ExtendEntries(Entries):
    """Later deadlines and the notice that moves them; what is left out stays."""

    closes_at = serializers.DateTimeField(required=False, allow_null=True)
    recommend_by = day()
    paper_by = day()
    source = serializers.CharField(max_length=160, allow_blank=True, default="")


class IntakeEntries(Entries):
    """A batch to publish."""

    jurisdiction = serializers.CharField(max_length=6)
    year = serializers.IntegerField(min_value=2016, max_value=2100)
    number = serializers.IntegerField(min_value=1, max_value=99)
    title = serializers.CharField(max_length=160)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    recommend_by = serializers.DateField(input_formats=["%Y-%m-%d"])
    paper_by = day()
    source = serializers.CharField(max_length=160)
