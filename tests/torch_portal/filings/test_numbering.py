"""Numbers: from 1, per series, without gap or double, whatever happens at the same time."""

import threading

import pytest
from django.db import connection, transaction

from tests.faults.together import at_once, backends_waiting_for_locks, wait_until
from torch_portal.filings import numbering
from torch_portal.filings.models import NumberSeries

pytestmark = pytest.mark.django_db(transaction=True)


def take(key="k", *, fail=False):
    with transaction.atomic():
        number = numbering.take(key)
        if fail:
            raise LookupError(number)
        return number


def test_take_counts_from_1_in_each_series():
    assert [take("a"), take("a"), take("b"), take("a")] == [1, 2, 1, 3]
    assert dict(NumberSeries.objects.values_list("key", "last")) == {"a": 3, "b": 1}


def test_take_of_a_hundred_at_once_has_no_gap_and_no_double():
    def ten():
        numbers = [take() for _turn in range(10)]
        connection.close()
        return numbers

    answers = at_once(*[ten] * 10)
    assert sorted(n for numbers in answers for n in numbers) == list(range(1, 101))


def test_take_rolled_back_gives_its_number_back():
    assert take() == 1
    with pytest.raises(LookupError, match="2"):
        take(fail=True)
    assert take() == 2


def test_take_rolled_back_first_leaves_no_series():
    with pytest.raises(LookupError):
        take(fail=True)
    assert not NumberSeries.objects.exists()
    assert take() == 1


def test_take_with_every_third_rolled_back_at_once_leaves_no_gap():
    def five(number):
        def run():
            kept = []
            for turn in range(5):
                try:
                    kept.append(take(fail=(number + turn) % 3 == 0))
                except LookupError:
                    continue
            return kept

        return run

    answers = at_once(*map(five, range(6)))
    numbers = sorted(n for kept in answers for n in kept)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 20


def test_take_waits_only_for_its_own_series():
    """While one transaction holds a number, its series waits and the others go on."""
    answers = {}

    def later(key):
        answers[key] = take(key)
        connection.close()

    with transaction.atomic():
        assert numbering.take("held") == 1
        other = threading.Thread(target=later, args=("free",))
        other.start()
        other.join(20)
        assert answers == {"free": 1}
        waiting = threading.Thread(target=later, args=("held",))
        waiting.start()
        wait_until(backends_waiting_for_locks, what="the second taker")
        assert "held" not in answers
    waiting.join(20)
    assert answers == {"free": 1, "held": 2}
