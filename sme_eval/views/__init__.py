"""The enterprise's pages of S&T-SME evaluation."""

from sme_eval.views.after import change, material, material_file, resign, state_case
from sme_eval.views.answers import answers, thread
from sme_eval.views.draft import autosave, average, start, step
from sme_eval.views.files import attach, detach, files
from sme_eval.views.public import guide
from sme_eval.views.review import review, submit
from sme_eval.views.score import score
from sme_eval.views.sheets import sheet, sheet_workbook
from sme_eval.views.status import detail, prove, withdraw
from sme_eval.views.yearly import yearly

__all__ = [
    "answers",
    "attach",
    "autosave",
    "average",
    "change",
    "detach",
    "detail",
    "files",
    "guide",
    "material",
    "material_file",
    "prove",
    "resign",
    "review",
    "score",
    "sheet",
    "sheet_workbook",
    "start",
    "state_case",
    "step",
    "submit",
    "thread",
    "withdraw",
    "yearly",
]
