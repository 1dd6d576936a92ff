"""What is worth knowing: what a person has to decide, which reading was taken, what experts did."""

from hitech_cert import editions
from hitech_cert.rules.case import Case
from hitech_cert.rules.experts import passes, sheet_problems
from hitech_cert.rules.innovation import Growth, growth_band
from torch_portal.common.findings import Level
from torch_portal.common.i18n import _
from torch_portal.common.ratios import plain_percent, rounded
from torch_portal.common.rulebook import Problem, Problems

GROWTHS = ("sales", "net_assets")


def check_by_hand(case: Case) -> Problems:
    """国科发火〔2016〕195号 三(七)."""
    for name, found in _growths(case):
        if found.case == "negative":
            yield Problem(
                name,
                _("With a figure below zero the formula of growth tells nothing: experts decide."),
            )
    if case.innovation.transformation is editions.GAP:
        yield Problem(
            "transformations",
            _("One or two results in three years lie in no band: the expert gives 0 to 6 points."),
        )
    total = case.score
    if total is not None and passes(total, case.edition, "above_70") != passes(
        total, case.edition, "from_71"
    ):
        message = _("%(total)s is above 70 and below 71, which is the usual practice: ask.")
        yield Problem("expert_scores", message, {"total": str(total)})


def _growths(case: Case) -> list[tuple[str, Growth]]:
    found = [(name, getattr(case.innovation, name)) for name in GROWTHS]
    return [(name, growth) for name, growth in found if growth is not None]


def hint_growth(case: Case) -> Problems:
    """国科发火〔2016〕195号 三(七)4."""
    words = {
        "first_zero": _("The first year is zero: growth is that of the two years after it."),
        "second_zero": _("The second year is zero: growth scores 0 points."),
        "one_year": _("A single year has no growth; it is taken as 0 points."),
    }
    for name, found in _growths(case):
        if found.case in words:
            yield Problem(name, words[found.case])


def hint_five(case: Case) -> Problems:
    """国科发火〔2016〕195号 三(七)4; 附件4."""
    for name, found in _growths(case):
        if found.rate is not None and found.rate == editions.GROWTH_D.least:
            body, annex = (growth_band(found.rate, r).letter for r in ("body", "annex4"))
            yield Problem(
                name,
                _("Growth of exactly 5%% is band %(body)s by the guide, %(annex)s by Annex 4."),
                {"body": body, "annex": annex},
            )


def hint_other(case: Case) -> Problems:
    """国科发火〔2016〕195号 三(六)2(8)."""
    rd = case.research
    if rd is not None and rd.taken.cut:
        yield Problem(
            "rd_years",
            _("%(cut)s 万元 of other cost do not count: it may be %(share)s%% of R&D, no more."),
            {
                "cut": f"{rounded(rd.taken.cut):,}",
                "share": plain_percent(case.edition.limits.other.value),
            },
        )


def hint_reach(case: Case) -> Problems:
    """国科发火〔2016〕32号 第十一条第(七)项; 国科发火〔2016〕195号 三(七)."""
    within = case.innovation.within(case.edition)
    if within is None or case.score is not None:
        return
    low, high = within
    if high > case.edition.limits.score.value:
        message = _("By the figures the score can be %(low)s to %(high)s; experts give the rest.")
        yield Problem("", message, {"low": low, "high": high})
    else:
        message = _("By the figures the score can be %(high)s at most, and that is not enough.")
        yield Problem("", message, {"high": high}, level=Level.WARN)


def check_sheets(case: Case) -> Problems:
    """国科发火〔2016〕195号 三(七); 附件3; 附件4; 附件5."""
    scores = case.facts.expert_scores
    if scores is not None:
        yield from sheet_problems(scores, case.innovation, case.facts.standards, case.edition)


def hint_pilot(case: Case) -> Problems:
    """京科创发〔2021〕114号; 京科高发〔2022〕117号."""
    if case.edition.pilot:
        yield Problem(
            "pilot",
            _(
                "The pilot is for integrated circuits, artificial intelligence, biomedicine and "
                "key materials, and for enterprises above the size of statistics."
            ),
        )
