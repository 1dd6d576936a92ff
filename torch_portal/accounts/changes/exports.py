"""The changes of settings as a table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import ChangeAct, ChangeState
from torch_portal.accounts.recorded import Change
from torch_portal.common.columns import Column, ColumnKind, Report, full_name

CHANGES = Report(
    code="changes",
    label=_("changes of settings"),
    model=Change,
    base=Q(),
    day="made_at",
    day_label=_("Made on"),
    place="jurisdiction_id",
    columns=(
        Column("name", _("setting"), "name"),
        Column("table", _("table"), "target", ColumnKind.CODE, offered=False),
        Column("act", _("act"), "act", ColumnKind.CHOICE, ChangeAct.choices),
        Column("state", _("state"), "state", ColumnKind.CHOICE, ChangeState.choices),
        Column("area", _("jurisdiction"), "jurisdiction_id", ColumnKind.CODE),
        Column("made_at", _("made at"), "made_at", ColumnKind.MOMENT),
        Column("settled_at", _("settled at"), "settled_at", ColumnKind.MOMENT),
        Column("reason", _("reason"), "reason"),
        Column("answer", _("answer"), "answer", offered=False),
        Column("made_by", _("made by"), full_name("made_by"), personal=True, offered=False),
        Column(
            "settled_by", _("settled by"), full_name("settled_by"), personal=True, offered=False
        ),
    ),
)
