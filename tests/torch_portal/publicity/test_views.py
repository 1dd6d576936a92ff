"""The public pages: lists, search, files, objections without an account, their outcome."""

import datetime
import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from openpyxl import load_workbook

from tests.torch_portal.publicity.sample import (
    AT,
    CLOSED,
    SAID,
    announced,
    listed,
    moment,
    objection,
    paper,
    public,
)
from torch_portal.common import clock
from torch_portal.filings.models import Filing
from torch_portal.publicity import actions
from torch_portal.publicity.models import Entry, Objection

INDEX = "/publicity/"


@pytest.fixture(autouse=True)
def day(settings):
    """The portal's clock stands at the first day of publicity."""
    cache.clear()
    return stand(settings, AT)


def stand(settings, at):
    """Let the portal's clock stand there."""
    settings.PORTAL_CLOCK_OFFSET = datetime.timedelta(0)
    settings.PORTAL_CLOCK_OFFSET = at - clock.now()
    return at


def rename(batch, names):
    """Give the entries of a list names of their own."""
    for entry, name in zip(batch.entries.order_by("ordinal"), names, strict=True):
        Entry.objects.filter(pk=entry.pk).update(name=name)


def sent(client, batch, **data):
    """Post an objection to the first entry."""
    entry = batch.entries.order_by("ordinal").first()
    form = {**vars(SAID), "evidence": [paper()], "entry": entry.pk} | data
    return client.post(reverse("publicity:object", args=[batch.pk]), form)


def text(answer):
    return answer.content.decode()


# --- lists ------------------------------------------------------------------------------------


def test_lists_stand_by_what_can_be_done(house, client, settings):
    done = announced(house)
    batch = public(house, 2, at=moment("2020-03-02T09:00"))
    stand(settings, moment("2020-03-03T09:00"))
    page = text(client.get(INDEX))
    assert page.index(batch.title) < page.index(done.title)
    assert page.index('id="closed"') < page.index(done.title)


def test_list_that_is_not_public_is_not_found(house, client):
    batch = listed(house)
    for name in ("detail", "object"):
        assert client.get(reverse(f"publicity:{name}", args=[batch.pk])).status_code == 404
    assert client.get(f"/publicity/{batch.pk}/list.csv").status_code == 404
    assert batch.title not in text(client.get(INDEX))


def test_list_shows_its_entries_and_nothing_else_of_the_enterprise(house, client):
    house.firm.legal_representative, house.firm.email = "赵钱孙", "secret@example.com"
    house.firm.save()
    batch = public(house)
    page = text(client.get(reverse("publicity:detail", args=[batch.pk])))
    assert house.firm.credit_code in page
    assert "2020-01-20 – 2020-02-10" in page
    assert batch.contact in page
    assert batch.clause in page
    assert "赵钱孙" not in page
    assert "secret@" not in page
    assert Filing.objects.get(line="probe").number not in page


def test_struck_entry_is_not_shown_and_a_held_one_is(house, client):
    batch = public(house, 3)
    rename(batch, ["甲公司", "乙公司", "丙公司"])
    first, second, _third = batch.entries.order_by("ordinal")
    made = objection(first)
    objection(second)
    actions.uphold(objection=made, by=house.official, at=AT, note="属实")
    page = text(client.get(reverse("publicity:detail", args=[batch.pk])))
    assert ("甲公司" in page, "乙公司" in page, "丙公司" in page) == (False, True, True)
    assert "甲公司" not in text(client.get(f"/publicity/{batch.pk}/list.csv"))
    assert client.get(INDEX, {"q": "甲公司"}).context["hits"] == []


@pytest.mark.parametrize(
    ("words", "found"), [("知微", 2), ("91330106magujb", 0), ("2020000002", 1), ("％", 0)]
)
def test_search_finds_names_codes_and_numbers(house, client, settings, words, found):
    batch = announced(house, 2)
    stand(settings, CLOSED)
    page = client.get(reverse("publicity:detail", args=[batch.pk]), {"q": words})
    assert page.context["page"].paginator.count == found
    assert len(client.get(INDEX, {"q": words}).context["hits"]) == found


def test_long_list_has_pages(house, client):
    batch = public(house, 51)
    url = reverse("publicity:detail", args=[batch.pk])
    assert len(client.get(url).context["page"]) == 50
    assert len(client.get(url, {"page": 2}).context["page"]) == 1
    assert len(client.get(url, {"page": "x"}).context["page"]) == 50


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_as_much_for_one_as_for_three(house, client, count, django_assert_num_queries):
    batch = public(house, count)
    for _n in range(count - 1):
        public(house)
    with django_assert_num_queries(2):
        client.get(INDEX)
    with django_assert_num_queries(3):
        client.get(reverse("publicity:detail", args=[batch.pk]))


def test_list_can_be_taken_along(house, client, settings):
    batch = announced(house, 2)
    stand(settings, CLOSED)
    rename(batch, ["=1+1", "杭州知微"])
    answer = client.get(f"/publicity/{batch.pk}/list.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1] == f"1,'=1+1,{house.firm.credit_code},330106,2020000001,"
    assert len(lines) == 3
    book = load_workbook(io.BytesIO(client.get(f"/publicity/{batch.pk}/list.xlsx").content))
    rows = list(book.active.values)
    assert rows[3][1:5] == ("杭州知微", house.firm.credit_code, "330106", "2020000002")
    assert client.get(f"/publicity/{batch.pk}/list.pdf").status_code == 404


def test_days_left_are_told(house, client, settings):
    batch = public(house)
    stand(settings, moment("2020-02-09T10:00"))
    assert client.get(INDEX).context["open"][0]["left"]
    url = reverse("publicity:detail", args=[batch.pk])
    stand(settings, moment("2020-02-10T23:50"))
    assert client.get(url).context["takes"]
    stand(settings, moment("2020-02-11T00:01"))
    assert not client.get(url).context["takes"]
    assert client.get(INDEX).context["open"] == []


def test_programs_read_the_same(house, client, settings):
    batch = announced(house, 2)
    listed(house)
    stand(settings, CLOSED)
    (shown,) = client.get("/api/v1/publicity/").json()["results"]
    assert (shown["id"], shown["state"], shown["size"]) == (batch.pk, "announced", 2)
    url = f"/api/v1/publicity/{batch.pk}/entries/"
    rows = client.get(url).json()["results"]
    assert [r["number"] for r in rows] == ["2020000001", "2020000002"]
    assert set(rows[0]) == {
        "ordinal", "name", "credit_code", "division", "note", "number", "announced_on",
    }  # fmt: skip
    assert len(client.get(url, {"q": "2020000002"}).json()["results"]) == 1
    assert client.get("/api/v1/publicity/0/entries/").status_code == 404


# --- objections -------------------------------------------------------------------------------


def test_objector_gets_a_receipt_that_shows_the_outcome(house, client):
    batch = public(house)
    answer = sent(client, batch)
    made = Objection.objects.get()
    assert answer.status_code == 302
    receipt = client.get(answer["Location"])
    assert made.reference in text(receipt)
    actions.reject_objection(objection=made, by=house.official, at=AT, note="经核查不属实")
    asked = {"reference": made.reference.lower(), "code": made.code.lower()}
    page = text(client.get("/publicity/objections/", asked))
    assert "经核查不属实" in page
    assert SAID.mobile not in page


def test_outcome_needs_number_and_code(house, client):
    batch = public(house)
    sent(client, batch)
    made = Objection.objects.get()
    for asked in ({"reference": made.reference}, {"reference": made.reference, "code": "00000000"}):
        answer = client.get("/publicity/objections/", asked)
        assert answer.context["objection"] is None
        assert answer.context["form"].errors


def test_objection_names_everything_and_keeps_what_was_typed(house, client):
    batch = public(house)
    answer = sent(
        client, batch, name="匿名", mobile="12", text="不属实的情况写在这里了", evidence=[]
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "mobile", "evidence"}
    assert "不属实的情况写在这里了" in text(answer)
    assert 'value="12"' in text(answer)
    assert not Objection.objects.exists()


def test_unit_objects_with_its_letter(house, client):
    batch = public(house)
    unit = {"kind": "unit", "name": "杭州朗途生物医药有限公司", "mobile": ""}
    assert set(sent(client, batch, **unit).context["form"].errors) == {"letter"}
    assert sent(client, batch, **unit, letter=[paper("函.pdf")]).status_code == 302


def test_objector_chooses_the_enterprise_by_search(house, client):
    batch = public(house, 2)
    rename(batch, ["甲公司", "乙公司"])
    url = reverse("publicity:object", args=[batch.pk])
    page = client.get(url, {"q": "乙"})
    assert [e.name for e in page.context["found"]] == ["乙公司"]
    entry = page.context["found"][0]
    assert client.get(url, {"entry": entry.pk}).context["entry"] == entry
    assert client.get(url, {"whole": "1"}).context["entry"] is None
    assert "form" not in client.get(url, {"entry": "0"}).context


def test_entry_of_another_list_cannot_be_named(house, client):
    batch, other = public(house), public(house)
    entry = other.entries.get()
    answer = sent(client, batch, entry=entry.pk)
    assert answer.status_code == 200
    assert not Objection.objects.exists()


def test_late_objection_sees_why(house, client, settings):
    batch = public(house)
    stand(settings, moment("2020-02-11T00:01"))
    answer = sent(client, batch)
    assert "2020-02-10" in text(answer)
    assert not Objection.objects.exists()


def test_objections_are_limited(house, client, settings):
    settings.LIMITS_A_MINUTE = settings.LIMITS_A_MINUTE | {"objection": 2}
    batch = public(house)
    answers = [sent(client, batch, text=f"第{n}次写下的事实和理由。").status_code for n in range(3)]
    assert answers == [302, 302, 429]
