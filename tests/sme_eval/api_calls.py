"""How the tests of the API of evaluations speak to it."""

import datetime
from decimal import Decimal

from tests.contracts.api_calls import PROBLEM, client, codes, faults, post
from tests.factories.contracts import pdf
from tests.factories.sme_eval import FILES, ROWS, SAMPLE

LIST = "/api/v1/sme_eval/"
DRAWS = f"{LIST}spot-check-draws/"


def plain(value):
    """A value as it is sent: figures as strings, days ISO."""
    if isinstance(value, list):
        return [{name: plain(cell) for name, cell in row.items()} for row in value]
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, datetime.date) else value


BODY = {name: plain(value) for name, value in (SAMPLE | ROWS).items()}


def url(evaluation, *parts):
    return LIST + "/".join([str(getattr(evaluation, "pk", evaluation)), *map(str, parts)]) + "/"


def attach(api, evaluation, kind="licence", upload=None, there=("attachments",)):
    body = {"kind": kind, "file": upload or pdf(f"{kind}.pdf")}
    return api.post(url(evaluation, *there), body, format="multipart")


def attach_all(api, evaluation, kinds=FILES, there=("attachments",)):
    for kind in kinds:
        assert attach(api, evaluation, kind, there=there).status_code == 201


__all__ = [
    "BODY", "DRAWS", "LIST", "PROBLEM", "attach", "attach_all", "client", "codes", "faults",
    "plain", "post", "url",
]  # fmt: skip
