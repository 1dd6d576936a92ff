"""Vocabularies of the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of one filing of a batch."""

    WAITING = "waiting", _("Waiting")
    LEFT_OUT = "left_out", _("Left out")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not done")
    STOPPED = "stopped", _("Stopped before it")
