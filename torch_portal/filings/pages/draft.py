"""Pages of a draft: going on, what another window saved meanwhile, the answer while one types."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone

from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import standing
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.guided.frame import saved_text
from torch_portal.filings.guided.steps import Step, StepForm
from torch_portal.filings.models import Filing

UNREAD = ("filing", "enterprise")


def own_enterprises(request: HttpRequest) -> Any:
    """The enterprises for which this person may file, by name."""
    mine = standing(request.user).filer_of
    return Enterprise.objects.filter(pk__in=mine).order_by("name")


def still_open(filing: Filing) -> bool:
    """Whether a draft was saved elsewhere, and not moved on to the agency."""
    filing.refresh_from_db(fields=["state", "stage"])
    return is_editable(filing)


def met(row: Any, differing: Callable[[], Any]) -> dict[str, Any]:
    """What was saved elsewhere beside what was typed here; the row is read again first.

    differing: the differences of the row as it then is.
    """
    row.refresh_from_db(fields=[f.name for f in row._meta.fields if f.name not in UNREAD])
    saved = row.saved_at
    return {
        "conflict": True,
        "differences": differing(),
        "theirs_at": f"{timezone.localtime(saved):%H:%M}" if saved else "",
    }


def go_on_from(row: Any, form: StepForm) -> None:
    """A page shown again with what was sent goes on from the save that is now the last."""
    if form.is_bound:
        saved = type(row).objects.filter(pk=row.pk)
        row.saved_version = saved.values_list("saved_version", flat=True).get()
        form.continue_from(row.saved_version)


def onward(
    request: HttpRequest, steps: Sequence[Step], step: str, url: Callable[[str], str]
) -> HttpResponseRedirect:
    """To the next page, or back to this one when “Save” was pressed."""
    keys = [one.key for one in steps]
    ahead = keys[keys.index(step) + 1] if request.POST.get("go", "next") == "next" else step
    return redirect(url(ahead))


def was_visited(filing: Filing) -> bool:
    """Gaps are pointed out once the person has come as far as the end of the form."""
    return filing.attachments.exists() or filing.submitted_at is not None


def kept(request: HttpRequest, saved_at: Any, seen: int, conflict: str) -> HttpResponse:
    """The answer while one types: the words beside the buttons, and the new count of saves."""
    context = {"saved_text": conflict or saved_text(saved_at), "saved_version": seen}
    page = "filings/_saved.html" if conflict else "filings/autosaved.html"
    return render(request, page, context)
