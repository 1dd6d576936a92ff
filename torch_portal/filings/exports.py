"""Ratings and the access log as tables; who may read a row is said by the row, so no archive."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.common.columns import Column, ColumnKind, Report, full_name
from torch_portal.filings.enums import AccessKind, Grade
from torch_portal.filings.models import Access, Rating

RATINGS = Report(
    code="ratings",
    label=_("Ratings"),
    model=Rating,
    base=Q(),
    day="rated_at",
    day_label=_("Rated on"),
    place="filing__jurisdiction_id",
    archived=False,
    columns=(
        Column("number", _("Filing number"), "filing__number", ColumnKind.CODE),
        Column("grade", _("grade"), "grade", ColumnKind.CHOICE, Grade.choices),
        Column("reason", _("reason"), "reason"),
        Column("rated_at", _("rated at"), "rated_at", ColumnKind.MOMENT),
        Column("reply_due_on", _("reply due on"), "reply_due_on", ColumnKind.DATE),
        Column("reply", _("reply"), "reply"),
        Column("replied_at", _("replied at"), "replied_at", ColumnKind.MOMENT),
        Column(
            "late_on",
            _("flagged as overdue on"),
            "overdue_flagged_on",
            ColumnKind.DATE,
            offered=False,
        ),
        Column("agency", _("Agency"), "filing__agency__name"),
        Column(
            "replied_by", _("replied by"), full_name("replied_by"), personal=True, offered=False
        ),
    ),
)
ACCESSES = Report(
    code="accesses",
    label=_("access log"),
    model=Access,
    base=Q(),
    day="seen_at",
    day_label=_("Seen on"),
    place="filing__jurisdiction_id",
    archived=False,
    columns=(
        Column("seen_at", _("seen at"), "seen_at", ColumnKind.MOMENT),
        Column("seen_by", _("seen by"), full_name("seen_by"), personal=True),
        Column("number", _("Filing number"), "filing__number", ColumnKind.CODE),
        Column("kind", _("what was seen"), "kind", ColumnKind.CHOICE, AccessKind.choices),
        Column("attachment", _("attachment"), "attachment__kind", ColumnKind.CODE),
    ),
)
