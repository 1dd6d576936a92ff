"""Counting the sheets again: which errors, mended by how much, and whether that changes it."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from hitech_cert import editions
from hitech_cert.rules import ExpertScores, Facts, FinSheet, TechSheet, examine
from hitech_cert.rules.redo import recount

DAY = datetime.date(2020, 6, 1)
EDITION = editions.on(DAY)
# Growth of exactly 35 per cent: band A, 9 to 10 points each.
GROWING = tuple(Decimal(v) for v in ("100", "135", "182.25"))


def case(**facts):
    known = {"sales": GROWING, "net_assets": GROWING, "ip_class1": 1, "ip_class2": 0}
    return examine(Facts(applied_on=DAY, **known | {"standards": 0} | facts), EDITION)


def tech(**points):
    plain = {"adv": 6, "sup": 6, "cnt": 7, "way": 4, "std": 0, "transfer": 18,
             "m1": 4, "m2": 4, "m3": 2, "m4": 2}  # fmt: skip
    return TechSheet(**plain | points)


def scores(fin=((9, 9),), sheets=None, **more):
    made = tuple(FinSheet(*points) for points in fin)
    return ExpertScores(tech=tuple(sheets or [tech()] * 4), fin=made, **more)


def grounds(found):
    return [(slip.ground.value, slip.item, slip.given, slip.right) for slip in found.slips]


@pytest.mark.parametrize(
    ("given", "slips"),
    [
        ((7, 9), [("growth", "growth_net_assets", "7", "9")]),
        ((8, 9), []),
    ],
)
def test_growth_two_points_off_that_changes_the_result(given, slips):
    found = recount(case(), scores([given], [tech(m1=5, m2=4)] * 4))
    assert found.before == 54 + sum(given)
    assert grounds(found) == slips
    assert found.passes
    assert found.after > 70


def test_growth_off_that_changes_nothing_is_no_ground():
    found = recount(case(), scores([(4, 4)], [tech(transfer=30, m1=6, m2=6)] * 4))
    assert (grounds(found), found.before, found.after) == ([], Fraction(77), Fraction(77))


@pytest.mark.parametrize(("points", "slip"), [(6, True), (7, False)])
def test_class_one_right_with_a_number_below_seven(points, slip):
    found = recount(case(), scores(sheets=[tech(cnt=points), *[tech()] * 3]))
    assert bool(grounds(found)) is slip
    assert found.after - found.before == (Fraction(1, 4) if slip else 0)


def test_without_a_class_one_right_the_number_is_the_experts():
    assert not recount(case(ip_class1=0, ip_class2=2), scores(sheets=[tech(cnt=1)])).slips


@pytest.mark.parametrize(("standards", "slips"), [(1, 4), (0, 0)])
def test_forgotten_bonus(standards, slips):
    found = recount(case(standards=standards), scores())
    assert len(found.by("bonus")) == slips
    assert found.after - found.before == (1 if slips else 0)


def test_bonus_never_lifts_the_rights_above_thirty():
    full = tech(adv=8, sup=8, cnt=8, way=6)
    assert recount(case(standards=1), scores(sheets=[full])).after == Fraction(30 + 18 + 12 + 18)


def test_average_that_the_sheets_do_not_give():
    found = recount(case(), scores(leader_total=Decimal("70.5")), Fraction(70))
    assert grounds(found) == [
        ("arithmetic", "total", "70.5", "71"),
        ("arithmetic", "average", "70", "71"),
    ]
    assert not recount(case(), scores(leader_total=Decimal(71)), Fraction(71)).slips


def test_growth_that_a_person_decides_is_nobodys_error():
    lost = (Decimal(-100), Decimal(-200), Decimal(-400))
    assert not recount(case(net_assets=lost), scores([(0, 9)])).slips
