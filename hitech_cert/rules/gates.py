"""What stands against a certification: each condition that fails, with what is missing."""

from fractions import Fraction

from hitech_cert.editions import leaf
from hitech_cert.rules.case import Case
from hitech_cert.rules.conditions import Condition, Measure
from torch_portal.common.findings import Level
from torch_portal.common.i18n import _
from torch_portal.common.ratios import percent, plain_percent, rounded
from torch_portal.common.rulebook import Problem, Problems


def _condition(case: Case, no: int) -> Condition:
    return case.conditions[no - 1]


def _failing(case: Case, no: int, name: str) -> Measure | None:
    """The measure of a condition, if it is known and not reached."""
    measures = (m for m in _condition(case, no).measures if m.name == name)
    return next((m for m in measures if not m.holds), None)


def check_age(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(一)项; 国科发火〔2016〕195号 三(一)."""
    if case.days is None or _condition(case, 1).ok:
        return
    least = int(case.edition.limits.days.value)
    if case.days < 0:
        yield Problem("registered_on", _("The enterprise was registered after the application."))
        return
    yield Problem(
        "registered_on",
        _("%(days)s days since registration are fewer than %(least)s: wait %(missing)s more."),
        {"days": case.days, "least": least, "missing": least - case.days},
    )


def check_rights(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(二)项; 国科发火〔2016〕195号 三(二)."""
    if _condition(case, 2).ok is not False:
        return
    if _failing(case, 2, "ip"):
        yield Problem(
            "ip_class1",
            _("An enterprise without a right of its own cannot be certified: one is needed."),
        )
    else:
        yield Problem("ps", _("No main product is supported by a right of the enterprise."))


def check_field(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(三)项; 国科发火〔2016〕32号 附件."""
    code = case.facts.core_field_code
    if code is not None and leaf(code) is None:
        yield Problem(
            "core_field_code",
            _("“%(code)s” is no title of the catalogue that can be named: choose one of level 3."),
            {"code": code},
        )


def check_staff(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(四)项; 国科发火〔2016〕195号 三(五)."""
    measure = _failing(case, 4, "staff_ratio")
    if measure is not None:
        yield Problem(
            "staff_st",
            _("S&T staff are %(percent)s%% of all; %(least)s%% are needed: %(missing)s more."),
            _short(measure),
        )


def _short(measure: Measure) -> dict[str, str]:
    missing = "" if measure.lacking is None else f"{measure.lacking:,f}"
    return {
        "percent": percent(measure.value),
        "least": plain_percent(measure.limit),
        "missing": missing,
    }


def check_rd(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(五)项; 国科发火〔2016〕195号 三(六)."""
    rd = case.research
    if rd is None or rd.required is None:
        return
    if rd.share is None:
        yield Problem(
            "sales", _("Sales of the years are not above zero: R&D has no share of them.")
        )
        return
    measure = _failing(case, 5, "rd_ratio")
    if measure is not None:
        message = _(
            "R&D cost that counts is %(percent)s%% of sales; %(least)s%% are needed: "
            "%(missing)s 万元 more."
        )
        yield Problem("rd_years", message, _short(measure))
    elif rd.tax_form_share is not None and rd.tax_form_share < rd.required:
        message = _(
            "As the tax return A107041 counts other cost, R&D is only %(percent)s%% of sales, "
            "below %(least)s%%. Ask the authority before applying."
        )
        told = {
            "percent": percent(rd.tax_form_share),
            "least": plain_percent(rd.required),
        }
        yield Problem("rd_years", message, told, level=Level.WARN)


def check_domestic(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(五)项; 国科发火〔2016〕195号 三(六)3."""
    measure = _failing(case, 5, "domestic_share")
    if measure is not None:
        yield Problem(
            "rd_years",
            _("%(percent)s%% of R&D was done in the mainland; %(least)s%% are needed."),
            _short(measure),
            clause=measure.clause,
        )


def check_income(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(六)项; 国科发火〔2016〕195号 三(四)."""
    facts, whole = case.facts, case.total_income
    if whole is not None and whole <= 0:
        yield Problem(
            "gross_income", _("Total income is not above zero: nothing has a share of it.")
        )
        return
    measure = _failing(case, 6, "income_share")
    if measure is not None:
        message = _(
            "Income from high-tech products is %(percent)s%% of total income; %(least)s%% are "
            "needed: %(missing)s 万元 more."
        )
        yield Problem("ht_income", message, _short(measure))
    if facts.ht_income is not None and whole is not None and facts.ht_income > whole:
        yield Problem("ht_income", _("Product income cannot be above total income."))


def check_products(case: Case) -> Problems:
    """国科发火〔2016〕195号 三(四)1; 附件2 六."""
    stated, listed = case.facts.ht_income, case.product_income
    if stated is not None and listed is not None and Fraction(stated) != listed:
        yield Problem(
            "ps",
            _("The products add up to %(sum)s 万元, product income is %(stated)s 万元."),
            {"sum": f"{rounded(listed):,}", "stated": f"{stated:,f}"},
        )


def check_main(case: Case) -> Problems:
    """国科发火〔2016〕195号 三(三)."""
    for place, product in enumerate(case.facts.ps or ()):
        if product.main and not product.ip:
            yield Problem(
                f"ps[{place}].ip",
                _("A main product needs a right of the enterprise; without one it is none."),
            )
    share, least = case.main_share, case.edition.limits.main.value
    if share is not None and share <= least:
        told = {"percent": percent(share), "least": plain_percent(least)}
        message = _(
            "Main products make %(percent)s%% of product income; more than %(least)s%% are needed."
        )
        yield Problem("ps", message, told)


def check_accident(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(八)项."""
    if case.facts.accident:
        yield Problem(
            "accident",
            _("There was a major accident or serious pollution within 365 days: wait until then."),
        )


def check_score(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(七)项; 国科发火〔2016〕195号 三(七)."""
    measure = _failing(case, 7, "score_total")
    if measure is not None:
        message = (
            _("The average of the experts is %(total)s; more than %(limit)s are needed.")
            if measure.strict
            else _("The average of the experts is %(total)s; at least %(limit)s are needed.")
        )
        told = {"total": str(measure.value), "limit": str(measure.limit)}
        yield Problem("expert_scores", message, told)
