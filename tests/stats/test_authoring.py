"""Questionnaires and rules as rows: brought along, written, copied, compared."""

import json
from importlib.resources import files

import pytest

from stats import editions
from stats.actions import authoring
from stats.models import CheckRule, Indicator, InstrumentVersion, Item
from stats.queries import instruments as queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    authoring.load_editions()
    return InstrumentVersion.objects.select_related("instrument", "approval").get(version="GQ-2022")


@pytest.mark.parametrize("name", ["gq_2022.json", "jq_2017.json", "inc_2018.json"])
def test_plain_form_of_an_edition_is_its_data_file(name):
    text = files("stats.editions").joinpath(name).read_text(encoding="utf-8")
    data = json.loads(text)
    assert editions.to_data(editions.from_data(data)) == data


def test_edition_is_brought_in_once_and_stays(loaded):
    assert queries.plain(loaded) == editions.to_data(editions.instrument("GQ"))
    before = (Item.objects.count(), Indicator.objects.count(), CheckRule.objects.count())
    assert before[2] == 72
    authoring.load_editions()
    after = (Item.objects.count(), Indicator.objects.count(), CheckRule.objects.count())
    assert after == before
