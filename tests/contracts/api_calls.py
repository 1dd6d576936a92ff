"""How the tests of the API speak to it."""

from rest_framework.test import APIClient

from tests.factories.contracts import (
    COSTS,
    SAMPLE,
    contract_at,
    pdf,
)
from torch_portal.common.money import plain

LIST = "/api/v1/contracts/"
PROBLEM = "application/problem+json"
BODY = {
    name: plain(value) if name == "total_yuan" else getattr(value, "isoformat", lambda v=value: v)()
    for name, value in SAMPLE.items()
} | {"deductions": [{"kind": c["kind"], "amount_yuan": plain(c["amount_yuan"])} for c in COSTS]}


def client(user):
    api = APIClient()
    api.force_authenticate(user)
    return api


def at_state(house, state, **values):
    return contract_at(
        state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
        **values,
    )  # fmt: skip


def url(contract, *parts):
    return LIST + "/".join([str(getattr(contract, "pk", contract)), *map(str, parts)]) + "/"


def post(api, address, body=None, **headers):
    return api.post(address, body or {}, format="json", headers=headers)


def faults(answer):
    return {row["field"]: row for row in answer.json()["errors"]}


def codes(answer):
    return {row["code"] for row in answer.json()["errors"]}


def attach(api, contract, upload=None, kind="contract_text", **headers):
    body = {"kind": kind, "file": upload or pdf()}
    return api.post(url(contract, "attachments"), body, format="multipart", headers=headers)
