"""The catalogue: every rule of the SME evaluation, in order."""

from sme_eval.enums import Route
from sme_eval.rules import conditions, figures, onsite, rows
from sme_eval.rules.case import Case
from sme_eval.rules.form import CHANGE, FORM_RULES, YEAR
from torch_portal.common.findings import Level
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems, Rule

BLOCK, WARN, INFO = Level.BLOCK, Level.WARN, Level.INFO


def _route_problems(case: Case, route: Route) -> Problems:
    for place, verdict in enumerate(case.routes):
        if verdict.claim.route == route:
            for problem in verdict.problems:
                yield Problem(f"direct[{place}].{problem.field}", problem.message, problem.values)


def check_certificate(case: Case) -> Problems:
    """国科发政〔2017〕115号 第八条第(一)项."""
    return _route_problems(case, Route.HNTE_CERTIFICATE)


def check_award(case: Case) -> Problems:
    """国科发政〔2017〕115号 第八条第(二)项."""
    return _route_problems(case, Route.NATIONAL_AWARD)


def check_institution(case: Case) -> Problems:
    """国科发政〔2017〕115号 第八条第(三)项."""
    return _route_problems(case, Route.RD_INSTITUTION)


def check_standard(case: Case) -> Problems:
    """国科发政〔2017〕115号 第八条第(四)项."""
    return _route_problems(case, Route.STANDARD)


def hint_direct(case: Case) -> Problems:
    """国科发政〔2017〕115号 第八条."""
    if case.direct:
        yield Problem("direct", _("A direct route holds: the score of condition 5 is not needed."))


# What cannot be true: assess refuses it as malformed, a form points at the entry.
ENTRY_RULES: tuple[Rule, ...] = (
    Rule(
        "missing",
        BLOCK,
        "",
        _("No figure is left out; where there is nothing, 0 is entered."),
        figures.check_missing,
        on_submission=True,
    ),
    Rule("negative", BLOCK, "", _("No figure is below zero."), figures.check_negative),
    Rule("decimals", BLOCK, "", _("Figures have at most two decimals."), figures.check_decimals),
    Rule("staff_zero", BLOCK, "staff_total", _("The staff is above zero."), figures.check_staff),
    Rule(
        "staff_st_above_total",
        BLOCK,
        "staff_st",
        _("S&T personnel do not exceed the total staff."),
        figures.check_staff_st,
    ),
    Rule(
        "established_late",
        BLOCK,
        "established_on",
        _("The enterprise was established by the day of filing."),
        figures.check_dates,
    ),
)

CONDITION_RULES: tuple[Rule, ...] = (
    Rule(
        "not_resident",
        BLOCK,
        "resident_enterprise",
        _("A resident enterprise; from 2022 on with tax collected by audit."),
        conditions.check_resident,
    ),
    Rule("size_staff", BLOCK, "staff_total", _("At most 500 staff."), conditions.check_size_staff),
    Rule(
        "size_revenue",
        BLOCK,
        "revenue",
        _("Sales revenue of at most 20,000 万元."),
        conditions.check_size_revenue,
    ),
    Rule(
        "size_assets",
        BLOCK,
        "assets_total",
        _("Total assets of at most 20,000 万元."),
        conditions.check_size_assets,
    ),
    Rule(
        "industry",
        BLOCK,
        "restricted_industry",
        _("No prohibited, restricted or eliminated products and services."),
        conditions.check_industry,
    ),
    Rule(
        "conduct",
        BLOCK,
        "misconduct",
        _("No accident, violation or dishonesty, and on neither list."),
        conditions.check_conduct,
    ),
    Rule(
        "personnel_zero",
        BLOCK,
        "staff_st",
        _("The score for S&T personnel is above 0, unless a direct route holds."),
        conditions.check_personnel,
    ),
    Rule(
        "basis_unavailable",
        BLOCK,
        "rd_basis",
        _("The chosen R&D basis is above zero, unless a direct route holds."),
        conditions.check_basis,
    ),
    Rule(
        "below_60",
        BLOCK,
        "",
        _("The total score is at least 60, unless a direct route holds."),
        conditions.check_total,
    ),
)

WINDOW = Rule(
    "window",
    WARN,
    "filed_on",
    _("The form is filed inside the window of the year."),
    figures.check_window,
)
PROJECTS = Rule(
    "projects_sum",
    BLOCK,
    "rd_cost",
    _("The R&D projects add up to the R&D cost, to the hundredth."),
    rows.check_projects,
)
RIGHTS = Rule(
    "ip_not_counted",
    WARN,
    "rights",
    _("A right counts when it is valid, undisputed and belongs to a product that is named."),
    rows.check_rights,
)

HINTS: tuple[Rule, ...] = (
    Rule(
        "route_certificate",
        WARN,
        "direct",
        _("The high-tech certificate is valid on the day of filing."),
        check_certificate,
    ),
    Rule(
        "route_award",
        WARN,
        "direct",
        _("The national award is at most five years old, the enterprise among the first three."),
        check_award,
    ),
    Rule(
        "route_institution",
        WARN,
        "direct",
        _("The R&D institution is recognised by a province, a ministry or the state."),
        check_institution,
    ),
    Rule(
        "route_standard",
        WARN,
        "direct",
        _(
            "The standard is international, national or of an industry, at most five years old, "
            "and the enterprise among the first five drafting units."
        ),
        check_standard,
    ),
    WINDOW,
    Rule("unit", WARN, "", _("Amounts that look like yuan are pointed out."), figures.hint_unit),
    Rule(
        "rd_above_cost",
        WARN,
        "rd_cost",
        _("R&D cost above total cost and expense is pointed out."),
        figures.hint_rd_above_cost,
    ),
    Rule("direct", INFO, "direct", _("A direct route that holds is named."), hint_direct),
    Rule(
        "better_basis",
        INFO,
        "rd_basis",
        _("The R&D basis that gives more points is named."),
        figures.hint_basis,
    ),
    Rule(
        "founded_this_year",
        INFO,
        "established_on",
        _("An enterprise of the year of filing is told what counts as its year."),
        figures.hint_founded,
    ),
    Rule(
        "onsite",
        INFO,
        "",
        _("What makes the agency look on site before publicity is named."),
        onsite.hint_onsite,
    ),
)

RULES: tuple[Rule, ...] = (
    *ENTRY_RULES,
    *CONDITION_RULES,
    *HINTS,
    PROJECTS,
    RIGHTS,
    *FORM_RULES,
    YEAR,
    CHANGE,
)
