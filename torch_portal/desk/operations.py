"""What the operations page shows: tasks of the clock, work that is due, work that failed."""

import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.accounts.models import Change
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate, MadeFile
from torch_portal.desk.lines import LINES
from torch_portal.desk.models import DayDigest, TaskRun
from torch_portal.desk.runs import of_the_clock
from torch_portal.filings.enums import LookupState
from torch_portal.filings.models import RegistryLookup
from torch_portal.notices.enums import MessageState
from torch_portal.notices.models import Message
from torch_portal.publicity.models import Batch
from torch_portal.publicity.models.batches import ATTEMPTS

DAY = datetime.timedelta(days=1)
LATE = datetime.timedelta(minutes=5)


def _told(at: datetime.datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else ""


def tasks(at: datetime.datetime) -> list[dict[str, Any]]:
    """Each task of beat with its last run; one query."""
    known = {run.task: run for run in TaskRun.objects.all()}
    return [_task(name, when, known.get(name), at) for name, when in sorted(of_the_clock().items())]


def _task(name: str, when: Any, run: TaskRun | None, at: datetime.datetime) -> dict[str, Any]:
    state, words = _state(when, run, at)
    return {
        "name": name,
        "when": _when(when),
        "started": _told(run.started_at if run else None),
        "result": run.result if run else "",
        "runs": run.runs if run else 0,
        "failures": run.failures if run else 0,
        "failed": _told(run.failed_at if run else None),
        "error": run.error if run else "",
        "state": state,
        "words": words,
    }


def _state(when: Any, run: TaskRun | None, at: datetime.datetime) -> tuple[str, str]:
    """Never run, failed, not run as often as it should, or well."""
    if run is None or run.started_at is None:
        return "waiting", _("has not run yet")
    if run.failing:
        return "needs", _("the last run failed")
    gap = when if isinstance(when, datetime.timedelta) else DAY
    if at - run.started_at > 2 * gap + LATE:
        return "needs", _("should have run again")
    return "done", _("well")


def _when(when: Any) -> str:
    if isinstance(when, datetime.timedelta):
        return _("every %(seconds)s seconds") % {"seconds": int(when.total_seconds())}
    hour, minute = str(when._orig_hour), str(when._orig_minute)
    if hour == "*":
        return _("every hour, minute %(minute)s") % {"minute": minute}
    return f"{int(hour):02d}:{int(minute):02d}" if hour.isdecimal() else f"{hour}:{minute}"


def queues(at: datetime.datetime) -> list[dict[str, Any]]:
    """What is due, since when, and what failed for good; one query each."""
    sending = (MessageState.PENDING, MessageState.SENDING)
    asking = (LookupState.WAITING, LookupState.ASKING)
    return [
        _files(Certificate, at) | {"name": _("Certificates to make")},
        *(_files(model, at) for line in LINES.values() for model in line.MADE_FILES),
        {
            "name": _("Messages to send"),
            **_depth(Message.objects, Q(state__in=sending), Q(state=MessageState.FAILED), at),
            "url": reverse("admin:notices_message_changelist"),
            "failed_url": _failed("notices_message", "state", MessageState.FAILED),
        },
        _lists(at),
        {
            "name": _("Questions to the registry of enterprises"),
            **_depth(RegistryLookup.objects, Q(state__in=asking), Q(state=LookupState.FAILED), at),
            "url": reverse("admin:filings_registrylookup_changelist"),
            "failed_url": _failed("filings_registrylookup", "state", LookupState.FAILED),
        },
        {
            "name": _("Changes of settings that wait for a second person"),
            "open": Change.objects.filter(state="proposed", expires_at__gt=at).count(),
            "url": reverse("admin:accounts_change_changelist"),
        },
    ]


def _files(model: type[MadeFile], at: datetime.datetime) -> dict[str, Any]:
    """Files that a worker makes."""
    making = Q(making__in=(Making.PENDING, Making.RENDERING))
    desk = f"{model._meta.app_label}_{model._meta.model_name}"
    return {
        "name": model._meta.verbose_name_plural,
        **_depth(model._default_manager, making, Q(making=Making.FAILED), at),
        "url": reverse(f"admin:{desk}_changelist"),
        "failed_url": _failed(desk, "making", Making.FAILED),
    }


def _lists(at: datetime.datetime) -> dict[str, Any]:
    """Lists that are being publicised or announced; who keeps one has it tried again there."""
    given_up = Q(attempts__gte=ATTEMPTS)
    running = Batch.objects.exclude(step="")
    return {"name": _("Public lists in work"), **_depth(running, ~given_up, given_up, at)}


def _depth(rows: Any, open_: Q, failed: Q, at: datetime.datetime) -> dict[str, Any]:
    """Of open and failed rows alone: both stand under partial indexes or are few."""
    found = rows.filter(open_ | failed).aggregate(
        open=Count("pk", filter=open_),
        late=Count("pk", filter=open_ & Q(due_at__lt=at - LATE)),
        oldest=Min("due_at", filter=open_),
        failed=Count("pk", filter=failed),
    )
    return {**found, "oldest": _told(found["oldest"])}


def _failed(model: str, column: str, value: str) -> str:
    return reverse(f"admin:{model}_changelist") + f"?{column}__exact={value}"


def newest_digest() -> DayDigest | None:
    """The last signed day."""
    return DayDigest.objects.defer("payload", "signature").order_by("-day").first()
