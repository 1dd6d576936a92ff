"""The workdays command: what it prints and how it ends."""

import datetime
import io
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from torch_portal.filings.models import CalendarDay


def printed(*args):
    """What the command prints."""
    out = io.StringIO()
    call_command("workdays", *args, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("args", "day"),
    [
        (("2020-01-23", "1"), "2020-02-03"),
        (("2020-03-02", "5"), "2020-03-09"),
        (("2020-03-02", "5", "--count-first"), "2020-03-06"),
        (("2020-03-02", "5", "--jurisdiction", "42"), "2020-03-09"),
        (("2020-03-02", "5", "--jurisdiction", "66"), "2020-03-09"),
        (("2020-02-29", "0"), "2020-02-29"),
    ],
)
def test_workdays_prints_the_day(args, day):
    assert printed(*args) == f"{day}\n"


@pytest.mark.parametrize("args", [("2026-12-31", "1"), ("2027-03-01", "5"), ("2003-12-01", "1")])
def test_workdays_ends_with_3_when_the_calendar_is_not_published(args):
    with pytest.raises(CommandError) as caught:
        printed(*args)
    assert caught.value.returncode == 3
    assert args[0][:3] in str(caught.value)


@pytest.mark.parametrize(
    "args",
    [
        ("2020-02-30", "1"),
        ("20200203", "1"),
        ("yesterday", "1"),
        ("2020-02-03", "-1"),
        ("2020-02-03", "1.5"),
        ("2020-02-03", "１"),
        ("2020-02-03", "10001"),
        ("2020-02-03",),
        ("2020-02-03", "1", "--jurisdiction", "99"),
    ],
)
def test_workdays_refuses_bad_arguments(args):
    with pytest.raises(CommandError):
        printed(*args)


def override(day, worked, area=None):
    CalendarDay.objects.create(
        day=datetime.date.fromisoformat(day), is_workday=worked, source="通知", jurisdiction_id=area
    )


@pytest.mark.django_db
def test_workdays_in_a_jurisdiction_counts_the_days_entered_for_it():
    override("2020-03-03", False, "42")
    override("2020-03-07", True, "42")
    override("2020-03-04", False)
    assert printed("2020-03-02", "1", "--jurisdiction", "42") == "2020-03-05\n"
    assert printed("2020-03-02", "3", "--jurisdiction", "42") == "2020-03-07\n"
    assert printed("2020-03-02", "1", "--jurisdiction", "33") == "2020-03-03\n"
    assert printed("2020-03-02", "2", "--jurisdiction", "33") == "2020-03-05\n"


@pytest.mark.django_db
def test_workdays_without_a_jurisdiction_is_the_published_calendar():
    override("2020-03-03", False)
    assert printed("2020-03-02", "1") == "2020-03-03\n"


def without_database(*args):
    """The command as an official runs it on a machine whose database is down."""
    nowhere = {
        "DATABASE_URL": "postgresql://x@127.0.0.1:9/x",
        "REDIS_URL": "redis://127.0.0.1:9",
        "DJANGO_SETTINGS_MODULE": "torch_portal.settings",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "workdays", *args],
        cwd=settings.BASE_DIR, env=os.environ | nowhere, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "code", "out", "lines_of_warning"),
    [
        (("2020-01-23", "1"), 0, "2020-02-03\n", 0),
        (("2020-01-23", "1", "--jurisdiction", "42"), 0, "2020-02-03\n", 1),
        (("2027-03-01", "5", "--jurisdiction", "42"), 3, "", 2),
    ],
)
def test_workdays_without_database(args, code, out, lines_of_warning):
    answer = without_database(*args)
    assert (answer.returncode, answer.stdout) == (code, out)
    said = answer.stderr.splitlines()
    assert len(said) == lines_of_warning
    if "--jurisdiction" in args:
        assert said[0] == "The database does not answer: published calendar only."
