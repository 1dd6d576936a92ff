"""What the claim rules find on single lines: each check's first paragraph is its clause."""

from collections.abc import Iterator

from incubators.enums import Flag
from incubators.rules.facts import Claim, Tenant
from incubators.rules.relief import Judged, Result
from torch_portal.common.i18n import _
from torch_portal.common.money import plain
from torch_portal.common.rulebook import Problem, Problems


def _lines(result: Result) -> Iterator[tuple[str, Tenant, Judged]]:
    """Every line with the name of its place among the facts."""
    for i, each in enumerate(result.tenants):
        for j, line in enumerate(each.lines):
            yield f"tenants[{i}].lines[{j}]", each.tenant, line


def _flagged(result: Result, flag: Flag, part: str, message: object) -> Problems:
    """A problem at each line with a flag; the message may name tenant, month and amounts."""
    for place, tenant, each in _lines(result):
        if flag in each.flags:
            line = each.line
            told = {
                "tenant": tenant.name,
                "month": f"{line.month:%Y-%m}",
                "waived": plain(each.waived),
                "confirmed": "" if line.confirmed is None else plain(line.confirmed),
            }
            yield Problem(f"{place}.{part}", message, told)


def outside_dates(_claim: Claim, result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (减免期间、租赁期间)."""
    yield from _flagged(
        result,
        Flag.OUTSIDE_LEASE,
        "month",
        _("%(tenant)s: the lease does not cover %(month)s. Correct the month or the lease."),
    )
    yield from _flagged(
        result,
        Flag.OUTSIDE_WINDOW,
        "month",
        _("%(tenant)s: %(month)s lies outside the months of the programme. Take it out."),
    )


def above_rent(_claim: Claim, result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (实际减免金额不超过应收租金)."""
    yield from _flagged(
        result,
        Flag.ABOVE_RENT,
        "ratio",
        _(
            "%(tenant)s, %(month)s: what is waived is more than nothing and at most the rent due. "
            "Enter a share above 0 and up to 1; half the rent is 0.5."
        ),
    )


def deferred(_claim: Claim, result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条 (减免与缓交是两件事)."""
    yield from _flagged(
        result,
        Flag.DEFER_NOT_COUNTED,
        "kind",
        _(
            "%(tenant)s, %(month)s: a deferral moves the rent and does not reduce it; the line is "
            "kept and counts nothing."
        ),
    )


def doubled(_claim: Claim, result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (同一企业同一月份不得重复享受)."""
    yield from _flagged(
        result,
        Flag.DUP_TENANT_MONTH,
        "month",
        _(
            "%(tenant)s: %(month)s is claimed twice. Keep one line for the month; none counts "
            "until then."
        ),
    )


def other_amount(_claim: Claim, result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (在孵企业盖章确认减免月份和金额)."""
    yield from _flagged(
        result,
        Flag.MISMATCH,
        "confirmed_yuan",
        _(
            "%(tenant)s, %(month)s: claimed %(waived)s yuan, confirmed %(confirmed)s. The line "
            "counts nothing until the reviewer has settled it."
        ),
    )


def not_confirmed(_claim: Claim, result: Result) -> Problems:
    """国科火字〔2020〕38号 第五条; 方案申报通知 (在孵企业盖章确认减免月份和金额)."""
    yield from _flagged(
        result,
        Flag.UNCONFIRMED,
        "confirmed_yuan",
        _(
            "%(tenant)s has not confirmed %(month)s; the line counts nothing until then. Remind "
            "the tenant, or let the reviewer settle it."
        ),
    )
