"""The boards of a round: coverage, outliers, totals, sign-off, publication, micro-data."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import permissions, queries
from stats.editions.quality import CHANGE_TO_EXPLAIN
from stats.enums.quality import Dimension, OutlierKind
from stats.models import Aggregate, MicroGrant, PublicationTable, Round
from stats.queries import quality as desk
from stats.queries.totals import counted_at
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date

BOARDS = {
    "coverage": gettext_lazy("Coverage"),
    "outliers": gettext_lazy("Outliers"),
    "totals": gettext_lazy("Totals"),
    "sign_off": gettext_lazy("Sign-off"),
    "publication": gettext_lazy("Publication"),
}
TEMPLATES = {
    "coverage": "admin/stats/_coverage.html",
    "outliers": "admin/stats/_outliers.html",
    "totals": "admin/stats/_totals.html",
    "sign_off": "admin/stats/_sign_off.html",
    "publication": "admin/stats/_publication.html",
}
PER_PAGE = 50


def shown(request: HttpRequest, row: Round) -> dict[str, Any]:
    """The head of a round and the board that the address names."""
    asked = request.GET.get("board", "")
    board = asked if asked in BOARDS else "coverage"
    makers = {
        "coverage": _coverage,
        "outliers": _outliers,
        "totals": _totals,
        "sign_off": _sign_off,
        "publication": _publication,
    }
    return {
        "title": row.title,
        "row": row,
        "facts": _facts(row),
        "boards": list(BOARDS.items()),
        "board": board,
        "board_template": TEMPLATES[board],
        **makers[board](request, row),
    }


def _facts(row: Round) -> list[tuple[str, str]]:
    approval = row.version.approval
    return [
        (_("Version"), row.version.version),
        (
            _("Approval"),
            f"{approval.approval_no} · {_('valid until')} {approval.valid_to:%Y-%m-%d}",
        ),
        (_("Collection"), f"{long_date(row.opens_on)} – {long_date(row.closes_on)}"),
        (_("Units can be changed until"), long_date(row.reassign_until)),
        (_("Signed scan until"), long_date(row.scan_until)),
    ]


def places_of(request: HttpRequest) -> list[Jurisdiction]:
    """The provinces whose boards this person may see, for a choice."""
    areas = {area for _role, area in standing(request.user).jurisdictions}
    rows = Jurisdiction.objects.order_by("pk")
    return list(rows if None in areas else rows.filter(pk__in=areas - {None}))


def _place(request: HttpRequest, *, whole: bool) -> str:
    """The province that the address names, else the person's only one; "" for the country."""
    known = [place.pk for place in places_of(request)]
    asked = request.GET.get("place", "")
    if asked in known:
        return asked
    return known[0] if known and not (whole and len(known) > 1) else ""


def _coverage(request: HttpRequest, row: Round) -> dict[str, Any]:
    place = _place(request, whole=True)
    inside = bool(standing(request.user).agencies) and not places_of(request)
    rows = (
        desk.coverage(row, request.user, place=place)
        if not inside
        else desk.coverage(row, request.user, by_unit=True)
    )
    return {
        "coverage": [
            {
                "row": each,
                "share": desk.percent_of(each.share),
                "timely": desk.percent_of(each.timely),
            }
            for each in rows
        ],
        "place": place,
        "by_unit": bool(place) or inside,
        "places": places_of(request),
    }


def _outliers(request: HttpRequest, row: Round) -> dict[str, Any]:
    items = queries.items_of(row.version)
    found = Paginator(desk.outliers(row, request.user), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    return {
        "page": page,
        "outliers": [
            {
                "row": each,
                "kind": OutlierKind(each.kind).label,
                "now": desk.eye(each.now),
                "before": desk.eye(each.before),
                **desk.outlier_words(each, items),
            }
            for each in page
        ],
    }


def _totals(request: HttpRequest, row: Round) -> dict[str, Any]:
    place = _place(request, whole=True)
    asked = request.GET.get("dimension", "")
    dimension = asked if asked in Dimension.values else Dimension.TOTAL
    may = permissions.is_torch(request.user) or bool(permissions.provinces(request.user))
    counted = counted_at(row)
    sees = bool(standing(request.user).jurisdictions)
    items = queries.items_of(row.version)
    return {
        "totals": desk.totals_of(row, place, str(dimension), items) if sees else [],
        "dimension": dimension,
        "dimensions": [
            d for d in Dimension.choices if (d[0] == Dimension.PROVINCE) <= (place == "")
        ],
        "place": place,
        "places": places_of(request),
        "counted": minute(counted) if counted else "",
        "may_count": may,
        "limit": desk.percent_of(CHANGE_TO_EXPLAIN),
    }


def _sign_off(request: HttpRequest, row: Round) -> dict[str, Any]:
    signed = desk.sign_offs(row)
    unsigned = {place.pk for place in desk.unsigned(row)}
    mine = permissions.provinces(request.user)
    seen = [p for p in places_of(request) if p.pk in signed or p.pk in unsigned]
    return {
        "provinces": [
            {
                "place": place,
                "signed": signed.get(place.pk),
                "when": minute(signed[place.pk].signed_at) if place.pk in signed else "",
                "stands": place.pk in signed and place.pk not in unsigned,
                "mine": place.pk in mine,
            }
            for place in seen
        ]
    }


def _publication(request: HttpRequest, row: Round) -> dict[str, Any]:
    today = clock.today()
    grants = MicroGrant.objects.filter(
        round=row, given_to=request.user.pk, ended_at__isnull=True, until__gte=today
    )
    return {
        "tables": PublicationTable.objects.filter(round=row).order_by("code", "dimension"),
        "granted": grants.exists(),
    }


def total_words(row: Round, aggregate: Aggregate) -> dict[str, Any]:
    """What the page says on which a total is explained."""
    item = queries.items_of(row.version).get(aggregate.code)
    names = {
        "label": item.label_zh if item else aggregate.code,
        "unit": item.unit if item else "",
        "now": desk.eye(aggregate.value),
        "before": desk.eye(aggregate.before),
    }
    return {
        "title": _("Explain: %(label)s") % names,
        "effect": _("This year %(now)s %(unit)s, last year %(before)s %(unit)s.") % names,
        "button": _("Keep"),
    }
