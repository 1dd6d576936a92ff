"""Checks of the entries themselves: what cannot be true, and what looks mistaken."""

from datetime import date

from sme_eval.editions import Edition
from sme_eval.enums import RdBasis
from sme_eval.rules.case import Case
from sme_eval.rules.facts import FIGURES
from torch_portal.common.i18n import _
from torch_portal.common.money import half_up
from torch_portal.common.rulebook import Problem, Problems

_NEEDED = (*FIGURES, "rd_basis", "ip_class1", "ip_class2")
_AMOUNTS = ("rd_cost", "revenue", "cost_total", "assets_total")


def check_missing(case: Case) -> Problems:
    """科技型中小企业信息表 填写说明 二 (各栏目不得空缺)."""
    for name in _NEEDED:
        if getattr(case.facts, name) is None:
            yield Problem(name, _("No figure may be left out. Write 0 where there is none."))


def check_negative(case: Case) -> Problems:
    """科技型中小企业信息表 填写说明 二."""
    for name in (*FIGURES, "ip_class1", "ip_class2"):
        figure = getattr(case.facts, name)
        if figure is not None and figure < 0:
            yield Problem(name, _("A figure cannot be below zero. Write 0 where there is none."))


def check_decimals(case: Case) -> Problems:
    """科技型中小企业信息表 填写说明 二 (保留小数点后2位)."""
    for name in FIGURES:
        figure = getattr(case.facts, name)
        if figure is not None and figure != half_up(figure):
            yield Problem(
                name,
                _("%(figure)s has more than two decimals. Round it yourself and enter that."),
                {"figure": f"{figure:f}"},
            )


def check_staff(case: Case) -> Problems:
    """科技型中小企业信息表 填写说明 三 (职工总数)."""
    if case.facts.staff_total == 0:
        yield Problem("staff_total", _("An enterprise has staff: enter the average of the year."))


def check_staff_st(case: Case) -> Problems:
    """科技型中小企业信息表 填写说明 四 (科技人员数)."""
    total, part = case.facts.staff_total, case.facts.staff_st
    if total is not None and part is not None and part > total > 0:
        yield Problem(
            "staff_st",
            _("S&T personnel (%(part)s) cannot exceed the total staff (%(total)s)."),
            {"part": f"{part:f}", "total": f"{total:f}"},
        )


def check_dates(case: Case) -> Problems:
    """国科发政〔2017〕115号 第六条 (在中国境内注册)."""
    established = case.facts.established_on
    if established is not None and established > case.facts.filed_on:
        yield Problem(
            "established_on",
            _("Established on %(established)s, after the filing of %(filed)s."),
            {"established": established, "filed": case.facts.filed_on},
        )


def check_window(case: Case) -> Problems:
    """各年度科技型中小企业评价工作通知 (国科火字〔2020〕44号; 工企业函〔2026〕160号)."""
    return outside_window(case.facts.filed_on, case.edition)


def outside_window(day: date, edition: Edition) -> Problems:
    """A problem where the edition takes no filings on a day."""
    if not edition.takes_on(day):
        yield Problem(
            "filed_on",
            _("Filings of %(year)s are taken from %(opens)s to %(closes)s, 24:00."),
            {"year": edition.year, "opens": edition.opens, "closes": edition.closes},
        )


def hint_unit(case: Case) -> Problems:
    """科技型中小企业信息表 填写说明 (金额单位: 万元)."""
    edition = case.edition
    for name in _AMOUNTS:
        amount = getattr(case.facts, name)
        if amount is None or amount == 0 or edition.odd_below <= amount < edition.odd_above:
            continue
        yield Problem(
            name,
            _("%(amount)s 万元 is %(yuan)s yuan. Amounts are in 万元 (10,000 yuan): is it right?"),
            {"amount": f"{amount:,f}", "yuan": f"{amount * 10_000:,.0f}"},
        )


def hint_rd_above_cost(case: Case) -> Problems:
    """财税〔2015〕119号 第一条 (研发费用归集)."""
    rd, cost = case.facts.rd_cost, case.facts.cost_total
    if rd is not None and cost is not None and rd > cost:
        yield Problem(
            "rd_cost",
            _(
                "R&D cost is above total cost and expense. This is only right where R&D was "
                "capitalised."
            ),
        )


def hint_basis(case: Case) -> Problems:
    """国科发政〔2017〕115号 第七条第(二)项 (企业自主选择)."""
    better = case.score.better_basis
    if better is not None:
        label = RdBasis(better).label
        yield Problem(
            "rd_basis", _("The other basis gives more points: %(basis)s."), {"basis": label}
        )


def hint_founded(case: Case) -> Problems:
    """国科发火〔2018〕11号 第一条 (登记编号第11位 B)."""
    established = case.facts.established_on
    if established is not None and established.year == case.facts.filed_on.year:
        yield Problem(
            "established_on",
            _(
                "Established in the year of filing: the actual period counts as the year, and the "
                "number has B as its eleventh character."
            ),
        )
