"""The Celery application: workers produce certificates and messages, beat keeps the clock."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "torch_portal.settings")

app = Celery("torch_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
