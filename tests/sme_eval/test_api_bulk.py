"""Many drafts of evaluations in one request."""

import json

import pytest

from sme_eval.models import Evaluation, Project
from tests.sme_eval.api_calls import BODY, LIST, client
from torch_portal.filings.models import Filing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring_2020")]


def send(api, rows, mode="each"):
    text = "\n".join(json.dumps(row) for row in rows)
    there = f"{LIST}bulk/?mode={mode}"
    return api.post(there, text.encode(), content_type="application/x-ndjson").json()


def bad():
    return BODY | {"projects": [BODY["projects"][0], BODY["projects"][1] | {"cost": "1.005"}]}


def test_good_lines_are_kept_and_bad_ones_name_row_and_entry(house):
    told = send(client(house.filer), [BODY | {"key": "a"}, bad()])
    assert (told["kept"], [r["status"] for r in told["rows"]]) == (1, [201, 400])
    assert told["rows"][1]["errors"][0]["field"] == "projects[1].cost"
    assert Project.objects.count() == 2


def test_all_or_none(house):
    told = send(client(house.filer), [BODY, bad()], mode="all")
    assert [r["status"] for r in told["rows"]] == [424, 400]
    assert not Filing.objects.exists()


def test_line_sent_again_is_told_again(house):
    api = client(house.filer)
    first = send(api, [BODY | {"key": "a"}])["rows"][0]
    again = send(api, [BODY | {"key": "a"}])["rows"][0]
    assert (again["status"], again["id"]) == (200, first["id"])
    assert Evaluation.objects.count() == 1


def test_line_that_asks_for_it_is_submitted_or_not_kept(house):
    told = send(client(house.filer), [BODY | {"submit": True}])["rows"][0]
    assert (told["status"], told["id"]) == (422, None)
    assert {"files"} <= {e["code"] for e in told["errors"]}
    assert not Filing.objects.exists()
