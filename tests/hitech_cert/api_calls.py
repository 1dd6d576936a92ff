"""How the tests of the API of applications speak to it."""

import datetime
from decimal import Decimal

from hitech_cert import rules
from tests.contracts.api_calls import PROBLEM, client, codes, faults, post
from tests.factories.contracts import pdf
from tests.factories.hitech_cert import ROWS, SAMPLE

LIST = "/api/v1/hitech_cert/"
BATCHES = f"{LIST}batches/"


def plain(value):
    """A value as it is sent: figures as strings, days ISO."""
    if isinstance(value, list):
        return [plain(cell) for cell in value]
    if isinstance(value, dict):
        return {name: plain(cell) for name, cell in value.items()}
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, datetime.date) else value


BODY = plain(SAMPLE | ROWS)


def url(application, *parts):
    return LIST + "/".join([str(getattr(application, "pk", application)), *map(str, parts)]) + "/"


def attach_all(api, application, kinds=rules.NEEDED):
    for kind in kinds:
        body = {"kind": kind.value, "file": pdf(f"{kind}.pdf")}
        answer = api.post(url(application, "attachments"), body, format="multipart")
        assert answer.status_code == 201, answer.json()


__all__ = ["BATCHES", "BODY", "LIST", "PROBLEM", "attach_all", "client", "codes", "faults",
           "plain", "post", "url"]  # fmt: skip
