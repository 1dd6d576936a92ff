"""Exports as work that lies in a row: asked, reused, cancelled, killed, resumed, expired."""

import datetime
import hashlib

import pytest
from django.core.files.base import ContentFile

from contracts.enums import State
from contracts.line.exports import CONTRACTS
from contracts.models import Contract
from tests.factories import accounts
from tests.factories.contracts import contract_at
from tests.torch_portal.reports.exporting import NOW, content, copies, made, table, wish
from torch_portal.accounts.models import Appointment, User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.reports.enums import ExportState
from torch_portal.reports.exports import actions, work
from torch_portal.reports.exports.wishes import findings
from torch_portal.reports.models import Export

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.date(2020, 3, 1)


@pytest.fixture
def contract(house):
    return contract_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip


def ask(by, at=NOW, **more):
    return actions.ask(wish=wish("number", **more), by=by, at=at)


def codes(refused):
    return [f.code for f in refused.value.findings]


def test_export_is_recorded(house, contract):
    export = made(house.reviewer, wish("number", "state", filter="queue=open&state=submitted"))
    assert (export.person, export.rows_done, export.rows_expected) == (house.reviewer, 1, 1)
    assert export.filter_words == "队列: 待办\n状态: 待受理"
    assert export.columns == ["number", "state"]
    assert export.sha256 == hashlib.sha256(content(export)).hexdigest()
    assert export.size == len(content(export))
    assert export.expires_at - export.ended_at == work.KEPT
    assert not export.personal


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"since": DAY, "until": DAY - datetime.timedelta(days=1)}, "EXPORT-04"),
        ({"since": DAY, "until": DAY.replace(year=2040)}, "EXPORT-05"),
        ({"since": DAY, "until": DAY.replace(year=2030, day=2)}, "EXPORT-05"),
        ({"file_format": "pdf"}, "EXPORT-06"),
        ({"unit": "dollar"}, "EXPORT-07"),
        ({"place": "99"}, "EXPORT-08"),
    ],
)
def test_wish_that_makes_no_sense_is_refused(house, more, code):
    with pytest.raises(Refused) as refused:
        ask(house.reviewer, **more)
    assert codes(refused) == [code]
    assert Export.objects.count() == 0


@pytest.mark.parametrize(
    "until", [DAY, DAY.replace(year=2030), DAY.replace(year=2024, month=2, day=29)]
)
def test_range_up_to_ten_years_is_taken(house, until):
    assert findings(wish("number", since=DAY, until=until), house.reviewer) == []
    leap = wish("number", since=DAY.replace(month=2, day=29), until=DAY.replace(year=2030))
    assert [f.code for f in findings(leap, house.reviewer)] == ["EXPORT-05"]


def test_all_that_is_wrong_is_told_at_once(house):
    asked = wish("nonsense", "email", since=DAY, until=DAY.replace(year=2019), unit="x")
    told = [f.code for f in findings(asked, house.official)]
    assert told == ["EXPORT-01", "EXPORT-02", "EXPORT-04", "EXPORT-07"]
    assert [f.code for f in findings(wish("nonsense"), None)] == ["EXPORT-01"]
    empty = actions.Wish(report=CONTRACTS, columns=())
    assert [f.code for f in findings(empty, house.official)] == ["EXPORT-03"]


def test_column_that_a_person_may_not_see(house, contract):
    with pytest.raises(Refused) as refused:
        actions.ask(wish=wish("number", "email"), by=house.official, at=NOW)
    (finding,) = refused.value.findings
    assert "电子邮箱" in finding.text()
    assert "第六条" in finding.clause
    export = made(house.reviewer, wish("number", "email"))
    assert export.state == ExportState.READY
    assert export.expires_at - export.ended_at == work.KEPT_PERSONAL


def test_filter_that_cannot_be_read(house):
    with pytest.raises(Refused) as refused:
        ask(house.reviewer, filter="nonsense__x=1")
    assert codes(refused) == ["EXPORT-09"]


def test_who_works_at_no_desk_exports_nothing(house):
    with pytest.raises(Denied):
        ask(house.filer)
    with pytest.raises(Denied):
        ask(house.operator)


def test_person_who_lost_the_office_gets_no_file(house, contract):
    export = ask(house.reviewer)
    Appointment.objects.filter(user=house.reviewer).delete()
    work.run(export_id=export.pk, at=NOW)
    export.refresh_from_db()
    assert (export.state, export.file.name) == (ExportState.FAILED, "")
    assert "无权" in export.words


def test_account_that_was_closed_gets_no_file(house, contract):
    export = ask(house.reviewer)
    User.objects.filter(pk=house.reviewer.pk).update(is_active=False)
    work.run(export_id=export.pk, at=NOW)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED


def test_person_who_moved_gets_the_rows_of_the_new_place(house, contract):
    export = ask(house.reviewer)
    Appointment.objects.filter(user=house.reviewer).update(agency=house.far_office)
    work.run(export_id=export.pk, at=NOW)
    export.refresh_from_db()
    assert (export.state, export.rows_done) == (ExportState.READY, 0)


def test_same_wish_within_minutes_is_the_same_export(house, contract):
    first = made(house.reviewer, wish("number"))
    soon = first.ended_at + actions.REUSED
    assert ask(house.reviewer, at=soon) == first
    assert ask(house.second, at=soon) != first
    assert ask(house.reviewer, at=soon, unit="wan") != first
    assert ask(house.reviewer, at=soon, filter="queue=open") != first
    assert ask(house.reviewer, at=soon + MINUTE) != first


def test_same_wish_that_waits_is_not_asked_twice(house):
    first = ask(house.reviewer)
    assert ask(house.reviewer, at=NOW + 5 * MINUTE) == first
    actions.cancel(export=first, by=house.reviewer, at=NOW)
    assert ask(house.reviewer) != first


def test_anew_is_written_again(house, contract):
    first = made(house.reviewer, wish("number"))
    again = actions.ask(wish=wish("number"), by=house.reviewer, at=NOW + MINUTE, anew=True)
    assert again != first


def test_cancelled_export_is_not_written(house, contract):
    export = ask(house.reviewer)
    actions.cancel(export=export, by=house.reviewer, at=NOW)
    assert work.run(export_id=export.pk, at=NOW) == 0
    export.refresh_from_db()
    assert (export.state, export.file.name) == (ExportState.CANCELLED, "")


def test_what_is_over_cannot_be_cancelled_or_resumed(house, contract):
    ready, cancelled, waiting = made(house.reviewer), ask(house.reviewer), ask(house.official)
    actions.cancel(export=cancelled, by=house.reviewer, at=NOW)
    for export in (ready, cancelled):
        with pytest.raises(Refused) as refused:
            actions.cancel(export=export, by=house.reviewer, at=NOW)
        assert codes(refused) == ["EXPORT-11"]
    said = []
    for export in (ready, cancelled, waiting):
        with pytest.raises(Refused) as refused:
            actions.resume(export=export, by=export.person, at=NOW)
        said.append(refused.value.findings[0].text())
    assert len(set(said)) == 3
    assert "已被取消" in said[1]


def test_nobody_touches_somebody_elses_export(house):
    export = ask(house.reviewer)
    for act in (actions.cancel, actions.resume):
        with pytest.raises(Denied):
            act(export=export, by=house.second, at=NOW)
    assert list(Export.objects.visible_to(house.second)) == []
    assert list(Export.objects.visible_to(house.reviewer)) == [export]


def test_second_worker_leaves_a_claimed_export_alone(house, contract):
    export = ask(house.reviewer)
    Export.objects.update(state=ExportState.RUNNING, claim="0" * 32, claimed_until=NOW + MINUTE)
    assert work.run(export_id=export.pk, at=NOW) == 0
    assert work.run(export_id=export.pk, at=NOW + 2 * MINUTE) == 1


def test_worker_that_died_three_times_is_told_and_can_be_tried_again(house, contract):
    export = ask(house.reviewer)
    for n in range(work.ATTEMPTS):
        at = NOW + n * 10 * MINUTE
        assert work._take(export.pk, at) is not None  # and nothing more: it was killed
    later = NOW + 60 * MINUTE
    assert work.run(export_id=export.pk, at=later) == 0
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "多次中断" in export.words
    actions.resume(export=export, by=house.reviewer, at=later)
    assert work.run(export_id=export.pk, at=later) == 1


def test_export_that_was_left_lying_is_queued_again(house, contract):
    export = ask(house.reviewer)
    work._take(export.pk, NOW)
    assert actions.sweep(at=NOW + MINUTE) == 0
    assert actions.sweep(at=NOW + work.LEASE) == 1


def test_error_is_tried_again_and_then_told(house, contract, monkeypatch):
    def fail(*_args):
        raise OSError("disk full")

    export = ask(house.reviewer)
    monkeypatch.setitem(work.FORMATS, "xlsx", fail)
    work.run(export_id=export.pk, at=NOW)
    export.refresh_from_db()
    assert (export.state, export.attempts) == (ExportState.WAITING, 1)
    assert export.due_at > NOW
    for n in range(1, work.ATTEMPTS):
        work.run(export_id=export.pk, at=NOW + n * 10 * MINUTE)
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert "运维" in export.words


def test_rows_that_vanish_meanwhile_are_told(house, contract, monkeypatch):
    copies(contract, 5)
    whole = work.FORMATS["xlsx"]

    def lose(out, rows, *more):
        Contract.objects.filter(total_yuan__lte=2).update(kind="service")
        return whole(out, rows, *more)

    monkeypatch.setitem(work.FORMATS, "xlsx", lose)
    export = made(house.reviewer, wish("number", filter="queue=all&kind=development"))
    assert (export.state, export.rows_expected, export.rows_done) == (ExportState.READY, 6, 4)
    assert "2行" in export.words
    assert len(table(export)[1]) == 4


def test_expired_file_is_taken_away(house, contract):
    export = made(house.reviewer)
    storage, name = export.file.storage, export.file.name
    actions.sweep(at=export.expires_at - MINUTE)
    assert storage.exists(name)
    actions.sweep(at=export.expires_at)
    assert not storage.exists(name)
    export.refresh_from_db()
    assert export.state == ExportState.EXPIRED
    assert export.sha256
    with pytest.raises(Refused) as refused:
        actions.resume(export=export, by=house.reviewer, at=NOW)
    assert "过期" in refused.value.findings[0].text()


def test_cancelled_at_the_last_moment_keeps_no_file(house, contract, monkeypatch):
    kept = []
    keep = work._keep

    def cancel_first(export, out, **more):
        out.seek(0)
        kept.append(ContentFile(out.read()))
        actions.cancel(export=export, by=house.reviewer, at=NOW)
        keep(export, out, **more)

    monkeypatch.setattr(work, "_keep", cancel_first)
    export = made(house.reviewer)
    assert kept
    assert (export.state, export.file.name) == (ExportState.CANCELLED, "")


def test_official_of_the_country_sees_all_and_the_console_too(house, contract):
    assert made(accounts.official(None)).rows_done == 1
    assert made(None).rows_done == 1
    assert made(None, wish("number", place="32")).rows_done == 0
