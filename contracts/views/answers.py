"""Answering the correction list item by item."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from contracts import actions
from contracts.views.frame import own_contract
from torch_portal.filings.correcting import open_items

LONGEST = 400


@require_POST
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written below the items; back to the page on which it was written."""
    contract = own_contract(request, pk)
    problem = ""
    try:
        with transaction.atomic():
            for item in open_items(contract.filing):
                text = request.POST.get(f"answer-{item.pk}")
                if text is not None:
                    actions.answer_correction(
                        item=item, answer=text.strip()[:LONGEST], by=request.user
                    )
    except actions.Conflict as conflict:
        problem = str(conflict)
    if request.headers.get("HX-Request"):
        return render(request, "filings/answers_saved.html", {"problem": problem, "kept": True})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else reverse("contracts:detail", args=[pk]))
