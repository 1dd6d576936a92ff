"""Rights of intellectual property: which can be used, and how they count (195号 三(二))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hitech_cert.enums import CLASS_I, CLASS_II, IpGained, IpKind
from hitech_cert.rules.numbers import parse_patent
from torch_portal.common.codes import CodeError
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems
from torch_portal.common.spans import months_after

PATENTS = (IpKind.INVENTION_PATENT, IpKind.UTILITY_MODEL, IpKind.DESIGN_PATENT)
# A right of class II that came so shortly before is looked at; no text sets the time.
BOUGHT_MONTHS = 6


@dataclass(frozen=True)
class Right:
    """One row of the table of rights. kind: IpKind value, gained: IpGained value.

    granted_on: day of the grant, or of its notice with the receipt of the fee. used_before: in an
    earlier certification of the enterprise. used_by_other: by a co-owner.
    """

    id: str
    kind: str
    granted_on: date | None
    number: str = ""
    name: str = ""
    gained: str = IpGained.OWN
    gained_on: date | None = None
    mainland: bool = True
    owner_is_applicant: bool = True
    in_force: bool = True
    used_before: bool = False
    used_by_other: bool = False


def why_not_usable(right: Right, applied_on: date) -> Any:
    """Why a right does not count for an application, as a sentence; None when it does.

    Class II can be used once only; class I again and again. A trade mark is of neither class.
    """
    reasons = (
        (right.kind not in CLASS_I | CLASS_II, _("it is of no kind that counts")),
        (not right.mainland, _("it was not granted in the mainland")),
        (not right.owner_is_applicant, _("the enterprise does not own it")),
        (not right.in_force, _("it is no longer in force")),
        (
            right.granted_on is None or right.granted_on > applied_on,
            _("it was not granted yet on the day of application"),
        ),
        (
            right.used_before and right.kind in CLASS_II,
            _("it was used in an earlier certification, and class II can be used once"),
        ),
        (right.used_by_other, _("a co-owner uses it")),
    )
    return next((words for stands, words in reasons if stands), None)


def count_rights(rights: Sequence[Right], applied_on: date) -> tuple[int, int]:
    """How many rights of class I and of class II can be used."""
    usable = [r.kind for r in rights if why_not_usable(r, applied_on) is None]
    first = sum(kind in CLASS_I for kind in usable)
    return first, len(usable) - first


def check_usable(rights: Sequence[Right], applied_on: date) -> Problems:
    """国科发火〔2016〕195号 三(二)."""
    for place, right in enumerate(rights):
        why = why_not_usable(right, applied_on)
        if why is not None:
            message = _("%(id)s is not counted: %(why)s.")
            yield Problem(f"rights[{place}]", message, {"id": right.id, "why": why})


def check_patents(rights: Sequence[Right]) -> Problems:
    """国科发火〔2016〕195号 附件2 二 (授权号); 国科发火〔2016〕195号 三(二)."""
    for place, right in enumerate(rights):
        if right.kind in PATENTS:
            fault = _patent_fault(right)
            if fault is not None:
                yield Problem(f"rights[{place}].number", fault, {"number": right.number})


def _patent_fault(right: Right) -> Any:
    try:
        number = parse_patent(right.number)
    except CodeError as error:
        return error.message
    if not number.check_ok:
        return _("The last digit of “%(number)s” does not fit: a digit is mistyped.")
    if number.kind != right.kind:
        return _("“%(number)s” is the number of a patent of another kind.")
    return None


def hint_bought(rights: Sequence[Right], applied_on: date) -> Problems:
    """国科发火〔2016〕195号 三(七)1 (获得方式)."""
    since = months_after(applied_on, -BOUGHT_MONTHS)
    for place, right in enumerate(rights):
        late = right.gained_on is not None and right.gained_on > since
        if late and right.kind in CLASS_II and right.gained != IpGained.OWN:
            yield Problem(
                f"rights[{place}].gained_on",
                _("%(id)s was taken over less than %(months)s months before the application."),
                {"id": right.id, "months": BOUGHT_MONTHS},
            )


def average(months: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """The year's average of persons from (start, end) of each month worked (195号 三(五)).

    ValueError for no month or more than twelve.
    """
    if not 1 <= len(months) <= 12:
        raise ValueError("a year has one to twelve months")
    return sum((start + end for start, end in months), Decimal(0)) / 2 / len(months)
