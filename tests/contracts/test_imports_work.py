"""Tables of many rows as work: resumed, killed, in two workers; nothing is lost or made twice."""

import dataclasses
import datetime
import functools

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from contracts import actions, tasks
from contracts.forms.sheet import LINE
from contracts.models import Contract
from tests.contracts.test_imports import (
    HEADS,
    five_hundred,
    in_march_2020,
    mapped,
    mend,
    report,
    row,
    send,
    take,
    upload,
    web,
    workbook,
)  # fmt: skip
from tests.factories.contracts import AT, draft
from tests.faults.together import at_once
from torch_portal.accounts.models import Membership
from torch_portal.common import clock
from torch_portal.filings import imports
from torch_portal.filings.imports import acts, work
from torch_portal.filings.models import ImportRun

__all__ = ["in_march_2020", "web"]
LATER = AT + work.LEASE + datetime.timedelta(seconds=1)


class Killed(BaseException):
    """The worker is gone in the middle of a row."""


@pytest.fixture
def many(monkeypatch):
    """Three rows are many, two of them a portion."""
    monkeypatch.setattr(work, "AT_ONCE", 2)
    monkeypatch.setattr(work, "PORTION", 2)


def rows(count, **changes):
    return workbook([row(n, **changes) for n in range(1, count + 1)])


def worked(run, line=LINE, at=AT):
    """What the worker makes of a run."""
    imports.proceed(run_id=run.pk, line=line, at=at)
    run.refresh_from_db()
    return run


def checked(web, house, count=5):
    return worked(mapped(web, house, rows(count)))


def dying(after, act):
    """LINE whose worker is killed at a row, or a portion of rows, after so many."""
    left = [after]

    def count():
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    def survey(run, day):
        check = LINE.survey(run, day)
        return lambda one: (count(), check(one))[1]

    def take_rows(*arguments):
        count()
        LINE.take(*arguments)

    return dataclasses.replace(LINE, **{act: {"survey": survey, "take": take_rows}[act]})


@pytest.mark.usefixtures("many")
def test_many_rows_are_left_to_the_worker(web, house):
    run = mapped(web, house, rows(5))
    assert (run.state, run.rows_done) == ("checking", 0)
    page = report(web, run)
    assert page.context["progress"] == {"done": 0, "expected": 5}
    assert "rows" not in page.context
    worked(run)
    assert (run.state, run.due_at) == ("ready", None)
    assert report(web, run).context["counts"]["good"] == 5
    take(web, run)
    run.refresh_from_db()
    assert (run.state, Contract.objects.count()) == ("taking", 0)
    worked(run)
    assert (run.state, Contract.objects.count(), run.tally["taken"]) == ("ready", 5, 5)


@pytest.mark.usefixtures("many")
def test_bad_cell_in_the_last_row_is_told_with_row_and_column(web, house):
    last = row(6, 有效期至="2021-02-30")
    run = worked(mapped(web, house, workbook([*(row(n) for n in range(1, 6)), last])))
    (found,) = report(web, run).context["rows"]
    (finding,) = [f for f in found["findings"] if f["level"] == "block"]
    assert (found["number"], finding["cell"], finding["label"]) == (8, "H8", "有效期止")
    assert finding["cell"] in report(web, run).text


def test_columns_count_from_that_of_the_sheet(web, house):
    heads = [None, None, *HEADS]
    run = mapped(web, house, workbook([[None, None, *row(1, 签订日期="昨天")]], heads, title=""))
    assert run.rows.get().findings[0]["cell"] == "I2"


@pytest.mark.usefixtures("many")
def test_worker_killed_while_it_checks_loses_one_portion(web, house):
    run = mapped(web, house, rows(5))
    with pytest.raises(Killed):
        worked(run, dying(3, "survey"))
    run.refresh_from_db()
    assert (run.state, run.rows_done) == ("checking", 2)
    worked(run, dying(3, "survey"))
    assert (run.state, run.rows_done, run.tally["good"]) == ("ready", 5, 5)


@pytest.mark.usefixtures("many")
def test_worker_killed_while_it_takes_doubles_nothing(web, house):
    run = checked(web, house)
    take(web, run)
    with pytest.raises(Killed):
        worked(run, dying(1, "take"))
    assert Contract.objects.count() == 2
    worked(run)
    worked(run)
    assert Contract.objects.count() == 5
    assert Contract.objects.values("project_name").distinct().count() == 5


@pytest.mark.usefixtures("many")
def test_worker_killed_while_all_or_none_are_taken_takes_none(web, house):
    run = checked(web, house)
    take(web, run, "all")
    with pytest.raises(Killed):
        worked(run, dying(2, "take"))
    assert Contract.objects.count() == 0
    worked(run)
    assert Contract.objects.count() == 5


def test_497_of_500_or_none_also_in_portions(web, house, monkeypatch):
    monkeypatch.setattr(work, "AT_ONCE", 0)
    monkeypatch.setattr(work, "PORTION", 100)
    run = worked(mapped(web, house, five_hundred()))
    answer = take(web, run, "all")
    assert "3" in answer.context["errors"][0]
    assert worked(run).state == "ready"
    assert Contract.objects.count() == 0
    take(web, run)
    worked(run)
    assert (Contract.objects.count(), run.tally["bad"]) == (497, 3)


@pytest.mark.usefixtures("many")
def test_draft_saved_before_all_or_none_are_taken_stops_them_all(web, house):
    drafts = [draft(firm=house.firm, by=house.filer, project_name=f"项目{n}") for n in range(4)]
    send(web, house, upload(web.get(reverse("contracts:import_drafts")).content))
    run = worked(ImportRun.objects.get())
    take(web, run, "all")
    actions.save_draft(contract=drafts[3], values={"project_name": "später"}, by=house.filer, at=AT)
    worked(run)
    assert (run.state, run.tally["taken"], run.tally["bad"]) == ("ready", 0, 1)
    assert "5" in report(web, run).context["errors"][0]
    assert Contract.objects.filter(saved_version=drafts[0].saved_version).count() == 3


@pytest.mark.usefixtures("many")
def test_filer_who_lost_the_role_gets_no_drafts(web, house):
    run = checked(web, house)
    take(web, run)
    Membership.objects.filter(user=house.filer).update(role="reader")
    worked(run)
    assert (run.state, Contract.objects.count()) == ("ready", 0)
    assert run.words


@pytest.mark.usefixtures("many")
def test_table_at_which_the_worker_dies_again_and_again_is_left(web, house):
    run = mapped(web, house, rows(5))
    for _time in range(work.ATTEMPTS):
        with pytest.raises(Killed):
            worked(run, dying(0, "survey"))
    assert worked(run).state == "ready"
    assert run.words in report(web, run).context["errors"]
    take(web, run, confirmed="yes")
    worked(run)
    assert Contract.objects.count() == 0


@pytest.mark.usefixtures("many")
def test_nobody_changes_a_table_that_is_worked_at(web, house):
    run = mapped(web, house, rows(5))
    mend(web, run, 3, project_name="anders")
    assert run.rows.get(number=3).mended == {}
    assert take(web, run, confirmed="yes").context["errors"]
    worked(run)
    take(web, run)
    web.post(reverse("contracts:import_drop", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, run.dropped_at) == ("taking", None)


@pytest.mark.usefixtures("many")
def test_other_columns_while_the_rows_are_checked_begin_a_new_round(web, house):
    run = mapped(web, house, rows(5))
    with pytest.raises(Killed):
        worked(run, dying(3, "survey"))
    columns = {k: v for k, v in run.columns.items() if v["field"] != "total_yuan"}
    imports.map_columns(run=run, columns=columns, by=house.filer, at=AT)
    worked(run)
    assert run.rows.filter(round=run.round).count() == 5


@pytest.mark.usefixtures("many")
def test_table_put_away_while_it_is_checked_is_left_alone(web, house):
    run = mapped(web, house, rows(5))
    web.post(reverse("contracts:import_drop", args=[run.pk]))
    worked(run)
    assert (run.due_at, run.rows_done) == (None, 0)


@pytest.mark.usefixtures("many")
def test_only_what_is_due_is_queued_again(web, house):
    run = mapped(web, house, rows(5))
    before = clock.now() - datetime.timedelta(hours=1)
    assert imports.sweep(line=LINE, at=before) == 0
    assert tasks.sweep_imports() == 1
    run.refresh_from_db()
    assert (run.state, run.tally["good"]) == ("ready", 5)
    assert imports.sweep(line=LINE, at=clock.now() + work.LEASE * 2) == 0


# --- one row at a time ----------------------------------------------------------------------------


def test_row_mended_frees_the_one_that_said_the_same(web, house):
    twice = row(1)
    run = mapped(web, house, workbook([twice, twice, row(3)]))
    assert run.rows.filter(warned=True).count() == 2
    mend(web, run, 3, project_name="anders")
    assert run.rows.filter(warned=True).count() == 0
    mend(web, run, 3, project_name="项目1")
    assert run.rows.filter(warned=True).count() == 2
    page = reverse("contracts:import_row", args=[run.pk, run.rows.get(number=4).pk])
    web.post(page, {"act": "skip"})
    run.refresh_from_db()
    assert not run.rows.get(number=3).warned
    assert (run.tally["skipped"], run.tally["good"]) == (1, 2)


def test_words_learnt_since_have_to_be_confirmed_again(web, house):
    run = mapped(web, house, rows(1))
    habit = imports.habit_of(house.firm, LINE.code)
    habit.words = {"buyer_nature": {"国有企业": "022"}}
    habit.save()
    take(web, run)
    assert Contract.objects.count() == 0
    assert report(web, run).context["errors"]
    take(web, run)
    assert Contract.objects.get().buyer_nature == "022"


# --- the file -------------------------------------------------------------------------------------


@pytest.fixture
def large(monkeypatch):
    """Every file is a large one."""
    monkeypatch.setattr(acts, "SMALL", 0)


@pytest.mark.usefixtures("large")
def test_large_file_is_read_by_the_worker_and_then_gone(
    web, house, django_capture_on_commit_callbacks
):
    send(web, house, rows(2))
    run = ImportRun.objects.get()
    name = run.file.name
    assert (run.state, default_storage.exists(name)) == ("reading", True)
    assert report(web, run).context["working"]
    with django_capture_on_commit_callbacks(execute=True):
        worked(run)
    assert (run.state, run.rows_all, run.file.name) == ("asking", 2, "")
    assert not default_storage.exists(name)
    assert report(web, run).url == reverse("contracts:import_columns", args=[run.pk])


@pytest.mark.usefixtures("large")
def test_large_file_with_known_columns_is_checked_without_a_question(web, house):
    draft(firm=house.firm, by=house.filer)
    send(web, house, upload(web.get(reverse("contracts:import_drafts")).content))
    run = worked(ImportRun.objects.get())
    assert (run.state, run.tally["all"]) == ("ready", 1)


@pytest.mark.usefixtures("large")
def test_large_file_that_is_no_table_is_told_on_its_page(web, house):
    send(web, house, upload(b"%PDF-1.4"))
    run = worked(ImportRun.objects.get())
    assert (run.state, run.file.name) == ("unreadable", "")
    page = report(web, run)
    assert page.context["errors"] == [run.words]
    send(web, house, upload(b"%PDF-1.4"))
    assert ImportRun.objects.count() == 2


@pytest.mark.usefixtures("large")
def test_large_file_put_away_is_gone(web, house, django_capture_on_commit_callbacks):
    send(web, house, rows(2))
    run = ImportRun.objects.get()
    name = run.file.name
    with django_capture_on_commit_callbacks(execute=True):
        web.post(reverse("contracts:import_drop", args=[run.pk]))
    assert not default_storage.exists(name)
    assert worked(run).state == "reading"


# --- two at once ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["good", "all"])
def test_two_workers_at_once_make_each_draft_once(web, house, monkeypatch, mode):
    monkeypatch.setattr(work, "AT_ONCE", 0)
    monkeypatch.setattr(work, "PORTION", 5)
    run = worked(mapped(web, house, rows(40)))
    take(web, run, mode)

    at_once(*[functools.partial(imports.proceed, run_id=run.pk, line=LINE, at=AT)] * 3)
    worked(run, at=LATER)
    assert (run.state, run.tally["taken"], Contract.objects.count()) == ("ready", 40, 40)
