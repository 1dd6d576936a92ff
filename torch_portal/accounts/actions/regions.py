"""Loading the regions."""

import csv
from pathlib import Path

from django.db import transaction

from torch_portal.accounts.models import Division, DivisionPrefix, Jurisdiction
from torch_portal.common import codes

DATA = Path(__file__).parent.parent / "data"


@transaction.atomic
def load_regions() -> None:
    """The 37 jurisdictions, their prefixes and all divisions; safe to repeat.

    Prefixes that an operator changed are left alone.
    """
    _load_jurisdictions()
    for code in Jurisdiction.objects.order_by("code").values_list("code", flat=True):
        prefix = codes.CORPS_DIVISIONS if code == codes.CORPS else code
        DivisionPrefix.objects.get_or_create(prefix=prefix, defaults={"jurisdiction_id": code})
    with (DATA / "divisions.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            Division(**{**row, "valid_to": row["valid_to"] or None})
            for row in csv.DictReader(stream)
        ]
    Division.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "path", "level", "valid_to"],
        batch_size=1000,
    )


def _load_jurisdictions() -> None:
    with (DATA / "jurisdictions.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            Jurisdiction.objects.update_or_create(
                code=row["code"],
                defaults={
                    "name_zh": row["name_zh"],
                    "name_en": row["name_en"],
                    "kind": row["kind"],
                    "parent_id": row["parent"] or None,
                },
            )
