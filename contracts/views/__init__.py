"""The enterprise's pages of technology contracts."""

from contracts.views.copying import copy
from contracts.views.draft import autosave, compute, divisions, start, step
from contracts.views.files import attach, attachment, detach, files
from contracts.views.imports import (
    import_columns,
    import_drafts,
    import_drop,
    import_list,
    import_row,
    import_run,
    import_take,
    import_template,
    import_words,
)
from contracts.views.parties import party
from contracts.views.public import guide
from contracts.views.review import review, submit
from contracts.views.status import certificate, certificate_status, detail, withdraw

__all__ = [
    "attach",
    "attachment",
    "autosave",
    "certificate",
    "certificate_status",
    "compute",
    "copy",
    "detach",
    "detail",
    "divisions",
    "files",
    "guide",
    "import_columns",
    "import_drafts",
    "import_drop",
    "import_list",
    "import_row",
    "import_run",
    "import_take",
    "import_template",
    "import_words",
    "party",
    "review",
    "start",
    "step",
    "submit",
    "withdraw",
]
