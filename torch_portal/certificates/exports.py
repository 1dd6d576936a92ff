"""The certificates as a table; the code that opens one to the public is not among its columns."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.certificates.enums import Making, Status
from torch_portal.certificates.models import Certificate
from torch_portal.common.columns import Column, ColumnKind, Report, full_name

CERTIFICATES = Report(
    code="certificates",
    label=_("Certificates"),
    model=Certificate,
    base=Q(),
    day="issued_at",
    day_label=_("Issued on"),
    place="filing__jurisdiction_id",
    columns=(
        Column("number", _("registration number"), "number", ColumnKind.CODE),
        Column("version", _("version"), "version", ColumnKind.NUMBER),
        Column("status", _("status"), "status", ColumnKind.CHOICE, Status.choices),
        Column("issued_at", _("issued at"), "issued_at", ColumnKind.MOMENT),
        Column("ended_at", _("ended at"), "ended_at", ColumnKind.MOMENT),
        Column("filing", _("Filing number"), "filing__number", ColumnKind.CODE),
        Column("enterprise", _("Enterprise"), "filing__enterprise__name"),
        Column("agency", _("Agency"), "filing__agency__name"),
        Column(
            "area", _("jurisdiction"), "filing__jurisdiction_id", ColumnKind.CODE, offered=False
        ),
        Column("making", _("making"), "making", ColumnKind.CHOICE, Making.choices, offered=False),
        Column("sha256", _("SHA-256"), "sha256", ColumnKind.CODE, offered=False),
        Column("issued_by", _("issued by"), full_name("issued_by"), personal=True, offered=False),
    ),
)
