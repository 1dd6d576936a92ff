"""The catalogue: every rule of the certification that looks at the facts, in order."""

from hitech_cert.rules import entries, gates, notes
from torch_portal.common.findings import Level
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Rule

BLOCK, WARN, INFO = Level.BLOCK, Level.WARN, Level.INFO

ENTRY_RULES: tuple[Rule, ...] = (
    Rule(
        "missing",
        BLOCK,
        "",
        _("No figure is left out; where there is nothing, 0 is entered."),
        entries.check_missing,
        on_submission=True,
    ),
    Rule(
        "V04",
        BLOCK,
        "",
        _("Figures have two decimals, costs and income are not below zero."),
        entries.check_figures,
    ),
    Rule(
        "V09",
        BLOCK,
        "staff_st",
        _("There is staff, and S&T staff are not more than all staff."),
        entries.check_staff,
    ),
)

CONDITION_RULES: tuple[Rule, ...] = (
    Rule(
        "V02",
        BLOCK,
        "registered_on",
        _("Registered for at least 365 days when applying."),
        gates.check_age,
    ),
    Rule(
        "V07",
        BLOCK,
        "ip_class1",
        _("At least one usable right supports a main product."),
        gates.check_rights,
    ),
    Rule(
        "V08",
        BLOCK,
        "core_field_code",
        _("The field is a title of the catalogue without any below."),
        gates.check_field,
    ),
    Rule(
        "staff", BLOCK, "staff_st", _("S&T staff are at least 10% of all staff."), gates.check_staff
    ),
    Rule(
        "V11",
        BLOCK,
        "rd_years",
        _("R&D that counts reaches its share of sales, 5, 4 or 3%."),
        gates.check_rd,
    ),
    Rule(
        "V12",
        BLOCK,
        "rd_years",
        _("At least 60% of R&D is done in the mainland, 50% in the pilot."),
        gates.check_domestic,
    ),
    Rule(
        "V13",
        BLOCK,
        "ht_income",
        _("Product income is at least 60% of total income, not above it."),
        gates.check_income,
    ),
    Rule("V13", BLOCK, "ps", _("Product income is the sum of the products."), gates.check_products),
    Rule(
        "V14",
        BLOCK,
        "ps",
        _("Main products have rights and make more than 50% of product income."),
        gates.check_main,
    ),
    Rule(
        "accident",
        BLOCK,
        "accident",
        _("No major accident, no serious pollution in the year before."),
        gates.check_accident,
    ),
    Rule(
        "score",
        BLOCK,
        "expert_scores",
        _("The average of the experts is above 70."),
        gates.check_score,
    ),
)

HINTS: tuple[Rule, ...] = (
    Rule(
        "V19",
        BLOCK,
        "expert_scores",
        _("Points are within their bounds; a score off the band of the figures needs a reason."),
        notes.check_sheets,
    ),
    Rule("V25", WARN, "", _("What the text leaves to a person is named."), notes.check_by_hand),
    Rule(
        "years",
        WARN,
        "rd_years",
        _("R&D and sales are of the same three years before."),
        entries.check_years,
    ),
    Rule("unit", WARN, "", _("Amounts that look like yuan are pointed out."), entries.hint_unit),
    Rule(
        "other_cut",
        INFO,
        "rd_years",
        _("Other cost above its share of R&D is named."),
        notes.hint_other,
    ),
    Rule("growth", INFO, "", _("Growth without a plain formula is told."), notes.hint_growth),
    Rule(
        "growth_five",
        INFO,
        "",
        _("Growth of exactly 5% is told: two texts differ."),
        notes.hint_five,
    ),
    Rule(
        "reach", INFO, "", _("How far the score can go by the figures is told."), notes.hint_reach
    ),
    Rule("pilot", INFO, "pilot", _("Whom the pilot is for is told."), notes.hint_pilot),
)

RULES: tuple[Rule, ...] = (*ENTRY_RULES, *CONDITION_RULES, *HINTS)
