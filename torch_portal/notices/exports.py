"""The hotline with its history as a table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torch_portal.common.columns import Column, ColumnKind, Report
from torch_portal.notices.enums import HotlineKind, ServiceCode
from torch_portal.notices.models import HotlineEntry

HOTLINE = Report(
    code="hotline",
    label=_("hotline entries"),
    model=HotlineEntry,
    base=Q(),
    day="valid_from",
    day_label=_("valid from"),
    by_moment=False,
    place="",
    archived=False,
    columns=(
        Column("order", _("order"), "order", ColumnKind.NUMBER),
        Column("service", _("service"), "service_code", ColumnKind.CHOICE, ServiceCode.choices),
        Column("name", _("Chinese name"), "label_zh"),
        Column("kind", _("kind"), "kind", ColumnKind.CHOICE, HotlineKind.choices),
        Column("value", _("number, address or text"), "value", ColumnKind.CODE),
        Column("hours", _("hours"), "hours"),
        Column("valid_from", _("valid from"), "valid_from", ColumnKind.DATE),
        Column("valid_to", _("valid to"), "valid_to", ColumnKind.DATE),
        Column("source", _("source document"), "source", offered=False),
    ),
)
