"""The portal's clock, read at the outer edge only and handed inwards as `at`."""

import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime.datetime:
    """The present moment, moved by PORTAL_CLOCK_OFFSET.

    The offset is for demonstrations and exercises: a contract of 2020 can be filed under the
    rules of 2020. It is ignored where real certificates are signed.
    """
    return timezone.now() + settings.PORTAL_CLOCK_OFFSET


def today() -> datetime.date:
    """The present day in the portal's time zone."""
    return timezone.localdate(now())
