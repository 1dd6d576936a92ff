"""The rules of the expert review, for the catalogue."""

from hitech_cert.rules import leading, qualified, sheets
from torch_portal.common.findings import Level
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Rule

EXPERT = Rule(
    "expert",
    Level.BLOCK,
    "",
    _("An expert has a senior title, or ten years as accountant or tax agent, and lives here."),
    qualified.check_expert,
)
SHEET = Rule(
    "sheet",
    Level.BLOCK,
    "",
    _("An expert's sheet is complete; what contradicts the figures has a reason."),
    sheets.check_sheet,
)
LEADER = Rule(
    "leader",
    Level.BLOCK,
    "",
    _("The leader's averages are those of the sheets, and the opinion follows from them."),
    leading.check_leader,
)
EXPERT_RULES = (EXPERT, SHEET, LEADER)
