"""Forgetting the people behind objections that were settled (个人信息保护法 第四十七条)."""

import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from torch_portal.publicity.models import Objection, ObjectionFile

GONE = "—"


def forgettable(before: datetime.date) -> QuerySet[Objection]:
    """Objections that were settled before this day and whose people are not forgotten yet."""
    start = timezone.make_aware(datetime.datetime.combine(before, datetime.time()))
    return Objection.objects.filter(handled_at__lt=start).exclude(name=GONE)


@transaction.atomic
def forget_objectors(*, before: datetime.date) -> int:
    """Empty names and mobile numbers and delete the evidence; answers of how many. Twice is once.

    What was said, what became of it and the record of the list stay.
    """
    found = list(forgettable(before).select_for_update().values_list("pk", flat=True))
    files = ObjectionFile.objects.filter(objection__in=found)
    for kept in files:
        transaction.on_commit(partial(kept.file.storage.delete, str(kept.file.name)))
    files.delete()
    return Objection.objects.filter(pk__in=found).update(name=GONE, mobile="")
