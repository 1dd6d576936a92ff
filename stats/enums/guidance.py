"""Vocabularies of courseware and guidance."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HoursWay(TextChoices):
    """How one reaches the officer in office hours."""

    TELEPHONE = "telephone", _("By telephone")
    ONLINE = "online", _("Online meeting")
    VISIT = "visit", _("On site")


class QuestionState(TextChoices):
    """Where a question stands, told from its row; nothing of it is stored."""

    WAITING = "waiting", _("Waits for an answer")
    OVERDUE = "overdue", _("Answer overdue")
    ANSWERED = "answered", _("Answered")
    SETTLED = "settled", _("Settled")
