"""What enterprises and agencies do after the decision, in one call each."""

import datetime
from decimal import Decimal

from contracts import actions, rules
from contracts.models import Contract, FollowUp
from tests.factories.contracts import AT, pdf
from torch_portal.certificates.models import Certificate

DAY = datetime.timedelta(days=1)
NEW_NAME = "面向疫情防控的红外测温算法开发与应用（二期）"


def codes(caught):
    return [f.code for f in caught.value.findings]


def change(contract, house, **values):
    return actions.request_change(
        contract=contract,
        values=values or {"project_name": NEW_NAME},
        reason="双方签订补充协议",
        files=[pdf("补充协议.pdf", pages=2)],
        by=house.filer,
        at=AT,
    )


def income(contract, house, *lines, at=AT + 60 * DAY):
    sums = [rules.Income(AT.date(), Decimal(a), Decimal(n)) for a, n in lines]
    return actions.report_income(
        contract=contract, lines=sums, reason="首付款", files=[pdf("回单.pdf")],
        by=house.filer, at=at,
    )  # fmt: skip


def supplement(contract, house, earlier, *lines, at=AT + 60 * DAY):
    sums = [rules.Income(AT.date(), Decimal(a), Decimal(n)) for a, n in lines]
    return actions.supplement_income(
        contract=contract, supplements=earlier, lines=sums, reason="补记尾款",
        files=[pdf("尾款回单.pdf")], by=house.filer, at=at,
    )  # fmt: skip


def grant(followup, by, **more):
    fresh = FollowUp.objects.select_related("contract__filing").get(pk=followup.pk)
    return actions.grant_request(followup=fresh, by=by, at=AT + DAY, **more)


def certificates(contract):
    return list(Certificate.objects.filter(filing_id=contract.pk).order_by("pk"))


def fresh(contract):
    return Contract.objects.select_related("filing__agency").get(pk=contract.pk)
