"""When the clock last started each task, and how that went."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskRun(models.Model):
    """One task of beat: its last run, its last result, its last error."""

    task = models.CharField(_("task"), max_length=120, primary_key=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    result = models.CharField(_("result"), max_length=200, blank=True)
    runs = models.PositiveBigIntegerField(_("runs"), default=0)
    failures = models.PositiveBigIntegerField(_("failures"), default=0)
    failed_at = models.DateTimeField(_("failed at"), null=True)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("task of the clock")
        verbose_name_plural = _("operations")

    def __str__(self) -> str:
        return self.task

    @property
    def failing(self) -> bool:
        """Whether the last run failed."""
        return self.failed_at is not None and (
            self.finished_at is None or self.failed_at > self.finished_at
        )
