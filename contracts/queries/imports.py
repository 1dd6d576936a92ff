"""Reads for tables that are brought in."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contracts.enums import Kind, State, Subkind
from contracts.models import Contract
from torch_portal.accounts.models import Enterprise
from torch_portal.filings.models import ImportRun

LINE = "contracts"
RUNS_SHOWN = 30
GONE = (State.WITHDRAWN, State.REFUSED, State.NOT_ACCEPTED, State.DEREGISTERED, State.REVOKED)


def kind_name(kind: str, subkind: str) -> str:
    """A kind with its sub-kind, in the active language."""
    words = str(Kind(kind).label)
    if subkind and str(Subkind(subkind).label) != words:
        words = _("%(kind)s: %(subkind)s") % {"kind": words, "subkind": Subkind(subkind).label}
    return words


Same = tuple[str, Any, Any]


def filed_by(enterprise: Enterprise, same: Same | None = None) -> dict[Same, str]:
    """(buyer, day of signing, total) of what the enterprise has already, and its name.

    same: only what is the same as this.
    """
    rows = Contract.objects.filter(filing__enterprise=enterprise, signed_on__isnull=False)
    rows = rows.exclude(filing__state__in=GONE).exclude(buyer_name="")
    if same is not None:
        rows = rows.filter(buyer_name=same[0], signed_on=same[1], total_yuan=same[2])
    listed = rows.values_list("buyer_name", "signed_on", "total_yuan", "project_name")
    return {(buyer, day, total): name for buyer, day, total, name in listed}


def draft_saves(enterprise: Enterprise) -> dict[int, int]:
    """The drafts of an enterprise that can be changed now: id -> saves."""
    rows = Contract.objects.filter(
        filing__enterprise=enterprise, filing__state__in=[State.DRAFT, State.CORRECTING]
    )
    return dict(rows.values_list("pk", "saved_version"))


RECENT = ("subkind", "buyer_nature", "ip_kind", "tech_field", "objective", "plan_source")
RECENT_ROWS, RECENT_MOST = 30, 3


def recent_codes(contract: Contract) -> dict[str, list[str]]:
    """The codes that the enterprise used last in its other contracts, newest first."""
    others = Contract.objects.filter(filing__enterprise_id=contract.filing.enterprise_id)
    rows = list(
        others.exclude(pk=contract.pk)
        .order_by("-filing__created_at")
        .values_list(*RECENT)[:RECENT_ROWS]
    )
    return {
        name: list(dict.fromkeys(row[n] for row in rows if row[n]))[:RECENT_MOST]
        for n, name in enumerate(RECENT)
    }


def drafts_of(enterprise: Enterprise, most: int) -> list[Contract]:
    """The drafts that a workbook holds, oldest first, with their costs."""
    rows = Contract.objects.filter(filing__enterprise=enterprise, filing__state=State.DRAFT)
    return list(rows.select_related("filing").prefetch_related("deductions").order_by("pk")[:most])


def runs_of(user: Any) -> QuerySet[ImportRun]:
    """The tables of a person's enterprises, newest first."""
    runs = ImportRun.objects.visible_to(user).filter(line=LINE, dropped_at__isnull=True)
    return runs.order_by("-created_at", "-pk")[:RUNS_SHOWN]
