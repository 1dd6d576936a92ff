"""What experts said, for those who decide."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from contracts.models import Contract, OpinionFile


def opinion_rows(contract: Contract) -> list[dict[str, Any]]:
    """The experts who were asked and what they said, in the order of asking."""
    files = list(OpinionFile.objects.filter(opinion__contract=contract).order_by("pk"))
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
                for f in files
                if f.opinion_id == o.pk
            ],
        }
        for o in contract.opinions.order_by("pk")
    ]
