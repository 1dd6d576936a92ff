"""Counting a round: its totals, its outliers, and the risk of its returns. Safe to run twice."""

import datetime

from django.db import transaction

from stats.editions.quality import WATCHED
from stats.enums.quality import OutlierKind
from stats.models import Aggregate, Outlier, Return, Round
from stats.queries import outliers, totals
from stats.rules import outliers as rules
from stats.rules import quality

BATCH = 2000
KEY = ("place", "dimension", "key", "code")
EXPLAINED = ("explanation", "explained_at", "explained_by_id")


@transaction.atomic
def count_totals(*, survey_round: Round, at: datetime.datetime) -> int:
    """Every total anew; returns how many. The words to a total that changed are void."""
    Round.objects.select_for_update(no_key=True).get(pk=survey_round.pk)
    now, before = totals.counted(survey_round), totals.totals_before(survey_round)
    rows = Aggregate.objects.filter(round=survey_round).exclude(explanation="")
    said = {
        tuple(row[:4]): row[4:] for row in rows.values_list(*KEY, "value", "before", *EXPLAINED)
    }
    made = []
    for key, total in now.items():
        last = before.get(key)
        row = Aggregate(
            round=survey_round,
            **dict(zip(KEY, key, strict=True)),
            respondents=total.respondents,
            value=total.value,
            before_respondents=last.respondents if last else None,
            before=last.value if last else None,
            counted_at=at,
        )
        if key in said and said[key][:2] == (row.value, row.before):
            for name, value in zip(EXPLAINED, said[key][2:], strict=True):
                setattr(row, name, value)
        made.append(row)
    Aggregate.objects.filter(round=survey_round).delete()
    Aggregate.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


@transaction.atomic
def find_outliers(*, survey_round: Round, at: datetime.datetime) -> int:
    """Fixed limits and changes far from the group; what was looked at and stands, stays looked at.

    Returns how many returns have any; their risk is rated anew.
    """
    Round.objects.select_for_update(no_key=True).get(pk=survey_round.pk)
    found = [*_beyond_limits(survey_round, at), *_far_off(survey_round, at)]
    known = {
        (row.report_id, row.kind, row.code, row.now, row.before): row
        for row in Outlier.objects.filter(report__round=survey_round, seen_at__isnull=False)
    }
    for row in found:
        seen = known.get((row.report_id, row.kind, row.code, row.now, row.before))
        if seen is not None:
            row.seen_at, row.seen_by, row.note = seen.seen_at, seen.seen_by, seen.note
    had = set(
        Outlier.objects.filter(report__round=survey_round).values_list("report_id", flat=True)
    )
    Outlier.objects.filter(report__round=survey_round).delete()
    Outlier.objects.bulk_create(found, batch_size=BATCH)
    have = {row.report_id for row in found}
    changed = Return.objects.filter(pk__in=had ^ have).select_related("round__version__instrument")
    for report in changed.iterator(BATCH):
        rate(report=report)
    return len(have)


def _beyond_limits(survey_round: Round, at: datetime.datetime) -> list[Outlier]:
    made = []
    for pk, values in outliers.limited(survey_round):
        for limit, ratio in rules.beyond(values):
            bounds = {
                "ratio": str(ratio), "low": str(limit.least), "high": str(limit.most),
            }  # fmt: skip
            made.append(
                Outlier(
                    report_id=pk,
                    kind=OutlierKind.FIXED,
                    code=limit.code,
                    now=values[limit.above],
                    before=None,
                    bounds=bounds,
                    found_at=at,
                )
            )
    return made


def _far_off(survey_round: Round, at: datetime.datetime) -> list[Outlier]:
    made = []
    for code in WATCHED:
        for group in outliers.groups(survey_round, code):
            by_key = {change.key: change for change in group.changes}
            for effect in rules.effects(group.changes):
                if not effect.outlies:
                    continue
                told = {"effect": effect.effect, "low": effect.low, "high": effect.high}
                bounds = {name: f"{value:.2f}" for name, value in told.items()}
                change = by_key[effect.key]
                made.append(
                    Outlier(
                        report_id=effect.key,
                        kind=OutlierKind.SPREAD,
                        code=code,
                        group=group.name,
                        now=change.now,
                        before=change.before,
                        bounds=bounds | {"ratio": str(effect.ratio)},
                        found_at=at,
                    )
                )
    return made


def rate(*, report: Return) -> int:
    """Work out the risk of a return and keep it, for the order of the worklist."""
    points = sum(quality.risk(outliers.standing_of(report)).values())
    Return.objects.filter(pk=report.pk).update(risk=points)
    report.risk = points
    return points
