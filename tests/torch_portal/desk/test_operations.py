"""The operations page and the record of what the clock started."""

import datetime

import pytest
from celery.signals import task_failure, task_postrun, task_prerun
from django.urls import reverse

from contracts.models import RegistrationList
from tests.torch_portal.publicity.sample import AT as LIST_AT
from tests.torch_portal.publicity.sample import listed
from torch_portal.desk import operations, runs
from torch_portal.desk.models import TaskRun
from torch_portal.desk.tasks import expire_proposals, make_digests
from torch_portal.notices.models import Message
from torch_portal.publicity import actions
from torch_portal.publicity.models import Batch as PublicityList
from torch_portal.publicity.models.batches import ATTEMPTS

PAGE = reverse("admin:desk_taskrun_changelist")
AT = datetime.datetime(2020, 3, 2, 9, 0, tzinfo=datetime.UTC)
NAME = "torch_portal.desk.tasks.make_digests"
HOURLY = "torch_portal.desk.tasks.expire_proposals"


def row(name, at):
    return next(r for r in operations.tasks(at) if r["name"] == name)


@pytest.mark.django_db
def test_run_of_a_task_of_the_clock_is_kept():
    make_digests.delay()
    run = TaskRun.objects.get()
    assert (run.task, run.result, run.runs, run.failures) == (NAME, "0", 1, 0)
    assert run.finished_at >= run.started_at
    make_digests.delay()
    run.refresh_from_db()
    assert run.runs == 2


@pytest.mark.django_db
def test_failure_is_kept_with_its_error_until_it_goes_well_again():
    task_prerun.send(sender=make_digests)
    task_failure.send(sender=make_digests, exception=ValueError("no key"))
    task_postrun.send(sender=make_digests, state="FAILURE", retval=None)
    run = TaskRun.objects.get()
    assert (run.failures, run.error, run.failing) == (1, "ValueError: no key", True)
    make_digests.delay()
    run.refresh_from_db()
    assert (run.failing, run.error) == (False, "ValueError: no key")


@pytest.mark.django_db
def test_other_tasks_are_not_kept():
    class Other:
        name = "torch_portal.notices.tasks.send"

    task_prerun.send(sender=Other)
    task_failure.send(sender=Other, exception=ValueError())
    assert not TaskRun.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "minutes", "state"), [(48, 5, "done"), (48, 6, "needs"), (1, 0, "done")]
)
def test_task_that_should_have_run_again_is_told(hours, minutes, state):
    runs.note_start(NAME, AT)
    runs.note_end(NAME, 3, AT)
    later = AT + datetime.timedelta(hours=hours, minutes=minutes)
    assert row(NAME, later)["state"] == state
    assert row(HOURLY, later)["state"] == "waiting"
    assert row(NAME, later)["result"] == "3"


def test_page_for_operators(client, house):
    Message.objects.create(
        key="x", to_user=house.filer, to_email="a@example.org", language="zh-hans", subject="s",
        body="b", state="failed", due_at=AT, created_at=AT, last_error="refused",
    )  # fmt: skip
    client.force_login(house.operator)
    expire_proposals.delay()
    answer = client.get(PAGE)
    queues = {str(q["name"]): q for q in answer.context["queues"]}
    assert [q.get("failed") for q in queues.values()] == [0, 0, 1, 0, 0, None]
    failed = [q["failed_url"] for q in queues.values() if q.get("failed")]
    listed = client.get(failed[0])
    assert [m.key for m in listed.context["cl"].result_list] == ["x"]
    assert HOURLY in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("reviewer", 403), ("official", 403), ("filer", 302), ("operator", 200)]
)
def test_page_by_role(client, house, who, status):
    client.force_login(getattr(house, who))
    assert client.get(PAGE).status_code == status


def test_page_in_a_budget_of_statements(client, house, django_assert_max_num_queries):
    client.force_login(house.operator)
    with django_assert_max_num_queries(11):
        client.get(PAGE)


def test_failed_files_of_lists_are_told_and_made_again(client, house):
    made = RegistrationList.objects.create(
        enterprise=house.firm, code="LIST23456789", since=AT.date(), until=AT.date(), made_at=AT,
        made_by=house.filer, making="failed", attempts=8, due_at=AT, last_error="no font",
    )  # fmt: skip
    client.force_login(house.operator)
    queues = {str(q["name"]): q for q in client.get(PAGE).context["queues"]}
    told = queues["登记清单"]
    assert (told["open"], told["failed"]) == (0, 1)
    page = client.get(told["failed_url"])
    assert "no font" in page.text
    chosen = {"action": "make_failed_again", "_selected_action": [made.pk]}
    client.post(told["url"], chosen)
    made.refresh_from_db()
    assert (made.making, made.attempts) == ("pending", 0)
    client.force_login(house.reviewer)
    assert client.get(told["url"]).status_code == 403


def test_step_of_a_list_that_failed_is_told(client, house):
    batch = listed(house)
    actions.publicise(batch=batch, opens_on=LIST_AT.date(), by=house.official, at=LIST_AT)
    client.force_login(house.operator)

    def told():
        return client.get(PAGE).context["queues"][-3]

    assert (told()["open"], told()["failed"]) == (1, 0)
    PublicityList.objects.update(attempts=ATTEMPTS, last_error="no calendar")
    assert (told()["open"], told()["failed"]) == (0, 1)
    assert "failed_url" not in told()
