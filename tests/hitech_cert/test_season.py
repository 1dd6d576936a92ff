"""A season: three batches, forty applications, sixty experts; the same again from the same seed."""

import hashlib
import json
from collections import Counter
from fractions import Fraction

import pytest

from hitech_cert import queries, rules
from hitech_cert.enums import PanelState, SeatState, State
from hitech_cert.models import Application, Panel, ScoreSheet, Seat, code_of
from hitech_cert.queries import experts as pools
from tests.factories import hitech_experts as f
from tests.factories.hitech_season import APPLICATIONS, EXPERTS, season

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(900)]
# What the season of seed 38 always comes to, on every machine.
DIGEST = "3f80327dd0c77e2bf98bf731473ef9ab6487edd7d86d3e7eea0c9e9b4de2cae4"


@pytest.fixture
def held(house):
    return season(house)


def digest(outcome):
    return hashlib.sha256(json.dumps(outcome, ensure_ascii=False).encode()).hexdigest()


def repeated(panel, held):
    """The draw of a panel made again from what is on record."""
    draw = panel.draw
    members = frozenset(draw.members)
    pool = [c for c in pools.pool("33") if c.code in members]
    known = pools.apart_of([panel.application_id]) if draw.intake is None else {}
    apart = known.get(panel.application_id, ())
    subject = pools.subject_of(panel.application, draw.drawn_at, apart)
    return rules.draw(pool, subject, draw.seed, rules.Wish(draw.tech, draw.fin))


def test_season_of_three_batches_is_reproducible_from_its_seed(held):
    assert len(held.experts) == EXPERTS
    assert Application.objects.count() == APPLICATIONS
    assert [d.done for d in held.draws] == [14, 13, 13]
    assert all(d.left_out == {} for d in held.draws)
    states = Counter(Application.objects.values_list("filing__state", flat=True))
    assert states == {State.SCORED: APPLICATIONS}
    assert Counter(Panel.objects.values_list("state", flat=True)) == {
        PanelState.CLOSED: APPLICATIONS, PanelState.DISSOLVED: 3,
    }  # fmt: skip
    assert (held.declined, held.replaced) == (10, 9)

    for panel in Panel.objects.select_related("application__filing", "draw__intake"):
        again = repeated(panel, held)
        assert [code_of(pk) for pk in panel.tech_order] == list(again.tech)
        assert [code_of(pk) for pk in panel.fin_order] == list(again.fin)
        if panel.state == PanelState.CLOSED:
            _check_closed(panel)

    sheets = ScoreSheet.objects.filter(submitted_at__isnull=False)
    assert sheets.count() == APPLICATIONS * 5
    assert Seat.objects.filter(state=SeatState.DECLINED).count() == 10
    assert any(s.reasons for s in sheets)
    passed = Counter(Application.objects.values_list("score_passes", flat=True))
    assert passed[True] > passed[False] > 0
    assert digest(held.outcome()) == DIGEST


def _check_closed(panel):
    """Its average is the exact mean of its sheets, worked out here by hand."""
    seats = [s for s in f.seats_of(panel) if s.state == SeatState.SUBMITTED]
    totals = {role: [s.sheet.total for s in seats if s.role == role] for role in ("tech", "fin")}
    mean = sum((Fraction(sum(t), len(t)) for t in totals.values()), Fraction(0))
    application = Application.objects.get(pk=panel.application_id)
    assert Fraction(application.score_top, application.score_bottom) == mean
    assert application.score_passes is (mean > 70)
    assert panel.opinion is application.score_passes
    composition = (len(totals["tech"]), len(totals["fin"]))
    assert composition == (3, 2)
    edition = queries.edition_of(panel.application)
    assert rules.check_panel(rules.Composition(3, 2, "tech", 15), edition) == []
