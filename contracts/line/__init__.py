"""The line on one screen."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts import actions, forms, queries
from contracts.actions.letters import KINDS, PLACES
from contracts.enums import State
from contracts.line.exports import EXPORTS
from contracts.models import Contract, RegistrationList
from contracts.queries import (
    DIMENSIONS,
    act_label,
    consistency,
    counted,
    month_rows,
    sentence,
    state_rows,
    tone,
)
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.desk_admin import BatchMove
from torch_portal.filings.desk_pages.batch import SameHandsForm, SameReasonForm
from torch_portal.filings.models import Attachment
from torch_portal.notices.wording import Letters

CODE = "contracts"
LABEL = _("Technical contracts")
START_URL = "contracts:start"
GUIDE_URL = "contracts:guide"
QUEUE_URL = "admin:contracts_contract_changelist"
LETTERS = Letters(KINDS, PLACES)
problems = consistency
forgettable = queries.forgettable
forget = actions.forget
workflow = WORKFLOW
ROW_URL = "admin:contracts_contract_change"
MODEL = Contract
MADE_FILES = (RegistrationList,)
ROW = "contract"
READY_FOR = (
    ("return_for_correction", _("Correction lists")),
    ("refuse", _("Refusals")),
    ("decline", _("Other reasons: not accepted, deregistered, revoked")),
    ("fix_technical_amount", _("Technical amounts fixed")),
)
entry_choices = forms.entry_choices
BATCHES = {
    "accept": BatchMove(actions.accept),
    "recognise": BatchMove(actions.recognise),
    "return_for_correction": BatchMove(actions.return_for_correction, forms.SameItemForm),
    "assign": BatchMove(actions.assign, SameHandsForm),
    "decline": BatchMove(actions.decline, SameReasonForm, grave=True),
    "refuse": BatchMove(actions.refuse, forms.SameGroundsForm, grave=True),
}


def batch_row(filing_id: int, user: User) -> Contract | None:
    """A filing for a batch, if this person may see it now."""
    rows = Contract.objects.visible_to(user)
    return rows.select_related("filing__agency", "filing__enterprise").filter(pk=filing_id).first()


def against(contract: Contract, *, name: str, by: User, at: datetime.datetime) -> list[str]:
    """What speaks against a move of this filing in a batch."""
    return actions.against(contract=contract, name=name, by=by, at=at)


def detail_url(filing_id: int) -> str:
    """The status page of a filing."""
    return reverse("contracts:detail", args=[filing_id])


def rows(filing_ids: list[int], today: datetime.date) -> dict[int, dict[str, Any]]:
    """What the enterprise's list shows of each filing, by its id; one query."""
    files = Attachment.objects.live().filter(filing_id=OuterRef("pk"))
    contracts = (
        Contract.objects.filter(pk__in=filing_ids)
        .select_related("filing__agency")
        .annotate(has_files=Exists(files))
    )
    names = {step.key: step.label for step in forms.STEPS}
    return {
        c.pk: {
            "title": c.project_name or _("Untitled contract"),
            "state_label": WORKFLOW.labels[c.filing.state],
            "tone": tone(c.filing.state),
            "sentence": sentence(c, today),
            "resume": names[forms.next_step(c, has_files=c.has_files)]
            if c.filing.state == State.DRAFT
            else "",
        }
        for c in contracts
    }


__all__ = [
    "BATCHES",
    "CODE",
    "DIMENSIONS",
    "EXPORTS",
    "GUIDE_URL",
    "LABEL",
    "LETTERS",
    "MADE_FILES",
    "MODEL",
    "QUEUE_URL",
    "READY_FOR",
    "ROW",
    "ROW_URL",
    "START_URL",
    "act_label",
    "against",
    "batch_row",
    "counted",
    "detail_url",
    "entry_choices",
    "forget",
    "forgettable",
    "month_rows",
    "problems",
    "rows",
    "state_rows",
    "workflow",
]
