"""The enterprise's pages: the guided form from the first page to the number."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from sme_eval import actions
from sme_eval.enums import State
from sme_eval.models import Evaluation
from tests.factories import sme_eval as made
from tests.factories.contracts import pdf
from torch_portal.certificates import actions as certificates
from torch_portal.certificates.enums import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring_2020")]

YES_NO = {True: "yes", False: "no"}
CONDITIONS = (
    "restricted_industry", "audited_tax", "misconduct", "abnormal_list", "serious_dishonesty",
)  # fmt: skip


def texts(names):
    return {
        n: YES_NO[made.SAMPLE[n]] if isinstance(made.SAMPLE[n], bool) else str(made.SAMPLE[n])
        for n in names
    }


def rows(prefix, listed):
    data = {f"{prefix}-TOTAL_FORMS": str(len(listed)), f"{prefix}-INITIAL_FORMS": "0"}
    for n, row in enumerate(listed):
        data |= {f"{prefix}-{n}-{k}": str(v) for k, v in row.items() if v not in (False, None)}
    return data


PAGES = {
    "enterprise": texts((
        "established_on", "registration_type", "industry", "legal_representative", "address",
        "business_scope", *CONDITIONS,
    )),
    "staff": texts(("staff_total", "staff_st", "senior_titles", "middle_titles")),
    "money": texts(("revenue", "cost_total", "assets_total", "rd_cost", "rd_basis", "rd_ledger"))
    | rows("lines", made.ROWS["projects"]),
    "results": texts(("main_products", "tech_field")) | rows("lines", made.ROWS["ip_rights"]),
    "routes": rows("lines", []),
}  # fmt: skip


@pytest.fixture
def filer(house, client):
    client.force_login(house.filer)
    return client


def begin(client, house):
    answer = client.post("/sme/start/", {"enterprise": house.firm.pk})
    return Evaluation.objects.get(), answer.url


def test_a_form_is_filled_page_by_page_and_submitted(filer, house):
    evaluation, page = begin(filer, house)
    for step, data in PAGES.items():
        assert page == f"/sme/{evaluation.pk}/{step}/"
        shown = filer.get(page)
        assert shown.status_code == 200
        answer = filer.post(page, data | {"seen": evaluation.saved_version, "go": "next"})
        assert answer.status_code == 302, answer.content.decode()
        page = answer.url
        evaluation.refresh_from_db()
    for kind in made.FILES:
        answer = filer.post(page + "attach/", {"kind": kind, "files": pdf(f"{kind}.pdf")})
        assert answer.status_code == 302
    review = filer.get(f"/sme/{evaluation.pk}/review/")
    assert review.context["blocks"] == []
    answer = filer.post(f"/sme/{evaluation.pk}/submit/", {"agency": house.office.pk})
    assert answer.url == f"/sme/{evaluation.pk}/"
    evaluation.refresh_from_db()
    assert evaluation.filing.state == State.SUBMITTED
    status = filer.get(answer.url)
    assert "登记处330101" in status.content.decode()
    assert status.context["score"]["total"] == 100


def test_an_empty_form_is_told_everything_at_once(filer, house):
    evaluation, _page = begin(filer, house)
    filer.post(f"/sme/{evaluation.pk}/submit/", {})
    page = filer.get(f"/sme/{evaluation.pk}/review/")
    fields = {row["field"] for row in page.context["blocks"]}
    assert {"established_on", "staff_total", "revenue", "rd_basis", "attachments"} <= fields
    assert {"projects", "ip_rights", "tech_field"} <= fields


def test_three_decimals_stay_in_the_box_and_say_so(filer, house):
    evaluation, _page = begin(filer, house)
    data = PAGES["staff"] | {"staff_total": "499.755", "seen": 0}
    answer = filer.post(f"/sme/{evaluation.pk}/staff/", data)
    page = answer.content.decode()
    assert 'value="499.755"' in page
    assert answer.context["form"].errors["staff_total"]
    evaluation.refresh_from_db()
    assert evaluation.staff_total is None
    assert evaluation.staff_st == Decimal("15.00")
    again = filer.get(f"/sme/{evaluation.pk}/staff/").content.decode()
    assert 'value="499.755"' in again


def test_half_a_row_is_named_and_kept(filer, house):
    evaluation, _page = begin(filer, house)
    half = [{"name": "热成像筛查终端", "form": "", "cost": "120"}]
    data = PAGES["money"] | rows("lines", half) | {"seen": 0}
    answer = filer.post(f"/sme/{evaluation.pk}/money/", data)
    assert "form" in answer.context["lines"].forms[0].errors
    shown = filer.get(f"/sme/{evaluation.pk}/money/").content.decode()
    assert "热成像筛查终端" in shown
    blocks = filer.get(f"/sme/{evaluation.pk}/review/").context["blocks"]
    assert "projects" in {row["field"] for row in blocks if row["code"] == "unread"}


def test_score_follows_what_is_typed_without_saving(filer, house):
    evaluation, _page = begin(filer, house)
    url = f"/sme/{evaluation.pk}/staff/score/"
    answer = filer.post(url, {"staff_total": "50", "staff_st": "12.49"})
    indicator = answer.context["score"]["indicators"][0]
    assert (indicator["points"], indicator["band"]) == (12, "C")
    evaluation.refresh_from_db()
    assert evaluation.staff_total is None


def test_averages_are_worked_out_from_quarters(filer, house):
    evaluation, _page = begin(filer, house)
    counts = {"total": (40, 44, 46, 50, 52), "st": (0, 0, 6, 9, 13)}
    data = {f"{c}_{n}": str(v) for c, listed in counts.items() for n, v in enumerate(listed)}
    answer = filer.post(f"/sme/{evaluation.pk}/average/", data)
    assert answer.url == f"/sme/{evaluation.pk}/staff/"
    evaluation.refresh_from_db()
    assert (evaluation.staff_total, evaluation.staff_st) == (Decimal("46.50"), Decimal("5.38"))
    assert evaluation.quarters["st"] == ["0.00", "0.00", "6.00", "9.00", "13.00"]


def test_a_gap_between_quarters_is_refused(filer, house):
    evaluation, _page = begin(filer, house)
    data = {"total_0": "40", "total_2": "46", "st_0": "1", "st_1": "2"}
    answer = filer.post(f"/sme/{evaluation.pk}/average/", data)
    assert set(answer.context["form"].errors) == {"total_0"}


def test_a_second_window_is_told_and_nothing_overwritten(filer, house):
    evaluation, _page = begin(filer, house)
    url = f"/sme/{evaluation.pk}/staff/"
    filer.post(url, PAGES["staff"] | {"seen": 0})
    answer = filer.post(url, PAGES["staff"] | {"staff_total": "60", "seen": 0})
    assert answer.context["conflict"]
    evaluation.refresh_from_db()
    assert evaluation.staff_total == Decimal("50.00")


@pytest.mark.parametrize("state", State.values)
def test_status_page_says_where_it_stands(filer, at_state, state):
    evaluation = at_state(state)
    answer = filer.get(f"/sme/{evaluation.pk}/", follow=True)
    assert answer.status_code == 200
    if state != State.DRAFT:
        assert answer.context["sentence"]


def test_another_enterprise_sees_nothing(client, house, at_state):
    evaluation = at_state(State.ENTERED)
    client.force_login(house.stranger)
    for name in ("detail", "review", "change", "resign", "state_case"):
        assert client.get(reverse(f"sme_eval:{name}", args=[evaluation.pk])).status_code == 404


def test_the_guide_is_public_and_says_when_forms_are_taken(client, db):
    page = client.get("/sme/")
    assert page.status_code == 200
    assert page.context["open_now"]
    assert "国科火字〔2020〕44号" in page.content.decode()


def test_the_proof_sheet_is_made_once_and_verified_by_anybody(filer, client, at_state):
    evaluation = at_state(State.ENTERED)
    for _press in range(2):
        assert filer.post(f"/sme/{evaluation.pk}/proof/").status_code == 302
    proof = evaluation.filing.certificates.get()
    certificates.produce(certificate_id=proof.pk, at=made.AT, signed_at=timezone.now())
    page = filer.get(f"/sme/{evaluation.pk}/")
    assert page.context["certificate"]["state"] == "ready"
    file = filer.get(f"/sme/{evaluation.pk}/certificate/")
    assert file["Content-Type"] == "application/pdf"
    client.logout()
    shown = client.get(reverse("certificates:scan", args=[proof.verify_code])).content.decode()
    assert evaluation.number in shown


def test_a_revoked_number_has_no_proof_and_its_sheet_says_so(filer, at_state):
    evaluation = at_state(State.ENTERED)
    filer.post(f"/sme/{evaluation.pk}/proof/")
    actions.resign(
        evaluation=Evaluation.objects.get(), by=evaluation.filing.created_by,
        at=made.after_publicity(made.AT), note="自查不再符合条件",
    )  # fmt: skip
    assert evaluation.filing.certificates.get().status == Status.REVOKED
    page = filer.get(f"/sme/{evaluation.pk}/")
    assert not page.context["may_prove"]


def test_without_a_number_there_is_no_proof(filer, at_state):
    evaluation = at_state(State.IN_PUBLICITY)
    filer.post(f"/sme/{evaluation.pk}/proof/")
    assert not evaluation.filing.certificates.exists()
