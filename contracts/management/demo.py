"""Contracts for a demonstration, at every state, brought there by the real acts."""

import datetime
import random
from decimal import Decimal
from typing import Any

from django.utils import timezone

from contracts import actions
from contracts.enums import AttachmentKind, Field, IpKind, Kind, Objective, PlanSource, State
from contracts.models import Contract
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.filings.management.invented import credit_code, scan

SUBJECTS = (
    ("红外测温算法", Field.ELECTRONICS, Objective.HEALTH),
    ("核酸快速检测试剂", Field.BIOMEDICINE, Objective.HEALTH),
    ("负压救护舱气流控制", Field.MANUFACTURING, Objective.HEALTH),
    ("熔喷无纺布驻极工艺", Field.MATERIALS, Objective.INDUSTRY),
    ("园区能耗在线监测", Field.ENERGY, Objective.ENERGY),
    ("餐厨废水深度处理", Field.ENVIRONMENT, Objective.ENVIRONMENT),
    ("智能灌溉决策模型", Field.AGRICULTURE, Objective.FARMING),
    ("城市轨道客流预测", Field.TRANSPORT, Objective.INFRASTRUCTURE),
    ("社区网格化防控平台", Field.URBAN, Objective.SOCIETY),
    ("卫星遥感影像解译", Field.AEROSPACE, Objective.SPACE),
)
WORKS = (
    (Kind.DEVELOPMENT, "dev_e", "开发"),
    (Kind.DEVELOPMENT, "dev_c", "联合研发"),
    (Kind.TRANSFER, "trf_secret", "技术秘密转让"),
    (Kind.CONSULTING, "con", "技术方案咨询"),
    (Kind.SERVICE, "srv", "技术服务"),
)
FIRMS = (
    "朗途生物",
    "启衡智能",
    "云栖数据",
    "瀚海材料",
    "青禾农科",
    "华澄环保",
    "致远交通",
    "星图遥感",
)
PLACES = (
    ("330106", "杭州"),
    ("330108", "杭州"),
    ("330205", "宁波"),
    ("320102", "南京"),
    ("310115", "上海"),
)
ITEMS = (
    {
        "field": "attachments",
        "problem": "incomplete",
        "remedy": "合同末页缺少受托方印章，请补盖后重新上传全文。",
        "clause": "科技部火炬中心 技术合同认定登记问答 (2021-01-13) 第八项",
    },
    {
        "field": "deductions",
        "problem": "incorrect",
        "remedy": "合同第四条列有设备购置费，请在非技术性费用中如实填列。",
        "clause": "国科发政字〔2001〕253号",
    },
)
# What every second one of them also has, so that no rule asks for more.
COMPLETE = (
    AttachmentKind.DEVELOPMENT_PLAN,
    AttachmentKind.COST_LIST,
    AttachmentKind.UNDERTAKING,
)
PATHS: tuple[tuple[str, int], ...] = (
    (State.DRAFT, 2),
    (State.SUBMITTED, 8),
    (State.ACCEPTED, 6),
    (State.CORRECTING, 2),
    (State.RECOGNISED, 8),
    (State.REFUSED, 1),
    (State.WITHDRAWN, 1),
    (State.DEREGISTERED, 1),
    (State.REVOKED, 1),
    (State.REVOCATION_NOTICED, 1),
)


def seed(*, filings: int, seed: int, at: datetime.datetime) -> dict[str, int]:
    """So many contracts of the demonstration's enterprise; returns how many per state."""
    chance = random.Random(seed)  # noqa: S311  (reproducible examples, no secret)
    people = {
        "firm": Enterprise.objects.get(credit_code="91330106MAGUJ65R6B"),
        "filer": User.objects.get(username="enterprise"),
        "examiner": User.objects.get(username="examiner"),
        "agency": Agency.objects.get(code="330101"),
    }
    states = [state for state, weight in PATHS for _n in range(weight)]
    made: dict[str, int] = {}
    for number in range(filings):
        state = states[number % len(states)]
        day = at - datetime.timedelta(days=chance.randint(1, 9), minutes=chance.randint(0, 400))
        contract = _draft(chance, number, people, day)
        _bring(contract, state, people, day + datetime.timedelta(minutes=30))
        made[state] = made.get(state, 0) + 1
    return made


def _draft(
    chance: random.Random, number: int, people: dict[str, Any], at: datetime.datetime
) -> Contract:
    contract = actions.start(enterprise=people["firm"], by=people["filer"], at=at, classified=False)
    values, costs = _entries(chance, number, timezone.localdate(at))
    actions.save_draft(
        contract=contract, values=values, deductions=costs, by=people["filer"], at=at
    )
    actions.attach(
        contract=contract,
        kind=AttachmentKind.CONTRACT_TEXT,
        upload=scan(f"合同{number + 1:03d}"),
        by=people["filer"],
        at=at,
    )
    for kind in COMPLETE if number % 2 else ():
        upload = scan(f"合同{number + 1:03d}")
        actions.attach(contract=contract, kind=kind, upload=upload, by=people["filer"], at=at)
    return contract


def _entries(
    chance: random.Random, number: int, today: datetime.date
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    subject, field, objective = chance.choice(SUBJECTS)
    kind, subkind, work = chance.choice(WORKS)
    division, city = chance.choice(PLACES)
    total = Decimal(chance.randint(8, 480)) * 10_000
    signed = today - datetime.timedelta(days=chance.randint(3, 40))
    costs = []
    if chance.random() < 0.5:
        costs = [{"kind": "equipment", "amount_yuan": (total / 10).quantize(Decimal("0.01"))}]
    development = kind == Kind.DEVELOPMENT
    return {
        "project_name": f"{subject}{work}（{number + 1:03d}）",
        "form": "written",
        "kind": kind,
        "subkind": subkind,
        "signed_on": signed,
        "starts_on": signed,
        "ends_on": signed + datetime.timedelta(days=chance.choice((180, 365, 730))),
        "foreign_language": False,
        "seals_complete": True,
        "goal_clear": True if development else None,
        "mastered_before": False if development else None,
        "innovative": True if development else None,
        "buyer_only_pays": subkind == "dev_e" if development else None,
        "buyer_name": f"{city}{chance.choice(FIRMS)}有限公司",
        "buyer_nature": "100",
        "buyer_code": credit_code(chance, division),
        "buyer_division": division,
        "related": False,
        "total_yuan": total,
        "payment": chance.choice(("lump", "instalments")),
        "ip_kind": IpKind.TECHNICAL_SECRET if kind == Kind.TRANSFER else IpKind.NONE,
        "tech_field": field,
        "objective": objective,
        "plan_source": PlanSource.OUTSIDE,
    }, costs


def _bring(contract: Contract, state: str, people: dict[str, Any], at: datetime.datetime) -> None:
    """Through the acts that lead to the state."""
    filer, examiner = people["filer"], people["examiner"]
    if state == State.DRAFT:
        return
    actions.submit(contract=contract, by=filer, at=at, agency=people["agency"])
    if state == State.SUBMITTED:
        return
    if state == State.WITHDRAWN:
        actions.withdraw(contract=contract, by=filer, at=at)
        return
    actions.accept(contract=contract, by=examiner, at=at)
    if state == State.CORRECTING:
        actions.return_for_correction(contract=contract, items=ITEMS, by=examiner, at=at)
    elif state == State.REFUSED:
        actions.refuse(
            contract=contract, grounds=["RF-2"], note="内容为常规设备采购", by=examiner, at=at
        )
    elif state != State.ACCEPTED:
        _recognise_and_end(contract, state, examiner, at)


def _recognise_and_end(
    contract: Contract, state: str, examiner: User, at: datetime.datetime
) -> None:
    actions.recognise(contract=contract, by=examiner, at=at)
    if state == State.DEREGISTERED:
        actions.deregister(contract=contract, by=examiner, at=at, note="双方协议解除合同")
    elif state in (State.REVOCATION_NOTICED, State.REVOKED):
        _revoke(contract, examiner, at, decide=state == State.REVOKED)


def _revoke(contract: Contract, examiner: User, at: datetime.datetime, *, decide: bool) -> None:
    """Announced, and if so answered by the enterprise and decided by another examiner."""
    filer = contract.filing.created_by
    others = User.objects.filter(appointments__agency=contract.filing.agency)
    second = others.exclude(pk=examiner.pk).order_by("pk").first()
    followup = actions.notify_revocation(
        contract=contract, grounds=["RV-3"], by=examiner, at=at, note="经核查与在先登记的合同相同"
    )
    if not decide:
        return
    actions.state_case(followup=followup, statement="情况属实，系误操作重复申报。", by=filer, at=at)
    if second is not None:
        actions.revoke(contract=contract, by=second, at=at, note="经核查为重复登记")
