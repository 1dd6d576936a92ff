"""The line on one screen."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from stats import actions, queries
from stats.actions.letters import KINDS, PLACES
from stats.forms.moves import SameItemForm
from stats.line.exports import EXPORTS
from stats.models import Return
from stats.queries import act_label
from stats.queries.consistency import problems
from stats.queries.forgetting import forgettable
from stats.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.desk_admin import BatchMove
from torch_portal.filings.desk_pages.batch import SameHandsForm
from torch_portal.filings.desk_pages.forms import WHOLE
from torch_portal.notices.wording import Letters

CODE = "stats"
LABEL = _("Torch statistics survey")
START_URL = "stats:start"
GUIDE_URL = "stats:guide"
QUEUE_URL = "admin:stats_return_changelist"
ROW_URL = "admin:stats_return_change"
MODEL = Return
ROW = "report"
BATCHES = {
    "approve_local": BatchMove(actions.approve_local),
    "approve_city": BatchMove(actions.approve_city),
    "approve_province": BatchMove(actions.approve_province),
    "accept": BatchMove(actions.accept),
    "return_for_correction": BatchMove(actions.return_for_correction, SameItemForm),
    "assign": BatchMove(actions.assign, SameHandsForm),
}
READY_FOR = (("return_for_correction", _("Reasons of a return")),)
LETTERS = Letters(KINDS, PLACES)
MADE_FILES = ()
OF_BATCHES: frozenset[str] = frozenset()
forget = actions.forget
workflow = WORKFLOW


def entry_choices() -> list[Any]:
    """Ready-made reasons speak of the return as a whole: items belong to versions."""
    return [WHOLE]


def batch_row(filing_id: int, user: User) -> Return | None:
    """A return for a batch, if this person may see it now."""
    rows = queries.with_cover(Return.objects.visible_to(user))
    found: Return | None = rows.filter(pk=filing_id).first()
    return found


def against(report: Return, *, name: str, by: User, at: datetime.datetime) -> list[str]:
    """What speaks against a move of this return in a batch."""
    return actions.against(report=report, name=name, by=by, at=at)


def detail_url(filing_id: int) -> str:
    """The status page of a filing."""
    return reverse("stats:detail", args=[filing_id])


def rows(filing_ids: list[int], today: datetime.date) -> dict[int, dict[str, Any]]:
    """What the enterprise's list shows of each filing, by its id; one query."""
    found = Return.objects.filter(pk__in=filing_ids).select_related(
        "filing", "round", "unit", "city_unit"
    )
    return {
        r.pk: {
            "title": r.round.title,
            "state_label": WORKFLOW.labels[r.filing.state],
            "tone": queries.tone(r.filing.state),
            "sentence": queries.sentence(r, today),
            "resume": "",
        }
        for r in found.defer("data", "typed")
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
