"""The facts that the rules look at, and what the rules say of them."""

import datetime
import re
from typing import Any

from django.conf import settings
from django.utils import timezone

from sme_eval import editions, rules
from sme_eval.editions import Edition
from sme_eval.enums import NUMBERED, TAKES_THE_YEAR, Route, State
from sme_eval.models import Evaluation, IntegrityEntry, RouteProof, Window
from sme_eval.workflow import GUIDE
from torch_portal.common.findings import Finding
from torch_portal.common.workdays import Limit, Unit
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import live_files

# Sichuan 2019: five working days; the figure of the national guide was not seen.
REVIEW_LIMIT = Limit(settings.SME_REVIEW_WORKDAYS, Unit.WORKING, GUIDE)
SEPARATORS = re.compile(r"\s*[、，,;；\n]+\s*")
# Entries beside the figures that may not stay blank (科技型中小企业信息表 填写说明 二).
ENTRIES = (
    "established_on",
    "registration_type",
    "industry",
    "legal_representative",
    "restricted_industry",
    "audited_tax",
    "misconduct",
    "abnormal_list",
    "serious_dishonesty",
    "senior_titles",
    "middle_titles",
    "rd_ledger",
    "main_products",
    "tech_field",
)
PLAIN = (
    "established_on",
    "staff_total",
    "staff_st",
    "rd_cost",
    "revenue",
    "cost_total",
    "assets_total",
    "restricted_industry",
    "misconduct",
    "abnormal_list",
    "serious_dishonesty",
)


def edition_on(day: datetime.date) -> Edition:
    """The rule set of the year, with the window that an official set for it."""
    edition = editions.on(day)
    window = Window.objects.filter(year=edition.year).first()
    if window is None:
        return edition
    return edition.with_window(submit_open=window.opens_on, submit_close=window.closes_on)


def edition_of(evaluation: Evaluation, filing: Filing | None = None) -> Edition:
    """The rule set under which it was filed, or would be filed today for a draft."""
    code = (filing or evaluation.filing).edition
    if code:
        return editions.named(code)
    return edition_on(timezone.localdate(evaluation.saved_at or evaluation.filing.created_at))


def facts(evaluation: Evaluation, *, day: datetime.date) -> rules.Facts:
    """What the rules look at, as the row stands; `day` is that of the filing."""
    rights = rights_of(evaluation)
    counted: tuple[int | None, int | None] = (None, None)
    if rights or evaluation.no_ip:
        counted = rules.count_rights(rights, day, products(evaluation))
    return rules.Facts(
        filed_on=day,
        **{name: getattr(evaluation, name) for name in PLAIN},
        rd_basis=evaluation.rd_basis or None,
        ip_class1=counted[0],
        ip_class2=counted[1],
        resident_enterprise=evaluation.enterprise.resident,
        audit_collection=evaluation.audited_tax,
        first_time=not numbered_before(evaluation),
        recent_dishonesty=recent_dishonesty(evaluation, day),
        direct=tuple(claim(route) for route in in_order(evaluation.routes.all())),
    )


def in_order(rows: Any) -> list[Any]:
    """Rows of a table in the order of their entry; no query when they are fetched."""
    return sorted(rows, key=lambda row: row.pk)


def products(evaluation: Evaluation) -> tuple[str, ...]:
    """The main products by name, as they are listed on the form."""
    return tuple(name for name in SEPARATORS.split(evaluation.main_products.strip()) if name)


def rights_of(evaluation: Evaluation) -> list[rules.Right]:
    """The rights of the form as the rules see them."""
    return [
        rules.Right(
            name=row.name,
            kind=row.kind,
            product=row.product.strip(),
            granted_on=row.granted_on,
            expires_on=row.expires_on,
            disputed=row.disputed,
        )
        for row in in_order(evaluation.ip_rights.all())
    ]


def claim(route: RouteProof) -> rules.Claim:
    """A route as the rules see it."""
    dated = {
        Route.HNTE_CERTIFICATE: "valid_from",
        Route.NATIONAL_AWARD: "awarded_on",
        Route.STANDARD: "published_on",
    }.get(Route(route.route))
    return rules.Claim(
        route=route.route,
        valid_to=route.valid_to,
        unit_rank=route.unit_rank,
        level=route.level or None,
        **{dated: route.dated_on} if dated else {},
    )


def numbered_before(evaluation: Evaluation) -> bool:
    """Whether the enterprise was in the library in an earlier year."""
    earlier = Evaluation.objects.filter(
        enterprise_id=evaluation.enterprise_id, filing__state__in=NUMBERED
    )
    return earlier.exclude(pk=evaluation.pk).exists()


def recent_dishonesty(evaluation: Evaluation, day: datetime.date) -> bool:
    """Whether a number of it was revoked within the years that the on-site checks ask about."""
    years = edition_of(evaluation).onsite.dishonesty_years or 0
    since = datetime.date(day.year - years, 1, 1)
    entries = IntegrityEntry.objects.filter(enterprise_id=evaluation.enterprise_id)
    return bool(years) and entries.filter(written_at__date__gte=since).exists()


def findings(evaluation: Evaluation, *, at: datetime.datetime) -> list[Finding]:
    """Everything that the rules say of the form if it were filed at that moment, complete."""
    day = timezone.localdate(at)
    edition = edition_on(day)
    case = rules.examine(facts(evaluation, day=day), edition)
    return [
        *rules.check_window(at, edition),
        *form_findings(evaluation, case),
        *rules.check_year(year_taken(evaluation), barred_through(evaluation, day)),
    ]


def form_findings(evaluation: Evaluation, case: rules.Case) -> list[Finding]:
    """What the rules say of the form itself, whenever it is filed."""
    day, edition = case.facts.filed_on, case.edition
    projects = [rules.Project(r.name, r.cost) for r in in_order(evaluation.projects.all())]
    rights = rights_of(evaluation)
    sheet = rules.Sheet(
        blank=tuple(n for n in ENTRIES if getattr(evaluation, n) in (None, "")),
        projects=len(projects),
        no_projects=evaluation.no_projects,
        rights=len(rights),
        no_ip=evaluation.no_ip,
        direct=bool(case.facts.direct),
        attachments=frozenset(file.kind for file in live_files(evaluation.filing)),
    )
    return [
        *(f for f in rules.check(case) if f.code != "window"),
        *rules.check_sheet(sheet, edition),
        *(rules.check_projects(projects, evaluation.rd_cost) if projects else ()),
        *rules.check_rights(rights, day, products(evaluation)),
    ]


def year_taken(evaluation: Evaluation) -> str:
    """The number or the state of another evaluation that takes the year, "" when there is none."""
    others = Evaluation.objects.filter(
        enterprise_id=evaluation.enterprise_id,
        year=evaluation.year,
        filing__state__in=TAKES_THE_YEAR,
    ).exclude(pk=evaluation.pk)
    other = others.exclude(filing__state=State.REVOKED).select_related("filing").first()
    return str(other.filing) if other else ""


def barred_through(evaluation: Evaluation, day: datetime.date) -> datetime.date | None:
    """The last day on which the enterprise may not file after a revocation; None when it may."""
    entries = IntegrityEntry.objects.filter(
        enterprise_id=evaluation.enterprise_id, barred_through__gte=day
    )
    return entries.order_by("-barred_through").values_list("barred_through", flat=True).first()


def examination(evaluation: Evaluation) -> tuple[dict[str, Any], list[Finding]]:
    """The answer on the form as filed, and all that its own edition says of it.

    The answer: points, by ("score", "direct", None) and the routes that held.
    """
    case = case_of(evaluation)
    found = form_findings(evaluation, case)
    return answer(case, found), found


def case_of(evaluation: Evaluation) -> rules.Case:
    """The form as it was filed, under its own edition; a draft as of its last save."""
    at = evaluation.filed_at or evaluation.saved_at or evaluation.filing.created_at
    day = timezone.localdate(at)
    return rules.examine(facts(evaluation, day=day), edition_of(evaluation))


def answer(case: rules.Case, found: list[Finding]) -> dict[str, Any]:
    """Points, the way by which it is confirmed, and the routes that hold."""
    return {
        "points": rules.points(case.score),
        "by": rules.verdict(case, found)[1],
        "routes": [verdict.claim.route for verdict in case.routes if verdict.holds],
    }


def digestible(evaluation: Evaluation, *, at: datetime.datetime) -> dict[str, Any]:
    """The facts of a moment as plain data for the digest of an event."""
    known = facts(evaluation, day=timezone.localdate(at))
    return {name: value for name, value in vars(known).items() if value is not None}


def route_letter(evaluation: Evaluation, edition: Edition) -> str:
    """Character 12 of the number: by the first route that held, else 0."""
    letters = (rules.route_letter(edition, route) for route in evaluation.direct_routes)
    return next((letter for letter in letters if letter != "0"), "0")


def library_number(
    evaluation: Evaluation, edition: Edition, day: datetime.date, serial: int
) -> str:
    """入库登记编号 of an evaluation that enters on that day; see rules.compose_number."""
    established, filed = evaluation.established_on, evaluation.filed_at
    if established is None or filed is None:
        raise ValueError(f"evaluation {evaluation.pk} was never filed in full")
    return rules.compose_number(
        rules.Number(
            year=day.year,
            division=evaluation.enterprise.division,
            timing=rules.timing_letter(established, filed, day.year),
            route=route_letter(evaluation, edition),
            serial=serial,
        )
    )


def number_series(jurisdiction: str, day: datetime.date) -> str:
    """The key of the serials of a year and jurisdiction."""
    return f"entry:sme_eval:{jurisdiction}:{day.year}"
