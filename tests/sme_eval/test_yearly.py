"""The yearly figures: what is counted, for whom."""

import io

import openpyxl
import pytest

from sme_eval import queries
from sme_eval.enums import State
from sme_eval.models import Evaluation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring_2020")]


def test_an_entered_and_a_revoked_evaluation_are_counted_apart(at_state):
    at_state(State.ENTERED)
    place, field, way = queries.yearly(Evaluation.objects.all(), 2020)
    assert [row.label for row in place.rows] == ["浙江省杭州市", "合计"]
    named = dict(zip(queries.HEADS, place.rows[-1].figures, strict=True))
    assert (named["filed"], named["entered"], named["valid"]) == (1, 1, 1)
    assert (named["staff"], named["revenue"]) == (50, 5000)
    assert field.rows[0].figures == field.rows[-1].figures
    assert [row.figures[0] for row in way.rows] == [1, 0, 0, 0, 0, 1]


def test_a_revoked_number_gives_no_staff_and_no_revenue(at_state):
    at_state(State.REVOKED)
    total = queries.yearly(Evaluation.objects.all(), 2020)[0].rows[-1]
    named = dict(zip(queries.HEADS, total.figures, strict=True))
    assert (named["entered"], named["revoked"], named["valid"]) == (1, 1, 0)
    assert (named["staff"], named["revenue"]) == (0, 0)


def test_an_official_reads_the_own_jurisdiction_alone(client, house, at_state):
    at_state(State.ENTERED)
    for person, filed in ((house.official, 1), (house.far_reviewer, 0)):
        client.force_login(person)
        tables = client.get("/sme/figures/").context["tables"]
        assert tables[0].rows[-1].figures[0] == filed


@pytest.mark.parametrize("who", ["filer", "stranger"])
def test_enterprises_are_refused_with_the_reason(client, house, who):
    client.force_login(getattr(house, who))
    assert client.get("/sme/figures/").status_code == 403


def test_the_workbook_holds_the_same_figures(client, house, at_state):
    at_state(State.ENTERED)
    client.force_login(house.official)
    answer = client.get("/sme/figures/?year=2020&form=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    shown = client.get("/sme/figures/?year=2020").context["tables"]
    for table in shown:
        read = [tuple(c.value for c in row) for row in book[table.title].iter_rows(min_row=3)]
        assert read == [(row.label, *row.figures) for row in table.rows]
