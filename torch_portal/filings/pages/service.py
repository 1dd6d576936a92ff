"""Beside the filing itself: handing it to a colleague, and rating how it went."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import check_filer, standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings import handover, ratings
from torch_portal.filings.enums import Grade
from torch_portal.filings.models import Filing, Rating
from torch_portal.filings.pages.frame import own_filing, url_of


def handover_box(filing: Filing, user: User) -> dict[str, Any] | None:
    """Who handles it and to whom it can go; None for who may not give it away."""
    if filing.enterprise_id not in standing(user).filer_of:
        return None
    return {
        "handler": filing.handler.get_full_name(),
        "takers": [(person.pk, person.get_full_name()) for person in handover.takers(filing)],
        "url": url_of(filing, "hand_over"),
    }


def rating_box(filing: Filing, user: User) -> dict[str, Any] | None:
    """The rating of the matter, or the form for it; for the enterprise's own people alone."""
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
        "url": url_of(filing, "rate"),
    }


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, line: str, pk: int) -> HttpResponse:
    """Give the filing to a colleague of the same enterprise."""
    filing = own_filing(request, line, pk)
    if request.method == "GET":
        return redirect(url_of(filing, "detail"))
    check_filer(request.user, filing.enterprise_id)
    chosen = request.POST.get("to", "")
    people = User.objects.filter(memberships__enterprise_id=filing.enterprise_id)
    to = get_object_or_404(people, pk=chosen if chosen.isdecimal() and len(chosen) < 19 else 0)
    note = request.POST.get("note", "")[:500]
    try:
        handover.hand_over(filing=filing, to=to, by=request.user, at=clock.now(), note=note)
    except Refused as refused:
        messages.error(request, refused.findings[0].text())
    else:
        words = {"person": to.get_full_name()}
        messages.success(request, _("%(person)s handles it from now on.") % words)
    return redirect(url_of(filing, "detail"))


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, line: str, pk: int) -> HttpResponse:
    """Rate the finished matter; it cannot be changed afterwards."""
    filing = own_filing(request, line, pk)
    back = url_of(filing, "detail") + "#rating"
    if request.method == "GET":
        return redirect(back)
    grade = request.POST.get("grade", "")
    try:
        ratings.rate(
            filing=filing,
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
