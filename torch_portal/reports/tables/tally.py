"""The rows behind the dashboard, made anew by beat: one pass over the contracts for each table."""

import datetime

from django.db import connection, transaction
from django.utils import timezone, translation

from contracts import line
from torch_portal.reports.models import MonthTally, Recount, StateTally
from torch_portal.reports.tables import reading
from torch_portal.reports.tables.build import as_plain
from torch_portal.reports.tables.span import Span

BOARD, PUBLIC = "board", "public"
PUBLIC_TABLES = ("T1", "T2", "T7.1", "T10")
LANGUAGES = ("zh-hans", "en")
MONTHS = """
INSERT INTO reports_monthtally (month, jurisdiction_id, kind, tech_field, submitted, registered,
    total_yuan, technical_yuan)
SELECT d_month, place, d_kind, d_field, sum(submitted), sum(registered), sum(total), sum(technical)
FROM ({rows}) counted GROUP BY d_month, place, d_kind, d_field
"""
STATES = """
INSERT INTO reports_statetally (jurisdiction_id, agency_id, at_state, kind, tech_field, filings,
    overdue)
SELECT place, office, at_state, d_kind, d_field, count(*), count(*) FILTER (WHERE late)
FROM ({rows}) counted GROUP BY place, office, at_state, d_kind, d_field
"""


def recount(*, at: datetime.datetime) -> int:
    """Make all rows anew in one transaction; readers see the old ones until it is done."""
    today = timezone.localdate(at)
    with transaction.atomic():
        MonthTally.objects.all().delete()
        StateTally.objects.all().delete()
        months = [rows.query.sql_with_params() for rows in line.month_rows()]
        states, values = line.state_rows(today).query.sql_with_params()
        with connection.cursor() as cursor:
            both = " UNION ALL ".join(sql for sql, _values in months)
            cursor.execute(MONTHS.format(rows=both), [v for _sql, vs in months for v in vs])
            cursor.execute(STATES.format(rows=states), values)
        _keep(BOARD, {}, at)
        _keep(PUBLIC, _public(today), at)
    return MonthTally.objects.count() + StateTally.objects.count()


def _keep(name: str, content: dict[str, object], at: datetime.datetime) -> None:
    Recount.objects.update_or_create(name=name, defaults={"counted_at": at, "content": content})


def public_span(today: datetime.date) -> Span:
    """The year up to its last whole month: figures of a running month would tell single filings."""
    last = today.replace(day=1) - datetime.timedelta(days=1)
    return Span(last.replace(month=1, day=1), last)


def _public(today: datetime.date) -> dict[str, object]:
    """A few tables of the whole country with their respondents; the page hides small cells."""
    span = public_span(today)
    before = span.year_before
    counted = line.counted(
        line.MODEL.objects.all(),
        period=span.days,
        before=before.days if before else None,
        respondents=True,
    )
    found: dict[str, object] = {"since": f"{span.since}", "until": f"{span.until}"}
    for language in LANGUAGES:
        with translation.override(language):
            made = reading.tables(reading.COUNTRY, span, counted)
            found[language] = as_plain([t for t in made if t.number in PUBLIC_TABLES])
    return found
