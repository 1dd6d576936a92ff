"""The lists of applications that leave the desk: all of them, and their tables row by row.

The tables stand in the order of the form (高新技术企业认定申请书 附件2), so that they can be
entered in the national system as they are.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Q
from django.db.models.fields import DateField, DateTimeField, DecimalField, IntegerField
from django.utils.translation import gettext_lazy as _

from hitech_cert.editions import FIELDS
from hitech_cert.models import Application, Cost, Product, Project, Right
from hitech_cert.workflow import WORKFLOW
from torch_portal.common.columns import Column, ColumnKind, Report, full_name

CODE, CHOICE, NUMBER, DATE, MOMENT = (
    ColumnKind.CODE,
    ColumnKind.CHOICE,
    ColumnKind.NUMBER,
    ColumnKind.DATE,
    ColumnKind.MOMENT,
)
STATES = tuple(WORKFLOW.labels.items())
TITLES = tuple((code, " › ".join(field.path)) for code, field in FIELDS.items())
CODES = ("number", "national_number", "report_number", "certificate_number", "code", "project")
# What the enterprise enters in the main table and the special report, in the order of the form.
FIGURES = (
    "registered_on",
    "core_field_code",
    *(f"{name}_{n}" for name in ("net_assets", "sales", "profit") for n in (1, 2, 3)),
    "rd_domestic",
    "rd_basic",
    "gross_income",
    "non_taxable_income",
    "accident",
    "pilot",
)
REPORT = (
    "agency_name",
    "report_number",
    "reported_rd",
    "reported_income",
    "super_deduction",
)
TEXTS = ("text_rights", "text_results", "text_management", "text_staff")


def column(model: Any, name: str, *, way: str = "", offered: bool = True) -> Column:
    """A column of a table under its own name, written as its kind asks for."""
    field = model._meta.get_field(name)
    value = f"{way}{name}"
    if name.endswith("field_code"):
        return Column(name, field.verbose_name, value, CHOICE, TITLES, offered=offered)
    if field.choices:
        return Column(name, field.verbose_name, value, CHOICE, field.flatchoices, offered=offered)
    return Column(name, field.verbose_name, value, _kind(name, field), offered=offered)


def _kind(name: str, field: Any) -> ColumnKind:
    if name in CODES:
        return CODE
    kinds = {
        DateTimeField: MOMENT,
        DateField: DATE,
        DecimalField: NUMBER,
        IntegerField: NUMBER,
    }
    found = next((kind for table, kind in kinds.items() if isinstance(field, table)), None)
    boolean = field.get_internal_type() == "BooleanField"
    return ColumnKind.FLAG if boolean else found or ColumnKind.TEXT


def columns(model: Any, names: Iterable[str], *, offered: bool = True) -> tuple[Column, ...]:
    """Several of one table."""
    return tuple(column(model, name, offered=offered) for name in names)


ENTERPRISE = (
    Column("enterprise", _("enterprise"), "enterprise__name"),
    Column("credit_code", _("unified social credit code"), "enterprise__credit_code", CODE),
    Column("division", _("division of the seat"), "enterprise__division", CODE),
)
APPLICATIONS = Report(
    code="hitech_cert",
    label=_("Applications for certification"),
    model=Application,
    base=Q(filing__submitted_at__isnull=False),
    day="filing__submitted_at",
    day_label=_("Submitted on"),
    place="filing__jurisdiction_id",
    everything="queue=all",
    columns=(
        Column("filing_number", _("filing number"), "filing__number", CODE),
        *ENTERPRISE,
        Column("state", _("State"), "filing__state", CHOICE, STATES),
        column(Application, "year"),
        Column("batch", _("batch of certification"), "intake__title"),
        column(Application, "channel", offered=False),
        column(Application, "received_at", offered=False),
        column(Application, "national_number", offered=False),
        *columns(Application, FIGURES),
        *columns(Application, REPORT, offered=False),
        *columns(Application, TEXTS, offered=False),
        *columns(Application, ("score_top", "score_bottom", "score_passes"), offered=False),
        *columns(Application, ("certificate_number", "issued_on", "valid_to", "ended_on")),
        Column("submitted", _("Submitted on"), "filing__submitted_at", MOMENT),
        Column("accepted_on", _("acceptance date"), "filing__accepted_on", DATE),
        Column("due_on", _("Decide by"), "filing__due_on", DATE, offered=False),
        Column("agency", _("Agency"), "filing__agency__name"),
        Column("area", _("jurisdiction"), "filing__jurisdiction_id", CODE, offered=False),
        Column("edition", _("rule edition"), "filing__edition", CODE, offered=False),
        Column(
            "handled_by",
            _("handled by"),
            full_name("filing__created_by"),
            personal=True,
            offered=False,
        ),
    ),
)
OWNER = (
    Column("filing_number", _("filing number"), "application__filing__number", CODE),
    Column("enterprise", _("enterprise"), "application__enterprise__name"),
    Column(
        "credit_code",
        _("unified social credit code"),
        "application__enterprise__credit_code",
        CODE,
    ),
    Column("year", _("year of application"), "application__year", NUMBER),
    Column("state", _("State"), F("application__filing__state"), CHOICE, STATES, offered=False),
)


def rows_of(code: str, label: Any, model: Any, names: Collection[str]) -> Report:
    """A table of the applications, one row of it in each line; a year of its own comes first."""
    return Report(
        code=code,
        label=label,
        model=model,
        base=Q(application__filing__submitted_at__isnull=False),
        day="application__filing__submitted_at",
        day_label=_("Submitted on"),
        place="application__filing__jurisdiction_id",
        archived=False,
        columns=(*(c for c in OWNER if c.name not in names), *columns(model, names)),
    )


RIGHTS = rows_of(
    "hitech_rights",
    _("Rights of the applications"),
    Right,
    ("code", "name", "kind", "granted_on", "number", "gained", "used_before", "in_force"),
)
PROJECTS = rows_of(
    "hitech_projects",
    _("R&D activities of the applications"),
    Project,
    (
        "code", "name", "starts_on", "ends_on", "field_code", "source", "rights", "budget",
        "spent_1", "spent_2", "spent_3", "goal", "core", "outcome",
    ),
)  # fmt: skip
COSTS = rows_of(
    "hitech_costs",
    _("R&D costs of the applications"),
    Cost,
    (
        "year", "project", "personnel", "direct", "depreciation", "amortisation", "design",
        "trial", "other", "external", "external_domestic",
    ),
)  # fmt: skip
PRODUCTS = rows_of(
    "hitech_products",
    _("Products of the applications"),
    Product,
    (
        "code", "name", "field_code", "source", "income", "main", "rights", "technology",
        "advantage", "support",
    ),
)  # fmt: skip
TABLES = (APPLICATIONS, RIGHTS, PROJECTS, COSTS, PRODUCTS)
