"""What the pages of the quality desk show: coverage, outliers, totals, sign-offs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from stats.editions.quality import FEWEST, LIMITS
from stats.enums import IN_REVIEW, State
from stats.enums.quality import Dimension, OutlierKind
from stats.models import Aggregate, Assignment, Outlier, Round, SignOff
from stats.queries.totals import digest_of_place
from stats.rules import quality
from torch_portal.accounts.models import Agency, Division, Jurisdiction
from torch_portal.accounts.roles import Person

IN_TIME = "in_time"
RETURNED = (State.RETURNED, State.CANCEL_REQUESTED)


@dataclass(frozen=True)
class Coverage:
    """How far one unit or province has come: respondents, and what became of them."""

    key: str
    label: str
    asked: int
    exempt: int
    begun: int
    submitted: int
    in_time: int
    in_review: int
    returned: int
    accepted: int

    @property
    def missing(self) -> int:
        """Respondents that have to answer and have not."""
        return self.asked - self.exempt - self.submitted

    @property
    def share(self) -> Fraction:
        """Submitted, of those that have to answer; 1 where nobody has to."""
        due = self.asked - self.exempt
        return Fraction(self.submitted, due) if due > 0 else Fraction(1)

    @property
    def timely(self) -> Fraction:
        """Submitted in time, of those that have to answer."""
        due = self.asked - self.exempt
        return Fraction(self.in_time, due) if due > 0 else Fraction(1)


def coverage(
    round: Round, user: Person, *, place: str = "", by_unit: bool = False
) -> list[Coverage]:
    """By province, or by unit within one; what this person may see. Two queries.

    by_unit: by unit without naming a province, for who works at units alone.
    """
    rows = Assignment.objects.visible_to(user).filter(round=round)
    by_unit = by_unit or bool(place)
    if place:
        rows = rows.filter(enterprise__jurisdiction=place)
    key = "responsible_unit_id" if by_unit else "enterprise__jurisdiction_id"
    sent = Q(report__filing__submitted_at__isnull=False) & ~Q(
        report__filing__state__in=(State.DRAFT, State.CHECKED, State.CANCELLED)
    )
    counted = (
        rows.annotate(sent_on=TruncDate("report__filing__submitted_at"))
        .values(key)
        .annotate(
            asked=Count("pk"),
            exempted=Count("pk", filter=Q(exempt=True)),
            begun=Count("report"),
            submitted=Count("pk", filter=sent & Q(exempt=False)),
            in_time=Count("pk", filter=sent & Q(exempt=False, sent_on__lte=F("round__closes_on"))),
            in_review=Count("pk", filter=Q(report__filing__state__in=IN_REVIEW)),
            returned=Count("pk", filter=Q(report__filing__state__in=RETURNED)),
            accepted=Count("pk", filter=Q(report__filing__state=State.ACCEPTED)),
        )
    )
    told = list(counted)
    labels = _labels(by_unit, [row[key] for row in told])
    found = [
        Coverage(
            key=str(row[key]),
            label=labels.get(row[key], str(row[key])),
            asked=row["asked"],
            exempt=row["exempted"],
            begun=row["begun"],
            submitted=row["submitted"],
            in_time=row["in_time"],
            in_review=row["in_review"],
            returned=row["returned"],
            accepted=row["accepted"],
        )
        for row in told
    ]
    return sorted(found, key=lambda row: (row.share, -row.missing, row.label))


def _labels(by_unit: bool, keys: Iterable[Any]) -> dict[Any, str]:
    rows: Any = Agency if by_unit else Jurisdiction
    return {row.pk: row.name for row in rows.objects.filter(pk__in=list(keys))}


def outliers(round: Round, user: Person) -> QuerySet[Outlier]:
    """Those of the returns that this person may see; what nobody looked at comes first."""
    rows = Outlier.objects.visible_to(user).filter(report__round=round)
    related = rows.select_related("report__enterprise", "report__filing", "report__unit")
    return related.order_by(F("seen_at").asc(nulls_first=True), "-report__risk", "pk")


def outlier_words(row: Outlier, items: Mapping[str, Any]) -> dict[str, str]:
    """An outlier as a reviewer reads it: what, the figures, what would be in order."""
    limit = next((each for each in LIMITS if each.code == row.code), None)
    if row.kind == OutlierKind.FIXED and limit is not None:
        labels = [items[code].label_zh for code in (limit.above, limit.below) if code in items]
        return {
            "what": " ÷ ".join(labels),
            "ratio": eye(Fraction(row.bounds["ratio"])),
            "bounds": f"{eye(limit.least)} – {eye(limit.most)}",
        }
    label = items[row.code].label_zh if row.code in items else row.code
    words = _("effect %(effect)s, in order from %(low)s to %(high)s")
    return {
        "what": label,
        "ratio": eye(Fraction(row.bounds["ratio"])),
        "bounds": words % row.bounds,
    }


def eye(value: Fraction | Decimal | None) -> str:
    """A figure to be looked at, at most two decimals, half away from zero."""
    if value is None:
        return "—"
    size = abs(Fraction(value)) * 100
    hundredths = (2 * size.numerator + size.denominator) // (2 * size.denominator)
    sign = "-" if value < 0 and hundredths else ""
    whole, rest = divmod(hundredths, 100)
    return f"{sign}{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")


def totals_of(round: Round, place: str, dimension: str, items: Mapping[str, Any]) -> list[Any]:
    """The totals of a place by one dimension with their change; what has to be explained is said.

    A change has to be explained at the total of the place alone.
    """
    rows = Aggregate.objects.filter(round=round, place=place, dimension=dimension)
    return [
        {
            "row": row,
            "key": key_label(dimension, row.key),
            "label": items[row.code].label_zh if row.code in items else row.code,
            "unit": items[row.code].unit if row.code in items else "",
            "now": eye(row.value),
            "before": eye(row.before),
            "change": percent(quality.change(row.value, row.before)),
            "asked": dimension == Dimension.TOTAL and quality.to_explain(row.value, row.before),
            "few": row.respondents < FEWEST,
        }
        for row in rows.order_by("key", "code")
    ]


def percent(share: Fraction | None) -> str:
    """A change in percent with its sign; only to be looked at."""
    if share is None:
        return "—"
    sign = "+" if share > 0 else ""
    return f"{sign}{eye(share * 100)}%"


def percent_of(share: Fraction) -> str:
    """A share in percent; only to be looked at."""
    return f"{eye(share * 100)}%"


def key_label(dimension: str, key: str) -> str:
    """The words of a key: a place, a unit, a class of size; an industry is its division."""
    if not key:
        return _("not known") if dimension != Dimension.TOTAL else _("Total")
    if dimension == Dimension.PROVINCE:
        found = Jurisdiction.objects.filter(pk=key).first()
        return found.name if found else key
    if dimension == Dimension.CITY:
        city = Division.objects.filter(pk=f"{key:0<6}").values_list("path", flat=True).first()
        return city or key
    if dimension == Dimension.UNIT:
        unit = Agency.objects.filter(pk=key).values_list("name", flat=True).first()
        return unit or key
    return {
        "large": _("large"),
        "medium": _("medium-sized"),
        "small": _("small"),
        "yes": _("certified"),
        "no": _("not certified"),
    }.get(key, key)


def sign_offs(round: Round) -> dict[str, SignOff]:
    """The sign-offs of a round by province, those included whose totals changed since."""
    rows = SignOff.objects.filter(round=round).select_related("signed_by")
    return {row.jurisdiction_id: row for row in rows}


def stands(row: SignOff | None, round: Round) -> bool:
    """Whether a province still stands by its totals: they are those it signed."""
    return row is not None and row.digest == digest_of_place(round, row.jurisdiction_id)


def unsigned(round: Round) -> list[Jurisdiction]:
    """The provinces with respondents that have not signed, or whose totals changed since."""
    asked = Assignment.objects.filter(round=round, exempt=False)
    places = Jurisdiction.objects.filter(
        pk__in=asked.values_list("enterprise__jurisdiction", flat=True).distinct()
    )
    signed = sign_offs(round)
    return [p for p in places.order_by("pk") if not stands(signed.get(p.pk), round)]
