"""The rules on a claim by their codes, and running them."""

from incubators.rules import checks, line_checks
from incubators.rules.facts import Claim, Taken
from incubators.rules.relief import Result, misfits, relieve
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Rule

FIT = Rule(
    "RR-M1", Level.BLOCK, "carrier", _("Kind, level and ownership fit the programme."), checks.unfit
)
TWICE = "RR-M5"
TAKEN = Rule(
    TWICE,
    Level.BLOCK,
    "tenants",
    _("A month of a tenant is relieved once across all carriers."),
    checks.taken_elsewhere,
)
RULES: tuple[Rule, ...] = (
    Rule(
        "RR-M2",
        Level.BLOCK,
        "tenants",
        _("Every month lies in the programme and in the lease."),
        line_checks.outside_dates,
    ),
    Rule(
        "RR-M3",
        Level.BLOCK,
        "tenants",
        _("What is waived is above nothing and at most the rent due."),
        line_checks.above_rent,
    ),
    Rule(
        "RR-M4", Level.WARN, "tenants", _("A deferral is not in the total."), line_checks.deferred
    ),
    Rule(
        TWICE,
        Level.BLOCK,
        "tenants",
        _("A month of a tenant is claimed once."),
        line_checks.doubled,
    ),
    Rule(
        "RR-M6",
        Level.BLOCK,
        "tenants",
        _("The carrier is not its own tenant; the same legal representative is told."),
        checks.own_tenant,
    ),
    Rule(
        "RR-M7",
        Level.BLOCK,
        "tenants",
        _("Tenants in arrears or at law are out where the programme says so."),
        checks.in_arrears,
    ),
    Rule(
        "RR-M8",
        Level.WARN,
        "tenants",
        _("A tenant was young enough at entry and is still within its stay."),
        checks.no_tenant,
    ),
    Rule(
        "RR-M9",
        Level.BLOCK,
        "documents",
        _("The documents of the list are there."),
        checks.without_documents,
        on_submission=True,
    ),
    Rule(
        "RR-M10",
        Level.BLOCK,
        "carrier",
        _("The account belongs to the carrier."),
        checks.other_account,
    ),
    Rule(
        "RR-M11",
        Level.WARN,
        "carrier",
        _("The leases of a day fit into the area for tenants."),
        checks.over_area,
    ),
    Rule(
        "RR-M12",
        Level.BLOCK,
        "typed_total",
        _("The lines come to the total that was typed."),
        checks.other_total,
        on_submission=True,
    ),
    Rule(
        "RR-F7",
        Level.WARN,
        "head_leases",
        _("Relief received on state-owned premises reaches the tenants."),
        checks.not_passed_on,
    ),
    Rule(
        "RR-C1",
        Level.WARN,
        "tenants",
        _("The tenant confirmed the amount that was claimed."),
        line_checks.other_amount,
    ),
    Rule("RR-C2", Level.WARN, "tenants", _("The tenant has confirmed."), line_checks.not_confirmed),
    Rule("RR-U1", Level.WARN, "tenants", _("Rents look like yuan."), checks.odd_rent),
)
ALL_RULES: tuple[Rule, ...] = (FIT, *RULES, TAKEN)


def check(claim: Claim, *, complete: bool = True) -> tuple[Result, list[Finding]]:
    """What a claim comes to and all findings at once.

    complete: True for a claim about to be submitted, when what is still missing is found too.
    """
    result = relieve(claim)
    found = FIT.run(claim, result, misfits(claim.carrier, claim.programme))
    for rule in RULES:
        if complete or not rule.on_submission:
            found += rule.run(claim, result)
    return result, found


def check_taken(claim: Claim, taken: Taken, *, for_reviewer: bool = False) -> list[Finding]:
    """RR-M5 against other applications: tenant-months that one of them already has."""
    return TAKEN.findings(checks.taken_elsewhere(claim, taken, for_reviewer=for_reviewer))
