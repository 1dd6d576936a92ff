"""The other party looked up and taken over."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts import actions, forms, queries
from contracts.models import Contract
from contracts.views.frame import own_contract, step_url
from torch_portal.accounts.roles import check_filer
from torch_portal.common import clock, limits
from torch_portal.filings.drafts import is_editable
from torch_portal.filings.enums import LookupState
from torch_portal.filings.models import RegistryLookup


@require_http_methods(["GET", "POST"])
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """Parties by credit code or name, the registry asked too; by POST one is taken over."""
    contract = own_contract(request, pk)
    check_filer(request.user, contract.filing.enterprise_id)
    if not is_editable(contract.filing):
        return redirect("contracts:detail", pk)
    if request.method == "POST":
        return _take(request, pk)
    typed = request.GET.get("party", "")[:120]
    found = queries.parties_like(contract, typed, request.user)
    asked = None if any(p.registered for p in found) else _ask(request, contract, typed)
    if asked is not None and asked.state == LookupState.FOUND:
        found = [queries.of_registry(asked), *found]
    rows = [(p, queries.place_name(p.values["division"])) for p in found]
    page = "_parties" if request.headers.get("HX-Request") else "parties"
    later = asked is not None and asked.state not in (LookupState.FOUND, LookupState.UNKNOWN)
    context = {"contract": contract, "typed": typed, "found": rows, "later": later}
    return render(request, PAGES[page], context | {"back_url": step_url(contract, "parties")})


PAGES = {"parties": "contracts/parties.html", "_parties": "contracts/_parties.html"}


def _ask(request: HttpRequest, contract: Contract, typed: str) -> RegistryLookup | None:
    """The registry of enterprises, asked now; whoever asks very often gets the answer later."""
    code = queries.askable(contract, typed)
    if not code:
        return None
    wait = not limits.seconds_to_wait("registry", limits.caller(request))
    return actions.ask_registry(contract=contract, code=code, at=clock.now(), wait=wait)


def _source(party: queries.Party) -> str:
    if party.looked_up:
        return _("the national registry of enterprises")
    return _("the register of enterprises") if party.registered else _("your earlier contract")


def _take(request: HttpRequest, pk: int) -> HttpResponse:
    contract = own_contract(request, pk)
    chosen = queries.party_of(contract, request.POST.get("take", ""), request.user)
    if chosen is None:
        raise Http404
    try:
        filled, left = actions.take_party(
            contract=contract, party=chosen, by=request.user, at=clock.now()
        )
    except actions.Conflict as conflict:
        messages.error(request, str(conflict))
        return redirect(step_url(contract, "parties"))
    source = _source(chosen)
    if filled:
        said = _("Taken from %(source)s: %(entries)s.")
        messages.success(request, said % {"source": source, "entries": _names(filled)})
    if left:
        said = _("Left as you typed it, though %(source)s says otherwise: %(entries)s.")
        messages.warning(request, said % {"source": source, "entries": _names(left)})
    return redirect(step_url(contract, "parties"))


def _names(columns: list[str]) -> str:
    return "、".join(forms.field_label(name) for name in columns)
