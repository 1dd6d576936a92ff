"""What the enterprise types: parsed kindly, nothing lost."""

from hitech_cert.forms.findings import all_findings, unread_of
from hitech_cert.forms.grids import (
    COST_COLUMNS,
    STAFF_COLUMNS,
    cost_grid,
    cost_keys,
    cost_rows,
    cost_totals,
    posted_costs,
    posted_staff,
    staff_grid,
    staff_rows,
)
from hitech_cert.forms.overview import computed, page_entries, shown_entries
from hitech_cert.forms.pages import PAGES, STEPS, tell_sources
from hitech_cert.forms.places import (
    TABLE_TITLES,
    Place,
    field_label,
    place_of,
    step_of,
)
from hitech_cert.forms.rows import TABLES, Table, label_in
from hitech_cert.forms.sheet import SHEETS, taken, workbook
from hitech_cert.forms.sheet import read as read_sheet
from hitech_cert.forms.shown import shown_conditions
from torch_portal.filings.guided.sheet import SheetForm

__all__ = [
    "COST_COLUMNS",
    "PAGES",
    "SHEETS",
    "STAFF_COLUMNS",
    "STEPS",
    "TABLES",
    "TABLE_TITLES",
    "Place",
    "SheetForm",
    "Table",
    "all_findings",
    "computed",
    "cost_grid",
    "cost_keys",
    "cost_rows",
    "cost_totals",
    "field_label",
    "label_in",
    "page_entries",
    "place_of",
    "posted_costs",
    "posted_staff",
    "read_sheet",
    "shown_conditions",
    "shown_entries",
    "staff_grid",
    "staff_rows",
    "step_of",
    "taken",
    "tell_sources",
    "unread_of",
    "workbook",
]
