"""What places lay over the national rule sets: review limits, second review, papers, material."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.enums import AttachmentKind, Kind
from torch_portal.common.codes import parent_of
from torch_portal.common.workdays import Limit, Unit


@dataclass(frozen=True)
class Overlay:
    """A place's own review limit.

    holds_in: jurisdiction codes. since, until: first day and first day no more (None: open).
    expert: the limit when experts review (None: the same). binds_cities: a provincial
    regulation, which binds the cities planned separately as well.
    """

    holds_in: str
    limit: Limit
    expert: Limit | None
    since: date
    until: date | None = None
    binds_cities: bool = True

    def holds(self, jurisdiction: str, day: date) -> bool:
        """Whether it applies to a jurisdiction on a day."""
        places = {jurisdiction, parent_of(jurisdiction)} if self.binds_cities else {jurisdiction}
        return (
            self.holds_in in places
            and self.since <= day
            and (self.until is None or day < self.until)
        )


@dataclass(frozen=True)
class SecondReview:
    """From which amount two different reviewers, or experts, must see a contract.

    amount: "total" or "technical".
    """

    amount: str
    threshold_yuan: Decimal
    clause: str


def reaches(
    review: SecondReview,
    *,
    total_yuan: Decimal | None = None,
    technical_yuan: Decimal | None = None,
) -> bool:
    """Whether the amount that a threshold speaks of is known and reaches it."""
    amount = technical_yuan if review.amount == "technical" else total_yuan
    return amount is not None and amount >= review.threshold_yuan


def calendar_days(days: int, clause: str) -> Limit:
    """A limit in calendar days."""
    return Limit(days, Unit.CALENDAR, clause)


def working_days(days: int, clause: str) -> Limit:
    """A limit in working days."""
    return Limit(days, Unit.WORKING, clause)


_SHANGHAI = "沪科合〔2019〕33号 上海市技术合同认定登记"
OVERLAYS: tuple[Overlay, ...] = (
    # From 2026-03-01 the national fifteen working days are the stricter limit in Beijing.
    Overlay(
        "11",
        calendar_days(30, "北京市技术市场条例 第二十二条"),
        None,
        since=date(2002, 11, 1),
        until=date(2026, 3, 1),
    ),
    Overlay("33", calendar_days(10, "浙江省技术市场条例 第十六条"), None, since=date(2004, 11, 1)),
    Overlay("41", calendar_days(15, "河南省技术市场条例 第十六条"), None, since=date(1994, 8, 1)),
    Overlay(
        "31",
        working_days(7, _SHANGHAI),
        working_days(20, _SHANGHAI),
        since=date(2020, 1, 6),
        binds_cities=False,
    ),
)

# Provinces known to have run a sub-system of their own in February 2020; the list is not
# confirmed in full, so a province's own switch (Facts.sub_system) wins.
SUB_SYSTEMS = frozenset({"31"})
# Where contracts concluded as data messages need a paper text (北京市技术市场条例 第二十二条).
PAPER_FOR_DATA_MESSAGES = frozenset({"11"})

_RIGHTS = (AttachmentKind.PATENT_COPY, AttachmentKind.PATENT_IN_FORCE)
_USUAL: Mapping[str, tuple[AttachmentKind, ...]] = {
    Kind.DEVELOPMENT: (
        AttachmentKind.DEVELOPMENT_PLAN,
        AttachmentKind.COST_LIST,
        AttachmentKind.UNDERTAKING,
    ),
    Kind.TRANSFER: (AttachmentKind.UNDERTAKING,),
    Kind.LICENCE: (AttachmentKind.UNDERTAKING,),
    Kind.CONSULTING: (AttachmentKind.COST_LIST, AttachmentKind.UNDERTAKING),
    Kind.SERVICE: (AttachmentKind.COST_LIST, AttachmentKind.UNDERTAKING),
}
BASE_ATTACHMENTS = (AttachmentKind.CONTRACT_TEXT,)
STRICT_ATTACHMENTS = frozenset({"43"})


def usual_attachments(kind: str, *, patent: bool) -> tuple[AttachmentKind, ...]:
    """What agencies ask for with a kind, beyond the contract text the national rule demands.

    patent: a patent is transferred or licensed, so its copy and proof of its life are asked.
    """
    wanted = _USUAL.get(kind, ())
    return (*wanted, *_RIGHTS) if patent and kind in (Kind.TRANSFER, Kind.LICENCE) else wanted


def attachments_block(jurisdiction: str) -> bool:
    """Whether a missing usual attachment stops the application there (Hunan), or only warns."""
    return bool(STRICT_ATTACHMENTS & {jurisdiction, parent_of(jurisdiction)})
