"""Lists of registered contracts, and the buyer's view of a contract."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contracts import actions, forms, queries
from contracts.models import BuyerAccess, RegistrationList
from torch_portal.accounts.models import Enterprise
from torch_portal.accounts.roles import standing
from torch_portal.certificates.enums import Making
from torch_portal.common import clock, limits
from torch_portal.common.downloads import download
from torch_portal.common.findings import Refused


def _own_enterprises(request: HttpRequest) -> Any:
    return Enterprise.objects.filter(pk__in=standing(request.user).filer_of).order_by("name")


@require_http_methods(["GET", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    """The lists of my enterprises, and a form for another one."""
    own = _own_enterprises(request)
    form = forms.ListForm(request.POST or None, enterprises=own)
    if form.is_bound and form.is_valid():
        try:
            made = actions.make_list(by=request.user, at=clock.now(), **form.cleaned_data)
            return redirect("contracts:list", made.code)
        except Refused as refused:
            form.place(refused.findings)
    made_before = RegistrationList.objects.filter(
        enterprise_id__in=standing(request.user).member_of
    ).select_related("enterprise")
    context = {
        "form": form,
        "rows": made_before.order_by("-made_at")[:50],
        "may_make": own.exists(),
    }
    return render(request, "contracts/lists.html", context, status=422 if form.errors else 200)


@login_not_required
@require_GET
def registration_list(request: HttpRequest, list_code: str) -> HttpResponse:
    """Whoever holds the code sees the list as it stands today; nothing of it once one has ended."""
    return _list_page(request, _list_of(list_code))


def _list_of(list_code: str) -> RegistrationList:
    rows = RegistrationList.objects.select_related("enterprise")
    return get_object_or_404(rows, code=list_code.upper())


@login_not_required
@require_GET
@limits.limited("download")
def list_file(request: HttpRequest, list_code: str) -> HttpResponse:
    """The signed PDF of a list; once a contract of it has ended the page says so instead."""
    made = _list_of(list_code)
    if not queries.list_stands(made) or made.making != Making.READY:
        return _list_page(request, made, waiting=202)
    return download(made.pdf, name=f"{made.code}.pdf", content_type="application/pdf")


def _list_page(request: HttpRequest, made: RegistrationList, waiting: int = 200) -> HttpResponse:
    stands = queries.list_stands(made)
    context = {
        "made": made,
        "stands": stands,
        "rows": queries.list_rows(made) if stands else [],
        "code": queries.list_code(made),
        "file_ready": made.making == Making.READY,
        "file_failed": made.making == Making.FAILED,
        "today": clock.today(),
    }
    return render(request, "contracts/list.html", context, status=waiting if stands else 410)


@require_http_methods(["GET", "POST"])
def bought(request: HttpRequest) -> HttpResponse:
    """Contracts in which my enterprises are the buyer."""
    own = _own_enterprises(request)
    form = forms.BuyerForm(request.POST or None, enterprises=own)
    if form.is_bound and form.is_valid():
        try:
            actions.open_buyer_access(by=request.user, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("The contract was added."))
            return redirect("contracts:bought")
        except Refused as refused:
            form.place(refused.findings)
    context = {"form": form, "rows": queries.bought_rows(request.user), "may_add": own.exists()}
    return render(request, "contracts/bought.html", context, status=422 if form.errors else 200)


@require_POST
def end_access(request: HttpRequest, access_pk: int) -> HttpResponse:
    """End a buyer's access, from either side."""
    rows = BuyerAccess.objects.endable_by(request.user).select_related("contract__filing")
    access = get_object_or_404(rows, pk=access_pk)
    actions.end_buyer_access(access=access, by=request.user, at=clock.now())
    if access.enterprise_id in standing(request.user).member_of:
        messages.success(request, _("The contract was taken out."))
        return redirect("contracts:bought")
    messages.success(request, _("The buyer can no longer see the registration."))
    return redirect("contracts:detail", access.contract_id)
