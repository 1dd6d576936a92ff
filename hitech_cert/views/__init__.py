"""The enterprise's pages of the certification."""

from hitech_cert.views.answers import answers, thread
from hitech_cert.views.batches import batches
from hitech_cert.views.draft import autosave, panel, start, step
from hitech_cert.views.files import attach, detach, files
from hitech_cert.views.public import guide
from hitech_cert.views.review import review, submit
from hitech_cert.views.sheets import sheet, sheet_workbook
from hitech_cert.views.status import detail, withdraw
from hitech_cert.views.tables import add_row, remove_row, row, row_autosave

__all__ = [
    "add_row",
    "answers",
    "attach",
    "autosave",
    "batches",
    "detach",
    "detail",
    "files",
    "guide",
    "panel",
    "remove_row",
    "review",
    "row",
    "row_autosave",
    "sheet",
    "sheet_workbook",
    "start",
    "step",
    "submit",
    "thread",
    "withdraw",
]
