"""The assess interface of technology contracts: shapes that others build on."""

import dataclasses
import io
import json
import sys
from datetime import date
from decimal import Decimal

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from contracts import rules
from contracts.rules.assess import ENTRIES
from torch_portal.common.factsheet import FactsError

FACTS = {
    "form": "written",
    "kind": "development",
    "subkind": "dev_e",
    "ip_kind": "none",
    "signed_on": "2020-02-24",
    "starts_on": "2020-03-01",
    "ends_on": "2021-06-30",
    "accepted_on": "2020-03-02",
    "jurisdiction": "42",
    "seller_division": "420106",
    "agency_division": "420100",
    "applicant": "seller",
    "import": False,
    "classified": False,
    "total_yuan": "1000000.00",
    "technical_yuan": "600000.00",
    "deductions": [
        {"kind": "equipment", "yuan": "250000.00"},
        {"kind": "raw_material", "yuan": "150000"},
    ],
    "carrier_sets": 2,
}


def run(monkeypatch, text, *options):
    """The answers of the command to a text on standard input."""
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    out = io.StringIO()
    call_command("assess", "contracts", *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def refused(monkeypatch, text):
    """The message of a refusal, after checking that nothing was printed and the end is 2."""
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
    out = io.StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("assess", "contracts", stdout=out)
    assert caught.value.returncode == 2
    assert out.getvalue() == ""
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_answer_has_the_agreed_shape():
    answer = rules.assess(FACTS)
    assert answer == {
        "line": "contracts",
        "edition": "R2001+N2020",
        "eligible": True,
        "by": None,
        "points": {},
        "values": {
            "technical_yuan": "600000.00",
            "non_technical_yuan": "400000.00",
            "technical_ratio_pct": "60.00",
            "due_on": "2020-04-01",
            "due_provisional": False,
            "paper": "deferred",
        },
        "findings": [],
    }


def test_finding_has_code_level_field_message_clause():
    answer = rules.assess(FACTS | {"form": "oral"})
    (finding,) = answer["findings"]
    assert list(finding) == ["code", "level", "field", "message", "clause"]
    assert (finding["code"], finding["level"], finding["field"]) == ("VH-01", "block", "form")
    assert "%(" not in finding["message"]
    assert answer["eligible"] is False


def test_warning_alone_leaves_a_contract_eligible():
    answer = rules.assess(FACTS | {"carrier_sets": 3})
    assert [(f["code"], f["level"]) for f in answer["findings"]] == [("VS-03", "warn")]
    assert answer["eligible"] is True


@pytest.mark.parametrize("name", ["applicant", "classified", "ends_on", "seller_division"])
def test_missing_decisive_fact_leaves_the_answer_open(name):
    facts = {key: value for key, value in FACTS.items() if key != name}
    assert rules.assess(facts)["eligible"] is None
    assert rules.assess(facts | {name: None})["eligible"] is None
    assert rules.assess(facts | {"form": "oral"})["eligible"] is False


def test_optional_facts_may_be_left_out():
    optional = ("technical_yuan", "carrier_sets", "subkind", "ip_kind", "import", "deductions")
    answer = rules.assess({k: v for k, v in FACTS.items() if k not in optional})
    assert answer["eligible"] is True
    assert answer["values"]["technical_yuan"] == "1000000.00"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"total_yuan": 1000000.5}, "total_yuan"),
        ({"total_yuan": 1000000}, "total_yuan"),
        ({"total_yuan": "1,000"}, "total_yuan"),
        ({"total_yuan": "１００"}, "total_yuan"),
        ({"total_yuan": "1e6"}, "total_yuan"),
        ({"total_yuan": None}, "total_yuan"),
        ({"signed_on": "2020-02-30"}, "signed_on"),
        ({"signed_on": "20200224"}, "signed_on"),
        ({"signed_on": "1899-12-31"}, "signed_on"),
        ({"accepted_on": "2000-02-15"}, "accepted_on"),
        ({"form": "spoken"}, "form"),
        ({"form": ["written"]}, "form"),
        ({"jurisdiction": "99"}, "jurisdiction"),
        ({"jurisdiction": 42}, "jurisdiction"),
        ({"seller_division": "4201"}, "seller_division"),
        ({"import": "no"}, "import"),
        ({"is_import": False}, "is_import"),
        ({"classified": 0}, "classified"),
        ({"carrier_sets": True}, "carrier_sets"),
        ({"carrier_sets": -1}, "carrier_sets"),
        ({"carrier_sets": 2.0}, "carrier_sets"),
        ({"deductions": {"kind": "parts"}}, "deductions"),
        ({"deductions": ["parts"]}, "deductions[0]"),
        ({"deductions": [{"kind": "parts"}]}, "deductions[0].yuan"),
        ({"deductions": [{"kind": "labour", "yuan": "1"}]}, "deductions[0].kind"),
        ({"deductions": [{"kind": "parts", "yuan": 1}]}, "deductions[0].yuan"),
        ({"deductions": [{"kind": "parts", "yuan": "1", "x": 1}]}, "deductions[0].x"),
        ({"attachments": ["photo"]}, "attachments[0]"),
        ({"attachments": "contract_text"}, "attachments"),
        ({"project_name": "x" * 2001}, "project_name"),
    ],
)
def test_entry_that_cannot_be_read_is_refused_by_name(change, field):
    with pytest.raises(FactsError) as caught:
        rules.assess(FACTS | change)
    assert caught.value.field.rstrip(".") == field
    assert str(caught.value).startswith(field)


@pytest.mark.parametrize("name", ["form", "kind", "accepted_on", "jurisdiction", "total_yuan"])
def test_entry_without_which_there_is_no_answer_is_required(name):
    with pytest.raises(FactsError) as caught:
        rules.assess({key: value for key, value in FACTS.items() if key != name})
    assert caught.value.field == name


def test_count_may_be_a_string_of_digits():
    assert rules.facts_from_json(FACTS | {"carrier_sets": "3"}).carrier_sets == 3


@pytest.mark.parametrize(
    ("change", "name", "value"),
    [
        ({"subkind": "DEV-C"}, "subkind", "dev_c"),
        ({"subkind": "委托开发"}, "subkind", "dev_e"),
        ({"subkind": "lic_patent"}, "subkind", "lic_patent_ordinary"),
        ({"ip_kind": "未涉及知识产权"}, "ip_kind", "none"),
    ],
)
def test_words_of_the_national_form_are_understood(change, name, value):
    assert getattr(rules.facts_from_json(FACTS | change), name) == value
    assert jsonschema.Draft202012Validator(rules.FACTS_SCHEMA).is_valid(FACTS | change)


def test_every_word_of_the_national_form_means_a_choice():
    for entry in ENTRIES:
        assert set(entry.aliases.values()) <= set(entry.choices)


def test_facts_are_read_into_plain_values():
    facts = rules.facts_from_json(FACTS | {"attachments": ["contract_text"]})
    assert facts.accepted_on == date(2020, 3, 2)
    assert facts.is_import is False
    assert facts.deductions == (
        rules.Deduction("equipment", Decimal(250000)),
        rules.Deduction("raw_material", Decimal(150000)),
    )
    assert facts.attachments == {"contract_text"}


def test_every_fact_can_be_given():
    given = {entry.attribute or entry.name for entry in ENTRIES}
    assert given == {field.name for field in dataclasses.fields(rules.Facts)}


def test_schema_accepts_what_is_accepted_and_refuses_what_is_refused():
    jsonschema.Draft202012Validator.check_schema(rules.FACTS_SCHEMA)
    validator = jsonschema.Draft202012Validator(rules.FACTS_SCHEMA)
    assert validator.is_valid(FACTS)
    assert validator.is_valid(FACTS | {"ends_on": None, "subkind": None, "carrier_sets": "2"})
    for wrong in (
        {"colour": 1},
        {"total_yuan": 1.5},
        {"form": None},
        {"kind": "sale"},
        {"carrier_sets": -1},
        {"import": "no"},
        {"deductions": [{"kind": "parts"}]},
    ):
        assert not validator.is_valid(FACTS | wrong), wrong


def test_command_answers_one_pretty_printed_object(monkeypatch):
    (answer,) = run(monkeypatch, json.dumps(FACTS, indent=2))
    assert answer == rules.assess(FACTS)


def test_command_answers_json_lines_in_order(monkeypatch):
    lines = [
        json.dumps(FACTS | {"total_yuan": total, "technical_yuan": None, "deductions": []})
        for total in ("1000.00", "2000.00", "3000.00")
    ]
    answers = run(monkeypatch, "\n".join([lines[0], "", *lines[1:]]) + "\n")
    assert [a["values"]["technical_yuan"] for a in answers] == ["1000.00", "2000.00", "3000.00"]


def test_command_reads_a_text_with_byte_order_mark(monkeypatch):
    assert len(run(monkeypatch, b"\xef\xbb\xbf" + json.dumps(FACTS).encode())) == 1


def test_command_prints_the_schema(monkeypatch):
    (schema,) = run(monkeypatch, "", "--schema")
    assert schema == rules.FACTS_SCHEMA


def test_command_prints_nothing_when_a_later_line_is_wrong(monkeypatch):
    lines = [json.dumps(FACTS), json.dumps(FACTS), json.dumps(FACTS | {"kind": "sale"})]
    message = refused(monkeypatch, "\n".join(lines))
    assert message.startswith("line 3: kind: ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: "),
        ("\n\n", "line 1: "),
        ("[]", "line 1: "),
        ("[1, 2]", "line 1: "),
        ('{"form": ', "line 1: not JSON"),
        ('{\n  "form": "written",\n  "kind" "x"\n}', "line 3: not JSON"),
        ('{"form": "oral", "form": "written"}', "line 1: form: given twice"),
        ('{"total_yuan": NaN}', "line 1: NaN"),
        ('{"total_yuan": ' + "1" * 5000 + "}", "line 1: "),
        ("[" * 100_000, "line 1: "),
        (json.dumps(FACTS) + "\n{oops", "line 2: not JSON"),
        (json.dumps(FACTS) + "\n\n\n" + '{"x": 1}', "line 4: x: "),
        (b'{"form": "\xff"}', "line 1: the text is not UTF-8"),
    ],
)
def test_command_refuses_what_is_no_fact_sheet(monkeypatch, text, says):
    assert refused(monkeypatch, text).startswith(says)


def test_command_refuses_an_unknown_line(monkeypatch):
    with pytest.raises(CommandError):
        call_command("assess", "lottery", stdout=io.StringIO())
