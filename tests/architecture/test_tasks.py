"""Celery tasks: keyword primitives only, started by beat or queued by name, and documented."""

import inspect
import re

import pytest
from celery import current_app
from django.conf import settings
from django.core import mail
from django.core.cache import cache

from contracts import actions
from contracts.enums import State
from contracts.line.exports import CONTRACTS
from contracts.models import RegistrationList
from tests.architecture.tree import PACKAGES, document, our_models, sources
from tests.factories import sme_eval, stats
from tests.factories.contracts import AT, contract_at
from torch_portal.accounts.models import Change
from torch_portal.certificates.models import Certificate, Document
from torch_portal.desk.actions import plan
from torch_portal.desk.models import Batch, RetentionRule
from torch_portal.filings.models import (
    Delivery,
    Event,
    IdempotencyKey,
    ImportRow,
    ImportRun,
    RegistryLookup,
    Webhook,
)
from torch_portal.notices.models import Message
from torch_portal.publicity import actions as publicity
from torch_portal.reports.exports.actions import ask
from torch_portal.reports.exports.wishes import Wish
from torch_portal.reports.models import Export

PRIMITIVES = {int, str, bool}
# Of two contracts in an emergency and two evaluations: no paper is due, no draft lies about,
# nobody complained or applies for a certification, last month has no filing, nobody asked for
# reports, and a sign of life leaves no row.
NOTHING_TO_DO = {
    "torch_portal.desk.tasks.beat_heart",
    "torch_portal.papers.tasks.remind",
    "torch_portal.reports.tasks.make_archives",
    "torch_portal.reports.tables.tasks.send_reports",
    "contracts.tasks.remind_enterprises",
    "sme_eval.tasks.remind_enterprises",
    "hitech_cert.tasks.carry_draws",
    "hitech_cert.tasks.carry_lists",
    "hitech_cert.tasks.expire_certificates",
    "hitech_cert.tasks.flag_overdue_checks",
    "hitech_cert.tasks.open_report_cases",
    "hitech_cert.tasks.remind_certified",
    "hitech_cert.tasks.remind_enterprises",
    "hitech_cert.tasks.remind_experts",
    "contracts.tasks.flag_overdue_matters",
    "torch_portal.filings.tasks.flag_late_replies",
    "stats.tasks.remind_overdue_questions",
    "stats.tasks.remind_respondents",
    "stats.tasks.tell_levels_above",
}


def ours():
    """Our tasks by full name."""
    current_app.loader.import_default_modules()
    found = {n: t for n, t in current_app.tasks.items() if n.partition(".")[0] in PACKAGES}
    return dict(sorted(found.items()))


TASKS = ours()


@pytest.mark.parametrize("name", TASKS)
def test_task_takes_keyword_primitives(name):
    parameters = inspect.signature(TASKS[name].run).parameters.values()
    assert all(p.kind is p.KEYWORD_ONLY for p in parameters)
    assert {p.annotation for p in parameters} <= PRIMITIVES


@pytest.mark.parametrize("name", TASKS)
def test_task_is_documented(name):
    assert f"`{name}`" in document("docs/operations.md")
    assert (TASKS[name].run.__doc__ or "").strip()


@pytest.mark.parametrize("name", TASKS)
def test_task_is_started_by_beat_or_queued_by_name(name):
    if not inspect.signature(TASKS[name].run).parameters:
        assert name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    else:
        assert any(f'"{name}"' in path.read_text(encoding="utf-8") for path in sources())


def test_beat_starts_only_tasks_that_exist():
    entries = settings.CELERY_BEAT_SCHEDULE
    assert {entry["task"] for entry in entries.values()} <= set(TASKS)
    rows = document("docs/operations.md").split("## Beat", 1)[1].split("\n## ")[0]
    told = re.findall(r"`((?:\w+\.)+tasks\.\w+)`", rows)
    assert sorted(told) == sorted(entry["task"] for entry in entries.values())


def evaluations(house):
    """One whose review is late, and one whose list is about to become public."""
    people = {"office": house.office, "examiner": house.reviewer}
    sme_eval.evaluation_at("submitted", firm=house.other_firm, by=house.stranger, **people)
    passed = sme_eval.evaluation_at("passed", firm=house.firm, by=house.filer, **people)
    by = sme_eval.province("33")
    listed = sme_eval.open_list(passed.filing.jurisdiction, by, AT)
    publicity.publicise(batch=listed, opens_on=AT.date(), by=by, at=AT)


def rows():
    """How much there is of everything, and the mail that went out."""
    counted = {model._meta.label: model._base_manager.count() for model in our_models()}
    files = sorted(Certificate.objects.values_list("pk", "making", "sha256"))
    changes = sorted(Change.objects.values_list("pk", "state"))
    files += sorted(Document.objects.values_list("pk", "making", "sha256"))
    files += sorted(Delivery.objects.values_list("pk", "state", "attempts"))
    files += sorted(RegistrationList.objects.values_list("pk", "making", "sha256"))
    files += sorted(RegistryLookup.objects.values_list("pk", "state", "attempts"))
    files += sorted(ImportRun.objects.values_list("pk", "state", "rows_done"))
    files += sorted(Export.objects.values_list("pk", "state", "sha256"))
    messages = sorted(Message.objects.values_list("pk", "state", "attempts"))
    return counted, files, messages, changes, len(mail.outbox)


@pytest.mark.parametrize("name", TASKS)
def test_task_that_runs_twice_does_its_work_once(house, settings, name):
    settings.REGISTRY_URL = "http://127.0.0.1:1"  # nobody listens there
    cache.clear()
    people = {"firm": house.firm, "by": house.filer, "office": house.office}
    waiting = contract_at(State.SUBMITTED, examiner=house.reviewer, **people)
    batch = plan(line="contracts", move="assign", filing_ids=[waiting.pk], by=house.reviewer, at=AT)
    Batch.objects.update(started_at=AT, due_at=AT, arguments={"to": house.reviewer.pk})
    contract_at(State.RECOGNISED, examiner=house.reviewer, project_name="另一项目", **people)
    evaluations(house)
    old = {"key": "old", "request_digest": "0" * 64, "created_at": AT}
    IdempotencyKey.objects.create(user=house.filer, **old)
    RetentionRule.objects.filter(subject="messages").update(active=True, months=1)
    Message.objects.filter(key__contains="received").update(state="in_portal", created_at=AT)
    waiting = {"target": "x", "name": "x", "act": "add", "reason": "x", "grave": True}
    waiting |= {"state": "proposed", "made_at": AT, "made_by": house.operator, "expires_at": AT}
    Change.objects.create(**waiting)
    hook = Webhook.objects.create(
        owner=house.filer, url="http://127.0.0.1:9/", secret="x", created_at=AT
    )
    event = Event.objects.order_by("pk").first()
    sent = Delivery.objects.create(webhook=hook, event=event, due_at=AT, attempts=9)
    month = {"since": AT.date(), "until": AT.date()}
    made = actions.make_list(enterprise=house.firm, by=house.filer, at=AT, **month)
    export = ask(wish=Wish(CONTRACTS, ("number",)), by=house.reviewer, at=AT)
    table = ImportRun.objects.create(
        line="contracts", enterprise=house.firm, heads=["项目名称"], state="checking", due_at=AT,
        columns={"0": {"field": "project_name"}}, created_at=AT, created_by=house.filer,
    )  # fmt: skip
    ImportRow.objects.create(run=table, number=2, cells=["一"])
    known = {
        "run_id": table.pk,
        "delivery_id": sent.pk,
        "list_id": made.pk,
        "export_id": export.pk,
        "batch_id": batch.pk,
        "certificate_id": Certificate.objects.get().pk,
        "document_id": Document.objects.order_by("pk").first().pk,
        "lookup_id": RegistryLookup.objects.first().pk,
        "message_id": Message.objects.filter(state="pending").order_by("pk").first().pk,
    }
    if name.startswith("stats.tasks.count"):
        sent = stats.return_at("submitted", **people, examiner=house.reviewer)
        known["round_id"] = sent.round_id
    arguments = {n: known[n] for n in inspect.signature(TASKS[name].run).parameters}
    before = rows()
    TASKS[name].run(**arguments)
    once = rows()
    assert (once == before) is (name in NOTHING_TO_DO)
    TASKS[name].run(**arguments)
    assert rows() == once


def test_work_survives_a_lost_worker():
    assert settings.CELERY_TASK_ACKS_LATE
    assert settings.CELERY_TASK_REJECT_ON_WORKER_LOST
    timeout = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    assert timeout > settings.CELERY_TASK_TIME_LIMIT > settings.CELERY_TASK_SOFT_TIME_LIMIT
