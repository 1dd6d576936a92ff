"""What was entered, as people read it, page by page; and what is worked out from the tables."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from hitech_cert import queries, rules
from hitech_cert.forms.pages import PAGES
from hitech_cert.forms.places import TABLE_TITLES
from hitech_cert.models import Application

ZERO = Decimal(0)
# Work by others counts as paid here; what of it is in the mainland is a part of it.
PAID = tuple(name for name in queries.COSTS if name != "external_domestic")
# The tables of each page.
TABLES_OF = {
    "rights": ("rights",),
    "staff": ("staff",),
    "projects": ("projects",),
    "costs": ("costs",),
    "products": ("products",),
    "innovation": ("results",),
    "standards": ("standards",),
}


def page_entries(application: Application, step: str) -> list[tuple[str, str, str]]:
    """(name, label, value as text) of every entry of a page, its tables apart."""
    form = PAGES.get(step)
    fields = form.base_fields if form else {}
    return [
        (name, str(field.label), queries.as_text(application, name))
        for name, field in fields.items()
        if name != "seen"
    ]


def shown_entries(application: Application, step: str) -> list[tuple[str, str, str]]:
    """(name, label, value as text) of every entry of a page, the rows of its tables last."""
    rows = [
        (table, str(TABLE_TITLES[table]), line)
        for table in TABLES_OF.get(step, ())
        for line in queries.row_texts(application, table) or ["—"]
    ]
    return [*page_entries(application, step), *rows]


def computed(application: Application, case: rules.Case) -> Iterator[tuple[str, str]]:
    """The cells of the main table that are worked out: label and value."""
    facts = case.facts
    whole = sum((getattr(row, name) for row in application.costs.all() for name in PAID), ZERO)
    yield _("Rights of class I"), str(facts.ip_class1)
    yield _("Rights of class II"), str(facts.ip_class2)
    yield _("Employees"), _number(facts.staff_total)
    yield _("S&T staff"), _number(facts.staff_st)
    yield _("R&D cost of three years"), queries.ten_thousand(whole)
    yield _("Product income of last year"), queries.ten_thousand(facts.ht_income)
    yield _("Results turned into products"), str(facts.transformations)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
