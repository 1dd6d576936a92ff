"""The area of an agency, and what a change of it moves."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from torch_portal.accounts.models import Agency, AgencyArea, Enterprise

GRAVE = ("jurisdiction", "active")


def areas_of(agency: Agency) -> list[str]:
    """The prefixes of division codes that make up its area, in order."""
    return list(agency.areas.order_by("prefix").values_list("prefix", flat=True))


def set_areas(agency: Agency, prefixes: Collection[str]) -> None:
    """Make these prefixes the agency's area."""
    agency.areas.exclude(prefix__in=prefixes).delete()
    known = set(areas_of(agency))
    AgencyArea.objects.bulk_create(
        [AgencyArea(agency=agency, prefix=p) for p in prefixes if p not in known]
    )


def moves_enterprises(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether other enterprises than before can choose the agency."""
    if before.get("areas", []) != after.get("areas", []):
        return True
    return bool(before) and any(before.get(n) != after.get(n) for n in GRAVE)


def effects(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What the change does to the enterprises that are known here, as sentences."""
    old, new = set(before.get("areas", [])), set(after.get("areas", []))
    found = []
    if came := _seated_in(new) - _seated_in(old):
        words = _("%(count)s known enterprises can choose this agency from then on.")
        found.append(words % {"count": len(came)})
    if left := _seated_in(old) - _seated_in(new):
        words = _("%(count)s known enterprises can no longer choose it for new filings.")
        found.append(words % {"count": len(left)})
    if before.get("active") and not after.get("active"):
        found.append(_("The agency takes no new filings; it still decides those it has."))
    return found or [_("No enterprise that is known here is concerned.")]


def _seated_in(prefixes: Collection[str]) -> set[int]:
    if not prefixes:
        return set()
    seat = Q()
    for prefix in prefixes:
        seat |= Q(division__startswith=prefix)
    return set(Enterprise.objects.filter(seat).values_list("pk", flat=True))
