"""The workbook to fill in: our columns with lists, hints and an example; drafts to edit."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from contracts import queries
from contracts.forms.sheet import words
from contracts.forms.sheet.columns import COLUMNS, COST, DRAFT, PHONE, Column
from contracts.models import Contract
from torch_portal.common.sheets import writing

SAMPLE = {
    "project_name": "红外测温算法开发",
    "form": "written",
    "kind": "development",
    "subkind": "dev_e",
    "signed_on": "2020-02-26",
    "starts_on": "2020-03-01",
    "ends_on": "2021-02-28",
    "buyer_name": "杭州朗途生物医药有限公司",
    "buyer_nature": "100",
    "buyer_code": "91330106MAE942HR7E",
    "buyer_division": "330106",
    "total_yuan": "1200000.00",
    "cost_equipment": "200000.00",
    "payment": "instalments",
    "ip_kind": "technical_secret",
    "tech_field": "electronics",
    "objective": "health",
    "plan_source": "outside",
}
WIDTHS = {"project_name": 36, "buyer_name": 30, "subkind": 24, "buyer_division": 22}


def template_workbook() -> bytes:
    """An empty workbook: heads, lists to choose from, hints, one example beside the table."""
    columns = [c for c in COLUMNS.values() if c.name not in (DRAFT, PHONE)]
    return _bytes(columns, [])


def drafts_workbook(drafts: Iterable[Contract]) -> bytes:
    """The drafts of an enterprise as rows, marked so that they can be brought back."""
    columns = [c for c in COLUMNS.values() if c.name != PHONE]
    rows = [[cell_of(draft, column) for column in columns] for draft in drafts]
    return _bytes(columns, rows)


def cell_of(contract: Contract, column: Column) -> Any:
    """What a column shows of a contract: labels for codes, days as days, yuan as text."""
    name = column.name
    if name == DRAFT:
        return f"{contract.pk}/{contract.saved_version}"
    if name.startswith(COST):
        kind = name.removeprefix(COST)
        same = [d.amount_yuan for d in contract.deductions.all() if d.kind == kind]
        return f"{sum(same):.2f}" if same else None
    value = contract.typed.get(name) or getattr(contract, name)
    if value in (None, "", []):
        return None
    return _shown(column, value)


def _shown(column: Column, value: Any) -> Any:
    """A value as the workbook holds it."""
    if column.kind == "choice":
        return dict(words.choices(column.name)).get(value, value)
    if column.kind == "many":
        return "、".join(dict(words.choices(column.name)).get(v, v) for v in value)
    if column.kind == "yesno" and isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column.kind == "percent" and not isinstance(value, str):
        return f"{(value * 100).normalize():f}%"
    if column.kind == "place":
        return queries.place_name(value)
    if column.kind == "amount" and not isinstance(value, str):
        return f"{value:.2f}"
    return value if column.kind == "day" else str(value)


def _bytes(columns: Sequence[Column], rows: list[list[Any]]) -> bytes:
    example = [
        _shown(column, SAMPLE[column.name]) if column.name in SAMPLE else None for column in columns
    ]
    return writing.workbook(_("Contracts"), [_written(c) for c in columns], rows, example)


def _written(column: Column) -> writing.Column:
    return writing.Column(
        name=column.name,
        label=str(column.label),
        hint=_hint(column),
        options=tuple(_options(column)),
        days=column.kind == "day",
        width=WIDTHS.get(column.name, 16),
    )


def _hint(column: Column) -> str:
    said = str(column.field.help_text) if column.field and column.field.help_text else ""
    usual = {
        "amount": _("In yuan; “120万元” is understood too."),
        "day": _("For example 2020-03-02."),
        "draft": _("By this mark the row finds its draft again. Leave it as it is."),
        "place": _("Name or six digits, such as 杭州市西湖区 or 330106."),
    }.get(column.kind, "")
    return "\n".join(dict.fromkeys(words for words in (said, usual) if words))


def _options(column: Column) -> list[str]:
    if column.kind == "yesno":
        return [_("Yes"), _("No")]
    if column.kind == "choice":
        return [label for _value, label in words.choices(column.name)]
    return []
