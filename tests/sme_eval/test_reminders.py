"""What enterprises are reminded of: each once, and not after they said no."""

import datetime

import pytest

from sme_eval import actions
from sme_eval.enums import State
from sme_eval.models import Evaluation
from tests.factories.sme_eval import AT, after_publicity, province
from torch_portal.notices.actions import choose_reminders
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db
NOON = datetime.timezone(datetime.timedelta(hours=8))


def at(month, day, year=2020):
    return datetime.datetime(year, month, day, 12, tzinfo=NOON)


def reminded(moment):
    """Keys of the messages that a run at this moment writes."""
    before = set(Message.objects.values_list("key", flat=True))
    actions.remind(at=moment)
    return set(Message.objects.values_list("key", flat=True)) - before


def test_a_draft_is_reminded_of_after_a_week_and_a_month(at_state):
    pk = at_state(State.DRAFT).pk
    assert reminded(AT + datetime.timedelta(days=6)) == set()
    assert len(reminded(AT + datetime.timedelta(days=7))) == 1
    assert reminded(AT + datetime.timedelta(days=8)) == set()
    assert {f"sme_eval-{pk}-draft-30-1"} == reminded(AT + datetime.timedelta(days=30))


def test_the_last_day_is_told_thirty_seven_and_one_days_before(at_state):
    pk = at_state(State.CORRECTING).pk
    assert reminded(at(9, 19)) == set()
    assert reminded(at(9, 20)) == {f"sme_eval-{pk}-closing-30-20201020"}
    assert reminded(at(10, 12)) == set()
    assert reminded(at(10, 13)) == {f"sme_eval-{pk}-closing-7-20201020"}
    assert reminded(at(10, 20)) == {f"sme_eval-{pk}-closing-1-20201020"}
    assert reminded(at(10, 21)) == set()


def test_a_submitted_form_is_not_reminded_of(at_state):
    at_state(State.SUBMITTED)
    assert reminded(at(10, 19)) == set()


def test_who_turned_it_off_is_not_reminded(at_state, house):
    at_state(State.CORRECTING)
    choose_reminders(user=house.filer, drafts=True, signings=True, terms=False)
    assert reminded(at(10, 19)) == set()


def test_a_number_of_last_year_is_updated_by_the_end_of_march(at_state, house):
    pk = at_state(State.ENTERED).pk
    assert reminded(at(12, 31)) == set()
    assert reminded(at(1, 1, 2021)) == {f"sme_eval-{pk}-update-2021"}
    assert reminded(at(3, 31, 2021)) == set()
    Message.objects.all().delete()
    assert reminded(at(4, 1, 2021)) == set()
    actions.start(enterprise=house.firm, by=house.filer, at=at(2, 1, 2021))
    assert reminded(at(2, 2, 2021)) == set()


def test_material_is_reminded_of_from_three_days_before(at_state):
    evaluation = at_state(State.ENTERED)
    draw = actions.draw_spot_check(
        jurisdiction="33", year=2020, by=province("33"), at=after_publicity(AT)
    )
    noon = datetime.datetime.combine(draw.due_on, datetime.time(12), tzinfo=NOON)
    key = f"sme_eval-{evaluation.pk}-material-{draw.checks.get().pk}"
    assert reminded(noon - datetime.timedelta(days=4)) == set()
    assert reminded(noon - datetime.timedelta(days=3)) == {key}
    assert Evaluation.objects.count() == 1
