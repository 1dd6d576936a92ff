"""What must hold among rounds, assignments and returns."""

from django.db.models import F

from stats.enums import FILED
from stats.models import Return
from stats.queries.reports import digest_of

LOOKED_AT = 1000


def problems() -> list[str]:
    """Rows that contradict each other; empty when all is well."""
    found = [
        f"return {pk}: another unit than its assignment"
        for pk in Return.objects.exclude(unit=F("assignment__responsible_unit"))
        .order_by("pk")
        .values_list("pk", flat=True)[:100]
    ]
    found += [
        f"return {pk}: exempt and submitted"
        for pk in Return.objects.filter(assignment__exempt=True, filing__state__in=FILED)
        .order_by("pk")
        .values_list("pk", flat=True)[:100]
    ]
    newest = Return.objects.filter(filing__state__in=FILED).order_by("-pk")[:LOOKED_AT]
    rows = newest.values_list("pk", "data", "data_hash")
    return found + [
        f"return {pk}: its values are not those that were submitted"
        for pk, data, digest in rows
        if digest_of(data) != digest
    ]
