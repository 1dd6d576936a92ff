"""The log: one JSON object a line, the request's id in it, nobody's data."""

import json
import logging

import pytest
from django.db import IntegrityError
from django.urls import reverse

from contracts.enums import State
from tests.contracts.api_calls import at_state
from tests.factories import accounts
from torch_portal.accounts.models import User
from torch_portal.certificates.models import Certificate
from torch_portal.common import logs, watching


@pytest.fixture
def written():
    """What the portal writes in production: formatted records, as objects."""
    lines = []
    handler = logging.Handler()
    handler.setFormatter(logs.Json())
    handler.addFilter(logs.OfRequest())
    handler.emit = lambda record: lines.append(json.loads(handler.format(record)))
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def test_request_is_told_by_view_status_time_and_id(client, house, written):
    client.force_login(house.filer)
    answer = client.get(reverse("desk:mine") + "?stage=draft&name=张三")
    line = written[-1]
    assert (line["view"], line["status"], line["method"]) == ("desk:mine", 200, "GET")
    assert line["user"] == house.filer.pk
    assert line["ms"] > 0
    assert line["request"] == answer[watching.HEADER]
    assert line["logger"] == "torch_portal.requests"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-12345", True), ("x y", False), ("a" * 65, False), ("短号短号短号短号", False)],
)
def test_id_given_by_a_proxy_is_kept_if_it_is_sane(client, db, given, kept):
    answer = client.get("/healthz", headers={watching.HEADER: given})
    assert (answer[watching.HEADER] == given) is kept
    assert watching.SANE.fullmatch(answer[watching.HEADER])


def test_probes_are_not_told(client, db, written):
    client.get("/healthz")
    assert written == []


def test_no_personal_data_stands_in_the_log(client, house, written):
    """A day at the portal, right and wrong: no name, number, address, code or query comes out."""
    person = accounts.user("zhang-san", email="zhang@firm.example", phone="13812345678")
    person.first_name, person.last_name = "三丰", "张"
    person.save()
    at_state(house, State.RECOGNISED)
    certificate = Certificate.objects.get()
    client.post("/accounts/login/", {"username": "zhang-san", "password": "wrong-password-1"})
    client.force_login(person)
    client.get("/desk/?q=张三丰")
    client.get(f"/verify/{certificate.verify_code}/")
    client.get("/verify/", {"number": certificate.number, "code": certificate.verify_code})
    client.get("/none/zhang-san/?mail=zhang@firm.example")
    client.post("/api/v1/token/", {"username": "zhang-san", "password": accounts.PASSWORD})
    told = json.dumps(written, ensure_ascii=False)
    secrets = ("zhang-san", "zhang@", "13812345678", "三丰", certificate.verify_code, "wrong-pass")
    assert [word for word in (*secrets, accounts.PASSWORD) if word in told] == []
    assert len(written) >= 6


@pytest.mark.django_db
def test_error_of_the_database_does_not_quote_the_row(written):
    name = "-".join(("zhang", "san"))
    User.objects.create(username=name)
    try:
        User.objects.create(username=name)
    except IntegrityError:
        logging.getLogger("torch_portal").exception("could not be kept")
    assert "IntegrityError" in written[-1]["exc_info"]
    assert name not in json.dumps(written)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("to zhang.san@firm.example.cn now", "to …@… now"),
        ("id 110101199003070038 given", "id … given"),
        ("id 11010119900307003X given", "id … given"),
        ("rings 13812345678.", "rings …."),
        ("filing 2020330101000001 of 12", "filing 2020330101000001 of 12"),
        ("GET /verify/AB12CD34EF56/ 200", "GET /verify/…/ 200"),
        ("GET /desk/?q=name 200", "GET /desk/?… 200"),
        ("what? nothing", "what? nothing"),
    ],
)
def test_scrubbing(words, left):
    assert logs.scrubbed(words) == left
    record = logging.LogRecord("x", logging.INFO, "f", 1, words, None, None)
    assert logs.Line().format(record).endswith(left)


def test_production_writes_json_and_a_demonstration_lines():
    formatter = logs.config("json", "INFO", requests=True)["formatters"]["own"]["()"]
    assert formatter is logs.Json
    quiet = logs.config("line", "INFO", requests=False)
    assert quiet["formatters"]["own"]["()"] is logs.Line
    assert quiet["loggers"]["torch_portal.requests"]["level"] == "WARNING"
