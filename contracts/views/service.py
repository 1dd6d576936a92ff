"""Beside the filing itself: handing it to a colleague, and rating how it went."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts.models import Contract
from contracts.views.frame import own_contract
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import check_filer, standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings import handover, ratings
from torch_portal.filings.enums import Grade
from torch_portal.filings.models import Rating


def handover_box(contract: Contract, user: User) -> dict[str, Any] | None:
    """Who handles it and to whom it can go; None for who may not give it away."""
    filing = contract.filing
    if filing.enterprise_id not in standing(user).filer_of:
        return None
    return {
        "handler": filing.handler.get_full_name(),
        "takers": [(person.pk, person.get_full_name()) for person in handover.takers(filing)],
        "url": reverse("contracts:hand_over", args=[contract.pk]),
    }


def rating_box(contract: Contract, user: User) -> dict[str, Any] | None:
    """The rating of the matter, or the form for it; for the enterprise's own people alone."""
    filing = contract.filing
    roles = standing(user)
    if filing.enterprise_id not in roles.member_of:
        return None
    rating = Rating.objects.filter(pk=filing.pk).first()
    may = filing.enterprise_id in roles.filer_of and ratings.can_be_rated(filing)
    if rating is None and not may:
        return None
    return {
        "rating": rating,
        "grades": Grade.choices,
        "bad": [grade.value for grade in ratings.BAD],
        "url": reverse("contracts:rate", args=[contract.pk]),
    }


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the filing to a colleague of the same enterprise."""
    contract = own_contract(request, pk)
    if request.method == "GET":
        return redirect("contracts:detail", pk)
    check_filer(request.user, contract.filing.enterprise_id)
    chosen = request.POST.get("to", "")
    people = User.objects.filter(memberships__enterprise_id=contract.filing.enterprise_id)
    to = get_object_or_404(people, pk=chosen if chosen.isdecimal() and len(chosen) < 19 else 0)
    note = request.POST.get("note", "")[:500]
    try:
        handover.hand_over(
            filing=contract.filing, to=to, by=request.user, at=clock.now(), note=note
        )
    except Refused as refused:
        messages.error(request, refused.findings[0].text())
    else:
        words = {"person": to.get_full_name()}
        messages.success(request, _("%(person)s handles it from now on.") % words)
    return redirect("contracts:detail", pk)


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Rate the finished matter; it cannot be changed afterwards."""
    contract = own_contract(request, pk)
    back = reverse("contracts:detail", args=[pk]) + "#rating"
    if request.method == "GET":
        return redirect(back)
    grade = request.POST.get("grade", "")
    try:
        ratings.rate(
            filing=contract.filing,
            grade=int(grade) if grade in {str(value) for value in Grade.values} else 0,
            reason=request.POST.get("reason", "")[:1000],
            by=request.user,
            at=clock.now(),
        )
    except Refused as refused:
        for finding in refused.findings:
            messages.error(request, finding.text())
    else:
        messages.success(request, _("Thank you. The rating is kept."))
    return redirect(back)
