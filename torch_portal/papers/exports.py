"""The ledger of paper originals as a table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.common.columns import Column, ColumnKind, Report, full_name
from torch_portal.papers.enums import PaperKind, PaperState
from torch_portal.papers.models import Paper

PAPERS = Report(
    code="papers",
    label=_("Paper originals"),
    model=Paper,
    base=Q(),
    day="recognised_on",
    day_label=_("Recognised on"),
    by_moment=False,
    place="filing__jurisdiction_id",
    columns=(
        Column("number", _("Filing number"), "filing__number", ColumnKind.CODE),
        Column("enterprise", _("Enterprise"), "filing__enterprise__name"),
        Column("code", _("Credit code"), "filing__enterprise__credit_code", ColumnKind.CODE),
        Column("kind", _("Kind"), "kind", ColumnKind.CHOICE, PaperKind.choices),
        Column("state", _("State"), "state", ColumnKind.CHOICE, PaperState.choices),
        Column("recognised_on", _("Recognised on"), "recognised_on", ColumnKind.DATE),
        Column("due_on", _("due on"), "due_on", ColumnKind.DATE),
        Column("received_at", _("received at"), "received_at", ColumnKind.MOMENT),
        Column("decided_at", _("decided at"), "decided_at", ColumnKind.MOMENT),
        Column("source", _("source document"), "source", offered=False),
        Column("note", _("note"), "note", offered=False),
        Column("agency", _("Agency"), "filing__agency__name"),
        Column(
            "area", _("jurisdiction"), "filing__jurisdiction_id", ColumnKind.CODE, offered=False
        ),
        Column(
            "received_by",
            _("received by"),
            full_name("received_by"),
            personal=True,
            offered=False,
        ),
    ),
)
