"""The line on one screen."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hitech_cert import actions, queries
from hitech_cert.actions import letters, letters_after, lists
from hitech_cert.forms.moves import SameItemForm, entry_choices
from hitech_cert.line.exports import TABLES
from hitech_cert.line.exports_after import ANNUAL_REPORTS, CHANGES
from hitech_cert.models import Application
from hitech_cert.queries import act_label, consistency
from hitech_cert.workflow import BY_THE_CLOCK, OF_PANELS, WORKFLOW
from hitech_cert.workflow import OF_BATCHES as OF_LISTS
from torch_portal.accounts.models import User
from torch_portal.common.desk_admin import BatchMove
from torch_portal.filings.desk_pages.batch import SameHandsForm, SameReasonForm
from torch_portal.notices.wording import Letters

CODE = "hitech_cert"
LABEL = _("High-tech enterprises")
EXPORTS = (*TABLES, ANNUAL_REPORTS, CHANGES)
START_URL = "hitech_cert:start"
GUIDE_URL = "hitech_cert:guide"
QUEUE_URL = "admin:hitech_cert_application_changelist"
ROW_URL = "admin:hitech_cert_application_change"
MODEL = Application
ROW = "application"
BATCHES = {
    "recommend": BatchMove(actions.recommend),
    "accept": BatchMove(actions.accept),
    "return_for_correction": BatchMove(actions.return_for_correction, SameItemForm),
    "assign": BatchMove(actions.assign, SameHandsForm),
    "reject": BatchMove(actions.reject, SameReasonForm, grave=True),
}
READY_FOR = (
    ("return_for_correction", _("Correction lists")),
    ("reject", _("Applications not accepted")),
)
LETTERS = Letters(
    letters.KINDS | letters_after.KINDS,
    tuple(dict.fromkeys((*letters.PLACES, *letters_after.PLACES))),
)
MADE_FILES = ()
# Made for a panel or a list at once: no button of one filing, no address of its own.
OF_BATCHES = OF_PANELS | OF_LISTS | BY_THE_CLOCK
PUBLICITY = lists.PUBLICITY
problems = consistency
forgettable = queries.forgettable
forget = actions.forget
workflow = WORKFLOW


def batch_row(filing_id: int, user: User) -> Application | None:
    """A filing for a batch, if this person may see it now."""
    rows = queries.with_tables(queries.with_cover(Application.objects.visible_to(user)))
    found: Application | None = rows.filter(pk=filing_id).first()
    return found


def against(application: Application, *, name: str, by: User, at: datetime.datetime) -> list[str]:
    """What speaks against a move of this application in a batch."""
    return actions.against(application=application, name=name, by=by, at=at)


def detail_url(filing_id: int) -> str:
    """The status page of a filing."""
    return reverse("hitech_cert:detail", args=[filing_id])


def rows(filing_ids: list[int], today: datetime.date) -> dict[int, dict[str, Any]]:
    """What the enterprise's list shows of each filing, by its id; one query."""
    found = Application.objects.filter(pk__in=filing_ids)
    return {
        a.pk: {
            "title": _("Certification as a high-tech enterprise %(year)s") % {"year": a.year},
            "state_label": WORKFLOW.labels[a.filing.state],
            "tone": queries.tone(a.filing.state),
            "sentence": queries.sentence(a, today),
            "resume": "",
        }
        for a in found.select_related("filing__agency", "intake")
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
