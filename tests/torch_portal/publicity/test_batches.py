"""Lists: put together, publicised for ten working days, announced."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import accounts
from tests.torch_portal.publicity.sample import (
    AT,
    CLOSED,
    PUBLICITY,
    SAID,
    announced,
    carry,
    listed,
    moment,
    objection,
    opened,
    paper,
    pooled,
    public,
    row,
    state,
    states,
)
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Event, Filing
from torch_portal.filings.queries import problems
from torch_portal.filings.transitions import Stale
from torch_portal.publicity import actions
from torch_portal.publicity.models import Batch, BatchEvent, Entry


def codes(refused):
    return [f.code for f in refused.value.findings]


# --- put together -----------------------------------------------------------------------------


def test_lists_are_numbered_within_their_year(house):
    first, second = opened(house), opened(house)
    later = opened(house, moment("2021-01-01T00:00"))
    assert [(b.year, b.number) for b in (first, second, later)] == [(2020, 1), (2020, 2), (2021, 1)]
    assert first.title == "浙江省2020年第1批入库名单"


def test_list_without_an_address_for_objections_is_refused(house):

    with pytest.raises(Refused, match="PUB-01"):
        actions.open_batch(
            line="probe", publicity=PUBLICITY, jurisdiction=house.firm.jurisdiction,
            contact=" ", by=house.official, at=AT,
        )  # fmt: skip


def test_entry_freezes_what_is_public(house):
    batch = listed(house)
    house.firm.name = "另一个名称"
    house.firm.save()
    entry = batch.entries.get()
    assert (entry.name, entry.credit_code) == (
        "杭州知微能源科技股份有限公司",
        house.firm.credit_code,
    )


def test_filing_stands_in_one_list_only(house):
    batch, other = listed(house), opened(house)
    rows = [row(Filing.objects.get(line="probe"))]
    assert actions.add(batch=other, rows=rows, by=house.official, at=AT) == 0
    assert actions.add(batch=batch, rows=rows, by=house.official, at=AT) == 0
    actions.cancel(batch=batch, by=house.official, at=AT, note="重复")
    assert actions.add(batch=other, rows=rows, by=house.official, at=AT) == 1


def test_filing_of_another_jurisdiction_cannot_be_added(house):
    batch = opened(house)
    (filing,) = pooled(house)
    Filing.objects.update(jurisdiction="32")
    with pytest.raises(ValueError, match="another line or jurisdiction"):
        actions.add(batch=batch, rows=[row(filing)], by=house.official, at=AT)


def test_entries_are_taken_out_while_the_list_is_put_together(house):
    batch = listed(house, 2)
    first = batch.entries.order_by("pk").first()
    assert actions.remove(batch=batch, entries=[first.pk], by=house.official, at=AT) == 1
    assert actions.remove(batch=batch, entries=[first.pk], by=house.official, at=AT) == 0
    assert batch.entries.count() == 1


@pytest.mark.parametrize("who", ["reviewer", "filer", "operator", "far"])
def test_only_the_jurisdiction_keeps_its_lists(house, who):
    house.far = accounts.official("32", name="far-official")
    batch = listed(house)
    by = getattr(house, who)
    with pytest.raises(Denied, match=r"辖区|jurisdiction"):
        actions.publicise(batch=batch, opens_on=AT.date(), by=by, at=AT)
    with pytest.raises(Denied):
        actions.cancel(batch=batch, by=by, at=AT, note="x")


# --- the period -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2020-01-20", "2020-02-10"),  # Spring Festival, lengthened by the epidemic
        ("2018-06-06", "2018-06-20"),  # Dragon Boat Festival
        ("2021-09-13", "2021-09-26"),  # a Sunday that is worked
        ("2020-01-18", "2020-02-07"),  # a Saturday: the count begins on Sunday, which is worked
    ],
)
def test_period_counts_ten_working_days_with_the_first(house, first, last):
    at = moment(f"{first}T08:00")
    batch = public(house, at=at)
    assert (f"{batch.opens_on}", f"{batch.ends_on}") == (first, last)


def test_period_cannot_begin_in_the_past_or_rest_on_an_unknown_calendar(house):
    batch = opened(house)
    yesterday = AT.date() - datetime.timedelta(days=1)
    with pytest.raises(Refused) as refused:
        actions.publicise(batch=batch, opens_on=yesterday, by=house.official, at=AT)
    assert codes(refused) == ["PUB-04", "PUB-03"]
    unknown = datetime.date(2051, 3, 1)
    with pytest.raises(Refused) as refused:
        actions.publicise(batch=batch, opens_on=unknown, by=house.official, at=AT)
    assert codes(refused) == ["PUB-05", "PUB-03"]


def test_list_is_public_from_its_first_day(house):
    batch = listed(house)
    tomorrow = AT.date() + datetime.timedelta(days=1)
    actions.publicise(batch=batch, opens_on=tomorrow, by=house.official, at=AT)
    carry(AT)

    assert not Batch.objects.public(AT.date()).exists()
    assert Batch.objects.public(tomorrow).exists()


def test_list_that_became_public_late_gets_its_whole_period(house):
    batch = listed(house)
    actions.publicise(batch=batch, opens_on=AT.date(), by=house.official, at=AT)
    carry(moment("2020-01-21T00:00"))
    batch.refresh_from_db()
    assert (f"{batch.opens_on}", f"{batch.ends_on}") == ("2020-01-21", "2020-02-11")


def test_list_that_became_public_in_the_last_second_of_its_day_keeps_it(house):
    batch = listed(house)
    actions.publicise(batch=batch, opens_on=AT.date(), by=house.official, at=AT)
    carry(moment("2020-01-20T23:59:59"))
    batch.refresh_from_db()
    assert f"{batch.opens_on}" == "2020-01-20"


# --- announce ---------------------------------------------------------------------------------


def test_announcement_waits_for_the_end_of_the_last_day(house):
    batch = public(house)
    with pytest.raises(Refused) as refused:
        actions.announce(batch=batch, by=house.official, at=moment("2020-02-10T23:59:59"))
    assert codes(refused) == ["PUB-06"]
    assert "2020-02-10" in refused.value.findings[0].text()
    actions.announce(batch=batch, by=house.official, at=CLOSED)
    assert state(batch) == "announcing"


def test_announcement_numbers_and_moves_every_filing(house):
    batch = announced(house, 3)
    assert (batch.state, f"{batch.announced_on}", batch.step) == ("announced", "2020-02-11", "")
    numbers = list(batch.entries.order_by("ordinal").values_list("number", flat=True))
    assert numbers == ["2020000001", "2020000002", "2020000003"]
    assert set(Filing.objects.filter(line="probe").values_list("state", flat=True)) == {"entered"}
    told = list(BatchEvent.objects.filter(batch=batch).order_by("pk").values_list("act", flat=True))
    assert told == ["open_batch", "add", "publicise", "publicised", "announce", "announced"]


def test_entry_with_an_open_objection_is_announced_later(house):
    batch = public(house, 2)
    held = batch.entries.order_by("ordinal").first()
    made = objection(held)
    actions.announce(batch=batch, by=house.official, at=CLOSED)
    carry(CLOSED)
    assert states(batch) == ["held", "announced"]
    with pytest.raises(Refused) as refused:
        actions.announce(batch=batch, by=house.official, at=CLOSED)
    assert codes(refused) == ["PUB-08"]
    actions.reject_objection(objection=made, by=house.official, at=CLOSED, note="经核实属实")
    day = moment("2020-02-20T10:00")
    actions.announce(batch=batch, by=house.official, at=day)
    carry(day)
    assert states(batch) == ["announced", "announced"]
    batch.refresh_from_db()
    held.refresh_from_db()
    assert (f"{batch.announced_on}", f"{held.announced_on}") == ("2020-02-11", "2020-02-20")


def test_objection_to_the_whole_list_stops_its_announcement(house):
    batch = public(house)

    made = actions.object_(batch=batch, entry=None, said=SAID, evidence=[paper()], at=AT)
    with pytest.raises(Refused) as refused:
        actions.announce(batch=batch, by=house.official, at=CLOSED)
    assert codes(refused) == ["PUB-07"]
    actions.decline_objection(objection=made, by=house.official, at=CLOSED, note="不针对名单")
    actions.announce(batch=batch, by=house.official, at=CLOSED)


def test_acts_twice_are_refused(house):
    batch = listed(house)
    actions.publicise(batch=batch, opens_on=AT.date(), by=house.official, at=AT)
    with pytest.raises(Stale, match="正在发布公示"):
        actions.publicise(batch=batch, opens_on=AT.date(), by=house.official, at=AT)
    with pytest.raises(Stale):
        actions.cancel(batch=batch, by=house.official, at=AT, note="x")
    with pytest.raises(Stale):
        actions.add(batch=batch, rows=[], by=house.official, at=AT)


@pytest.mark.parametrize("statement", ["UPDATE {} SET note = 'x'", "DELETE FROM {}"])
def test_record_of_a_list_cannot_be_changed(house, statement):
    opened(house)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("publicity_batchevent"))


def test_events_of_filings_stay_chained(house):
    announced(house, 3)
    assert problems() == []
    assert Event.objects.filter(filing__line="probe").count() == 3 * 4
    assert Entry.objects.count() == 3
