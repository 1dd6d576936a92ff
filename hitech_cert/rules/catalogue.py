"""The catalogue: every rule of the certification that looks at the facts, in order."""

from hitech_cert.rules import (
    cross,
    entries,
    gates,
    material,
    notes,
    numbers,
    people,
)
from hitech_cert.rules.review import EXPERT_RULES
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
        "staff",
        BLOCK,
        "staff_st",
        _("S&T staff are at least 10 per cent of all staff."),
        gates.check_staff,
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
        _("At least 60 per cent of R&D is done in the mainland, 50 per cent in the pilot."),
        gates.check_domestic,
    ),
    Rule(
        "V13",
        BLOCK,
        "ht_income",
        _("Product income is at least 60 per cent of total income, not above it."),
        gates.check_income,
    ),
    Rule("V13", BLOCK, "ps", _("Product income is the sum of the products."), gates.check_products),
    Rule(
        "V14",
        BLOCK,
        "ps",
        _("Main products have rights and make more than 50 per cent of product income."),
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
        _("Growth of exactly 5 per cent is told: two texts differ."),
        notes.hint_five,
    ),
    Rule(
        "reach", INFO, "", _("How far the score can go by the figures is told."), notes.hint_reach
    ),
    Rule("pilot", INFO, "pilot", _("Whom the pilot is for is told."), notes.hint_pilot),
)

# Across the tables of an application.
TABLE_RULES: tuple[Rule, ...] = (
    Rule(
        "V01",
        BLOCK,
        "credit_code",
        _("The credit code has its check character."),
        cross.check_credit_code,
    ),
    Rule("V03", BLOCK, "", _("The enterprise may apply now."), cross.check_standing),
    Rule(
        "V04", BLOCK, "", _("Numbers of rows are of their table, and once each."), cross.check_ids
    ),
    Rule("V04", BLOCK, "", _("Rows that are named exist."), cross.check_references),
    Rule(
        "V04", BLOCK, "", _("Texts are not empty and not above 400 characters."), cross.check_texts
    ),
    Rule(
        "V05",
        BLOCK,
        "rights",
        _("Patent numbers have their check digit and kind."),
        cross.check_patents,
    ),
    Rule(
        "V06",
        WARN,
        "rights",
        _("Rights that do not count are named with the reason."),
        cross.check_usable,
    ),
    Rule(
        "V08",
        BLOCK,
        "",
        _("The field of each row is a title that can be named."),
        cross.check_fields,
    ),
    Rule(
        "V09",
        BLOCK,
        "staff",
        _("S&T staff are not more than the staff in any row."),
        cross.check_staff,
    ),
    Rule("V09", WARN, "staff", _("Rows of staff add up to the total."), cross.check_staff_sums),
    Rule(
        "V10",
        BLOCK,
        "costs",
        _("The classes add up to what the activity spent, in its years."),
        cross.check_costs,
    ),
    Rule(
        "V15",
        WARN,
        "main",
        _("The main table has the figures of report and statements."),
        cross.check_reported,
    ),
    Rule(
        "V16",
        WARN,
        "costs",
        _("R&D far above that deducted for tax is pointed out."),
        cross.hint_deduction,
    ),
    Rule(
        "V16",
        WARN,
        "rights",
        _("Rights taken over shortly before are pointed out."),
        cross.hint_bought,
    ),
    Rule(
        "V17",
        BLOCK,
        "intermediary",
        _("The intermediary is qualified and not barred."),
        cross.check_intermediary,
    ),
    Rule("V24", BLOCK, "no_secrets", _("No state secret is declared."), cross.check_no_secrets),
    Rule(
        "files",
        BLOCK,
        "attachments",
        _("The eight groups of material are there."),
        material.check_files,
    ),
)

WINDOW = Rule(
    "window",
    BLOCK,
    "intake",
    _("A batch of the certification body is open, to the second."),
    material.check_window,
)

PANEL = Rule(
    "V18",
    BLOCK,
    "panel",
    _("At least five experts, 60% technical, one for finance, a technical leader, a pool of 3x."),
    people.check_panel,
)
NUMBER = Rule(
    "V21",
    BLOCK,
    "number",
    _("A certificate number has its form and the province of the body."),
    numbers.check_number,
)

RULES: tuple[Rule, ...] = (
    *ENTRY_RULES,
    *CONDITION_RULES,
    *HINTS,
    *TABLE_RULES,
    WINDOW,
    PANEL,
    *EXPERT_RULES,
    NUMBER,
)
