"""The line on one screen."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts import actions, queries
from contracts.models import Contract
from contracts.queries import act_label, consistency, sentence, tone
from contracts.workflow import WORKFLOW

CODE = "contracts"
LABEL = _("Technical contracts")
START_URL = "contracts:start"
GUIDE_URL = "contracts:guide"
QUEUE_URL = "admin:contracts_contract_changelist"
problems = consistency
forgettable = queries.forgettable
forget = actions.forget
workflow = WORKFLOW


def detail_url(filing_id: int) -> str:
    """The status page of a filing."""
    return reverse("contracts:detail", args=[filing_id])


def rows(filing_ids: list[int], today: datetime.date) -> dict[int, dict[str, Any]]:
    """What the enterprise's list shows of each filing, by its id; one query."""
    contracts = Contract.objects.filter(pk__in=filing_ids).select_related("filing__agency")
    return {
        c.pk: {
            "title": c.project_name or _("Untitled contract"),
            "state_label": WORKFLOW.labels[c.filing.state],
            "tone": tone(c.filing.state),
            "sentence": sentence(c, today),
        }
        for c in contracts
    }


__all__ = [
    "CODE",
    "GUIDE_URL",
    "LABEL",
    "QUEUE_URL",
    "START_URL",
    "act_label",
    "detail_url",
    "forget",
    "forgettable",
    "problems",
    "rows",
    "workflow",
]
