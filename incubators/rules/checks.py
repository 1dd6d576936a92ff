"""What the claim rules find: each check's first paragraph is its clause."""

from datetime import date
from decimal import Decimal

from incubators.editions import DOCUMENTS, ODD_RENT_ABOVE, TENANCY_2018
from incubators.rules.facts import Claim, Taken, Tenant
from incubators.rules.relief import Result
from incubators.rules.tenancy import shortfall, tenancy
from torch_portal.common.findings import Level
from torch_portal.common.i18n import _
from torch_portal.common.money import plain
from torch_portal.common.rulebook import Problem, Problems

MISFITS = {
    "kind": _("The programme does not cover this kind of carrier. File under another programme."),
    "level": _("The programme does not cover carriers of this level. File under another one."),
    "ownership": _(
        "The programme does not cover carriers of this ownership. A state-owned carrier follows "
        "the rules for state-owned premises instead."
    ),
    "state_premises": _(
        "State-owned premises are outside the programme: take the tenants of such premises out."
    ),
}


def unfit(claim: Claim, result: Result, misfits: tuple[str, ...]) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (载体种类、级别、性质)."""
    for name in misfits:
        yield Problem(
            "ownership" if name == "ownership" else f"carrier.{name}",
            MISFITS[name],
            clause=claim.programme.source,
        )


def taken_elsewhere(claim: Claim, taken: Taken, *, for_reviewer: bool = False) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (同一企业同一月份不得重复享受).

    Only a reviewer is told the number of the other application; its carrier is never named.
    """
    for i, tenant in enumerate(claim.tenants):
        for j, line in enumerate(tenant.lines):
            number = taken.get((tenant.key, line.month))
            if number is None:
                continue
            message = (
                _("%(tenant)s: %(month)s is already claimed in application %(number)s.")
                if for_reviewer
                else _(
                    "%(tenant)s: %(month)s is already claimed in another application. Take the "
                    "line out, or ask the tenant."
                )
            )
            told = {"tenant": tenant.name, "month": f"{line.month:%Y-%m}"}
            if for_reviewer:
                told["number"] = number
            yield Problem(f"tenants[{i}].lines[{j}].month", message, told)


def own_tenant(claim: Claim, _result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (减免对象为在孵企业，不含载体自身)."""
    carrier = claim.carrier
    for i, tenant in enumerate(claim.tenants):
        own_code = carrier.credit_code and tenant.credit_code == carrier.credit_code
        if own_code or (carrier.name and tenant.name == carrier.name):
            message = _("%(tenant)s is the carrier itself. Take its lines out.")
            yield Problem(f"tenants[{i}].tenant", message, {"tenant": tenant.name})
        elif (
            carrier.legal_representative
            and tenant.legal_representative == carrier.legal_representative
        ):
            message = _(
                "%(tenant)s has the same legal representative as the carrier. The reviewer looks "
                "at its lease; have the payments at hand."
            )
            yield Problem(
                f"tenants[{i}].tenant", message, {"tenant": tenant.name}, level=Level.WARN
            )


def in_arrears(claim: Claim, _result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (拖欠租金或者涉诉的企业不在减免范围)."""
    programme = claim.programme
    if not programme.exclude_arrears:
        return
    for i, tenant in enumerate(claim.tenants):
        told = {"tenant": tenant.name, "day": str(programme.arrears_on or "")}
        if tenant.arrears:
            message = _(
                "%(tenant)s owed rent on %(day)s; the programme leaves such tenants out. Take its "
                "lines out."
            )
            yield Problem(f"tenants[{i}].arrears", message, told, clause=programme.source)
        if tenant.in_litigation:
            message = _("%(tenant)s is at law with the carrier. Take its lines out.")
            yield Problem(f"tenants[{i}].in_litigation", message, told, clause=programme.source)


def no_tenant(claim: Claim, _result: Result) -> Problems:
    """国科发区〔2018〕300号 第九条 (成立时间、孵化时限)."""
    if claim.claimed_on is None:
        return
    level = Level.BLOCK if claim.programme.tenancy_blocks else Level.WARN
    for i, tenant in enumerate(claim.tenants):
        found = tenancy(tenant, claim.claimed_on)
        if found.young is False:
            message = _(
                "%(tenant)s entered on %(entered)s, more than %(months)s months after it was "
                "established (%(latest)s at the latest). Check both days."
            )
            told = {
                "tenant": tenant.name,
                "entered": str(tenant.entered_on),
                "months": TENANCY_2018.age_at_entry,
                "latest": str(found.latest_entry),
            }
            yield Problem(f"tenants[{i}].entered_on", message, told, level=level)
        if found.staying is False:
            message = _(
                "The stay of %(tenant)s ended before %(until)s. Record that it graduated or left, "
                "or name its special field."
            )
            told = {"tenant": tenant.name, "until": str(found.until)}
            yield Problem(f"tenants[{i}].entered_on", message, told, level=level)


def without_documents(claim: Claim, _result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (申报材料清单)."""
    if claim.documents is None:
        return
    for code, name in DOCUMENTS:
        if code not in claim.documents:
            message = _("%(name)s is missing. Attach a readable file.")
            yield Problem(f"documents.{code}", message, {"name": name})


def other_account(claim: Claim, _result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (补贴拨付至申报单位账户)."""
    carrier = claim.carrier
    if carrier.account_name and carrier.name and carrier.account_name != carrier.name:
        message = _("The account belongs to %(owner)s. Name an account of %(carrier)s itself.")
        told = {"owner": carrier.account_name, "carrier": carrier.name}
        yield Problem("carrier.account_name", message, told)


def over_area(claim: Claim, _result: Result) -> Problems:
    """平台设定 (租赁面积合计不超过可出租面积，未见官方文本)."""
    most = claim.carrier.tenant_area
    areas = [t for t in claim.tenants if t.area is not None]
    if most is None or not areas:
        return
    # The sum of what is leased rises only on the first day of a lease.
    for start in sorted({t.lease_from or date.min for t in areas}):
        leased = sum((t.area or Decimal(0) for t in areas if _leased(t, start)), Decimal(0))
        if leased > most:
            message = _(
                "On %(day)s %(leased)s m² are leased, more than the %(most)s m² for tenants. Check "
                "the areas of the leases."
            )
            told = {"day": str(start), "leased": str(leased), "most": str(most)}
            yield Problem("carrier.tenant_area", message, told)
            return


def _leased(tenant: Tenant, day: date) -> bool:
    return (tenant.lease_from or date.min) <= day <= (tenant.lease_to or date.max)


def other_total(claim: Claim, result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (明细合计与填报总额一致)."""
    if claim.typed_total is not None and claim.typed_total != result.waived:
        message = _(
            "The lines come to %(lines)s yuan, the total says %(typed)s. Correct one of them; "
            "deferrals are not in the total."
        )
        told = {"lines": plain(result.waived), "typed": plain(claim.typed_total)}
        yield Problem("typed_total", message, told)


def not_passed_on(claim: Claim, result: Result) -> Problems:
    """武汉东湖高新区 2020年 减免房租措施 (国有物业减免须传导至在孵企业)."""
    waived = {each.tenant.key: each.waived for each in result.tenants}
    missing = shortfall(claim.head_leases, waived)
    if missing > 0:
        level = Level.BLOCK if claim.programme.require_pass_through else Level.WARN
        message = _(
            "Of the relief received on state-owned premises %(missing)s yuan have not reached the "
            "tenants. Pass it on, or add their lines."
        )
        yield Problem("head_leases", message, {"missing": plain(missing)}, level=level)


def odd_rent(claim: Claim, _result: Result) -> Problems:
    """平台设定 (疑似单位错误，未见官方文本)."""
    for i, tenant in enumerate(claim.tenants):
        if tenant.area is None and tenant.rent >= ODD_RENT_ABOVE:
            message = _("A rent of %(rent)s yuan a month is unusual. Amounts here are in yuan.")
            yield Problem(f"tenants[{i}].rent_yuan", message, {"rent": plain(tenant.rent)})
