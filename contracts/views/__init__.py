"""The enterprise's pages of technology contracts."""

from contracts.views.after import (
    ask,
    issued,
    matter,
    state_case,
    version,
    withdraw_matter,
)
from contracts.views.answers import answers, thread
from contracts.views.copying import copy
from contracts.views.draft import (
    autosave,
    compute,
    start,
    step,
)
from contracts.views.files import (
    attach,
    detach,
    files,
)
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
from contracts.views.sharing import (
    bought,
    end_access,
    list_file,
    lists,
    registration_list,
)
from contracts.views.status import (
    certificate_status,
    detail,
    withdraw,
)

__all__ = [
    "answers",
    "ask",
    "attach",
    "autosave",
    "bought",
    "certificate_status",
    "compute",
    "copy",
    "detach",
    "detail",
    "end_access",
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
    "issued",
    "list_file",
    "lists",
    "matter",
    "party",
    "registration_list",
    "review",
    "start",
    "state_case",
    "step",
    "submit",
    "thread",
    "version",
    "withdraw",
    "withdraw_matter",
]
