"""workdays START N: the day N working days after START."""

import argparse
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError

from torch_portal.common import codes
from torch_portal.common.workdays import (
    Calendar,
    CalendarNotPublished,
    add_workdays,
    published_calendar,
)
from torch_portal.filings.queries import calendar_for

MOST_DAYS = 10_000


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
    """Prints the day. With a jurisdiction the days count that operators entered, as in the portal;
    without one nothing but the published calendar is asked, and no database.
    """

    help = "Print the date N working days after START (public holidays and make-up days counted)."
    requires_system_checks: list[str] = []

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
            "--jurisdiction",
            type=jurisdiction,
            metavar="CODE",
            help="such as 42 or 66: with the days that differ there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the ISO date, or end with 3 when the calendar of a needed year is unknown."""
        try:
            day = add_workdays(
                options["start"],
                options["days"],
                calendar=self._calendar(options["jurisdiction"]),
                count_first=options["count_first"],
            )
        except CalendarNotPublished as error:
            raise CommandError(str(error), returncode=3) from None
        self.stdout.write(day.isoformat())

    def _calendar(self, code: str | None) -> Calendar:
        """The calendar of the place; the published one when the database does not answer."""
        if code is None:
            return published_calendar()
        try:
            return calendar_for(code)
        except DatabaseError:
            self.stderr.write("The database does not answer: published calendar only.")
            return published_calendar()
