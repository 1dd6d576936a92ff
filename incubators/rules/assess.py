"""The rule engine for others: a claim, or a budget to split, as JSON in and amounts out."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from incubators import editions
from incubators.editions import Programme
from incubators.enums import BudgetPolicy, CarrierKind, Ownership, WaiverKind
from incubators.rules.budget import split
from incubators.rules.catalogue import check
from incubators.rules.facts import Carrier, Claim, Line, Tenant
from incubators.rules.relief import Result
from torch_portal.common.factsheet import Entry, FactsError, read, schema
from torch_portal.common.findings import Finding, blocking
from torch_portal.common.i18n import _
from torch_portal.common.money import plain

LINE = "incubators"
YUAN = r"^[0-9]{1,14}(\.[0-9]{1,12})?$"
FEN = r"^[0-9]{1,14}(\.[0-9]{1,2}0*)?$"
SHARE = r"^-?[0-9]{1,4}(\.[0-9]{1,12})?$"
MONTH = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"
MOST_MONTHS = 120

_LINE = (
    Entry("month", "text", required=True, pattern=MONTH, about="Like 2020-02."),
    Entry("ratio", "decimal", required=True, pattern=SHARE, about="Share of the rent due."),
    Entry("kind", "choice", required=True, choices=tuple(WaiverKind.values)),
    Entry(
        "confirmed_yuan",
        "decimal",
        pattern=YUAN,
        about="What the tenant named. null: asked and no answer. Where no line of the facts has "
        "this entry nobody was asked, and every line counts as claimed.",
    ),
)
_TENANT = (
    Entry("tenant", "text", required=True),
    Entry("rent_yuan", "decimal", required=True, pattern=YUAN, about="For a full month."),
    Entry("fee_yuan", "decimal", pattern=YUAN, about="Property fees for a full month."),
    Entry("lease_from", "date", about="First day; null where it is open."),
    Entry("lease_to", "date", about="Last day; null where it is open."),
    Entry("lines", "records", required=True, entries=_LINE, most=MOST_MONTHS),
)
_PROGRAMME = (
    Entry("rate", "decimal", required=True, pattern=SHARE, about="Share, 0.50 for half."),
    Entry("cap_yuan", "decimal", pattern=YUAN, about="null: no cap."),
    Entry("max_months", "count", about="null: no limit."),
    Entry("prorate_by_lease", "bool"),
    Entry("year", "count", about="Needed where months are cut by the lease."),
    Entry("ownerships", "choices", choices=tuple(Ownership.values), about="null or none: all."),
    Entry("include_fees", "bool"),
)
ENTRIES: tuple[Entry, ...] = (
    Entry("programme", "record", required=True, entries=_PROGRAMME),
    Entry("ownership", "choice", choices=tuple(Ownership.values)),
    Entry("tenants", "records", required=True, entries=_TENANT),
)
_AMOUNT = Entry("raw", "decimal", pattern=FEN)
_SPLIT = (
    Entry("raw", "values", required=True, entries=(_AMOUNT,), most=100_000),
    Entry("budget_yuan", "decimal", required=True, pattern=FEN),
    Entry(
        "policy",
        "choice",
        required=True,
        choices=(BudgetPolicy.PRO_RATA.value, BudgetPolicy.RANK.value),
    ),
)
SPLIT_ENTRIES = (Entry("split", "record", required=True, entries=_SPLIT),)
FACTS_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Facts of a claim for rent relief, or a budget to split",
    "oneOf": [schema(ENTRIES), schema(SPLIT_ENTRIES)],
}


def assess(source: Any) -> dict[str, Any]:
    """The answer: {line, edition, eligible, by, points, values, findings}, amounts in yuan.

    eligible: false where a finding blocks. For {"split": ...} the values are the split alone.
    Raises FactsError for what cannot be read.
    """
    if isinstance(source, dict) and "split" in source:
        return _answer(None, {"split": _split(source)}, [])
    result, findings = check(claim_from_json(source))
    return _answer(not blocking(findings), values(result), findings)


def _answer(eligible: bool | None, told: dict[str, Any], findings: list[Finding]) -> dict[str, Any]:
    return {
        "line": LINE,
        "edition": editions.CODE,
        "eligible": eligible,
        "by": None,
        "points": {},
        "values": told,
        "findings": [finding.as_dict() for finding in findings],
    }


def values(result: Result) -> dict[str, Any]:
    """Every amount of a result in yuan with two decimals, and its flags."""
    return {
        "tenants": [
            {
                "tenant": each.tenant.name,
                "waived_yuan": plain(each.waived),
                "eligible_yuan": plain(each.eligible),
                "flags": [str(flag) for flag in each.flags],
            }
            for each in result.tenants
        ],
        "waived_yuan": plain(result.waived),
        "eligible_yuan": plain(result.eligible),
        "raw_yuan": plain(result.raw),
        "subsidy_yuan": plain(result.subsidy),
        "flags": [str(flag) for flag in result.flags],
    }


def _split(source: Mapping[str, Any]) -> list[str]:
    found = read(source, SPLIT_ENTRIES)["split"]
    budget = _in_fen(found["budget_yuan"], "split.budget_yuan")
    raw = [_in_fen(each, f"split.raw[{i}]") for i, each in enumerate(found["raw"])]
    return [plain(each) for each in split(raw, budget, BudgetPolicy(found["policy"]))]


def _in_fen(amount: Decimal, field: str) -> Decimal:
    _not_negative(amount, field)
    if amount * 100 % 1:
        message = _("An amount goes down to the fen: two decimals of a yuan, no more.")
        raise FactsError(field, message)
    return amount


def _not_negative(amount: Decimal, field: str) -> Decimal:
    if amount < 0:
        raise FactsError(field, _("An amount cannot be negative."))
    return amount


def claim_from_json(source: Any) -> Claim:
    """The claim of a JSON object; FactsError names the entry that cannot be read."""
    found = read(source, ENTRIES)
    asked = any(
        "confirmed_yuan" in line for tenant in source["tenants"] for line in tenant["lines"]
    )
    return Claim(
        programme=_programme(found["programme"]),
        carrier=Carrier(
            # The facts name one cap, whatever the kind is.
            kind=CarrierKind.INCUBATOR,
            ownership=Ownership(found["ownership"]) if "ownership" in found else None,
        ),
        tenants=tuple(
            _tenant(each, f"tenants[{i}]", asked=asked) for i, each in enumerate(found["tenants"])
        ),
    )


def _programme(found: Mapping[str, Any]) -> Programme:
    rate = found["rate"]
    if not 0 <= rate <= 1:
        message = _("The rate is a share between 0 and 1; 50 per cent is 0.5.")
        raise FactsError("programme.rate", message)
    if found.get("prorate_by_lease") and not 1900 <= found.get("year", 0) <= 2200:
        raise FactsError("programme.year", _("Months are cut by the lease: name the year."))
    cap = found.get("cap_yuan")
    if cap is not None:
        _in_fen(cap, "programme.cap_yuan")
    return Programme(
        code="",
        year=found.get("year"),
        ownerships=tuple(Ownership(each) for each in sorted(found.get("ownerships", ()))),
        rate=rate,
        caps={} if cap is None else {CarrierKind.INCUBATOR: cap},
        max_months=found.get("max_months"),
        prorate_by_lease=found.get("prorate_by_lease", False),
        include_fees=found.get("include_fees", False),
    )


def _tenant(found: Mapping[str, Any], field: str, *, asked: bool) -> Tenant:
    begins, ends = found.get("lease_from"), found.get("lease_to")
    if begins and ends and ends < begins:
        raise FactsError(f"{field}.lease_to", _("The lease ends before it begins."))
    return Tenant(
        name=found["tenant"],
        rent=_not_negative(found["rent_yuan"], f"{field}.rent_yuan"),
        fee=_not_negative(found.get("fee_yuan", Decimal(0)), f"{field}.fee_yuan"),
        lease_from=begins,
        lease_to=ends,
        lines=tuple(
            _line(each, f"{field}.lines[{i}]", asked=asked) for i, each in enumerate(found["lines"])
        ),
    )


def _line(found: Mapping[str, Any], field: str, *, asked: bool) -> Line:
    confirmed = found.get("confirmed_yuan")
    if confirmed is not None:
        _not_negative(confirmed, f"{field}.confirmed_yuan")
    return Line(
        month=date.fromisoformat(f"{found['month']}-01"),
        ratio=found["ratio"],
        kind=WaiverKind(found["kind"]),
        confirmed=confirmed,
        asked=asked,
    )
