"""Contracts at any state, brought there by the actions that real people use."""

import datetime
import io
from decimal import Decimal
from functools import cache
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from contracts import actions
from contracts.enums import AttachmentKind, State
from contracts.models import Contract
from tests.factories import accounts
from torch_portal.accounts.models import Agency, Enterprise, User

AT = datetime.datetime(2020, 3, 2, 9, 0, tzinfo=datetime.UTC)
SAMPLE: dict[str, Any] = {
    "project_name": "面向疫情防控的红外测温算法开发与应用",
    "form": "written",
    "kind": "development",
    "subkind": "dev_e",
    "signed_on": datetime.date(2020, 2, 26),
    "starts_on": datetime.date(2020, 3, 1),
    "ends_on": datetime.date(2021, 12, 31),
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
    "total_yuan": Decimal("5230000.00"),
    "payment": "instalments",
    "ip_kind": "technical_secret",
    "tech_field": "electronics",
    "objective": "health",
    "plan_source": "outside",
}
COSTS = [
    {"kind": "equipment", "amount_yuan": Decimal("1307500.00"), "note": ""},
    {"kind": "raw_material", "amount_yuan": Decimal("261500.00"), "note": ""},
]


@cache
def pdf_bytes(pages: int = 1) -> bytes:
    """A small valid PDF."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def png_bytes() -> bytes:
    """A small valid picture."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


def pdf(name: str = "合同.pdf", pages: int = 1) -> SimpleUploadedFile:
    """A PDF as a browser sends it."""
    return SimpleUploadedFile(name, pdf_bytes(pages), "application/pdf")


def draft(firm: Enterprise, by: User, at: datetime.datetime = AT, **values: Any) -> Contract:
    """A complete draft with its contract text; `values` differ from the sample."""
    costs = values.pop("costs", COSTS)
    contract = actions.start(enterprise=firm, by=by, at=at, classified=False)
    actions.save_draft(contract=contract, values=SAMPLE | values, deductions=costs, by=by, at=at)
    actions.attach(contract=contract, kind=AttachmentKind.CONTRACT_TEXT, upload=pdf(), by=by, at=at)
    return contract


ITEMS = [
    {
        "field": "attachments",
        "problem": "incomplete",
        "remedy": "第6页缺少受托方骑缝章，请补盖后重新上传。",
        "clause": "科技部火炬中心 技术合同认定登记问答 (2021-01-13) 第八项",
    }
]


def answer_all(contract: Contract, by: User, text: str = "已按要求办理") -> None:
    """An answer to every item of the open correction list."""
    for item in contract.filing.corrections.filter(answered_at=None):
        actions.answer_correction(item=item, answer=text, by=by)


def contract_at(
    state: str,
    *,
    firm: Enterprise,
    by: User,
    office: Agency,
    examiner: User,
    at: datetime.datetime = AT,
    **values: Any,
) -> Contract:
    """A contract in the given state; `kinds` of further files it comes with."""
    kinds = values.pop("kinds", ())
    contract = draft(firm, by, at, **values)
    for kind in kinds:
        actions.attach(contract=contract, kind=kind, upload=pdf(), by=by, at=at)
    for step in _PATHS[state]:
        _STEPS[step](contract, by, office, examiner, at)
    return contract


def colleague(office: Agency, examiner: User) -> User:
    """Another examiner of the same agency."""
    others = User.objects.filter(appointments__agency=office, appointments__role="reviewer")
    found = others.exclude(pk=examiner.pk).order_by("pk").first()
    return found or accounts.reviewer(office)


_PATHS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: ("submit",),
    State.ACCEPTED: ("submit", "accept"),
    State.SECOND_REVIEW: ("submit", "accept", "propose"),
    State.CORRECTING: ("submit", "return"),
    State.RECOGNISED: ("submit", "accept", "recognise"),
    State.REFUSED: ("submit", "accept", "refuse"),
    State.NOT_ACCEPTED: ("submit", "decline"),
    State.WITHDRAWN: ("submit", "withdraw"),
    State.DEREGISTERED: ("submit", "accept", "recognise", "deregister"),
    State.REVOCATION_NOTICED: ("submit", "accept", "recognise", "notify", "state"),
    State.REVOKED: ("submit", "accept", "recognise", "notify", "state", "revoke"),
}
_STEPS: dict[str, Any] = {
    "submit": lambda c, by, a, _e, at: actions.submit(contract=c, by=by, at=at, agency=a),
    "withdraw": lambda c, by, _a, _e, at: actions.withdraw(contract=c, by=by, at=at),
    "accept": lambda c, _by, _a, e, at: actions.accept(contract=c, by=e, at=at),
    "propose": lambda c, _by, _a, e, at: actions.propose(contract=c, by=e, at=at),
    "return": lambda c, _by, _a, e, at: actions.return_for_correction(
        contract=c, items=ITEMS, by=e, at=at
    ),
    "decline": lambda c, _by, _a, e, at: actions.decline(
        contract=c, by=e, at=at, note="不属于本登记机构受理范围"
    ),
    "refuse": lambda c, _by, _a, e, at: actions.refuse(contract=c, grounds=["RF-2"], by=e, at=at),
    "recognise": lambda c, _by, _a, e, at: actions.recognise(contract=c, by=e, at=at),
    "deregister": lambda c, _by, _a, e, at: actions.deregister(
        contract=c, by=e, at=at, note="当事人解除合同"
    ),
    "notify": lambda c, _by, a, e, at: actions.notify_revocation(
        contract=c, by=colleague(a, e), at=at, grounds=["RV-1"], note="买方未签订该合同"
    ),
    "state": lambda c, by, _a, _e, at: actions.state_case(
        followup=c.followups.get(), statement="我方认可", by=by, at=at
    ),
    "revoke": lambda c, _by, _a, e, at: actions.revoke(contract=c, by=e, at=at, note="虚假合同"),
}
