"""Contracts that a journey stands on, brought to a state by the acts, in a process beside."""

import datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from contracts import actions
from contracts.models import Contract
from tests.factories.contracts import ITEMS, contract_at, draft, png_bytes
from torch_portal.accounts.demo_people import PASSWORD
from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Agency, Enterprise, Membership, User

NAMED = {
    "field": "project_name",
    "problem": "incorrect",
    "remedy": "项目名称与合同文本首页不一致，请按合同文本填写。",
    "clause": "国科发政字〔2000〕063号 第八条",
}
FIRM = "91330106MAGUJ65R6B"
COLLEAGUE = "enterprise2"
MORNING = datetime.datetime(2020, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NOON = MORNING + datetime.timedelta(hours=3)


def bring(wanted: list[tuple[str, dict[str, Any]]]) -> str:
    """Keys of contracts of the demonstration's enterprise in these states, as JSON.

    days_ago among the values: so many days before the morning on which the portal starts. Beside
    the states of the workflow "pictured": submitted with a photo; "asked": two items to correct.
    """
    made = []
    for state, values in wanted:
        at = MORNING - datetime.timedelta(days=values.pop("days_ago", 0))
        made.append(_brought(state, at, values).pk)
    return json.dumps(made)


def _brought(state: str, at: datetime.datetime, values: dict[str, Any]) -> Contract:
    firm = Enterprise.objects.get(credit_code=FIRM)
    filer = User.objects.get(username="enterprise")
    examiner = User.objects.get(username="examiner")
    office = Agency.objects.get(code="330101")
    if state == "pictured":
        contract = draft(firm, filer, at, **values)
        photo = SimpleUploadedFile("现场照片.png", png_bytes(), "image/png")
        actions.attach(contract=contract, kind="other", upload=photo, by=filer, at=at)
        actions.submit(contract=contract, by=filer, at=at, agency=office)
        return contract
    reached = "submitted" if state == "asked" else state
    people = {"firm": firm, "by": filer, "office": office, "examiner": examiner}
    contract = contract_at(reached, **people, at=at, **values)
    if state == "asked":
        items = [*ITEMS, NAMED]
        actions.return_for_correction(contract=contract, items=items, by=examiner, at=at)
    return contract


def colleague() -> None:
    """Another filer of the demonstration's enterprise."""
    user = User.objects.create_user(
        COLLEAGUE, f"{COLLEAGUE}@portal.example", PASSWORD, last_name="周", first_name="同"
    )
    firm = Enterprise.objects.get(credit_code=FIRM)
    Membership.objects.create(user=user, enterprise=firm, role=MemberRole.FILER)
