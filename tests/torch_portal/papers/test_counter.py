"""The counter: originals looked up and taken many at once, and how the ledger stands."""

import datetime

import pytest
from django.urls import reverse

from tests.factories import accounts
from tests.factories.contracts import contract_at
from tests.torch_portal.papers.conftest import moment
from torch_portal.papers import actions, counter
from torch_portal.papers.models import Paper

COUNTER = reverse("admin:papers_paper_counter")
SUMMARY = reverse("admin:papers_paper_summary")


def look(client, *texts, **more):
    return client.post(COUNTER, {"scanned": "\n".join(texts), "move": "", **more})


def statuses(answer):
    return [line.status for line in answer.context["lines"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://portal.example/verify/ABCD-EFGH-JKLM/", ("", "ABCDEFGHJKLM", None)),
        ("http://127.0.0.1:8000/verify/abcdefghjklm", ("", "ABCDEFGHJKLM", None)),
        ("https://portal.example/contracts/17/", ("", "", 17)),
        ("https://portal.example/desk/filings/17", ("", "", 17)),
        ("https://elsewhere.example/", ("", "", None)),
        ("ht-2020-330101-000012", ("HT-2020-330101-000012", "HT2020330101000012", None)),
        ("2020330101000001", ("2020330101000001", "2020330101000001", None)),
    ],
)
def test_meaning_of_what_a_scanner_types(text, expected):
    found = counter.meaning(text)
    assert (found.number, found.code, found.filing_id) == expected


def test_each_line_is_told_what_it_is(client, house):
    mine, done, far = house.paper(), house.paper(), house.paper(agency=house.jinan)
    actions.receive(paper=done, by=house.reviewer, at=moment("2020-03-01"))
    client.force_login(house.reviewer)
    numbers = [p.filing.number for p in (mine, done, far, mine)]
    answer = look(client, numbers[0], numbers[1].lower(), numbers[2], numbers[3] + " ", "XX-1")
    assert statuses(answer) == ["found", "found", "elsewhere", "twice", "unknown"]
    first, second, third, *_ = answer.context["lines"]
    assert (first.ready, second.ready, third.paper) == (True, False, None)
    assert "2020-03-01" in second.words
    assert house.enterprise.name in answer.content.decode()
    assert Paper.objects.get(pk=mine.pk).state == "deferred"


def test_own_enterprise_is_not_handled(client, house):
    own = house.paper()
    house.member("colleague", house.enterprise, "reader")
    from_both = house.official("both", "reviewer", agency=house.agency)
    from_both.memberships.create(enterprise=house.enterprise, role="reader")
    client.force_login(from_both)
    assert statuses(look(client, own.filing.number)) == ["elsewhere"]
    client.post(COUNTER, {"text": [own.filing.number], "move": "receive"})
    assert Paper.objects.get(pk=own.pk).state == "deferred"


def test_many_are_received_in_one_press_with_a_line_each(client, house):
    one, two, done = house.paper(), house.paper(), house.paper()
    actions.waive(paper=done, by=house.reviewer, at=moment("2020-03-01"), note="x")
    client.force_login(house.reviewer)
    texts = [p.filing.number for p in (one, two, done)]
    answer = client.post(COUNTER, {"text": [*texts, "nonsense"], "move": "receive"})
    results = answer.context["results"]
    assert [r.done for r in results] == [True, True, False]
    assert answer.context["done"] == 2
    assert results[2].words
    states = [Paper.objects.get(pk=p.pk).state for p in (one, two, done)]
    assert states == ["received", "received", "waived"]
    assert one.filing.events.filter(move="paper_receive").count() == 1
    again = client.post(COUNTER, {"text": texts, "move": "receive"})
    assert [r.done for r in again.context["results"]] == [False, False, False]
    assert one.filing.events.filter(move="paper_receive").count() == 1


@pytest.mark.parametrize(("move", "state"), [("waive", "waived"), ("report_mismatch", "mismatch")])
def test_bulk_move_that_needs_a_reason(client, house, move, state):
    papers = [house.paper(), house.paper()]
    if move == "report_mismatch":
        for paper in papers:
            actions.receive(paper=paper, by=house.reviewer, at=moment("2020-03-01"))
    client.force_login(house.reviewer)
    texts = [p.filing.number for p in papers]
    silent = client.post(COUNTER, {"text": texts, "move": move, "note": " "})
    assert silent.status_code == 422
    assert silent.context["error"]
    assert statuses(silent) == ["found", "found"]
    client.post(COUNTER, {"text": texts, "move": move, "note": "缺第三页"})
    kept = [Paper.objects.get(pk=p.pk) for p in papers]
    assert [(p.state, p.note) for p in kept] == [(state, "缺第三页")] * 2


def test_nothing_in_the_list_is_said(client, house):
    client.force_login(house.reviewer)
    assert client.post(COUNTER, {"move": "receive"}).status_code == 422


def test_script_gets_the_row_alone(client, house):
    paper = house.paper()
    client.force_login(house.reviewer)
    answer = client.post(COUNTER, {"scanned": paper.filing.number, "row": "1"})
    text = answer.content.decode()
    assert text.strip().startswith("<tr")
    assert f'data-filing="{paper.filing_id}"' in text


@pytest.mark.parametrize(
    ("who", "status"), [("reviewer", 200), ("official_hb", 403), ("operator", 403), ("owner", 302)]
)
def test_counter_by_role(client, house, who, status):
    client.force_login(getattr(house, who))
    assert client.get(COUNTER).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_looking_up_costs_the_same_for_one_and_three(
    client, house, count, django_assert_max_num_queries
):
    texts = [house.paper().filing.number for _n in range(count)]
    client.force_login(house.reviewer)
    with django_assert_max_num_queries(4):
        look(client, *texts)


def test_list_has_an_end(client, house):
    client.force_login(house.reviewer)
    answer = look(client, *[f"X{n}" for n in range(counter.MOST + 5)])
    assert len(answer.context["lines"]) == counter.MOST


def test_summary_by_agency_and_enterprise(client, house):
    house.paper()
    late = house.paper("2020-01-10")
    house.paper(agency=house.jinan)
    actions.flag_overdue(day=datetime.date(2020, 6, 1), at=moment("2020-06-01"))
    client.force_login(house.official_hb)
    answer = client.get(SUMMARY)
    row = answer.context["agencies"][0]
    assert [r["filing__agency__name"] for r in answer.context["agencies"]] == ["武汉登记处"]
    assert (row["waiting"], row["overdue"]) == (1, 1)
    assert [r["overdue"] for r in answer.context["enterprises"]] == [1]
    assert late.filing.enterprise.name in answer.content.decode()
    filtered = client.get(reverse("admin:papers_paper_changelist"), {"agency": house.agency.pk})
    assert len(filtered.context["cl"].result_list) == 2
    client.force_login(house.operator)
    assert client.get(SUMMARY).status_code == 403


@pytest.mark.django_db
def test_code_of_a_certificate_leads_to_its_paper(client):
    firm, office = accounts.enterprise(), accounts.agency()
    examiner = accounts.reviewer(office, "examiner")
    contract = contract_at(
        "recognised", firm=firm, by=accounts.member(firm), office=office, examiner=examiner
    )
    certificate = contract.filing.certificates.get()
    client.force_login(examiner)
    for text in (
        f"http://testserver/verify/{certificate.verify_code}/",
        certificate.number,
        f"http://testserver/contracts/{contract.pk}/",
    ):
        assert statuses(look(client, text)) == ["found"]
