"""Evaluations at any state, brought there by the actions that real people use."""

import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from sme_eval import actions
from sme_eval.enums import AttachmentKind, State
from sme_eval.line import PUBLICITY
from sme_eval.models import Evaluation
from tests.factories import accounts
from tests.factories.contracts import pdf
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.publicity import actions as publicity
from torch_portal.publicity.models import Batch
from torch_portal.publicity.work import carry

LINE = "sme_eval"
AT = datetime.datetime(2020, 3, 2, 9, 0, tzinfo=datetime.UTC)
SAMPLE: dict[str, Any] = {
    "established_on": datetime.date(2016, 5, 20),
    "registration_type": "有限责任公司",
    "industry": "C4030 其他仪器仪表制造业",
    "legal_representative": "陈知微",
    "address": "杭州市西湖区文三路 90 号",
    "business_scope": "红外测温设备的研发、生产与销售",
    "restricted_industry": False,
    "audited_tax": True,
    "misconduct": False,
    "abnormal_list": False,
    "serious_dishonesty": False,
    "staff_total": Decimal("50.00"),
    "staff_st": Decimal("15.00"),
    "senior_titles": 3,
    "middle_titles": 8,
    "revenue": Decimal("5000.00"),
    "cost_total": Decimal("4000.00"),
    "assets_total": Decimal("3000.00"),
    "rd_cost": Decimal("300.00"),
    "rd_basis": "revenue",
    "rd_ledger": True,
    "main_products": "红外测温仪、热成像筛查系统",
    "tech_field": "electronics",
}
ROWS: dict[str, list[dict[str, Any]]] = {
    "projects": [
        {"name": "非接触红外测温算法", "form": "self", "cost": Decimal("180.00")},
        {"name": "热成像筛查终端", "form": "joint", "cost": Decimal("120.00")},
    ],
    "ip_rights": [
        {
            "name": "一种红外测温校准方法",
            "kind": "invention_patent",
            "number": "ZL201810000001.1",
            "granted_on": datetime.date(2019, 6, 4),
            "expires_on": datetime.date(2038, 6, 3),
            "gained": "own",
            "product": "红外测温仪",
        }
    ],
    "routes": [],
}
FILES = (AttachmentKind.LICENCE, AttachmentKind.COMMITMENT, AttachmentKind.FIRST_PAGE)
ITEMS = [
    {
        "field": "attachments",
        "problem": "incomplete",
        "remedy": "信息表首页缺少法定代表人签字，请补签后重新上传。",
        "clause": "国科火字〔2017〕144号 科技型中小企业评价工作指引",
    }
]
NOTE = "抽查中未提供材料"


def draft(firm: Enterprise, by: User, at: datetime.datetime = AT, **values: Any) -> Evaluation:
    """A complete draft with its files; `values` differ from the sample, `rows` too."""
    rows = ROWS | values.pop("rows", {})
    evaluation = actions.start(enterprise=firm, by=by, at=at)
    actions.save_draft(evaluation=evaluation, values=SAMPLE | values, rows=rows, by=by, at=at)
    for kind in FILES:
        actions.attach(evaluation=evaluation, kind=kind, upload=pdf(f"{kind}.pdf"), by=by, at=at)
    return evaluation


def province(jurisdiction: str) -> User:
    """An official of the provincial department; always the same for a jurisdiction."""
    username = f"province-{jurisdiction}"
    known = User.objects.filter(username=username).first()
    return known or accounts.official(jurisdiction, name=username)


def evaluation_at(
    state: str,
    *,
    firm: Enterprise,
    by: User,
    office: Agency,
    examiner: User,
    at: datetime.datetime = AT,
    **values: Any,
) -> Evaluation:
    """An evaluation in the given state; its `number`, dates and cases come from the acts."""
    evaluation = draft(firm, by, at, **values)
    people = SimpleNamespace(by=by, office=office, examiner=examiner)
    for step in _PATHS[state]:
        _STEPS[step](evaluation, people, at)
        evaluation.refresh_from_db()
    return evaluation


def answer_all(evaluation: Evaluation, by: User, text: str = "已按要求办理") -> None:
    """An answer to every item of the open correction list."""
    for item in evaluation.filing.corrections.filter(answered_at=None):
        actions.answer_correction(item=item, answer=text, by=by)


def open_list(jurisdiction: Any, by: User, at: datetime.datetime) -> Batch:
    """A list of everything that waits in a jurisdiction."""
    batch = publicity.open_batch(
        line=LINE,
        publicity=PUBLICITY,
        jurisdiction=jurisdiction,
        contact="0571-80000000",
        by=by,
        at=at,
    )
    publicity.add(batch=batch, rows=PUBLICITY.pool(jurisdiction.pk), by=by, at=at)
    return batch


def publicise(batch: Batch, by: User, at: datetime.datetime) -> None:
    """The list goes public on the day and all its entries with it."""
    day = at.astimezone(datetime.timezone(datetime.timedelta(hours=8))).date()
    publicity.publicise(batch=batch, opens_on=day, by=by, at=at)
    carry(line=LINE, steps=PUBLICITY.steps, at=at)
    batch.refresh_from_db()


def announce(batch: Batch, by: User, at: datetime.datetime) -> None:
    """The list is announced and all its entries are numbered."""
    publicity.announce(batch=batch, by=by, at=at)
    carry(line=LINE, steps=PUBLICITY.steps, at=at)
    batch.refresh_from_db()


def _publicise(evaluation: Evaluation, people: Any, at: datetime.datetime) -> None:
    place = evaluation.filing.jurisdiction
    by = province(place.pk)
    publicise(open_list(place, by, at), by, at)
    evaluation.filing.refresh_from_db()


def _announce(evaluation: Evaluation, people: Any, at: datetime.datetime) -> None:
    entry = evaluation.filing.publicity_entries.get()
    announce(entry.batch, province(entry.batch.jurisdiction_id), after_publicity(at))
    evaluation.filing.refresh_from_db()


def after_publicity(at: datetime.datetime) -> datetime.datetime:
    """A day on which a list that was opened at `at` can be announced."""
    return at + datetime.timedelta(days=25)


def _strike(evaluation: Evaluation, people: Any, at: datetime.datetime) -> None:
    by = province(evaluation.filing.jurisdiction_id)
    actions.strike(evaluation=evaluation, by=by, at=at, note="异议成立")


def _notify(evaluation: Evaluation, people: Any, at: datetime.datetime) -> None:
    actions.notify_revocation(
        evaluation=evaluation,
        grounds=["no_material"],
        by=province(evaluation.filing.jurisdiction_id),
        at=after_publicity(at),
        note=NOTE,
    )


def _revoke(evaluation: Evaluation, people: Any, at: datetime.datetime) -> None:
    actions.revoke(
        evaluation=evaluation,
        by=accounts.official(evaluation.filing.jurisdiction_id),
        at=after_publicity(at) + datetime.timedelta(days=30),
        note=NOTE,
    )


_SUBMITTED = ("submit",)
_PASSED = (*_SUBMITTED, "pass")
_PUBLIC = (*_PASSED, "publicise")
_ENTERED = (*_PUBLIC, "announce")
_PATHS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: _SUBMITTED,
    State.CORRECTING: (*_SUBMITTED, "return"),
    State.PASSED: _PASSED,
    State.IN_PUBLICITY: _PUBLIC,
    State.ENTERED: _ENTERED,
    State.NOT_ENTERED: (*_SUBMITTED, "refuse"),
    State.WITHDRAWN: (*_SUBMITTED, "withdraw"),
    State.RESIGNED: (*_ENTERED, "resign"),
    State.REVOCATION_NOTICED: (*_ENTERED, "notify"),
    State.REVOKED: (*_ENTERED, "notify", "revoke"),
}
_STEPS: dict[str, Any] = {
    "submit": lambda e, p, at: actions.submit(evaluation=e, by=p.by, at=at, agency=p.office),
    "return": lambda e, p, at: actions.return_for_correction(
        evaluation=e, items=ITEMS, by=p.examiner, at=at
    ),
    "pass": lambda e, p, at: actions.pass_form(evaluation=e, by=p.examiner, at=at),
    "refuse": lambda e, p, at: actions.refuse(
        evaluation=e, by=p.examiner, at=at, note="属于限制类行业"
    ),
    "withdraw": lambda e, p, at: actions.withdraw(evaluation=e, by=p.by, at=at),
    "publicise": _publicise,
    "announce": _announce,
    "strike": _strike,
    "resign": lambda e, p, at: actions.resign(
        evaluation=e, by=p.by, at=after_publicity(at), note="自查不再符合条件"
    ),
    "notify": _notify,
    "revoke": _revoke,
}
