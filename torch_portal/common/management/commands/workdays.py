"""workdays START N: the day N working days after START."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from torch_portal.common import codes
from torch_portal.common.workdays import (
    Calendar,
    CalendarNotPublished,
    add_workdays,
    published_calendar,
)

MOST_DAYS = 10_000


def published(jurisdiction: str) -> Calendar:
    """The published calendar, the same everywhere."""
    return published_calendar()


def iso_day(typed: str) -> date:
    """A date like 2020-02-06."""
    try:
        if len(typed) != 10:
            raise ValueError
        return date.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{typed!r} is not a date like 2020-02-06") from None


def day_count(typed: str) -> int:
    """A whole number of days from 0 to MOST_DAYS."""
    if not (typed.isascii() and typed.isdigit()) or int(typed) > MOST_DAYS:
        raise argparse.ArgumentTypeError(f"{typed!r} is not a number of days, 0 to {MOST_DAYS}")
    return int(typed)


def jurisdiction(typed: str) -> str:
    """A known jurisdiction code."""
    try:
        return codes.jurisdiction(typed)
    except codes.CodeError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


class Command(BaseCommand):
    """Prints the day; calendar_for gives the calendar of a jurisdiction ("" = the country's)."""

    help = "Print the date N working days after START (public holidays and make-up days counted)."
    requires_system_checks: list[str] = []
    calendar_for: Callable[[str], Calendar] = staticmethod(published)

    def add_arguments(self, parser: CommandParser) -> None:
        """START N [--count-first] [--jurisdiction CODE]."""
        parser.add_argument("start", type=iso_day, metavar="START", help="date, YYYY-MM-DD")
        parser.add_argument("days", type=day_count, metavar="N", help="number of working days")
        parser.add_argument(
            "--count-first",
            action="store_true",
            help="count START itself as the first day if it is worked",
        )
        parser.add_argument(
            "--jurisdiction", type=jurisdiction, metavar="CODE", help="such as 42 or 66"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the ISO date, or end with 3 when the calendar of a needed year is unknown."""
        try:
            day = add_workdays(
                options["start"],
                options["days"],
                calendar=self.calendar_for(options["jurisdiction"] or ""),
                count_first=options["count_first"],
            )
        except CalendarNotPublished as error:
            raise CommandError(str(error), returncode=3) from None
        self.stdout.write(day.isoformat())
