"""What the page of a version says: its state, its facts, its items, what a workbook changes."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import editions
from stats.actions import workbooks
from stats.admin.kept import who_and_when
from stats.models import CheckRule, InstrumentVersion
from stats.queries import instruments as queries
from stats.queries.workbook import newest_rules
from stats.rules.differences import Difference, between, between_rules
from torch_portal.filings.wording import long_date

# A draft, with the second officer, in force, out of use.
STATES = {
    "draft": ("plain", gettext_lazy("Draft")),
    "asked": ("office", gettext_lazy("With the second officer")),
    "published": ("done", gettext_lazy("Published")),
    "retired": ("plain", gettext_lazy("Retired")),
}
# One level of indent, as a form in Chinese shows it.
STEP = "　"


def state_of(version: InstrumentVersion) -> str:
    """Where a version stands, by STATES."""
    for name in ("retired", "published", "asked"):
        if getattr(version, f"{name}_at") is not None:
            return name
    return "draft"


def tables_of(content: editions.Instrument) -> list[dict[str, Any]]:
    """The tables with their items, indented as on the form."""
    return [
        {
            "table": table,
            "lines": [{"item": each, "label": STEP * each.indent + each.label_zh}
                      for each in table.items],
        }
        for table in content.tables
    ]  # fmt: skip


def first_values(content: editions.Instrument, code: str) -> dict[str, Any]:
    """What the form of an item begins with; nothing for a new one."""
    if not code:
        return {}
    item = content.items[code]
    above = [
        each.code for t in content.tables for each in t.items
        if t.code == item.table and each.order == item.order - 1
    ]  # fmt: skip
    return {**vars(item), "above": above[0] if above else ""}


def facts_of(row: InstrumentVersion, count: int) -> list[tuple[Any, Any]]:
    """Approval, days, source, who did what; what is empty is left out."""
    approval = row.approval
    facts = [
        (_("approved survey"), f"{approval.name_zh}\n{approval.approval_no}"),
        (_("valid until"), long_date(approval.valid_to)),
        (_("asked from"), long_date(row.starts_on)),
        (_("source document"), row.source),
        (_("Items"), count),
        (_("Check rules in force"), queries.rules_in_force(row).count()),
        (_("not confirmed"), "\n".join([approval.unconfirmed, *row.unconfirmed]).strip()),
        (_("Written"), who_and_when(row, "written") or _("Brought along by the portal")),
        (_("Handed over"), who_and_when(row, "asked")),
        (_("Published"), who_and_when(row, "published")),
        (_("Retired"), who_and_when(row, "retired")),
        ("SHA-256", row.schema_hash),
    ]
    if row.pending:
        facts.append((_("Workbook that waits"),
                      f"{row.pending['name']}\n{who_and_when(row, 'pending')}"))  # fmt: skip
    return [(label, value) for label, value in facts if value != ""]


def changed_since(before: InstrumentVersion, content: editions.Instrument) -> list[Difference]:
    """What changes from an earlier version; its own marks spoke of what was before it."""
    found = between(queries.instrument_of(before), content)
    return [each for each in found if (each.act, each.part) != ("removed", "mark")]


def waiting_in(row: InstrumentVersion, content: editions.Instrument) -> list[Difference]:
    """What the workbook that waits would change; a rule that it leaves out stays."""
    pending = row.pending or {}
    brought = editions.from_data(pending["content"])
    said = [
        queries.text_of(CheckRule(key=each["key"], **workbooks.typed(each)))
        for each in pending["rules"]
    ]
    mine = {text.id for text in said}
    kept = [t for t in map(queries.text_of, newest_rules(row.instrument_id)) if t.id in mine]
    return [*between(content, brought), *between_rules(kept, said)]
