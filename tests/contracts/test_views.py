"""The enterprise's pages: gate, guided form, files, review, status."""

import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contracts import actions
from contracts.enums import State
from contracts.models import Contract
from tests.factories.contracts import AT, COSTS, SAMPLE, contract_at, draft, pdf, png_bytes
from torch_portal.common import clock

ROWS = {"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0"}


@pytest.fixture(autouse=True)
def in_march_2020(settings):
    """The portal lives on 2020-03-02 unless a test says otherwise."""
    settings.PORTAL_CLOCK_OFFSET = AT - datetime.datetime.now(datetime.UTC)


@pytest.fixture
def web(client, house):
    client.force_login(house.filer)
    return client


def at_state(house, state, **values):
    """A contract of the house, brought to a state."""
    people = {"firm": house.firm, "by": house.filer, "office": house.office}
    return contract_at(state, examiner=house.reviewer, **people, **values)


def page(name, contract, *more):
    return reverse(f"contracts:{name}", args=[contract.pk, *more])


def entries(step, **changes):
    """What the browser sends for a complete page of the form."""
    answers = {True: "yes", False: "no"}
    names = {
        "contract": "project_name form kind subkind goal_clear mastered_before innovative "
        "buyer_only_pays signed_on starts_on ends_on foreign_language seals_complete",
        "parties": "buyer_name buyer_nature buyer_code buyer_division related",
        "amounts": "total_yuan payment",
        "technology": "ip_kind tech_field objective plan_source",
    }[step].split()
    data = {n: answers.get(SAMPLE[n], str(SAMPLE[n])) for n in names}
    if step == "parties":
        data |= {
            "applicant": "seller",
            "seller_name": "杭州知微能源科技股份有限公司",
            "seller_code": "91330106MAGUJ65R6B",
            "seller_division": "330106",
        }
    if step == "amounts":
        data |= ROWS
        for n, cost in enumerate(COSTS):
            data |= {
                f"lines-{n}-kind": cost["kind"],
                f"lines-{n}-amount_yuan": str(cost["amount_yuan"]),
            }
    return data | changes


@pytest.fixture
def begun(web, house):
    answer = web.post(
        reverse("contracts:start"),
        {"classified": "no", "applicant": "seller", "enterprise": house.firm.pk},
    )
    contract = Contract.objects.get()
    assert answer.url == page("step", contract, "contract")
    return contract


def test_gate_stops_a_classified_contract_and_stores_nothing(web, house):
    answer = web.post(
        reverse("contracts:start"),
        {"classified": "yes", "applicant": "seller", "enterprise": house.firm.pk},
    )
    assert answer.context["stopped"] is True
    assert "登记处330101" in answer.content.decode()
    assert not Contract.objects.exists()


def test_gate_wants_an_answer(web, house):
    answer = web.post(
        reverse("contracts:start"), {"applicant": "seller", "enterprise": house.firm.pk}
    )
    assert "涉密合同" in answer.context["form"].errors["classified"][0]
    assert not Contract.objects.exists()


def test_gate_of_another_enterprise_is_refused(web, house):
    answer = web.post(
        reverse("contracts:start"),
        {"classified": "no", "applicant": "seller", "enterprise": house.other_firm.pk},
    )
    assert "enterprise" in answer.context["form"].errors
    assert not Contract.objects.exists()


def test_draft_begins_with_the_enterprise_as_seller(begun, house):
    assert begun.seller_code == house.firm.credit_code
    assert begun.seller_division == "330106"


def test_whole_form_from_gate_to_number(web, begun, house):
    for step in ("contract", "parties", "amounts", "technology"):
        answer = web.post(page("step", begun, step), entries(step))
        assert answer.status_code == 302, answer.context["form"].errors
    answer = web.post(page("attach", begun), {"kind": "contract_text", "files": pdf()})
    assert answer.status_code == 302
    review = web.get(page("review", begun))
    assert review.context["blocks"] == []
    assert review.context["can_submit"] is True
    assert "2020年3月12日" in review.context["due_text"]
    answer = web.post(page("submit", begun), {"agency": house.office.pk})
    assert answer.url == page("detail", begun)
    begun.refresh_from_db()
    assert begun.filing.state == State.SUBMITTED
    assert begun.filing.number == "HT-2020-330101-000001"
    assert begun.filing.due_on == datetime.date(2020, 3, 12)
    assert begun.technical_yuan == Decimal("3661000.00")
    status = web.get(page("detail", begun))
    assert "HT-2020-330101-000001" in status.content.decode()
    assert "您现在无需操作" in status.context["sentence"]


def test_amounts_as_people_type_them(web, begun):
    web.post(page("step", begun, "amounts"), entries("amounts", total_yuan="５２３万元"))
    begun.refresh_from_db()
    assert begun.total_yuan == Decimal("5230000.00")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("-5", "不能为负"), ("1.005", "分"), ("十二万", "不是"), ("1,23.4", "不是")],
)
def test_amount_that_cannot_be_read_is_kept_and_explained(web, begun, typed, words):
    answer = web.post(page("step", begun, "amounts"), entries("amounts", total_yuan=typed))
    assert words in answer.context["form"].errors["total_yuan"][0]
    again = web.get(page("step", begun, "amounts"))
    assert f'value="{typed}"' in again.content.decode()
    assert words in again.context["form"].errors["total_yuan"][0]
    begun.refresh_from_db()
    assert begun.payment == "instalments"
    blocks = web.get(page("review", begun)).context["blocks"]
    assert [b["code"] for b in blocks if b["field"] == "total_yuan"] == ["VH-24"]


def test_half_a_row_of_costs_is_kept_and_explained(web, begun):
    half = {"lines-0-kind": "", "lines-0-amount_yuan": "5000"}
    answer = web.post(page("step", begun, "amounts"), entries("amounts") | half)
    assert "费用类别" in str(answer.context["lines"].errors)
    again = web.get(page("step", begun, "amounts")).content.decode()
    assert 'value="5000"' in again
    assert "请选择费用类别" in again
    assert begun.deductions.count() == 0
    blocks = web.get(page("review", begun)).context["blocks"]
    assert [b["code"] for b in blocks if b["field"] == "deductions"] == ["VH-24"]


def test_wrong_credit_code_names_the_fault_and_stays(web, begun):
    answer = web.post(
        page("step", begun, "parties"), entries("parties", buyer_code="91330106MAE942HR7F")
    )
    assert "最后一位" in answer.context["form"].errors["buyer_code"][0]
    assert 'value="91330106MAE942HR7F"' in answer.content.decode()


def test_place_by_name_or_code_or_a_choice(web, begun):
    web.post(page("step", begun, "parties"), entries("parties", buyer_division="杭州市西湖区"))
    begun.refresh_from_db()
    assert begun.buyer_division == "330106"
    answer = web.post(page("step", begun, "parties"), entries("parties", buyer_division="西湖区"))
    assert "330106" in answer.context["form"].errors["buyer_division"][0]
    answer = web.post(page("step", begun, "parties"), entries("parties", buyer_division="某地"))
    assert "没有找到" in answer.context["form"].errors["buyer_division"][0]


def test_place_suggestions(web, begun):
    answer = web.get(reverse("contracts:divisions"), {"buyer_division": "西湖区"})
    assert "浙江省杭州市西湖区 330106" in answer.content.decode()
    short = web.get(reverse("contracts:divisions"), {"buyer_division": "西"})
    assert short.content.strip() == b""


def test_autosave_keeps_what_was_typed_and_counts(web, begun):
    url = reverse("contracts:autosave", args=[begun.pk, "contract"])
    answer = web.post(url, {"project_name": "半个名", "seen": begun.saved_version})
    begun.refresh_from_db()
    assert begun.project_name == "半个名"
    assert f'value="{begun.saved_version}"' in answer.content.decode()
    assert "已保存" in answer.content.decode()


def test_second_window_is_told_of_the_first_and_loses_nothing(web, begun):
    seen = begun.saved_version
    web.post(page("step", begun, "contract"), entries("contract", seen=seen, go="stay"))
    late = entries("contract", seen=seen, project_name="另一个窗口的名字")
    answer = web.post(page("step", begun, "contract"), late)
    differences = answer.context["differences"]
    assert [(d.name, d.mine, d.theirs) for d in differences] == [
        ("project_name", "另一个窗口的名字", SAMPLE["project_name"])
    ]
    assert "另一个窗口的名字" in answer.content.decode()
    begun.refresh_from_db()
    assert begun.project_name == SAMPLE["project_name"]
    kept = entries("contract", seen=begun.saved_version, project_name="另一个窗口的名字", go="stay")
    web.post(page("step", begun, "contract"), kept)
    begun.refresh_from_db()
    assert begun.project_name == "另一个窗口的名字"


def test_computed_amount_while_typing_saves_nothing(web, begun):
    answer = web.post(page("compute", begun), entries("amounts"))
    text = answer.content.decode()
    assert "3,661,000.00" in text
    assert "人民币叁佰陆拾陆万壹仟元整" in text
    begun.refresh_from_db()
    assert begun.total_yuan is None


def test_review_shows_every_obstacle_at_once_with_field_and_clause(web, begun):
    blocks = web.get(page("review", begun)).context["blocks"]
    fields = {b["field"] for b in blocks}
    assert {"project_name", "kind", "buyer_name", "total_yuan", "attachments"} <= fields
    assert all(b["clause"] and b["message"] for b in blocks)
    kind = next(b for b in blocks if b["field"] == "kind")
    assert kind["url"].endswith("/contract/#field-kind")


def test_submit_with_obstacles_changes_nothing(web, begun):
    answer = web.post(page("submit", begun))
    assert answer.status_code == 200
    assert answer.context["blocks"]
    begun.refresh_from_db()
    assert begun.filing.state == State.DRAFT


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"total_yuan": Decimal(0), "costs": []}, "VH-05", "大于零"),
        (
            {"costs": [{"kind": "equipment", "amount_yuan": Decimal("5230000.01")}]},
            "VH-05",
            "技术交易额",
        ),
        ({"kind": "licence", "subkind": "lic_secret"}, "VH-08", "技术转让"),
        ({"form": "oral"}, "VH-01", "口头"),
        ({"buyer_code": "91330106MAE942HR7F"}, "VH-21", "最后一位"),
        ({"ends_on": datetime.date(2020, 2, 1)}, "VH-07", "早于"),
        ({"signed_on": datetime.date(2020, 3, 9)}, "VH-19", "签订"),
    ],
)
def test_bad_contract_is_stopped_by_its_rule_in_words(web, house, changes, code, words):
    contract = draft(house.firm, house.filer, **changes)
    answer = web.post(page("submit", contract), {"agency": house.office.pk})
    assert answer.status_code == 200
    said = {b["code"]: b["message"] for b in answer.context["blocks"]}
    assert words in said[code]
    contract.filing.refresh_from_db()
    assert contract.filing.state == State.DRAFT


@pytest.mark.parametrize("typed", ["²", "x", "-1", "9" * 40])
def test_agency_that_is_no_number_leaves_the_one_of_the_place(web, house, typed):
    contract = draft(house.firm, house.filer)
    answer = web.post(page("submit", contract), {"agency": typed})
    assert answer.status_code == 302
    contract.filing.refresh_from_db()
    assert contract.filing.agency == house.office


def test_agency_of_another_area_is_refused(web, house):
    contract = draft(house.firm, house.filer)
    answer = web.post(page("submit", contract), {"agency": house.far_office.pk})
    said = {b["code"]: b["message"] for b in answer.context["blocks"]}
    assert "330106" in said["VH-03"]
    assert "登记机构" in said["VH-03"]
    contract.filing.refresh_from_db()
    assert contract.filing.state == State.DRAFT


def test_own_entries_come_from_the_account_whatever_is_sent(web, begun):
    web.post(
        page("step", begun, "parties"),
        entries("parties", seller_name="别的公司", seller_division="320102"),
    )
    begun.refresh_from_db()
    assert (begun.seller_name, begun.seller_division) == (
        "杭州知微能源科技股份有限公司",
        "330106",
    )


def test_script_named_pdf_is_not_taken_and_good_files_are(web, begun):
    script = SimpleUploadedFile("合同.pdf", b"#!/bin/sh\nrm -rf /\n", "application/pdf")
    photo = SimpleUploadedFile("第一页.png", png_bytes(), "image/png")
    answer = web.post(page("attach", begun), {"kind": "contract_text", "files": [script, photo]})
    assert len(answer.context["errors"]) == 1
    assert "“合同.pdf”的内容既不是 PDF，也不是 PNG 或 JPEG" in answer.context["errors"][0]
    assert [a.name for a in begun.filing.attachments.live()] == ["第一页.png"]


def test_upload_without_file_or_kind_is_explained(web, begun):
    assert web.post(page("attach", begun), {"kind": "contract_text"}).context["errors"]
    assert web.post(page("attach", begun), {"kind": "?", "files": pdf()}).context["errors"]
    assert not begun.filing.attachments.exists()


def test_file_removed_is_gone_from_the_filing_but_not_from_the_record(web, house):
    contract = draft(house.firm, house.filer)
    found = contract.filing.attachments.get()
    web.post(page("detach", contract, found.pk))
    found.refresh_from_db()
    assert found.removed_by == house.filer
    assert found.file.storage.exists(found.file.name)
    assert contract.filing.events.filter(move="detach").count() == 1


def test_attachment_is_a_download_that_runs_nothing(web, house):
    contract = draft(house.firm, house.filer)
    found = contract.filing.attachments.get()
    answer = web.get(page("attachment", contract, found.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


@pytest.mark.parametrize("who", ["stranger", "far_reviewer", "operator"])
@pytest.mark.parametrize("name", ["detail", "files", "review", "certificate"])
def test_pages_of_others_do_not_exist(client, house, who, name):
    contract = at_state(house, State.RECOGNISED)
    client.force_login(getattr(house, who))
    assert client.get(page(name, contract)).status_code == 404


def test_reader_sees_but_may_not_submit(client, house):
    contract = draft(house.firm, house.filer)
    client.force_login(house.reader)
    assert client.get(page("review", contract)).status_code == 200
    answer = client.post(page("submit", contract))
    assert answer.status_code == 403
    assert "没有代表该企业申报的权限" in answer.content.decode()
    contract.filing.refresh_from_db()
    assert contract.filing.state == State.DRAFT


def test_returned_filing_shows_the_list_and_can_be_corrected(web, house):
    contract = at_state(house, State.CORRECTING)
    status = web.get(page("detail", contract))
    assert status.context["tone"] == "needs-you"
    assert "骑缝章" in status.content.decode()
    assert status.context["correct_url"] == page("files", contract)
    web.post(page("attach", contract), {"kind": "contract_text", "files": pdf(pages=2)})
    answer = web.post(page("submit", contract), {"agency": house.office.pk})
    assert answer.status_code == 302
    item = contract.filing.corrections.get()
    assert item.answered_at is not None
    contract.filing.refresh_from_db()
    assert contract.filing.number == "HT-2020-330101-000001"


def test_recognised_filing_offers_the_certificate(web, house, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        contract = at_state(house, State.RECOGNISED)
    status = web.get(page("detail", contract))
    assert status.context["certificate"]["state"] == "ready"
    assert status.context["paper"]["due_text"].startswith("现在无需提交")
    answer = web.get(page("certificate", contract))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_certificate_not_ready_shows_progress_and_no_file(web, house):
    contract = at_state(house, State.RECOGNISED)
    assert web.get(page("detail", contract)).context["certificate"]["state"] == "pending"
    assert web.get(page("certificate", contract)).status_code == 404
    assert "progress" in web.get(page("certificate_status", contract)).content.decode()


def test_withdrawn_filing_ends(web, house):
    contract = at_state(house, State.SUBMITTED)
    web.post(page("withdraw", contract), {"note": "合同解除"})
    contract.filing.refresh_from_db()
    assert contract.filing.state == State.WITHDRAWN
    late = web.post(page("withdraw", contract))
    assert late.status_code == 302


def test_submitted_filing_cannot_be_edited(web, house):
    contract = at_state(house, State.SUBMITTED)
    assert web.get(page("step", contract, "contract")).url == page("detail", contract)
    with pytest.raises(actions.Conflict):
        actions.save_draft(
            contract=contract, values={"project_name": "改"}, by=house.filer, at=clock.now()
        )


def test_unknown_step_is_not_found_and_a_draft_leads_to_its_form(web, begun):
    assert web.post(reverse("contracts:autosave", args=[begun.pk, "nowhere"])).status_code == 404
    assert web.get(page("detail", begun)).url == page("step", begun, "contract")


@pytest.mark.parametrize("filings", [1, 3])
def test_list_costs_the_same_for_one_and_three(web, house, filings, django_assert_num_queries):
    for number in range(filings):
        draft(house.firm, house.filer, project_name=f"项目{number}")
    with django_assert_num_queries(
        9
    ):  # two of them: the session and its user; one: unread messages
        web.get(reverse("desk:mine"))


@pytest.mark.parametrize(("day", "provisional"), [(21, False), (22, True)])
def test_date_in_an_unpublished_year_is_said_to_be_provisional(web, house, day, provisional):
    at = datetime.datetime(2026, 12, day, 2, tzinfo=datetime.UTC)
    signed = datetime.date(2026, 12, 20)
    contract = at_state(
        house,
        State.SUBMITTED,
        at=at,
        signed_on=signed,
        starts_on=signed,
        ends_on=signed + datetime.timedelta(days=365),
    )
    assert contract.filing.due_provisional is provisional
    sentence = web.get(page("detail", contract)).context["sentence"]
    assert ("暂定" in sentence) is provisional


def test_guide_is_public_and_names_limits_with_their_clause(client, db):
    text = client.get(reverse("contracts:guide")).content.decode()
    assert "浙江省技术市场条例 第十六条" in text
    assert "沪科合〔2019〕33号" in text
