"""What the portal knows of a respondent from elsewhere: compared by rules and offered to take.

Nothing of it is ever filled in by itself (统计法 第七条: the respondent answers for the values).
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from stats.models import Return
from stats.queries.instruments import RuleSet, compiled_rules, version_of
from stats.queries.reports import Values
from stats.rules import CheckRule
from stats.rules.entries import in_digits
from stats.rules.tree import walk
from torch_portal.certificates.enums import Status
from torch_portal.certificates.models import Certificate
from torch_portal.filings.enums import QualificationKind
from torch_portal.filings.models import Qualification

CONTRACTS = "technical_contract"
THOUSAND = 1000
# What seldom changes from year to year, by the meaning of the item: last year's is offered.
LASTING = (
    "qa05", "qa06", "qa08", "qa15", "qa20", "qb03_0", "qb03_1", "qb04", "qb04_0", "qb06", "qb09",
    "qb16", "qb16_1", "qb18", "qb20", "qb20_1", "qb101",
)  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """A value that the portal knows for an item, and where from."""

    code: str
    value: str
    source: str


def outside(report: Return) -> dict[str, str]:
    """The values that ext(name) reads, in the unit of each (amounts in 千元).

    contracts_registered_count, contracts_registered_amount_k: technology contracts that were
    registered with a valid certificate in the year of the data. hitech_certificate_no: the
    certificate valid on the last day of the year.
    """
    wanted = {known.name for known in version_of(report.round).external.values()}
    found: dict[str, str] = {}
    if wanted & {"contracts_registered_count", "contracts_registered_amount_k"}:
        found |= _contracts(report)
    if "hitech_certificate_no" in wanted:
        certificate = _certificate(report)
        found |= {"hitech_certificate_no": certificate.number} if certificate else {}
    return {name: value for name, value in found.items() if name in wanted}


def _contracts(report: Return) -> dict[str, str]:
    rows = Certificate.objects.filter(
        filing__enterprise_id=report.enterprise_id,
        template=CONTRACTS,
        status=Status.VALID,
        issued_at__year=report.round.year,
    ).values_list("content__total_yuan", flat=True)
    amounts = [Decimal(str(each).replace(",", "") or 0) for each in rows]
    if not amounts:
        return {}
    return {
        "contracts_registered_count": str(len(amounts)),
        "contracts_registered_amount_k": in_digits(sum(amounts, Decimal(0)) / THOUSAND),
    }


def _certificate(report: Return) -> Qualification | None:
    last_day = datetime.date(report.round.year, 12, 31)
    rows = Qualification.objects.valid_on(last_day).filter(
        enterprise_id=report.enterprise_id, kind=QualificationKind.HNTE_CERTIFICATE
    )
    return rows.order_by("-valid_from").first()


def offers(report: Return, external: Values, before: Values) -> dict[str, Offer]:
    """What can be taken over into an item, by its code: from the account, registers, last year."""
    items = version_of(report.round).items
    made = [
        *_of_last_year(report, before),
        *_of_account(report),
        *_of_registers(report, external),
    ]
    return {offer.code: offer for offer in made if offer.code in items and offer.value}


def _of_last_year(report: Return, before: Values) -> Iterator[Offer]:
    source = _("your return of %(year)s") % {"year": report.round.year - 1}
    items = version_of(report.round).items
    for code, value in before.items():
        if code in items and items[code].indicator in LASTING:
            yield Offer(code, value, source)


def _of_account(report: Return) -> Iterator[Offer]:
    firm = report.enterprise
    known = {
        "qa03": firm.credit_code,
        "qa04": firm.name,
        "qa19": firm.division,
        "qa07": firm.address,
        "qa08": firm.legal_representative,
    }
    source = _("the account of the enterprise")
    return (Offer(code, value, source) for code, value in known.items())


def _of_registers(report: Return, external: Values) -> Iterator[Offer]:
    """By the rules that compare an item with a register."""
    instrument = version_of(report.round)
    pairs = _pairs(compiled_rules(report.round.version))
    for code, name in pairs.items():
        if name in external:
            yield Offer(code, external[name], instrument.external[name].label_zh)
    certificate = _certificate(report) if "hitech_certificate_no" in external else None
    if certificate:
        source = instrument.external["hitech_certificate_no"].label_zh
        yield Offer("qb11", "1", source)
        yield Offer("qb12", certificate.valid_from.isoformat(), source)


@lru_cache(maxsize=32)
def _pairs(rules: RuleSet) -> Mapping[str, str]:
    """Items and register values that are laid side by side, once for each set of rules."""
    return dict(compared_with_registers(rules.rules))


def compared_with_registers(rules: Iterable[CheckRule]) -> Iterator[tuple[str, str]]:
    """Pairs of item and register value that a rule lays side by side."""
    for rule in rules:
        for node in walk(rule.tree):
            if node[0] in {"==", "-"} and {node[1][0], node[2][0]} == {"code", "ext"}:
                sides: Mapping[Any, Any] = {node[1][0]: node[1][1], node[2][0]: node[2][1]}
                yield sides["code"], sides["ext"]
