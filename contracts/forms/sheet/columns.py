"""What a column of a spreadsheet can hold, and by which heads it is recognised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from contracts.enums import DeductionKind
from contracts.forms.saved import field_label
from contracts.forms.steps import FORM_STEPS
from torch_portal.common.sheets import plain_head, unit_of
from torch_portal.filings.guided import fields as f

# Of the applicant's own side, as registered, and never typed.
OWN = ("seen", "applicant", "is_import", "seller_", "intermediary_")
DRAFT, PHONE, COST = "draft", "contact_phone", "cost_"
KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (f.AmountField, "amount"),
    (f.PercentField, "percent"),
    (f.DivisionField, "place"),
    (forms.DateField, "day"),
    (forms.TypedChoiceField, "yesno"),
    (forms.MultipleChoiceField, "many"),
    (forms.ChoiceField, "choice"),
    (forms.Field, "text"),
)
# How departments head these columns in lists of their own.
HEADS: Mapping[str, tuple[str, ...]] = {
    "project_name": ("合同名称", "项目", "课题名称", "名称", "合同项目名称"),
    "kind": ("合同类型", "类别", "技术合同类别", "合同种类", "类型"),
    "subkind": ("子类", "子类别"),
    "signed_on": ("签约日期", "签订时间", "合同签订日期", "签署日期"),
    "starts_on": ("生效日期", "开始日期", "起始日期", "合同开始日期", "起", "生效时间"),
    "ends_on": (
        "有效期至", "截止日期", "终止日期", "结束日期", "合同截止日期", "到期日", "止", "到期日期",
    ),
    "buyer_name": (
        "合作单位", "委托方", "委托单位", "甲方", "买方名称", "受让方", "客户", "甲方名称",
        "对方单位",
    ),
    "buyer_nature": ("单位性质", "性质", "甲方性质", "企业性质"),
    "buyer_code": ("统一社会信用代码", "信用代码", "社会信用代码", "甲方信用代码"),
    "buyer_division": ("所属区划", "地区", "所在地", "区划", "所属地区", "行政区划", "所在地区"),
    "buyer_country": ("国别", "国家", "国别地区"),
    "total_yuan": (
        "合同金额", "合同额", "金额", "成交额", "合同总额", "总金额", "合同总金额", "成交金额",
        "经费",
    ),
    "tech_field": ("领域", "所属领域"),
    "ip_kind": ("知识产权类型", "知识产权类别"),
    "plan_source": ("计划类别", "项目来源"),
    PHONE: ("联系电话", "电话", "手机", "手机号", "联系方式", "电话号码"),
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column that can be taken. kind: how its cells are read; field: that of the form."""

    name: str
    label: Any
    kind: str
    field: forms.Field | None = None

    @property
    def is_amount(self) -> bool:
        """Whether it is counted in yuan or in 万元."""
        return self.kind == "amount"


def _of_form(name: str, field: forms.Field) -> Column:
    kind = next(word for type_, word in KINDS if isinstance(field, type_))
    return Column(name, field.label, kind, field)


def _all_columns() -> dict[str, Column]:
    columns = {DRAFT: Column(DRAFT, _("Draft (leave as it is)"), "draft")}
    for form in FORM_STEPS.values():
        for name, field in form.base_fields.items():
            if not name.startswith(OWN):
                columns[name] = _of_form(name, field)
        if "total_yuan" in columns and COST + "other" not in columns:
            for kind in DeductionKind:
                label = format_lazy(_("Of which: {kind}"), kind=kind.label)
                columns[COST + kind] = Column(COST + kind, label, "amount", f.AmountField())
    columns[PHONE] = Column(PHONE, _("Telephone (checked, not kept)"), "phone")
    return columns


COLUMNS: Mapping[str, Column] = _all_columns()


def label_of(name: str) -> str:
    """The words for a column, or for a fact that no column holds."""
    return str(COLUMNS[name].label) if name in COLUMNS else field_label(name)


@cache
def heads() -> Mapping[str, str]:
    """Plain head -> name of the column: our own labels in both languages, then the usual words."""
    known: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            known |= {plain_head(str(c.label)): c.name for c in COLUMNS.values()}
    usual = {plain_head(word): name for name, words in HEADS.items() for word in words}
    return usual | known


def known_heads() -> frozenset[str]:
    """The plain heads by which the row of heads is recognised."""
    return frozenset(heads())


def suggest_columns(
    found: Sequence[str], remembered: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What each column is probably taken for: as last time, else by its head; each name once."""
    columns: dict[str, dict[str, Any]] = {}
    taken: set[str] = set()
    for place, head in enumerate(found):
        plain = plain_head(head)
        known = remembered.get(plain)
        name = known["field"] if known is not None else heads().get(plain, "")
        if name in COLUMNS and name not in taken:
            taken.add(name)
            unit = (known or {}).get("unit") or unit_of(head) or 1
            columns[str(place)] = {"field": name, "unit": unit_of(head) or unit}
    return columns


def mapping_complete(found: Sequence[str], remembered: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether nothing has to be asked: our own template, or heads all met before."""
    plain = [plain_head(head) for head in found if head]
    own = {plain_head(word) for word in _own_labels()}
    return all(head in remembered or head in own for head in plain)


@cache
def _own_labels() -> frozenset[str]:
    words: set[str] = set()
    for language in ("zh-hans", "en"):
        with translation.override(language):
            words |= {str(column.label) for column in COLUMNS.values()}
    return frozenset(words)
