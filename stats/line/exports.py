"""The list of returns that leaves the desk: standing, findings and risk, never single values.

Values of single respondents leave only as micro-data, under a permission of their own.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stats.models import Return
from stats.workflow import WORKFLOW
from torch_portal.common.columns import Column, ColumnKind, Report, full_name

CODE, CHOICE, NUMBER, DATE = (
    ColumnKind.CODE,
    ColumnKind.CHOICE,
    ColumnKind.NUMBER,
    ColumnKind.DATE,
)
STATES = tuple(WORKFLOW.labels.items())
RETURNS = Report(
    code="stats",
    label=_("Returns of the survey"),
    model=Return,
    base=Q(filing__submitted_at__isnull=False),
    day="filing__submitted_at",
    day_label=_("Submitted on"),
    place="filing__jurisdiction_id",
    everything="queue=all",
    columns=(
        Column("filing_number", _("filing number"), "filing__number", CODE),
        Column("enterprise", _("enterprise"), "enterprise__name"),
        Column("credit_code", _("unified social credit code"), "enterprise__credit_code", CODE),
        Column("division", _("division of the seat"), "enterprise__division", CODE),
        Column("round", _("round"), "round__title"),
        Column("year", _("year of the data"), "round__year", NUMBER),
        Column("unit", _("responsible unit"), "unit__name"),
        Column("city", _("city above the unit"), "city_unit__name", offered=False),
        Column("state", _("State"), "filing__state", CHOICE, STATES),
        Column("submitted", _("Submitted on"), "filing__submitted_at", ColumnKind.MOMENT),
        Column("revision", _("revision"), "revision", NUMBER),
        Column("errors", _("errors"), "errors", NUMBER),
        Column("warnings", _("warnings"), "warnings", NUMBER),
        Column("risk", _("risk"), "risk", NUMBER),
        Column("digest", _("digest of the values"), "data_hash", CODE, offered=False),
        Column("scan_due_on", _("signed scan due on"), "scan_due_on", DATE, offered=False),
        Column("source", _("source"), "assignment__source", offered=False),
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
EXPORTS = (RETURNS,)
