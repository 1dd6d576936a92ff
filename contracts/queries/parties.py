"""The other party found again: in the register of enterprises, or in one's own contracts."""

from dataclasses import dataclass

from django.db.models import Q

from contracts.enums import Applicant
from contracts.models import Contract
from torch_portal.accounts.models import Enterprise, User
from torch_portal.common.codes import is_credit_code, normalise
from torch_portal.filings.enums import LookupState
from torch_portal.filings.models import RegistryLookup

SHORTEST, MOST = 2, 6


@dataclass(frozen=True)
class Party:
    """A party with its public entries. key: where it was found, "r:1" register, "c:1" contract,
    "l:1" the registry of enterprises.

    values: by the end of the column's name ("name", "code", "division", "nature", "country").
    """

    key: str
    values: dict[str, str]
    address: str = ""

    @property
    def registered(self) -> bool:
        """Whether it stands in the register, and not only in an earlier contract."""
        return self.key.startswith("r:")

    @property
    def looked_up(self) -> bool:
        """Whether the registry of enterprises said so."""
        return self.key.startswith("l:")


def other_side(contract: Contract) -> str:
    """The side that the applicant does not hold: "seller" or "buyer"."""
    return "seller" if contract.applicant == Applicant.BUYER else "buyer"


def parties_like(contract: Contract, typed: str, user: User) -> list[Party]:
    """Parties by credit code, or by the beginning of the name; the register first, each once."""
    typed = " ".join(typed.split())
    if len(typed) < SHORTEST:
        return []
    code = normalise(typed)
    rows = Enterprise.objects.exclude(pk=contract.filing.enterprise_id)
    wanted = Q(credit_code=code) if is_credit_code(code) else Q(name__startswith=typed)
    found = [_of_register(row) for row in rows.filter(wanted).order_by("name")[:MOST]]
    side = other_side(contract)
    mine = Contract.objects.visible_to(user).filter(
        filing__enterprise_id=contract.filing.enterprise_id
    )
    match = (
        Q(**{f"{side}_code": code})
        if is_credit_code(code)
        else Q(**{f"{side}_name__startswith": typed})
    )
    earlier = mine.filter(match).exclude(pk=contract.pk).order_by("-pk")[: MOST * 5]
    known = {party.values["code"] for party in found if party.values["code"]}
    names = {party.values["name"] for party in found}
    for row in earlier:
        party = _of_contract(row, side)
        if party.values["name"] not in names and party.values.get("code") not in known:
            names.add(party.values["name"])
            found.append(party)
    return found[:MOST]


def party_of(contract: Contract, key: str, user: User) -> Party | None:
    """The party behind a key that parties_like gave, if this person may use it."""
    place, _colon, number = key.partition(":")
    if not number.isdecimal():
        return None
    if place == "r":
        row = Enterprise.objects.filter(pk=int(number)).first()
        return _of_register(row) if row else None
    if place == "l":
        asked = contract.filing.registry_lookups.filter(pk=int(number), state=LookupState.FOUND)
        said = asked.first()
        return of_registry(said) if said else None
    mine = Contract.objects.visible_to(user).filter(
        pk=int(number), filing__enterprise_id=contract.filing.enterprise_id
    )
    earlier = mine.first()
    return _of_contract(earlier, other_side(contract)) if earlier else None


def _of_register(row: Enterprise) -> Party:
    known = {"name": row.name, "code": row.credit_code, "division": row.division}
    return Party(f"r:{row.pk}", known | {"nature": row.nature})


def of_registry(row: RegistryLookup) -> Party:
    """The party as the registry of enterprises has it."""
    values = {"name": row.name, "code": row.code, "division": row.division}
    return Party(f"l:{row.pk}", values, row.address)


def _of_contract(row: Contract, side: str) -> Party:
    names = ("name", "code", "division", "nature", "country")
    known = {n: getattr(row, f"{side}_{n}") for n in names if hasattr(row, f"{side}_{n}")}
    return Party(f"c:{row.pk}", known)
