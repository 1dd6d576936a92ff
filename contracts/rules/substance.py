"""VH-05 to VH-10 and VH-22: amounts, term, kind and rights."""

from datetime import date
from decimal import Decimal

from contracts.editions import Edition
from contracts.enums import KIND_OF, LICENCES_AS_TRANSFER, DeductionKind, IpKind, Kind
from contracts.rules.amounts import technical_amount, technical_of
from contracts.rules.facts import Facts
from torch_portal.common.i18n import _
from torch_portal.common.money import display, half_up
from torch_portal.common.rulebook import Problem, Problems

RIGHTS_KINDS = (Kind.TRANSFER, Kind.LICENCE)


def _finer_than_fen(amount: Decimal) -> bool:
    return amount != half_up(amount)


def check_amounts(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2001〕253号 技术合同认定规则 第五十一条."""
    total, technical = facts.total_yuan, technical_of(facts)
    if total is None:
        return
    if total <= 0:
        yield Problem("total_yuan", _("The total must be above zero (in yuan)."))
    for name, amount in (("total_yuan", total), ("technical_yuan", facts.technical_yuan)):
        if amount is not None and _finer_than_fen(amount):
            yield Problem(name, _("An amount goes down to the fen: two decimals, no more."))
    if total > 0 and technical is not None and technical <= 0:
        yield Problem(
            "technical_yuan",
            _("Nothing technical is left: the technical amount must be above zero."),
        )
    stated = facts.technical_yuan if facts.technical_yuan is not None else technical
    if total > 0 and stated is not None and stated > total:
        yield Problem("technical_yuan", _("The technical amount cannot exceed the total."))


def check_deductions(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2001〕253号 技术合同认定规则 (核定技术交易额)."""
    if facts.deductions is None:
        return
    for place, line in enumerate(facts.deductions, start=1):
        if line.kind not in DeductionKind.values:
            message = _("Non-technical line %(place)s has no kind from the list.")
        elif line.yuan < 0 or _finer_than_fen(line.yuan):
            message = _("Non-technical line %(place)s must be zero or more, with two decimals.")
        else:
            continue
        yield Problem("deductions", message, {"place": place})
    if facts.total_yuan is None or facts.technical_yuan is None:
        return
    expected = technical_amount(facts.total_yuan, facts.deductions)
    if facts.technical_yuan != expected:
        yield Problem(
            "technical_yuan",
            _(
                "Total less the non-technical lines is %(expected)s yuan, not %(stated)s. "
                "Correct the lines or the technical amount."
            ),
            {"expected": display(expected), "stated": display(facts.technical_yuan)},
        )


def check_term(facts: Facts, edition: Edition) -> Problems:
    """技术合同认定登记管理办法 (征求意见稿) 第十二条; 国科火字〔2022〕159号."""
    starts, ends, day = facts.starts_on, facts.ends_on, facts.day
    if starts and ends and starts > ends:
        yield Problem("ends_on", _("The term ends before it begins."))
        return
    checked = edition.term_check if facts.term_checked is None else facts.term_checked
    if not checked or day is None:
        return
    if ends and day > ends:
        yield Problem(
            "ends_on",
            _("The term ended on %(ends)s, before the application of %(day)s."),
            {"ends": ends, "day": day},
        )
    if starts and day < starts:
        yield Problem(
            "starts_on",
            _("The term begins on %(starts)s, after the application of %(day)s."),
            {"starts": starts, "day": day},
        )


def check_kind(facts: Facts, edition: Edition) -> Problems:
    """民法典 第八百六十二、八百六十三条 (自2021-01-01); 合同法 第三百二十二条."""
    if facts.subkind and facts.kind and KIND_OF.get(facts.subkind) != facts.kind:
        yield Problem("subkind", _("This sub-kind does not belong to the chosen kind."))
        return
    known = [day for day in (facts.signed_on, facts.day) if day]
    if not known:
        return
    allowed = min(known) >= edition.licence_from
    if facts.kind == Kind.LICENCE and not allowed:
        yield Problem(
            "kind",
            _(
                "Technology licence is a kind of its own only for contracts signed and accepted "
                "from %(day)s on. File this one as a technology transfer (patent or technical "
                "secret licence)."
            ),
            {"day": edition.licence_from},
        )
    if facts.subkind in LICENCES_AS_TRANSFER and allowed:
        yield Problem(
            "subkind",
            _("From %(day)s on a licence is filed as a technology licence, not as a transfer."),
            {"day": edition.licence_from},
        )


def check_ip(facts: Facts, edition: Edition) -> Problems:
    """最高法 技术合同司法解释 第二十二条; 国科发政字〔2001〕253号 (技术转让合同条件)."""
    if facts.kind in RIGHTS_KINDS and facts.ip_kind == IpKind.NONE:
        yield Problem(
            "ip_kind",
            _("A transfer or licence must name the intellectual property it is about."),
        )


def last_day(facts: Facts) -> date | None:
    """The last day on which a contract can be filed; None when nothing known sets one.

    The end of its term (办法 征求意见稿 第十二条; before 2022 agencies differ), and for a licence
    the day on which the patent expires (民法典 第八百六十五条), whichever is earlier.
    """
    licensed = facts.kind == Kind.LICENCE and facts.patent_involved
    days = [facts.ends_on, facts.patent_expires_on if licensed else None]
    return min((day for day in days if day), default=None)


def check_patent_life(facts: Facts, edition: Edition) -> Problems:
    """民法典 第八百六十五条."""
    ends = facts.patent_expires_on
    if ends is None or facts.kind not in RIGHTS_KINDS or not facts.patent_involved:
        return
    days = [facts.signed_on, facts.day if facts.kind == Kind.LICENCE else None]
    late = [day for day in days if day and day > ends]
    if late:
        yield Problem(
            "patent_expires_on",
            _("The patent expired on %(ends)s; on %(day)s it was no longer in force."),
            {"ends": ends, "day": late[0]},
        )


def check_development(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2001〕253号 技术合同认定规则 (技术开发合同条件)."""
    if facts.kind != Kind.DEVELOPMENT:
        return
    conditions = (
        ("goal_clear", facts.goal_clear is False, _("no clear and concrete goal")),
        ("mastered_before", facts.mastered_before is True, _("a solution already mastered")),
        ("innovative", facts.innovative is False, _("no innovation")),
    )
    for name, fails, reason in conditions:
        if fails:
            yield Problem(
                name,
                _(
                    "Not a development contract: %(reason)s. Correct it to a transfer or a "
                    "service contract."
                ),
                {"reason": reason},
            )
