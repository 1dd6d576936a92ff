"""Lines of the log: JSON or plain, each with the id of its request, none with personal data."""

import contextvars
import logging
import re
from typing import Any

from pythonjsonlogger.json import JsonFormatter

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")

FIELDS = "%(asctime)s %(levelname)s %(name)s %(message)s"
MOMENT = "%Y-%m-%dT%H:%M:%S%z"
NAMES = {"asctime": "time", "levelname": "level", "name": "logger"}
# What PostgreSQL adds to an error quotes the row; the rest are people's own numbers and addresses,
# and the code with which anybody may look at a certificate.
PRIVATE = (
    (re.compile(r"(DETAIL|CONTEXT):[^\n]*"), r"\1: …"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (re.compile(r"(?<![\w-])\d{17}[\dXx](?![\w-])"), "…"),
    (re.compile(r"(?<![\w-])1[3-9]\d{9}(?![\w-])"), "…"),
    (re.compile(r"(/verify/)[^/\s\"?]+"), r"\1…"),
    (re.compile(r"(?<=[\w/])\?[\w%.-]+=[^\s\"]*"), "?…"),
)


def scrubbed(words: str) -> str:
    """The same words with everything struck out that tells of a person."""
    for pattern, instead in PRIVATE:
        words = pattern.sub(instead, words)
    return words


class OfRequest(logging.Filter):
    """Gives every record the id of the request in which it was written ("" outside)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Nothing is left out."""
        record.request = request_id.get()  # also replaces Django's whole request object
        return True


class Json(JsonFormatter):
    """One JSON object a line."""

    def __init__(self) -> None:
        super().__init__(FIELDS, MOMENT, rename_fields=NAMES, json_ensure_ascii=False)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Strike out what tells of a person; leave out what is empty."""
        kept: dict[str, Any] = super().process_log_record(log_data)
        return {k: scrubbed(v) if isinstance(v, str) else v for k, v in kept.items() if v != ""}


class Line(logging.Formatter):
    """For people who look at a terminal."""

    def __init__(self) -> None:
        super().__init__(FIELDS)

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the error below it."""
        return scrubbed(super().format(record))


def config(style: str, level: str, *, requests: bool) -> dict[str, Any]:
    """Django's LOGGING: `style` "json" or "line"; `requests`: a line for each request as well."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": OfRequest}},
        "formatters": {"own": {"()": Json if style == "json" else Line}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "own",
                "filters": ["request"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "torch_portal.requests": {"level": "INFO" if requests else "WARNING"},
            # What it tells of answers 4xx stands in the line of the request.
            "django.request": {"level": "ERROR"},
            **{
                name: {"level": "WARNING"}
                for name in ("axes", "fontTools", "weasyprint", "pikepdf")
            },
            **{name: {"level": "WARNING"} for name in ("boto3", "botocore", "s3transfer")},
            # It writes a stack trace for every damaged file that a visitor asks about.
            **{name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
        },
    }
