"""What people call a kind, a field, a nature: the code behind a word, exact or suggested."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from contracts.enums import KIND_OF, LICENCES_AS_TRANSFER, SUBKINDS, Content, Kind, Subkind
from contracts.models import Contract

MARKS = re.compile(r"[\s()\[\]【】《》“”\"'、,.，。·\-]")
YES = frozenset({"是", "有", "yes", "y", "true", "1", "√", "✓", "对"})
NO = frozenset({"否", "无", "no", "n", "false", "0", "×", "x", "不是", "没有"})
# Words inside the name of a kind, in the order in which they are looked for; before 2021 a
# licence was a transfer (合同法 第三百二十二条).
SUBKIND_WORDS: tuple[tuple[str, Subkind], ...] = (
    ("专利实施许可", Subkind.TRF_PATENT_LICENCE),
    ("专利许可", Subkind.TRF_PATENT_LICENCE),
    ("技术秘密使用许可", Subkind.TRF_SECRET_LICENCE),
    ("技术秘密许可", Subkind.TRF_SECRET_LICENCE),
    ("专利申请权", Subkind.TRF_PATENT_APPLICATION),
    ("专利权转让", Subkind.TRF_PATENT),
    ("专利转让", Subkind.TRF_PATENT),
    ("技术秘密转让", Subkind.TRF_SECRET),
    ("非专利技术", Subkind.TRF_SECRET),
    ("软件著作权", Subkind.TRF_SOFTWARE),
    ("布图设计", Subkind.TRF_LAYOUT),
    ("植物新品种", Subkind.TRF_VARIETY),
    ("医药新品种", Subkind.TRF_BIOMEDICAL),
    ("委托", Subkind.DEV_E),
    ("合作", Subkind.DEV_C),
    ("培训", Subkind.SRV_TRAINING),
    ("中介", Subkind.SRV_INTERMEDIARY),
    ("咨询", Subkind.CON),
)
KIND_WORDS = (
    ("开发", Kind.DEVELOPMENT),
    ("转让", Kind.TRANSFER),
    ("许可", Kind.LICENCE),
    ("服务", Kind.SERVICE),
)
# What a licence that was filed as a transfer is since 2021; one that says nothing is ordinary
# (最高法 技术合同司法解释 第二十五条).
LICENCE_SINCE = {
    Subkind.TRF_PATENT_LICENCE: Subkind.LIC_PATENT_ORDINARY,
    Subkind.TRF_SECRET_LICENCE: Subkind.LIC_SECRET,
}
WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "buyer_nature": (
        ("港澳台", "200"), ("外商", "300"), ("外资", "300"), ("大学", "022"), ("高校", "022"),
        ("高等", "022"), ("学院", "022"), ("医院", "023"), ("卫生", "023"), ("科研", "021"),
        ("研究所", "021"), ("研究院", "021"), ("事业", "020"), ("机关", "010"), ("政府", "010"),
        ("社团", "030"), ("社会团体", "030"), ("协会", "030"), ("个人", "person"),
        ("境外", "abroad"), ("国外", "abroad"), ("公司", "100"), ("企业", "100"),
    ),
    "form": (
        ("电子", "data_message"), ("数据电文", "data_message"), ("口头", "oral"),
        ("书面", "written"), ("纸质", "written"),
    ),
    "payment": (
        ("入门费", "entry_royalty"), ("提成", "royalty"), ("分期", "instalments"),
        ("一次", "lump"),
    ),
    "plan_source": (
        ("外", "outside"), ("横向", "outside"), ("国家", "national"), ("部", "department"),
        ("省", "province"), ("市", "city"), ("县", "city"),
    ),
    "ip_kind": (
        ("发明", "invention_patent"), ("实用新型", "utility_model"), ("外观", "design_patent"),
        ("秘密", "technical_secret"), ("软件", "software"), ("布图", "layout_design"),
        ("植物", "plant_variety"), ("生物", "biomedical_variety"), ("未涉及", "none"),
        ("无", "none"),
    ),
}  # fmt: skip


def plain(word: str) -> str:
    """A word without blanks, brackets and marks, for comparison."""
    return MARKS.sub("", unicodedata.normalize("NFKC", word)).casefold()


@cache
def labels(name: str) -> Mapping[str, str]:
    """Plain label or code -> code of a vocabulary, in both languages."""
    found: dict[str, str] = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            found |= {plain(str(label)): value for value, label in choices(name)}
    return found | {plain(value): value for value, _label in choices(name)}


def choices(name: str) -> list[tuple[str, str]]:
    """Codes and labels of a vocabulary, in the active language."""
    if name == "contains":
        return [(str(v), str(label)) for v, label in Content.choices]
    column: Any = Contract._meta.get_field(name)
    return [(str(v), str(label)) for v, label in column.flatchoices]


def meaning(name: str, typed: str, learnt: Mapping[str, str]) -> tuple[str, bool]:
    """(code, whether the word says it exactly) for a word; ("", False) when none fits."""
    word = plain(typed)
    if word in learnt:
        return learnt[word], True
    known = labels(name)
    for candidate in (word, word.removesuffix("合同")):
        if candidate in known:
            return known[candidate], candidate == word
    for part, code in WORDS.get(name, ()):
        if part in word:
            return code, False
    near = {code for label, code in known.items() if len(word) > 1 and label and word in label}
    return (near.pop(), False) if len(near) == 1 else ("", False)


def kind_meaning(
    typed: str, learnt: Mapping[str, str], signed_on: date | None, licence_from: date
) -> tuple[str, str, bool]:
    """(kind, sub-kind, exact) behind the name of a kind, old names and names with a sub-kind too.

    licence_from: since then a licence is a kind of its own (民法典 第八百六十二条).
    """
    word = plain(typed)
    kind, exact = ("", False)
    if word in learnt:
        word, exact = learnt[word], True
    known = {**labels("kind"), **labels("subkind")}
    code = known.get(word) or known.get(word.removesuffix("合同"))
    exact = exact or word in known
    subkind = code if code in KIND_OF else ""
    kind = KIND_OF[subkind] if subkind else code or ""
    if not kind:
        subkind = next((str(s) for part, s in SUBKIND_WORDS if part in word), "")
        kind = KIND_OF[subkind] if subkind else _kind_word(word)
    if subkind in LICENCES_AS_TRANSFER and signed_on and signed_on >= licence_from:
        subkind = LICENCE_SINCE[Subkind(subkind)]
        kind, exact = Kind.LICENCE, False
    if kind and not subkind and len(SUBKINDS[Kind(kind)]) == 1:
        subkind = SUBKINDS[Kind(kind)][0]
    return str(kind), str(subkind), exact


def _kind_word(word: str) -> str:
    return next((str(kind) for part, kind in KIND_WORDS if part in word), "")


def yes_or_no(typed: str) -> bool | None:
    """Whether a word says yes or no; None when it says neither."""
    word = plain(typed)
    return True if word in YES else False if word in NO else None


def no_such_word(name: str, typed: str) -> str:
    """What to say about a word that is none of the list: the nearest, or the whole list."""
    listed = [label for _value, label in choices(name)]
    near = difflib.get_close_matches(typed, listed, n=1, cutoff=0.4)
    if near:
        return _("“%(typed)s” is not in the list. Did you mean “%(near)s”?") % {
            "typed": typed,
            "near": near[0],
        }
    return _("“%(typed)s” is not in the list. Write one of: %(listed)s.") % {
        "typed": typed,
        "listed": "、".join(listed[:8]),
    }
