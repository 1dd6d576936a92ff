"""The Celery application: workers produce certificates and messages, beat keeps the clock."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init, worker_ready

from torch_portal.common.start import check_complete

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")

app = Celery("torch_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def refuse_incomplete_settings(**_signal: Any) -> None:
    """Worker and beat start only with complete settings, as the web does."""
    check_complete()


@worker_ready.connect
def give_sign_of_life(**_signal: Any) -> None:
    """The first one at once, so that a fresh start is ready before beat's first minute."""
    app.tasks["torch_portal.desk.tasks.beat_heart"].delay()
