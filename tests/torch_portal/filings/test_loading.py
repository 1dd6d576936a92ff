"""Invented enterprises of a load: as many as were asked for, whatever chance gives."""

import random

import pytest

from torch_portal.filings.management import loading

pytestmark = pytest.mark.django_db


class Stutter(random.Random):
    """Gives every code of six letters twice running."""

    def __init__(self):
        super().__init__(1)
        self.asked = 0

    def choice(self, letters):
        place, self.asked = self.asked, self.asked + 1
        return letters[(place // 12 + place % 6) % len(letters)]


def test_a_code_that_comes_twice_is_invented_anew():
    names = [f"企业{n}" for n in range(12)]
    ground = loading.ground(
        Stutter(), line="hitech_cert", agency_name="科技局", firm_names=names, place="33"
    )
    firms = [firm for listed in ground.firms.values() for firm in listed]
    assert len({firm.credit_code for firm in firms}) == len(firms) == 12
