"""What experts said, for those who decide."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract, OpinionFile


def opinion_rows(contract: Contract) -> list[dict[str, Any]]:
    """The experts who were asked and what they said, in the order of asking."""
    files = OpinionFile.objects.order_by("pk")
    asked = contract.opinions.order_by("pk").prefetch_related(Prefetch("files", files))
    return [
        {
            "expert": o.expert,
            "unit": o.unit,
            "question": o.question,
            "view": o.get_view_display(),
            "opinion": o.opinion,
            "asked": f"{timezone.localtime(o.asked_at):%Y-%m-%d}",
            "given": f"{timezone.localtime(o.given_at):%Y-%m-%d}" if o.given_at else "",
            "files": [
                {
                    "name": f.name,
                    "url": reverse("admin:contracts_contract_opinion", args=[contract.pk, f.pk]),
                }
                for f in o.files.all()
            ],
        }
        for o in asked
    ]
