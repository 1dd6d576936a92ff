"""What follows a certification as tables: yearly reports and reported changes."""

from typing import Any

from django.db.models import DecimalField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums.after import ReportState
from hitech_cert.line.exports import CODE, MOMENT, NUMBER, OWNER, column, columns
from hitech_cert.models import AnnualReport, Change
from hitech_cert.rules.annual import ENTRIES
from torch_portal.common.columns import Column, Report, full_name

CERTIFICATE = Column(
    "certificate_number", _("certificate number"), "application__certificate_number", CODE
)
# What a reported change says of the enterprise.
BEFORE = {"name": _("name before"), "division": _("division before")}
AFTER = {
    "name": _("name after"),
    "division": _("division after"),
    "what": _("what is different now"),
}


def _figure(name: str) -> Cast:
    return Cast(KT(f"figures__{name}"), DecimalField(max_digits=18, decimal_places=2))


def _moved(side: str, labels: dict[str, Any]) -> tuple[Column, ...]:
    """The entries on one side of a change."""
    return tuple(
        Column(f"{side}_{name}", label, KT(f"{side}__{name}")) for name, label in labels.items()
    )


WHOSE = (*(c for c in OWNER if c.name not in ("year", "state")), CERTIFICATE)
ANNUAL_REPORTS = Report(
    code="hitech_reports",
    label=_("Yearly reports of high-tech enterprises"),
    model=AnnualReport,
    base=Q(state=ReportState.SUBMITTED),
    day="submitted_at",
    day_label=_("Handed in on"),
    place="application__filing__jurisdiction_id",
    everything="waiting=all",
    archived=False,
    columns=(
        *WHOSE,
        column(AnnualReport, "year"),
        *(Column(entry.name, entry.label, _figure(entry.name), NUMBER) for entry in ENTRIES),
        column(AnnualReport, "listed"),
        column(AnnualReport, "late"),
        Column("submitted_at", _("handed in at"), "submitted_at", MOMENT),
        Column("contact", _("contact"), "contact", personal=True, offered=False),
        Column("phone", _("telephone"), "phone", CODE, personal=True, offered=False),
    ),
)
CHANGES = Report(
    code="hitech_changes",
    label=_("Reported changes of high-tech enterprises"),
    model=Change,
    base=Q(),
    day="reported_at",
    day_label=_("Reported on"),
    place="application__filing__jurisdiction_id",
    everything="waiting=all",
    archived=False,
    columns=(
        *WHOSE,
        *columns(Change, ("kind", "happened_on", "state", "late", "reason")),
        *_moved("before", BEFORE),
        *_moved("after", AFTER),
        Column("reported_at", _("reported at"), "reported_at", MOMENT),
        *columns(Change, ("public_from", "public_to", "cancel_from", "answer"), offered=False),
        Column("decided_at", _("decided at"), "decided_at", MOMENT),
        Column(
            "decided_by", _("decided by"), full_name("decided_by"), personal=True, offered=False
        ),
    ),
)
