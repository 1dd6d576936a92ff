"""The figures of a round that are searched for outliers, this year and last, by group."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from stats.editions.quality import LIMITS, REVENUE, SPREAD
from stats.enums import FILED, Mark
from stats.models import Outlier, Return, Round
from stats.queries.instruments import comparable
from stats.queries.reports import last_year
from stats.queries.totals import NUMBER, round_before
from stats.rules.outliers import Change, industry_division, size_class
from stats.rules.quality import Standing

PAIRS = """
SELECT r.filing_id, coalesce(r.data->>'qb03_1', ''), {revenue}, {now}, {before}
FROM stats_return r
JOIN filings_filing f ON f.id = r.filing_id
JOIN stats_return b ON b.enterprise_id = r.enterprise_id AND b.round_id = %s
JOIN filings_filing g ON g.id = b.filing_id AND g.state = ANY(%s)
WHERE r.round_id = %s AND f.state = ANY(%s)
"""
LIMITED = tuple(dict.fromkeys(code for limit in LIMITS for code in (limit.above, limit.below)))


@dataclass(frozen=True)
class Group:
    """Returns that are compared with each other: `name` is industry|size, * for any."""

    name: str
    changes: list[Change]


def groups(round: Round, code: str) -> list[Group]:
    """The changes of one item since last year by industry and size.

    Where a group is too small to be judged its members join those of the industry of any size,
    then those of any industry. [] without a round before, or when the item means another thing.
    """
    before = round_before(round)
    if before is None or comparable(code, before.version, round.version).mark is not Mark.FULL:
        return []
    finest: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for pk, industry, revenue, now, then in _pairs(round, before, code):
        if now is not None and then is not None and now > 0 and then > 0:
            place = (industry_division(industry) or "*", size_class(revenue) or "*")
            finest[place].append(Change(pk, now, then))
    return _joined(finest)


def _joined(finest: Mapping[tuple[str, str], list[Change]]) -> list[Group]:
    found: list[Group] = []
    wider: dict[str, list[Change]] = defaultdict(list)
    rest: list[Change] = []
    for (industry, size), changes in sorted(finest.items()):
        if len(changes) >= SPREAD.smallest:
            found.append(Group(f"{industry}|{size}", changes))
        else:
            wider[industry] += changes
    for industry, changes in sorted(wider.items()):
        if len(changes) >= SPREAD.smallest:
            found.append(Group(f"{industry}|*", changes))
        else:
            rest += changes
    return [*found, Group("*|*", rest)] if rest else found


def _pairs(
    round: Round, before: Round, code: str
) -> list[tuple[int, str, Decimal | None, Decimal | None, Decimal | None]]:
    statement = PAIRS.format(
        revenue=NUMBER.format(code=REVENUE),
        now=NUMBER.format(code=code),
        before=NUMBER.format(code=code).replace("r.data", "b.data"),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [before.pk, list(FILED), round.pk, list(FILED)])
        return list(cursor.fetchall())


def limited(round: Round) -> Iterator[tuple[int, dict[str, Decimal]]]:
    """The figures of each return that fixed limits speak of."""
    values = ", ".join(NUMBER.format(code=code) for code in LIMITED)
    statement = f"""
        SELECT r.filing_id, {values} FROM stats_return r
        JOIN filings_filing f ON f.id = r.filing_id
        WHERE r.round_id = %s AND f.state = ANY(%s)
    """  # noqa: S608  (codes of the edition, no input)
    with connection.cursor() as cursor:
        cursor.execute(statement, [round.pk, list(FILED)])
        for pk, *figures in cursor.fetchall():
            told = zip(LIMITED, figures, strict=True)
            yield pk, {code: figure for code, figure in told if figure is not None}


def standing_of(report: Return) -> Standing:
    """What the risk of a return rests on, from its counters, its values and last year's."""
    before = last_year(report)
    return Standing(
        errors=report.errors,
        warnings=report.warnings,
        revenue=figure(report.data, REVENUE),
        revenue_before=figure(before, REVENUE),
        outlier=Outlier.objects.filter(report=report, seen_at__isnull=True).exists(),
    )


def figure(data: Mapping[str, object], code: str) -> Decimal | None:
    """A value of the document as a number; None for a blank and for what is none."""
    text = str(data.get(code, ""))
    unsigned = text.removeprefix("-").replace(".", "", 1)
    return Decimal(text) if unsigned.isascii() and unsigned.isdecimal() else None
