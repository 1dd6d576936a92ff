"""A new draft from an earlier contract."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts import actions
from contracts.forms.copying import CopyForm
from contracts.permissions import may_file_again
from contracts.views.frame import own_contract, step_url
from torch_portal.accounts.roles import check_filer
from torch_portal.common import clock


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what is copied; the copy opens at its first page."""
    contract = own_contract(request, pk)
    check_filer(request.user, contract.filing.enterprise_id)
    form = CopyForm(request.POST or None, whole=may_file_again(contract.filing))
    if not form.is_valid():
        return render(request, "contracts/copy.html", {"contract": contract, "form": form})
    new = actions.copy(
        contract=contract, parts=form.cleaned_data["parts"], by=request.user, at=clock.now()
    )
    messages.success(request, _("Copied. Look through the pages before you submit."))
    return redirect(step_url(new, "contract"))
