"""The line on one screen."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sme_eval import actions, forms, queries
from sme_eval.actions.letters import KINDS, PLACES
from sme_eval.line.exports import EXPORTS
from sme_eval.models import Evaluation
from sme_eval.queries import act_label, consistency
from sme_eval.workflow import OF_BATCHES, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.desk_admin import BatchMove
from torch_portal.filings.desk_pages.batch import SameHandsForm, SameReasonForm
from torch_portal.notices.wording import Letters

CODE = "sme_eval"
LABEL = _("Technology-based SMEs")
START_URL = "sme_eval:start"
GUIDE_URL = "sme_eval:guide"
QUEUE_URL = "admin:sme_eval_evaluation_changelist"
ROW_URL = "admin:sme_eval_evaluation_change"
MODEL = Evaluation
ROW = "evaluation"
BATCHES = {
    "pass_form": BatchMove(actions.pass_form),
    "return_for_correction": BatchMove(actions.return_for_correction, forms.SameItemForm),
    "assign": BatchMove(actions.assign, SameHandsForm),
    "refuse": BatchMove(actions.refuse, SameReasonForm, grave=True),
}
READY_FOR = (("return_for_correction", _("Correction lists")), ("refuse", _("Refusals")))
entry_choices = forms.entry_choices
LETTERS = Letters(KINDS, PLACES)
MADE_FILES = ()
PUBLICITY = actions.PUBLICITY
problems = consistency
forgettable = queries.forgettable
forget = actions.forget
workflow = WORKFLOW


def batch_row(filing_id: int, user: User) -> Evaluation | None:
    """A filing for a batch, if this person may see it now."""
    rows = queries.with_cover(Evaluation.objects.visible_to(user))
    found: Evaluation | None = rows.filter(pk=filing_id).first()
    return found


def against(evaluation: Evaluation, *, name: str, by: User, at: datetime.datetime) -> list[str]:
    """What speaks against a move of this evaluation in a batch."""
    return actions.against(evaluation=evaluation, name=name, by=by, at=at)


def detail_url(filing_id: int) -> str:
    """The status page of a filing."""
    return reverse("sme_eval:detail", args=[filing_id])


def rows(filing_ids: list[int], today: datetime.date) -> dict[int, dict[str, Any]]:
    """What the enterprise's list shows of each filing, by its id; one query."""
    found = Evaluation.objects.filter(pk__in=filing_ids).select_related("filing__agency")
    return {
        e.pk: {
            "title": _("S&T-SME evaluation %(year)s") % {"year": e.year},
            "state_label": WORKFLOW.labels[e.filing.state],
            "tone": queries.tone(e.filing.state),
            "sentence": queries.sentence(e, today),
            "resume": "",
        }
        for e in found
    }


__all__ = [
    "BATCHES",
    "CODE",
    "EXPORTS",
    "GUIDE_URL",
    "LABEL",
    "LETTERS",
    "MADE_FILES",
    "MODEL",
    "OF_BATCHES",
    "PUBLICITY",
    "QUEUE_URL",
    "READY_FOR",
    "ROW",
    "ROW_URL",
    "START_URL",
    "act_label",
    "against",
    "batch_row",
    "detail_url",
    "entry_choices",
    "forget",
    "forgettable",
    "problems",
    "rows",
    "workflow",
]
