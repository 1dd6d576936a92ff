"""Which rule set of technology contract registration holds on which day and in which place.

Editions follow the day of acceptance. Review limits of a province are overlays: they win over
the national limit in that province, and in a city planned separately when they stand in a
provincial regulation (地方性法规 bind the whole territory of the province).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from contracts.editions.after import (
    EXPERTS_2024,
    OBJECTION_LIMIT,
    RESTART_ASSUMED,
    RESTART_DRAFT,
    CorrectionClock,
    left_after,
    local_clock,
)
from contracts.editions.local import (
    BASE_ATTACHMENTS,
    OVERLAYS,
    PAPER_FOR_DATA_MESSAGES,
    SUB_SYSTEMS,
    Overlay,
    SecondReview,
    attachments_block,
    calendar_days,
    reaches,
    usual_attachments,
    working_days,
)
from contracts.editions.numbers import NUMBER, legacy_number, number
from contracts.editions.tax import TRANSFER_TAX, TransferTax
from torch_portal.common.codes import parent_of
from torch_portal.common.workdays import Limit

__all__ = [
    "BASE_ATTACHMENTS",
    "EDITIONS",
    "NUMBER",
    "OBJECTION_LIMIT",
    "OVERLAYS",
    "PAPER_FOR_DATA_MESSAGES",
    "SUB_SYSTEMS",
    "TRANSFER_TAX",
    "CorrectionClock",
    "Edition",
    "NoEdition",
    "Overlay",
    "SecondReview",
    "TransferTax",
    "attachments_block",
    "left_after",
    "legacy_number",
    "local_clock",
    "named",
    "number",
    "on",
    "reaches",
    "usual_attachments",
]

MEASURES_2000 = "国科发政字〔2000〕063号 技术合同认定登记管理办法"
RULES_2001 = "国科发政字〔2001〕253号 技术合同认定规则"
NOTICE_2020 = "国科火字〔2020〕38号 第二条"
GUIDE_2022 = "国科火字〔2022〕159号 技术合同认定登记工作指引"
MEASURES_2026 = "工业和信息化部 技术合同认定登记管理办法 (2026-01-23)"
CIVIL_CODE_FROM = date(2021, 1, 1)


@dataclass(frozen=True)
class Edition:
    """One rule set. starts, ends: first day, first day no more (None: still in force).

    confirmed: whether the text itself was read in full; `unconfirmed` names what was not.
    limit, large_limit: national review limit; the second for large or disputed contracts.
    second_review: place ("" = everywhere) -> threshold; empty where no rule demands it.
    large_total_yuan: total from which a hint about a second review is given.
    term_check: whether the application must lie inside the contract's term everywhere.
    licence_from: first day of signing and of acceptance for the kind technology licence.
    carrier_sets_max: sets of equipment or test rigs that count as carrier of the technology.
    term_left_days: fewer days of the term left than this are pointed out.
    odd_below_yuan, odd_above_yuan: totals outside look like a mistaken unit.
    paper: "due", or "notice": by the notice of 2020 (deferred, or none in a sub-system).
    overlays: limits of places, the first that holds counts (see with_local).
    correction_clock: what a return for correction does to the limit; expert_review: from which
    amount experts must have spoken before a recognition (None: only where they were asked).
    """

    code: str
    starts: date
    ends: date | None
    source: str
    confirmed: bool
    limit: Limit
    large_limit: Limit
    second_review: Mapping[str, SecondReview]
    unconfirmed: tuple[str, ...] = ()
    term_check: bool = False
    paper: str = "due"
    large_total_yuan: Decimal = Decimal(5_000_000)
    licence_from: date = CIVIL_CODE_FROM
    carrier_sets_max: int = 2
    term_left_days: int = 15
    odd_below_yuan: Decimal = Decimal(1_000)
    odd_above_yuan: Decimal = Decimal(10_000_000_000)
    correction_clock: CorrectionClock = RESTART_ASSUMED
    expert_review: SecondReview | None = None
    certificate_title: str = "技术合同认定登记证明"
    overlays: tuple[Overlay, ...] = OVERLAYS

    def review_limit(
        self,
        jurisdiction: str,
        day: date,
        *,
        expert: bool = False,
        technical_yuan: Decimal | None = None,
    ) -> Limit:
        """The limit for the decision on a contract accepted on day.

        The overlay of the place wins; otherwise the national limit, the longer one when
        experts review or the technical amount reaches the edition's threshold.
        """
        for overlay in self.overlays:
            if overlay.holds(jurisdiction, day):
                return overlay.expert if expert and overlay.expert else overlay.limit
        review = self.second_review_in("")
        large = review is not None and reaches(review, technical_yuan=technical_yuan)
        return self.large_limit if expert or large else self.limit

    def with_local(
        self, *, overlays: Iterable[Overlay], second_review: Mapping[str, SecondReview]
    ) -> "Edition":
        """The same edition with what places set for themselves laid over it."""
        return replace(
            self,
            overlays=(*overlays, *self.overlays),
            second_review={**self.second_review, **second_review},
        )

    def second_review_in(self, jurisdiction: str) -> SecondReview | None:
        """The threshold of the place, else of its province, else the national one, else None."""
        for place in (jurisdiction, parent_of(jurisdiction), ""):
            if place in self.second_review:
                return self.second_review[place]
        return None

    def licence_allowed(self, signed_on: date, accepted_on: date) -> bool:
        """Whether technology licence exists as a kind (民法典 第八百六十二条, from 2021-01-01)."""
        return min(signed_on, accepted_on) >= self.licence_from


_NATIONAL_30 = calendar_days(30, f"{MEASURES_2000} 第十四条")
_JIANGSU = SecondReview(
    "total", Decimal(5_000_000), "江苏省技术合同认定登记办理流程 (500万元以上二次审核)"
)
_LARGE_2026 = SecondReview("technical", Decimal(5_000_000), f"{MEASURES_2026} (征求意见稿第十四条)")

EDITIONS: tuple[Edition, ...] = (
    Edition(
        code="R2001",
        starts=date(2000, 2, 16),
        ends=date(2020, 2, 6),
        source=f"{MEASURES_2000}; {RULES_2001}",
        confirmed=True,
        limit=_NATIONAL_30,
        large_limit=_NATIONAL_30,
        second_review={"32": _JIANGSU},
    ),
    # The notice sets no end of its own: the edition lasts until the guide of 2022 begins, and
    # when the emergency ended is data of each province, not of the edition.
    Edition(
        code="R2001+N2020",
        starts=date(2020, 2, 6),
        ends=date(2022, 11, 1),
        source=f"{MEASURES_2000}; {RULES_2001}; {NOTICE_2020}",
        confirmed=True,
        limit=_NATIONAL_30,
        large_limit=_NATIONAL_30,
        second_review={"32": _JIANGSU},
        paper="notice",
    ),
    Edition(
        code="R2022",
        starts=date(2022, 11, 1),
        ends=date(2026, 3, 1),
        source=f"{MEASURES_2000}; {RULES_2001}; {GUIDE_2022}",
        confirmed=False,
        unconfirmed=("day in November 2022 on which the guide took effect", "paper originals"),
        limit=_NATIONAL_30,
        large_limit=_NATIONAL_30,
        second_review={"32": _JIANGSU},
        term_check=True,
    ),
    Edition(
        code="R2026",
        starts=date(2026, 3, 1),
        ends=None,
        source=MEASURES_2026,
        confirmed=False,
        unconfirmed=(
            "document number",
            "review limits of 15 and 30 working days (draft of 2024-12-18, article 14)",
            "threshold of 5,000,000 yuan (draft, article 14)",
            "experts from 5,000,000 yuan on (draft, article 14)",
            "the limit runs anew after a correction (draft, article 14)",
            "buyer applies for technology imports (draft, article 11)",
            "application inside the term (draft, article 12)",
            "paper originals",
        ),
        limit=working_days(15, f"{MEASURES_2026} (征求意见稿第十四条)"),
        large_limit=working_days(30, f"{MEASURES_2026} (征求意见稿第十四条)"),
        second_review={"": _LARGE_2026, "32": _JIANGSU},
        term_check=True,
        correction_clock=RESTART_DRAFT,
        expert_review=EXPERTS_2024,
    ),
)


class NoEdition(LookupError):
    """No rule set is known for a day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no rule set of technology contract registration on {day}")
        self.day = day


def on(day: date, jurisdiction: str = "") -> Edition:
    """The edition in force on a day; NoEdition before 2000-02-16.

    All editions so far are national, so the jurisdiction decides nothing here; its overlays are
    asked of the edition itself (review_limit, second_review_in).
    """
    for edition in EDITIONS:
        if edition.starts <= day and (edition.ends is None or day < edition.ends):
            return edition
    raise NoEdition(day)


def named(code: str) -> Edition:
    """The edition of a code as stored on a filing; KeyError if there is none."""
    return {edition.code: edition for edition in EDITIONS}[code]
