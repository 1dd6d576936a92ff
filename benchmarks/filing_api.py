"""Figure filing.api: whole filings per second over the API, from the draft to recognition.

Draft, change, contract text, submission, acceptance, recognition: six requests, two people. The
certificates are drawn and signed meanwhile by the Celery worker of the same portal, on the same
machine; the figure does not wait for them.
"""

import itertools
import json
from functools import cache
from typing import Any

from benchmarks import serving
from benchmarks.serving import Client, expect

BEGUN = {"project_name": "面向疫情防控的红外测温算法开发与应用", "classified": False}
ENTRIES: dict[str, Any] = {
    "form": "written",
    "kind": "development",
    "subkind": "dev_e",
    "signed_on": "2020-02-26",
    "starts_on": "2020-03-01",
    "ends_on": "2021-12-31",
    "goal_clear": True,
    "mastered_before": False,
    "innovative": True,
    "buyer_only_pays": True,
    "foreign_language": False,
    "seals_complete": True,
    "buyer_name": "杭州朗途生物医药有限公司",
    "buyer_nature": "100",
    "buyer_code": "91330106MAE942HR7E",
    "buyer_division": "330106",
    "related": False,
    "payment": "instalments",
    "ip_kind": "technical_secret",
    "tech_field": "electronics",
    "objective": "health",
    "plan_source": "outside",
    "deductions": [{"kind": "equipment", "amount_yuan": "107500.00", "note": ""}],
}


class Filing:
    """An enterprise and an examiner, each with a token and a connection."""

    def __init__(self, address: str, numbers: "itertools.count[int]", pdf: bytes) -> None:
        self.numbers, self.pdf = numbers, pdf
        self.firm = signed_in(address, serving.ENTERPRISE)
        self.examiner = signed_in(address, serving.EXAMINER)

    def __call__(self) -> None:
        """One filing."""
        number = next(self.numbers)
        begun = BEGUN | {"project_name": f"{BEGUN['project_name']}{number}"}
        path = f"/api/v1/contracts/{expect(send(self.firm, 'POST', '', begun), 201).json['id']}/"
        entries = ENTRIES | {"total_yuan": f"{1_000_000 + number}.00"}
        expect(send(self.firm, "PATCH", path, entries), 200)
        body, kind = serving.multipart({"kind": "contract_text"}, "file", "合同.pdf", self.pdf)
        expect(self.firm.send("POST", f"{path}attachments/", body, kind), 201)
        expect(send(self.firm, "POST", f"{path}submit/", {"agency": serving.AGENCY}), 200)
        expect(send(self.examiner, "POST", f"{path}accept/", {}), 200)
        expect(send(self.examiner, "POST", f"{path}recognise/", {}), 200)


def signed_in(address: str, username: str) -> Client:
    """A client that carries a token."""
    client = Client(address)
    client.headers["Authorization"] = f"Token {token_of(address, username)}"
    return client


@cache
def token_of(address: str, username: str) -> str:
    """The token of an account, asked for once: the address is slow to answer many."""
    sent = {"username": username, "password": serving.PASSWORD}
    return str(expect(send(Client(address), "POST", "/api/v1/token/", sent), 200).json["token"])


def send(client: Client, method: str, path: str, body: Any) -> serving.Answer:
    """One request with JSON."""
    data = json.dumps(body).encode()
    return client.send(method, path or "/api/v1/contracts/", data, "application/json")


def main() -> None:
    """Print the figure."""
    numbers, pdf = itertools.count(1), serving.small_pdf()
    with serving.portal() as address:
        clients = [Filing(address, numbers, pdf) for _client in range(serving.CLIENTS)]
        serving.report("filing.api", serving.rate(clients))


if __name__ == "__main__":
    main()
