"""Figure filing.web: filings per second through the pages, as an enterprise does it.

Signed in once. Each filing: the start page, the gate, the four pages of the form with their
hidden fields, the contract text, the page that checks everything, the submission and the status
page: seventeen requests, because every redirect is followed as a browser does.
"""

import itertools
import re
from typing import Any

from benchmarks import serving
from benchmarks.filing_api import BEGUN, ENTRIES
from benchmarks.serving import Answer, Client, expect

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
AGENCY = re.compile(r'name="agency" value="(\d+)"')
ENTERPRISE = re.compile(r'name="enterprise" value="(\d+)"')
YES_NO = (
    "goal_clear", "mastered_before", "innovative", "buyer_only_pays", "foreign_language",
    "seals_complete", "related",
)  # fmt: skip
PAGES = {
    "contract": (
        "project_name", "form", "kind", "subkind", "signed_on", "starts_on", "ends_on",
        *YES_NO[:-1],
    ),
    "parties": (
        "applicant", "seller_name", "seller_code", "seller_division", "buyer_name",
        "buyer_nature", "buyer_code", "buyer_division", "related",
    ),
    "amounts": ("total_yuan", "payment"),
    "technology": ("ip_kind", "tech_field", "objective", "plan_source"),
}  # fmt: skip
OWN = {
    "applicant": "seller",
    "seller_name": "杭州知微能源科技股份有限公司",
    "seller_code": "91330106MAGUJ65R6B",
    "seller_division": "330106",
}
LINES = {
    "lines-TOTAL_FORMS": "1",
    "lines-INITIAL_FORMS": "0",
    "lines-0-kind": "equipment",
    "lines-0-amount_yuan": "107,500.00",
    "lines-0-note": "",
}


class Filing:
    """An enterprise in a browser."""

    def __init__(self, address: str, numbers: "itertools.count[int]", pdf: bytes) -> None:
        self.numbers, self.pdf = numbers, pdf
        self.client = Client(address)
        page = self.get("/accounts/login/")
        name = {"username": serving.ENTERPRISE, "password": serving.PASSWORD}
        self.post("/accounts/login/", page, name)

    def get(self, path: str) -> Answer:
        """A page."""
        return expect(self.client.send("GET", path), 200)

    def post(self, path: str, page: Answer, fields: dict[str, Any]) -> tuple[str, Answer]:
        """A form of a page with its hidden fields; where it led and what is there."""
        body = serving.urlencoded(hidden(page) | fields)
        return self.follow(
            self.client.send("POST", path, body, "application/x-www-form-urlencoded")
        )

    def follow(self, answer: Answer) -> tuple[str, Answer]:
        """The page that the redirects lead to."""
        path = ""
        while not path or answer.status == 302:
            path = expect(answer, 302).headers["location"].partition("#")[0]
            answer = self.client.send("GET", path)
        return path, expect(answer, 200)

    def __call__(self) -> None:
        """One filing."""
        number = next(self.numbers)
        entries = entries_of(number)
        page = self.get("/contracts/start/")
        enterprise = ENTERPRISE.search(page.text)
        gate = {"classified": "no", "enterprise": enterprise[1] if enterprise else ""}
        path, page = self.post("/contracts/start/", page, gate | {"applicant": "seller"})
        own = path.removesuffix("contract/")
        for key, names in PAGES.items():
            fields = {name: entries[name] for name in names} | {"go": "next"}
            path, page = self.post(path, page, fields | (LINES if key == "amounts" else {}))
        form = {"csrfmiddlewaretoken": hidden(page)["csrfmiddlewaretoken"], "kind": "contract_text"}
        body, content_type = serving.multipart(form, "files", "合同.pdf", self.pdf)
        self.follow(self.client.send("POST", f"{own}files/attach/", body, content_type))
        page = self.get(f"{own}review/")
        agency = AGENCY.search(page.text)
        path, _page = self.post(f"{own}submit/", page, {"agency": agency[1] if agency else ""})
        if path != own:
            raise RuntimeError(f"the submission led to {path}, not to the status page {own}")


def hidden(page: Answer) -> dict[str, str]:
    """The hidden fields of a page; the last of a name wins."""
    return {n: v for n, v in HIDDEN.findall(page.text) if n in ("csrfmiddlewaretoken", "seen")}


def entries_of(number: int) -> dict[str, Any]:
    """What is typed for one filing."""
    typed = ENTRIES | OWN | {"project_name": f"{BEGUN['project_name']}网{number}"}
    answers = {True: "yes", False: "no"}
    return {
        name: answers[value] if isinstance(value, bool) else value for name, value in typed.items()
    } | {"total_yuan": f"{2_000_000 + number}.00"}


def main() -> None:
    """Print the figure."""
    numbers, pdf = itertools.count(1), serving.small_pdf()
    with serving.portal() as address:
        clients = [Filing(address, numbers, pdf) for _client in range(serving.CLIENTS)]
        serving.report("filing.web", serving.rate(clients))


if __name__ == "__main__":
    main()
