"""What a filing is found by, as the database keeps it and as a person types it."""

import pytest
from django.db.models import Q

from tests.factories.contracts import contract_at, draft
from torch_portal.filings.models import Filing, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(house):
    return contract_at(
        "submitted", firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer, project_name="面向5G基站的ＡＩ智能检测（二期）",
    )  # fmt: skip


def found(text):
    return list(Filing.objects.filter(search_entry__grams__holds=search.query(text)))


@pytest.mark.parametrize(
    "text",
    [
        "智能检测", "智能", "检", "测", "二期", "5g", "５Ｇ", "ai", "5G基站", "AI智能检测",
        "基站 检测", "杭州朗途生物医药", "91330106MAE942HR7E", "91330106mae9", "智能检测（二期）",
    ],
)  # fmt: skip
def test_finds(contract, text):
    assert found(text) == [contract.filing]


@pytest.mark.parametrize(
    "text", ["能智", "智检", "智能测", "5g检测站", "91330107", "ht-2019", "基站卫星", "猫", "913"]
)
def test_does_not_find(contract, text):
    assert found(text) == []


def test_number_is_found_from_its_beginning_and_from_every_hyphen(contract):
    number = contract.filing.number
    head, _hyphen, serial = number.rpartition("-")
    agency = head.rpartition("-")[2]
    for text in (
        number,
        number.lower(),
        number.replace("-", ""),
        head,
        serial,
        f"{agency}-{serial}",
    ):
        assert found(text) == [contract.filing], text


@pytest.mark.parametrize("text", ["", "  ", "（）", "'", "--", "、。", "& | !"])
def test_nothing_is_left_of_marks_alone(text):
    assert search.query(text) == ""


@pytest.mark.parametrize("text", ["' | 'a", "智能' & 'x", "a:*", "\\", "智\\能", "😀智"])
def test_marks_of_the_query_language_are_harmless(contract, text):
    asked = search.query(text)
    assert Filing.objects.filter(search_entry__grams__holds=asked or "'none'").count() < 2


def test_entry_follows_the_draft(house):
    contract = draft(house.firm, house.filer)
    type(contract).objects.filter(pk=contract.pk).update(project_name="智能灌溉")
    assert found("红外") == []
    assert found("智能灌溉") == [contract.filing]


@pytest.mark.parametrize(
    ("hits", "sampled", "rows", "way"),
    [
        (0, 4000, 1_000_000, "holds"),
        (28, 4000, 1_000_000, "holds"),
        (29, 4000, 1_000_000, "holds_often"),
        (126, 4000, 1_000_000, "holds_often"),
        (127, 4000, 1_000_000, "holds_common"),
        (29, 4000, 100_000, "holds"),
        (5, 10, 0, "holds"),
        (0, 0, 0, "holds"),
    ],
)
def test_the_shorter_way_is_taken(hits, sampled, rows, way):
    """At a million: 50/share rows walked against share x rows matched, the same at 0.7 per cent."""
    assert search.lookup(hits, sampled, rows) == way


@pytest.mark.parametrize("way", ["holds", "holds_often", "holds_common"])
def test_every_way_finds_the_same(contract, monkeypatch, way):
    monkeypatch.setattr(search, "lookup", lambda *_share: way)
    condition = search.condition(search.query("智能检测"))
    rows = Filing.objects.filter(condition)
    assert list(rows) == [contract.filing]
    assert search.counted_by_index(rows).count() == 1
    assert not Filing.objects.filter(search.condition(search.query("智测"))).exists()


@pytest.mark.parametrize(
    ("way", "page", "count"),
    [
        ("holds", "@@", "@@"),
        ("holds_often", "ts_match_vq", "@@"),
        ("holds_common", "ts_match_vq", "ts_match_vq"),
    ],
)
def test_page_and_count_may_go_different_ways(monkeypatch, way, page, count):
    monkeypatch.setattr(search, "lookup", lambda *_share: way)
    rows = Filing.objects.filter(Q(number="1") | search.condition("'智能'"))
    assert page in str(rows.query)
    assert count in str(search.counted_by_index(rows).query)
    assert page in str(rows.query)


@pytest.mark.parametrize(("page", "way"), [(0, "holds_often"), (1, "holds")])
def test_the_newest_tell_how_common_a_word_is(contract, monkeypatch, page, way):
    """One of one entry holds it."""
    monkeypatch.setattr(search, "PAGE", page)
    condition = search.condition(search.query("智能检测"))
    assert condition.children == [(f"search_entry__grams__{way}", "('智能' <-> '能检' <-> '检测')")]
