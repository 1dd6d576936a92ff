"""What the registry of enterprises says of the parties, beside what was typed."""

from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from torch_portal.accounts import registry
from torch_portal.common.codes import is_credit_code, normalise
from torch_portal.common.findings import Finding, Level
from torch_portal.filings import lookups
from torch_portal.filings.enums import LookupState
from torch_portal.filings.models import RegistryLookup

CLAUSE = "GB 32100—2015"
SIDES = ("seller", "buyer")
WORDS = {
    LookupState.UNKNOWN: _("The national registry has nobody under this code."),
    LookupState.FAILED: _(
        "The national registry did not answer for days; compare name and code yourself."
    ),
}
LATER = _(
    "The national registry does not answer now. Go on with what you typed; it is asked again "
    "by itself, and what it says appears here."
)
SAYS_NAME = _("The national registry says: %(name)s.")
SAYS_PLACE = _("The national registry says: %(place)s.")


def party_codes(contract: Contract) -> dict[str, str]:
    """The codes of the parties that are not the enterprise itself, by side; unread ones left out.

    The enterprise's own entries come from the portal's register.
    """
    own = contract.filing.enterprise.credit_code
    typed = {side: normalise(getattr(contract, f"{side}_code")) for side in SIDES}
    return {s: code for s, code in typed.items() if code != own and is_credit_code(code)}


def askable(contract: Contract, typed: str) -> str:
    """The code to ask the registry about; "" without a registry, for no code and for one's own."""
    code = normalise(typed)
    other = is_credit_code(code) and code != contract.filing.enterprise.credit_code
    return code if other and registry.switched_on() else ""


def registry_findings(contract: Contract) -> list[Finding]:
    """Hints beside name and code of a party; none where the registry says the same.

    One query, and none while no registry is set.
    """
    codes = party_codes(contract) if registry.switched_on() else {}
    rows = lookups.of(contract.filing) if codes else {}
    found = []
    for side, code in codes.items():
        if code in rows:
            found += _about(contract, side, rows[code])
    return found


def _about(contract: Contract, side: str, row: RegistryLookup) -> list[Finding]:
    if row.state != LookupState.FOUND:
        message = WORDS.get(LookupState(row.state), LATER)
        return [Finding("RG-01", Level.INFO, f"{side}_code", message, CLAUSE)]
    found = []
    if row.name != getattr(contract, f"{side}_name").strip():
        field, values = f"{side}_name", {"name": row.name}
        found.append(Finding("RG-02", Level.INFO, field, SAYS_NAME, CLAUSE, values))
    place = getattr(contract, f"{side}_division")
    if row.division and row.division != place:
        values = {"place": " ".join(p for p in (row.division, row.address) if p)}
        found.append(Finding("RG-03", Level.INFO, f"{side}_division", SAYS_PLACE, CLAUSE, values))
    return found
