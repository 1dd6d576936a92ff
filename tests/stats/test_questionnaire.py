"""Faults of a questionnaire on both sides, and what changed between two."""

import copy

import pytest

from stats import editions
from stats.rules.differences import Difference, between, between_rules
from stats.rules.questionnaire import Draft, faults
from torch_portal.common.findings import Level

GQ = editions.to_data(editions.instrument("GQ"))


def item(data, code):
    """The entry of a code in a plain form."""
    return next(i for table in data["tables"] for i in table["items"] if i["code"] == code)


def changed(change, base=GQ):
    """A questionnaire like that of 2022 with one change."""
    data = copy.deepcopy(base)
    change(data)
    return editions.from_data(data)


def found(change, before=None):
    """(code, weight) of what is found and was not there before the change."""
    known = {(f.code, f.field) for f in faults(Draft(editions.from_data(GQ)))}
    now = faults(Draft(changed(change), before))
    return [(f.code, f.level) for f in now if (f.code, f.field) not in known]


def put(place, **values):
    """A change of one item."""
    return lambda data: item(data, place).update(values)


def choices(code, rows):
    """A change of one list."""
    return lambda data: data["lists"].append({"code": code, "choices": rows})


def mark(**values):
    """A further mark."""
    return lambda data: data["comparability"].append(
        {"indicator": "qd01", "now": "qd01", "mark": "partial", "note": "口径扩大"} | values
    )


@pytest.mark.parametrize("name", ["GQ", "JQ", "INC"])
def test_questionnaires_of_the_editions_can_be_published(name):
    findings = faults(Draft(editions.instrument(name)))
    assert [f.text() for f in findings if f.level is Level.BLOCK] == []


BLOCK, WARN = Level.BLOCK, Level.WARN


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("qc06", code="qc05_0"), [("code_twice", BLOCK)]),
        (put("qc06", code="q c"), [("code_form", BLOCK)]),
        (put("qc06", code="ratio"), [("code_word", BLOCK)]),
        (put("qc06", label_zh=" "), [("no_label", BLOCK)]),
        (put("qc06", unit=""), [("no_unit", WARN)]),
        (put("qc06", decimals=13), [("decimals", BLOCK)]),
        (put("qc06", decimals=12), []),
        (put("qa04", decimals=1), [("no_number", BLOCK)]),
        (put("qc06", least="5", most="4"), [("bounds", BLOCK)]),
        (put("qc06", least="5", most="5"), []),
        (put("qc06", least="x"), [("bound", BLOCK)]),
        (put("qc06", indent=3), [("indent", WARN)]),
        (put("qc06", indent=1), []),
        (put("qc06", choices="yes_no"), [("list_unused", WARN)]),
        (put("qb11", choices="maybe"), [("unknown_list", BLOCK)]),
        (put("qc06", visible_if="qb11 == 1"), []),
        (put("qc06", visible_if="qb11 = 1"), [("condition", BLOCK)]),
        (put("qc06", visible_if="qc06 > 1"), [("condition", BLOCK)]),
        (put("qc06", visible_if="qzz9 > 1"), [("condition", BLOCK)]),
        (put("qc06", visible_if="qa04 > 1"), [("condition", BLOCK)]),
        (choices("new", []), [("empty_list", BLOCK), ("unused_list", WARN)]),
        (choices("new", [["1", "是"], ["1", "否"]]),
         [("choice_twice", BLOCK), ("unused_list", WARN)]),
        (mark(now="qzz9"), [("mark", BLOCK)]),
        (mark(note=" "), [("mark", BLOCK)]),
        (mark(), []),
        (lambda data: data["tables"][0].update(title_zh=""), [("no_title", BLOCK)]),
        (lambda data: data["tables"][1].update(code="HEAD"), [("table_twice", BLOCK)]),
    ],
)  # fmt: skip
def test_fault_is_found_and_its_other_side_is_not(change, expected):
    seen = [each for each in found(change) if each[0] in dict(expected) or not expected]
    assert sorted(set(seen)) == sorted(expected)


def test_questionnaire_that_asks_nothing_is_no_questionnaire():
    empty = changed(lambda data: data.update(tables=[]))
    assert "no_items" in {f.code for f in faults(Draft(empty))}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("qd01", indicator="qd01.2023"), [("meaning", WARN)]),
        (put("qd01", unit="万人"), [("meaning", WARN)]),
        (put("qd01", label_zh="从业人员"), []),
    ],
)
def test_code_that_changed_its_meaning_wants_a_mark(change, expected):
    assert found(change, editions.from_data(GQ)) == expected


def test_mark_settles_the_changed_meaning():
    def change(data):
        put("qd01", indicator="qd01.2023")(data)
        mark(now="qd01.2023")(data)

    assert found(change, editions.from_data(GQ)) == []


def moved(data):
    """qc06 behind qc07."""
    items = data["tables"][2]["items"]
    places = [each["code"] for each in items]
    items.insert(places.index("qc07"), items.pop(places.index("qc06")))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda data: None, []),
        (put("qc06", label_zh="技术性收入"),
         [("changed", "item", "qc06", "label_zh", "其中：技术收入", "技术性收入")]),
        (put("qc06", required=True), [("changed", "item", "qc06", "required", "", "1")]),
        (moved, [("moved", "item", "qc06", "order", "4", "9")]),
        (lambda data: data["tables"][4].update(items=[]), []),
        (lambda data: data["lists"][0]["choices"].append(["3", "不详"]),
         [("added", "choice", "yes_no.3", "", "", "不详")]),
        (lambda data: data["external"].pop(),
         [("removed", "value", "hitech_certificate_no", "", "认定系统中的高企证书编号", "")]),
        (lambda data: data["programme"].update(valid_to="2025-12-31"),
         [("changed", "approval", "", "valid_to", "2025-02-28", "2025-12-31")]),
        (lambda data: data["comparability"][0].update(mark="partial"),
         [("changed", "mark", "qj09 → qj09.2020", "mark", "broken", "partial")]),
    ],
)  # fmt: skip
def test_difference_names_place_entry_before_and_after(change, expected):
    seen = between(editions.from_data(GQ), changed(change))
    assert [tuple(vars(each).values()) for each in seen] == expected


def test_item_that_is_gone_and_one_that_is_new_stand_in_the_differences():
    def change(data):
        items = data["tables"][3]["items"]
        items.pop()
        items.append({"code": "qd99", "label_zh": "远程办公人员", "kind": "count"})

    seen = between(editions.from_data(GQ), changed(change))
    assert seen == [
        Difference("added", "item", "qd99", after="远程办公人员"),
        Difference("removed", "item", "qd28", before="专业技术人员"),
    ]


def test_rules_differ_by_their_columns():
    first, second, third = editions.CHECKS[0].rules[:3]
    later = type(second)(**vars(second) | {"tolerance": 5})
    seen = between_rules([first, second], [later, third])
    assert [(d.act, d.place, d.column, d.before, d.after) for d in seen] == [
        ("changed", second.id, "tolerance", "0", "5"),
        ("added", third.id, "", "", third.message_zh),
        ("removed", first.id, "", first.message_zh, ""),
    ]
