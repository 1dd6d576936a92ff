"""The Celery application: workers produce certificates and messages, beat keeps the clock."""

import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_init

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
