"""What the clock starts for the survey."""

from celery import shared_task

from stats import actions
from stats.actions import guidance
from stats.enums import RoundState
from stats.models import Round
from torch_portal.common import clock


@shared_task
def count_round(*, round_id: int) -> int:
    """Count totals and outliers of a round again; a second run finds the same."""
    row = Round.objects.select_related("version__instrument").get(pk=round_id)
    now = clock.now()
    made = actions.count_totals(survey_round=row, at=now)
    actions.find_outliers(survey_round=row, at=now)
    return made


@shared_task
def count_rounds() -> int:
    """Count every round that is open or closed and not accepted yet (beat, by night)."""
    rows = Round.objects.filter(state__in=(RoundState.OPEN, RoundState.CLOSED))
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        count_round(round_id=pk)
    return rows.count()


@shared_task
def tell_levels_above() -> int:
    """Tell the levels above what was sent back yesterday; once a day and person (beat)."""
    return actions.tell_levels_above(at=clock.now())


@shared_task
def remind_respondents() -> int:
    """Remind of drafts, returned returns and signed scans; a second run finds it written (beat)."""
    return actions.remind(at=clock.now())


@shared_task
def remind_overdue_questions() -> int:
    """Tell the units of questions whose answer is overdue, each once a day (beat)."""
    return guidance.remind_overdue(at=clock.now())
