"""The workdays command: what it prints and how it ends."""

import io

import pytest
from django.core.management import CommandError, call_command


def printed(*args):
    """What the command prints."""
    out = io.StringIO()
    call_command("workdays", *args, stdout=out)
    return out.getvalue()


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
