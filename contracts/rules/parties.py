"""VH-01 to VH-04, VH-11 and VH-19 to VH-21: who files, where, when."""

from collections.abc import Callable

from contracts.editions import Edition
from contracts.enums import Applicant, Form
from contracts.rules.facts import Facts
from torch_portal.common import codes
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems

SHANGHAI = "31"


def check_form(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2000〕063号 (口头形式不予受理); 民法典 第四百六十九、八百五十一、八百六十三条."""
    if facts.form == Form.ORAL:
        yield Problem(
            "form",
            _("An oral technology contract is not accepted. Conclude it in writing first."),
        )


def check_applicant(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2000〕063号; 北京市技术市场条例 第二十二条; 沪科合〔2019〕33号."""
    if facts.applicant != Applicant.BUYER or facts.is_import is None:
        return
    at_home = facts.buyer_at_home and (facts.buyer_division or "")[:2] not in ("71", "81", "82")
    if not (facts.is_import and at_home) and not _both_in_shanghai(facts):
        yield Problem(
            "applicant",
            _(
                "The seller or the intermediary applies. A buyer applies only as the domestic "
                "buyer of a technology import."
            ),
        )


def _both_in_shanghai(facts: Facts) -> bool:
    """沪科合〔2019〕33号: there a buyer may apply if both parties are registered in Shanghai."""
    places = (facts.seller_division or "", facts.buyer_division or "")
    return facts.jurisdiction == SHANGHAI and all(p.startswith(SHANGHAI) for p in places)


def applicant_place(facts: Facts) -> tuple[str, str | None]:
    """The field and the division of the one who applies.

    An intermediary whose own place is not given is taken at the seller's.
    """
    if facts.applicant == Applicant.BUYER:
        return "buyer_division", facts.buyer_division
    if facts.applicant == Applicant.INTERMEDIARY and facts.intermediary_division:
        return "intermediary_division", facts.intermediary_division
    return "seller_division", facts.seller_division


def check_area(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2000〕063号 (按地域一次登记)."""
    name, place = applicant_place(facts)
    area = facts.agency_division or facts.jurisdiction
    if place and area and not codes.area_covers(area, place):
        yield Problem(
            name,
            _(
                "The applicant is registered in %(place)s, outside the agency's area %(area)s. "
                "Choose an agency of the applicant's own area."
            ),
            {"place": place, "area": area},
        )


def check_duplicates(facts: Facts, edition: Edition) -> Problems:
    """北京市技术市场条例 第二十二条 (不得重复登记); 沪科技市〔2025〕31号 第四条."""
    for other in facts.duplicates:
        yield Problem(
            "project_name",
            _(
                "The same contract is registered or being examined: %(number)s %(agency)s. "
                "A contract is registered once."
            ),
            {"number": other.number, "agency": other.agency},
        )


def check_classified(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2000〕063号 第十五条; 沪科合〔2019〕33号."""
    if facts.classified:
        yield Problem(
            "classified",
            _(
                "A classified contract does not go online. Upload nothing, and bring the paper to "
                "the registration agency."
            ),
        )


def check_signed(facts: Facts, edition: Edition) -> Problems:
    """国科发政字〔2000〕063号 (技术合同依法成立后申请)."""
    if facts.signed_on and facts.day and facts.signed_on > facts.day:
        yield Problem(
            "signed_on",
            _("The contract is signed on %(signed)s, after the application of %(day)s."),
            {"signed": facts.signed_on, "day": facts.day},
        )


def check_seals(facts: Facts, edition: Edition) -> Problems:
    """科技部火炬中心 技术合同认定登记问答 (2021-01-13) 第八项."""
    if facts.seals_complete is False:
        yield Problem(
            "seals_complete",
            _("The seals must be complete and equal the written names of the parties."),
        )


def check_parties(facts: Facts, edition: Edition) -> Problems:
    """GB 32100—2015; GB/T 2260; 科技部火炬中心 技术合同认定登记问答 (2021-01-13) 第三项."""
    for name in ("seller_code", "buyer_code"):
        typed = getattr(facts, name)
        if typed and typed.strip():
            yield from _code_problem(name, typed, codes.credit_code)
    for name in ("seller_division", "buyer_division", "intermediary_division"):
        typed = getattr(facts, name)
        if typed and typed.strip():
            yield from _code_problem(name, typed, codes.division)
    seller, buyer = facts.seller_code, facts.buyer_code
    if seller and buyer and codes.normalise(seller) == codes.normalise(buyer):
        yield Problem("buyer_code", _("Seller and buyer are the same body."))


def _code_problem(name: str, typed: str, read: Callable[[str], str]) -> Problems:
    try:
        read(typed)
    except codes.CodeError as error:
        yield Problem(name, error.message, error.values)
