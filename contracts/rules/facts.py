"""What the rules look at: plain values of one contract, None where nothing is known yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.enums import PATENT_SUBKINDS, PATENTS

HOME_COUNTRIES = ("", "142", "CN", "CHN")


@dataclass(frozen=True)
class Deduction:
    """One non-technical line of the price: kind (DeductionKind value) and yuan."""

    kind: str
    yuan: Decimal


@dataclass(frozen=True)
class Registration:
    """Another filing that looks like this one: its number, and the agency that holds it."""

    number: str
    agency: str = ""


@dataclass(frozen=True)
class Facts:
    """One contract as the rules see it. Amounts in yuan; None means not known yet.

    applied_on, accepted_on: day of application and of acceptance (the latter decides).
    deductions: the non-technical lines; () means there are none.
    carrier_sets: complete sets of equipment or test rigs delivered with the technology.
    contains: Content values, what else the contract holds.
    goal_clear, mastered_before, innovative: the three conditions of a development contract.
    buyer_only_pays: one party gives only money, equipment, material or auxiliary work.
    duplicates: live registrations of the same contract; lookalikes: filings of the same seller,
    buyer, day and amount under another name. monopoly: MonopolyPattern values ticked.
    seals_complete: seals are complete and equal the written names.
    resident_enterprise, sub_system, emergency_ended_on: what the notice of 2020 asks about;
    sub_system and term_checked are switches of the province (None: the edition's own).
    """

    form: str | None = None
    kind: str | None = None
    subkind: str | None = None
    project_name: str | None = None
    ip_kind: str | None = None
    tech_field: str | None = None
    objective: str | None = None
    plan_source: str | None = None
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    applied_on: date | None = None
    accepted_on: date | None = None
    jurisdiction: str | None = None
    seller_name: str | None = None
    seller_code: str | None = None
    seller_division: str | None = None
    agency_division: str | None = None
    intermediary_division: str | None = None
    applicant: str | None = None
    buyer_name: str | None = None
    buyer_code: str | None = None
    buyer_division: str | None = None
    buyer_country: str | None = None
    buyer_nature: str | None = None
    buyer_address: str | None = None
    buyer_phone: str | None = None
    buyer_postcode: str | None = None
    is_import: bool | None = None
    classified: bool | None = None
    related: bool | None = None
    total_yuan: Decimal | None = None
    technical_yuan: Decimal | None = None
    deductions: tuple[Deduction, ...] | None = None
    carrier_sets: int | None = None
    payment: str | None = None
    royalty_base: str | None = None
    royalty_rate: Decimal | None = None
    patent_name: str | None = None
    patent_applicant: str | None = None
    patentee: str | None = None
    patent_filed_on: date | None = None
    patent_number: str | None = None
    patent_expires_on: date | None = None
    attachments: frozenset[str] | None = None
    foreign_language: bool | None = None
    language_undertaking: bool | None = None
    seals_complete: bool | None = None
    contains: frozenset[str] = frozenset()
    goal_clear: bool | None = None
    mastered_before: bool | None = None
    innovative: bool | None = None
    buyer_only_pays: bool | None = None
    monopoly: frozenset[str] = frozenset()
    duplicates: tuple[Registration, ...] = ()
    lookalikes: tuple[Registration, ...] = ()
    expert_review: bool | None = None
    resident_enterprise: bool | None = None
    sub_system: bool | None = None
    term_checked: bool | None = None
    emergency_ended_on: date | None = None

    @property
    def day(self) -> date | None:
        """The day the rules apply the dates to: acceptance, before it the application."""
        return self.accepted_on or self.applied_on

    @property
    def buyer_at_home(self) -> bool:
        """Whether the buyer is in the country (no country given means it is)."""
        return (self.buyer_country or "") in HOME_COUNTRIES

    @property
    def patent_involved(self) -> bool:
        """Whether a patent is the intellectual property of the contract."""
        if self.subkind in PATENT_SUBKINDS or self.ip_kind in PATENTS:
            return True
        return self.ip_kind is None and self.patent_expires_on is not None
