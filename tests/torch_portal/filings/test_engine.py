"""The engine: one conditional UPDATE, one event, and a log that shows every tampering."""

import datetime
import hashlib
import importlib
import json
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from tests.faults.together import at_once
from tests.torch_portal.filings.probe import AT, PROBE, handed_in, opened
from torch_portal.accounts.models import User
from torch_portal.filings import engine, queries
from torch_portal.filings.models import Event, Filing

UPDATE = "UPDATE filings_event SET"
LATER = AT + datetime.timedelta(hours=5)


def events(filing):
    return list(Event.objects.filter(filing=filing).order_by("seq"))


# --- moves ------------------------------------------------------------------------------------


def test_open_filing_starts_with_its_first_event(house):
    filing = opened(house)
    filing.refresh_from_db()
    assert (filing.state, filing.stage, filing.owner) == ("draft", "draft", "filer")
    assert (filing.version, filing.created_by, filing.created_at) == (1, house.filer, AT)
    assert filing.jurisdiction_id == house.firm.jurisdiction_id
    (first,) = events(filing)
    assert (first.seq, first.move, first.from_state, first.to_state) == (1, "start", "", "draft")


def test_fire_is_two_statements(house, django_assert_num_queries):
    filing = handed_in(house)
    with django_assert_num_queries(2) as seen:
        engine.fire(filing, PROBE, "grant", by=house.reviewer, at=LATER, edition="R1")
    kinds = [query["sql"].split()[0] for query in seen.captured_queries]
    assert kinds == ["UPDATE", "INSERT"]


def test_fire_moves_the_cover_and_the_object_alike(house):
    filing = handed_in(house)
    engine.fire(
        filing, PROBE, "grant", by=house.reviewer, at=LATER, decided_at=LATER,
        decided_by=house.reviewer,
    )  # fmt: skip
    stored = Filing.objects.get(pk=filing.pk)
    for seen in (filing, stored):
        assert (seen.state, seen.stage, seen.owner) == ("granted", "granted", "nobody")
        assert (seen.decided_at, seen.decided_by, seen.version) == (LATER, house.reviewer, 3)


def test_fire_writes_who_when_why_and_on_what_facts(house):
    filing = handed_in(house)
    facts = {"total": Decimal("1.10"), "on": datetime.date(2020, 3, 2), "名称": "测温"}
    event = engine.fire(
        filing, PROBE, "grant", by=house.reviewer, at=LATER, note="理由充分", data={"n": 1},
        facts_digest=engine.digest(facts), edition="R1",
    )  # fmt: skip
    event.refresh_from_db()
    assert (event.by, event.by_name, event.at) == (house.reviewer, "reviewer", LATER)
    assert (event.from_state, event.to_state) == ("handed_in", "granted")
    assert (event.note, event.data, event.edition) == ("理由充分", {"n": 1}, "R1")
    written = '{"on": "2020-03-02", "total": "1.10", "名称": "测温"}'
    assert event.facts_digest == hashlib.sha256(written.encode()).hexdigest()


def test_fire_without_target_keeps_the_state(house):
    filing = handed_in(house)
    event = engine.fire(filing, PROBE, "remark", by=house.reviewer, at=LATER, note="n")
    filing.refresh_from_db()
    assert (filing.state, filing.version) == ("handed_in", 3)
    assert (event.from_state, event.to_state) == ("handed_in", "handed_in")


def test_fire_by_the_system_names_nobody(house):
    filing = handed_in(house)
    event = engine.fire(filing, PROBE, "remark", by=None, at=LATER)
    assert (event.by, event.by_name) == (None, "")


def test_record_leaves_the_state_alone(house):
    filing = handed_in(house)
    event = engine.record(filing, "paper_receive", by=house.reviewer, at=LATER, data={"k": "v"})
    stored = Filing.objects.get(pk=filing.pk)
    assert (stored.state, stored.version, filing.version) == ("handed_in", 3, 3)
    assert (event.move, event.from_state, event.to_state) == (
        "paper_receive", "handed_in", "handed_in",
    )  # fmt: skip


def test_version_counts_events(house):
    filing = handed_in(house)
    for step in range(4):
        engine.record(filing, f"act{step}", by=None, at=LATER)
    filing.refresh_from_db()
    assert filing.version == 6
    assert [e.seq for e in events(filing)] == [1, 2, 3, 4, 5, 6]


# --- refusals ---------------------------------------------------------------------------------


def test_fire_in_the_wrong_state_is_stale_and_changes_nothing(house):
    filing = handed_in(house)
    with pytest.raises(engine.Stale):
        engine.fire(filing, PROBE, "hand_in", by=house.filer, at=LATER)
    stored = Filing.objects.get(pk=filing.pk)
    assert (stored.state, stored.version, len(events(filing))) == ("handed_in", 2, 2)


def test_fire_on_an_old_copy_is_stale_and_names_who_and_when(house):
    filing = handed_in(house)
    old = Filing.objects.get(pk=filing.pk)
    engine.fire(filing, PROBE, "grant", by=house.reviewer, at=LATER)
    with translation.override("en"), pytest.raises(engine.Stale) as caught:
        engine.fire(old, PROBE, "withdraw", by=house.filer, at=LATER)
    words = str(caught.value)
    assert words.startswith("reviewer was faster: since 2020-03-02 22:00 ")  # 14:00 UTC
    assert "“granted at last”" in words
    assert caught.value.last.move == "grant"
    assert Filing.objects.get(pk=filing.pk).state == "granted"
    assert (old.state, old.version) == ("handed_in", 2)


def test_stale_after_the_system_says_the_system(house):
    filing = handed_in(house)
    old = Filing.objects.get(pk=filing.pk)
    engine.fire(filing, PROBE, "withdraw", by=None, at=LATER)
    with translation.override("en"), pytest.raises(engine.Stale, match="The system was faster"):
        engine.fire(old, PROBE, "grant", by=house.reviewer, at=LATER)


def test_stale_without_any_event_says_the_state(house):
    filing = Filing.objects.create(
        line="probe", enterprise=house.firm, jurisdiction_id="33", state="draft", stage="draft",
        owner="filer", created_at=AT, created_by=house.filer,
    )  # fmt: skip
    with translation.override("en"), pytest.raises(engine.Stale, match="is “a draft”"):
        engine.fire(filing, PROBE, "grant", by=house.reviewer, at=LATER)


def test_stale_in_chinese_is_translated(house):
    filing = handed_in(house)
    with translation.override("zh-hans"), pytest.raises(engine.Stale) as caught:
        engine.fire(filing, PROBE, "hand_in", by=house.filer, at=LATER)
    assert "was faster" not in str(caught.value)
    assert "filer" in str(caught.value)


def test_submitted_filing_without_number_is_refused_by_the_database(house):
    filing = opened(house)
    with pytest.raises(IntegrityError, match="filing_submitted_has_number"), transaction.atomic():
        engine.fire(filing, PROBE, "hand_in", by=house.filer, at=LATER)


# --- the log ----------------------------------------------------------------------------------


def recomputed(event, before):
    """The hash of an event, computed here from what its row says."""
    at = event.at.astimezone(datetime.UTC)
    parts = [
        before, event.filing_id, event.seq, f"{at:%Y-%m-%dT%H:%M:%S.%f}", event.by_id,
        event.by_name, event.move, event.from_state, event.to_state, event.note, event.data,
        event.edition, event.facts_digest,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def test_chain_can_be_recomputed_from_the_rows(house):
    filing = handed_in(house)
    engine.fire(
        filing, PROBE, "grant", by=house.reviewer, at=LATER, note="“同意”\n第二行", edition="R1",
        data={"a": [1, "二"], "bc": None}, facts_digest="f" * 64,
    )  # fmt: skip
    before = ""
    for event in events(filing):
        assert event.prev_hash == before
        assert event.hash == recomputed(event, before)
        before = event.hash
    assert len(before) == 64


def test_each_filing_has_a_chain_of_its_own(house):
    one, other = handed_in(house, "P-1"), handed_in(house, "P-2")
    assert [e.seq for e in events(one)] == [e.seq for e in events(other)] == [1, 2]
    assert events(one)[0].prev_hash == events(other)[0].prev_hash == ""
    assert events(one)[0].hash != events(other)[0].hash


def test_events_cannot_choose_their_place_in_the_chain(house):
    filing = opened(house)
    forged = Event.objects.create(
        filing=filing, seq=99, prev_hash="x", hash="y", at=LATER, move="m", to_state="draft"
    )
    forged.refresh_from_db()
    assert (forged.seq, forged.prev_hash) == (2, events(filing)[0].hash)
    assert forged.hash == recomputed(forged, events(filing)[0].hash)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE filings_event SET note = 'x' WHERE filing_id = %s",
        "UPDATE filings_event SET at = at WHERE filing_id = %s",
        "DELETE FROM filings_event WHERE filing_id = %s",
    ],
)
def test_events_refuse_change_and_removal(house, sql):
    filing = handed_in(house)
    before = list(Event.objects.filter(filing=filing).values().order_by("seq"))
    refused = pytest.raises(IntegrityError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [filing.pk])
    assert list(Event.objects.filter(filing=filing).values().order_by("seq")) == before


def test_events_refuse_truncate(house):
    """The tests drop this trigger, so the migration's own statement is laid on again here."""
    filing = handed_in(house)
    migration = importlib.import_module("torch_portal.filings.migrations.0002_event_chain")
    (create,) = [s for s in migration.FORWARD.split(";\n") if "TRIGGER event_no_truncate" in s]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(create)
    refused = pytest.raises(IntegrityError, match="TRUNCATE refused")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE filings_event, filings_delivery")
    assert len(events(filing)) == 2


# --- tampering --------------------------------------------------------------------------------


def tamper(*statements):
    """Change the log as somebody can who owns the tables: with its triggers put away."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE filings_event DISABLE TRIGGER USER")
        for sql, values in statements:
            cursor.execute(sql, values)
        cursor.execute("ALTER TABLE filings_event ENABLE TRIGGER USER")


@pytest.fixture
def log(house):
    """A filing with four events, and another one that must stay out of every complaint."""
    handed_in(house, "P-2")
    filing = handed_in(house)
    engine.fire(filing, PROBE, "remark", by=house.reviewer, at=LATER, note="核查")
    engine.fire(filing, PROBE, "grant", by=house.reviewer, at=LATER)
    assert queries.problems() == []
    return filing


def broken(filing, seq):
    return f"event {filing.pk}/{seq}: the hash chain is broken here"


@pytest.mark.parametrize(
    "change",
    [
        "note = '没有核查'",
        "by_name = 'somebody else'",
        "by_id = NULL",
        "at = at + interval '1 microsecond'",
        'data = \'{"amount": "1"}\'',
        "to_state = 'granted'",
        "from_state = 'draft'",
        "edition = 'R9'",
        "facts_digest = 'x'",
        "move = 'other'",
        "hash = md5('x')",
        "prev_hash = md5('x')",
    ],
)
def test_altered_event_is_found(log, change):
    tamper((f"{UPDATE} {change} WHERE filing_id = %s AND seq = 3", [log.pk]))
    assert broken(log, 3) in queries.problems()


def test_event_altered_with_its_hash_recomputed_is_found_at_the_next(log):
    alter = "UPDATE filings_event SET note = 'x' WHERE filing_id = %s AND seq = 3"
    forge = "UPDATE filings_event e SET hash = filings_event_hash(e) WHERE note = 'x'"
    tamper((alter, [log.pk]), (forge, []))
    assert queries.problems() == [broken(log, 4)]


def test_deleted_last_event_is_found(log):
    tamper(("DELETE FROM filings_event WHERE filing_id = %s AND seq = 4", [log.pk]))
    assert f"filing {log.pk}: version 4 but the last event is 3" in queries.problems()


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_deleted_earlier_event_is_found(log, seq):
    tamper(("DELETE FROM filings_event WHERE filing_id = %s AND seq = %s", [log.pk, seq]))
    assert broken(log, seq + 1) in queries.problems()


def test_deletion_of_all_events_is_found(log):
    tamper(("DELETE FROM filings_event WHERE filing_id = %s", [log.pk]))
    assert f"filing {log.pk}: version 4 but the last event is None" in queries.problems()


def test_event_inserted_in_between_is_found(log):
    shift = "UPDATE filings_event SET seq = %s WHERE filing_id = %s AND seq = %s"
    insert = (
        "INSERT INTO filings_event (filing_id, seq, at, by_name, move, from_state, to_state,"
        " note, data, edition, facts_digest, prev_hash, hash)"
        " SELECT filing_id, 3, at, '', 'forged', '', 'handed_in', '', '{}', '', '', hash, ''"
        " FROM filings_event WHERE filing_id = %s AND seq = 2"
    )
    forge = "UPDATE filings_event e SET hash = filings_event_hash(e) WHERE move = 'forged'"
    tamper((shift, [5, log.pk, 4]), (shift, [4, log.pk, 3]), (insert, [log.pk]), (forge, []))
    Filing.objects.filter(pk=log.pk).update(version=5)
    found = queries.problems()
    assert broken(log, 3) not in found
    assert {broken(log, 4), broken(log, 5)} <= set(found)


def test_reordered_events_are_found(log):
    move = "UPDATE filings_event SET seq = %s WHERE filing_id = %s AND seq = %s"
    tamper((move, [99, log.pk, 2]), (move, [2, log.pk, 3]), (move, [3, log.pk, 99]))
    assert {broken(log, 2), broken(log, 3)} <= set(queries.problems())


def test_state_changed_behind_the_engine_is_found(log):
    Filing.objects.filter(pk=log.pk).update(state="handed_in", stage="submitted", owner="reviewer")
    assert queries.problems() == [
        f"filing {log.pk}: stands at handed_in but its last event led to granted"
    ]


def test_check_consistency_lists_the_tampering_and_ends_with_1(log, capsys):
    tamper(("UPDATE filings_event SET note = 'x' WHERE filing_id = %s AND seq = 3", [log.pk]))
    with pytest.raises(SystemExit) as ended:
        call_command("check_consistency")
    assert ended.value.code == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"filings: {broken(log, 3)}"
    assert "1 problems" in said[-1]


def test_check_consistency_of_a_sound_log_says_what_it_checked(log, capsys):
    call_command("check_consistency")
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("checked 2 filings, 6 events, 0 attachments, 0 certificates, 0 papers")
    assert ": no problem, " in line


# --- together ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_acts_recorded_at_once_make_one_chain(live_house):
    filing = handed_in(live_house)
    user = User.objects.get(username="reviewer")

    def act(number):
        def run():
            with transaction.atomic():
                mine = Filing.objects.get(pk=filing.pk)
                engine.record(mine, f"act{number}", by=user, at=LATER)

        return run

    assert at_once(*map(act, range(12))) == [None] * 12
    assert [e.seq for e in events(filing)] == list(range(1, 15))
    assert Filing.objects.get(pk=filing.pk).version == 14
    assert queries.problems() == []


# --- many at once -----------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_fire_many_is_three_statements(house, count, django_assert_num_queries):
    filings = [handed_in(house, f"P-{n}") for n in range(count)]
    data = {filings[0].pk: {"list": 7}}
    with django_assert_num_queries(3) as seen:
        moved = engine.fire_many(
            filings, PROBE, "grant", by=house.reviewer, at=LATER, note="a list", data=data,
            decided_at=LATER, decided_by=house.reviewer,
        )  # fmt: skip
    kinds = [query["sql"].split()[0] for query in seen.captured_queries]
    assert kinds == ["SELECT", "UPDATE", "INSERT"]
    assert moved == filings
    for filing in (*moved, *Filing.objects.all()):
        assert (filing.state, filing.stage, filing.owner) == ("granted", "granted", "nobody")
        assert (filing.decided_at, filing.version) == (LATER, 3)
    last = events(filings[0])[-1]
    assert (last.seq, last.from_state, last.to_state) == (3, "handed_in", "granted")
    assert (last.note, last.data, last.by_name) == ("a list", {"list": 7}, "reviewer")
    assert queries.problems() == []


def test_fire_many_leaves_alone_what_moved_before(house):
    first, second = handed_in(house, "P-1"), handed_in(house, "P-2")
    engine.fire(Filing.objects.get(pk=first.pk), PROBE, "grant", by=house.second, at=AT)
    moved = engine.fire_many([first, second], PROBE, "grant", by=house.reviewer, at=LATER)
    assert moved == [second]
    assert len(events(first)) == len(events(second)) == 3
    assert engine.fire_many([first, second], PROBE, "grant", by=house.reviewer, at=LATER) == []


def test_fire_many_refuses_a_move_that_keeps_the_state(house):
    with pytest.raises(ValueError, match="remark keeps the state"):
        engine.fire_many([handed_in(house)], PROBE, "remark", by=house.reviewer, at=LATER)
