"""The dashboards: pre-aggregated rows, every figure leads to the list that it counts."""

import datetime
import re
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from contracts.enums import State
from contracts.models import Contract
from tests.factories import accounts
from tests.factories.contracts import contract_at
from tests.torch_portal.reports import market
from torch_portal.common import clock
from torch_portal.reports.models import MonthTally, Recount, StateTally
from torch_portal.reports.tables import pictures, tally
from torch_portal.reports.tables.board import Filters, board, regions

AT = datetime.datetime(2020, 7, 10, 4, 0, tzinfo=datetime.UTC)
URL = "/reports/"


@pytest.fixture
def counted(house, monkeypatch):
    """Filings in several states of the spring of 2020, and one of another province."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    kept = {"firm": house.firm, "by": house.filer, "office": house.office}
    for n, state in enumerate((State.SUBMITTED, State.SUBMITTED, State.RECOGNISED, State.REVOKED,
                               State.REFUSED, State.DRAFT)):  # fmt: skip
        contract_at(state, examiner=house.reviewer, project_name=f"{n}", **kept)
    far = market.Where(house, "32")
    far.office = house.far_office
    market.registered(far, [{"recognised_on": datetime.date(2020, 5, 5), "kind": "transfer"}])
    tally.recount(at=AT)
    return house


def figure(url, client):
    """How many filings stand in the list of an address."""
    page = client.get(url)
    assert page.status_code == 200, url
    return page.context["count"]


def test_board_counts_what_the_lists_hold(counted, client):
    client.force_login(counted.official)
    made = board(Filters("33", 2020))
    assert [(s["text"], s["growth"]) for s in made["sums"]][:2] == [("5", "—"), ("1", "—")]
    shown = [(s["text"], s["url"]) for s in (*made["sums"][:2], *made["states"], *made["overdue"])]
    shown += [(r["sent"], r["sent_url"]) for r in made["months"]]
    shown += [(r["done"], r["done_url"]) for r in made["months"]]
    for text, url in shown:
        assert figure(url, client) == text, url
    kinds = {k["url"]: k["text"] for k in made["kinds"]}
    for url, text in kinds.items():
        assert text.startswith(f"{figure(url, client)} ")
    assert [o["text"] for o in made["overdue"]] == ["2"]


def test_official_sees_the_own_place_and_the_country_its_tiles(counted, client):
    client.force_login(counted.official)
    page = client.get(URL)
    assert page.context["filters"].place == "33"
    assert page.context["tiles"] == []
    assert client.get(URL, {"place": "32"}).status_code == 404
    assert client.get(URL, {"place": ""}).status_code == 404
    client.force_login(accounts.official(None, name="country"))
    page = client.get(URL, {"year": "2020"})
    tiles = {t["code"]: t for t in page.context["tiles"]}
    assert (len(tiles), tiles["33"]["items"], tiles["32"]["items"]) == (37, "1", "1")
    assert figure(tiles["32"]["url"], client) == "1"


@pytest.mark.parametrize("name", ["reviewer", "filer", "operator", "stranger"])
def test_nobody_else_reads_the_board(counted, client, name):
    client.force_login(getattr(counted, name))
    assert client.get(URL).status_code == 403


def test_filters_stand_in_the_address_and_nonsense_is_left_out(counted, client):
    client.force_login(counted.official)
    page = client.get(URL, {"kind": "transfer", "year": "2020"})
    assert [s["text"] for s in page.context["sums"]][:2] == ["0", "0"]
    page = client.get(URL, {"kind": "development", "field": "electronics"})
    assert [s["text"] for s in page.context["sums"]][:2] == ["5", "1"]
    odd = client.get(URL, {"kind": "x", "field": "'", "year": "２０２０"})
    assert odd.context["filters"] == Filters("33", 2020)


def test_board_asks_a_fixed_number_of_queries(counted, client, django_assert_num_queries):
    client.force_login(accounts.official(None, name="country"))
    client.get(URL)
    with django_assert_num_queries(12):
        client.get(URL)


def test_recount_twice_gives_the_same_rows(counted):
    rows = (MonthTally.objects.count(), StateTally.objects.count(), Recount.objects.count())
    tally.recount(at=AT)
    assert rows == (MonthTally.objects.count(), StateTally.objects.count(), 2)
    assert not StateTally.objects.filter(at_state="draft").exists()


def test_age_of_the_figures_is_shown(counted, client):
    client.force_login(counted.official)
    assert "2020-07-10 12:00" in client.get(URL).content.decode()
    Recount.objects.all().delete()
    assert client.get(URL).context["counted_at"] is None


def test_public_page_has_whole_months_and_hides_small_cells(house, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    assert client.get("/reports/public/").status_code == 200
    day, later = datetime.date(2020, 6, 30), datetime.date(2020, 7, 1)
    codes = [f"{n:018d}" for n in range(8)]
    many = [{"seller_code": c, "recognised_on": day} for c in codes for _twice in range(2)]
    few = [
        {
            "seller_code": c,
            "recognised_on": day,
            "kind": "transfer",
            "subkind": "trf_secret",
            "total_yuan": Decimal(777 * 10**8),
        }
        for c in codes[:2]
    ]
    few += [{"seller_code": c, "recognised_on": day, "kind": "consulting", "subkind": "con"}
            for c in codes[:5]]  # fmt: skip
    running = [{"seller_code": c, "recognised_on": later} for c in codes]
    market.registered(market.Where(house, "33"), many + few + running)
    tally.recount(at=AT)
    page = client.get("/reports/public/")
    rows = {r.code: r.figures for r in page.context["paper"].printed[0].lines}
    assert rows["total"][0] == "23"
    assert rows["service"][0] == "16"
    assert rows["transfer"][0] == rows["consulting"][0] == "*"
    assert "777.00" not in page.content.decode()
    told = set(re.findall(r"20\d\d-\d\d(?!-)", unescape(page.content.decode())))
    assert "2020-07" not in told


def test_every_jurisdiction_has_a_tile_of_its_own(house):
    made = regions(Filters("", 2020))
    assert len({(t["x"], t["y"]) for t in made}) == len(made) == 37
    assert {t["name"] for t in made} > {"浙江", "宁波"} or all(t["name"] for t in made)


def test_columns_stand_on_a_zero_baseline():
    made = pictures.columns([("1", 0, "", ""), ("2", 50, "", ""), ("3", 100, "", "")])
    assert [c.height for c in made] == [0, made[2].height // 2, made[2].height]
    assert {c.y + c.height for c in made} == {178}
    assert pictures.columns([("1", 0, "", "")])[0].height == 0


def test_lists_take_no_nonsense_from_the_address(counted, client):
    client.force_login(counted.official)
    desk = reverse("admin:contracts_contract_changelist")
    everything = figure(f"{desk}?queue=all", client)
    for query in ("sent=20200", "registered=2020-13", "place=99", "field=x", "sent=2020-00"):
        assert figure(f"{desk}?queue=all&{query}", client) == everything
    assert Contract.objects.count() == 7
