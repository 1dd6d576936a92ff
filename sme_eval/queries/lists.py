"""Lists of evaluations and agencies, what is known from before, and what must hold."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sme_eval.enums import NUMBERED, STANDING, CheckState, Route, State
from sme_eval.models import Evaluation, IpRight, SpotCheck
from torch_portal.accounts.models import Agency, Enterprise
from torch_portal.accounts.roles import Person
from torch_portal.filings.models import Filing, Qualification
from torch_portal.filings.people import agencies_at
from torch_portal.publicity.models import Entry
from torch_portal.publicity.terms import Row
from torch_portal.publicity.workflow import LIVE, PUBLIC_BATCHES

LINE = "sme_eval"
# Entries that seldom change and are taken over from the last evaluation.
LASTING = (
    "established_on",
    "registration_type",
    "industry",
    "business_scope",
    "main_products",
    "tech_field",
    "rd_basis",
    "audited_tax",
)
OPEN_CHECKS = (CheckState.ASKED, CheckState.GIVEN, CheckState.ON_SITE)
# Figures that a spot check compares with the statements, in 万元.
CHECKED = ("revenue", "cost_total", "assets_total", "rd_cost")
IP_COLUMNS = ("name", "kind", "number", "granted_on", "expires_on", "gained", "product", "disputed")


def with_cover(evaluations: Any) -> Any:
    """Evaluations with what every page shows of the cover, in one query."""
    return evaluations.select_related(
        "enterprise",
        "filing__enterprise",
        "filing__agency",
        "filing__contact",
        "filing__created_by",
    )


def covers(user: Person) -> QuerySet[Filing]:
    """The covers of this line that a person may see."""
    return Filing.objects.visible_to(user).filter(line=LINE)


def agencies_for(evaluation: Evaluation) -> list[Agency]:
    """The evaluation agencies in whose area the enterprise lies."""
    return agencies_at(LINE, evaluation.enterprise.division)


def known_before(
    enterprise: Enterprise, day: datetime.date
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
    """What a new draft begins with: entries by column, and rows of its tables."""
    known = {
        "legal_representative": enterprise.legal_representative,
        "address": enterprise.address,
    }
    rows = {"routes": _certificates(enterprise, day)}
    last = (
        Evaluation.objects.filter(enterprise=enterprise, filing__submitted_at__isnull=False)
        .order_by("-year", "-pk")
        .first()
    )
    if last is not None:
        known |= {name: getattr(last, name) for name in LASTING}
        rights = IpRight.objects.filter(evaluation=last)
        alive = rights.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=day))
        rows["ip_rights"] = list(alive.order_by("pk").values(*IP_COLUMNS))
    return known, rows


def _certificates(enterprise: Enterprise, day: datetime.date) -> list[dict[str, Any]]:
    """A high-tech certificate that the portal knows to be valid confirms without retyping."""
    valid = Qualification.objects.valid_on(day).filter(
        enterprise=enterprise, kind=Route.HNTE_CERTIFICATE
    )
    return [
        {
            "route": Route.HNTE_CERTIFICATE,
            "title": row.number,
            "dated_on": row.valid_from,
            "valid_to": row.valid_to,
            "source": row.source,
        }
        for row in valid.order_by("-valid_to")[:1]
    ]


def waiting_for_a_list(jurisdiction: str) -> list[Row]:
    """Passed the form review and stands on no list yet, in the order in which they were filed."""
    listed = Entry.objects.filter(filing=OuterRef("pk"), state__in=LIVE)
    rows = Evaluation.objects.filter(
        ~Exists(listed), filing__jurisdiction=jurisdiction, filing__state=State.PASSED
    )
    told = rows.order_by("filed_at", "pk").values_list(
        "pk", "enterprise__name", "enterprise__credit_code", "enterprise__division", "by_route"
    )
    return [Row(pk, name, code, place, _way(way)) for pk, name, code, place, way in told]


def _way(by_route: str) -> str:
    """How it was confirmed, as the public list says it; in Chinese, for it is frozen."""
    return "直接确认" if by_route == "direct" else "综合评价"


def public_entry(evaluation: Evaluation) -> Entry | None:
    """Its entry on a list that everybody can read; None before and for one struck off."""
    entries = Entry.objects.public().filter(filing=evaluation.pk, batch__state__in=PUBLIC_BATCHES)
    return entries.select_related("batch").order_by("-pk").first()


def pool_of_spot_check(jurisdiction: str, year: int) -> dict[str, int]:
    """The numbers that a draw is made from, with their filings.

    Without those confirmed by a high-tech certificate and those that were drawn this year.
    """
    rows = Evaluation.objects.filter(
        filing__jurisdiction=jurisdiction, year=year, filing__state__in=STANDING
    ).exclude(spot_checks__draw__year=year)
    by_certificate = Q(direct_routes__contains=[Route.HNTE_CERTIFICATE.value])
    listed = rows.exclude(by_certificate).order_by("number").values_list("number", "pk")
    return {str(number): pk for number, pk in listed}


def digest_of_pool(numbers: Iterable[str]) -> str:
    """SHA-256 over the numbers, one a line, in order."""
    return hashlib.sha256("\n".join(sorted(numbers)).encode()).hexdigest()


def open_checks(user: Person) -> QuerySet[Any]:
    """The spot checks that a person may see and that are not concluded."""
    return SpotCheck.objects.visible_to(user).filter(state__in=OPEN_CHECKS)


def consistency() -> list[str]:
    """Figures and states that contradict each other; empty when all is well."""
    entered = Q(filing__state__in=NUMBERED)
    numbered = Q(number__isnull=False)
    found = [
        f"evaluation {e.pk}: entered without a number"
        for e in Evaluation.objects.filter(entered & ~numbered).order_by("pk")[:100]
    ]
    found += [
        f"evaluation {e.pk}: has a number but is not entered"
        for e in Evaluation.objects.filter(numbered & ~entered).order_by("pk")[:100]
    ]
    return found + _two_in_a_year() + _number_gaps()


def _two_in_a_year() -> list[str]:
    rows: dict[tuple[int, int], int] = {}
    standing = Evaluation.objects.filter(filing__state__in=STANDING)
    for enterprise, year in standing.values_list("enterprise_id", "entered_on__year"):
        rows[enterprise, year] = rows.get((enterprise, year), 0) + 1
    return [
        f"enterprise {enterprise}: {count} valid numbers in {year}"
        for (enterprise, year), count in sorted(rows.items())
        if count > 1
    ]


def _number_gaps() -> list[str]:
    """Serials run from 1 without gap for each jurisdiction and year."""
    series: dict[tuple[str, str], list[int]] = {}
    numbers = Evaluation.objects.filter(number__isnull=False)
    for number, place in numbers.values_list("number", "filing__jurisdiction").iterator(5000):
        series.setdefault((str(number)[:4], place), []).append(int(str(number)[12:]))
    return [
        f"series {place} {year}: {len(serials)} numbers but the last is {max(serials)}"
        for (year, place), serials in sorted(series.items())
        if max(serials) != len(serials)
    ]
