"""The matters after a decision in words, for both sides."""

import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contracts.enums import DeductionKind, FollowUpKind, FollowUpState, RevocationGround, State
from contracts.models import BuyerAccess, Contract, ContractVersion, FollowUp, RegistrationList
from contracts.queries.after import in_force, registered, verified_words
from contracts.queries.certificate import TEMPLATE, place_name
from contracts.queries.facts import correction_clock, days_used, review_limit
from contracts.queries.local import edition_on
from contracts.workflow import PROCEDURES, WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.certificates.documents import chinese_date
from torch_portal.certificates.models import Certificate
from torch_portal.common.money import display
from torch_portal.filings.wording import long_date

TONES = {
    FollowUpState.OPEN: "office",
    FollowUpState.GRANTED: "done",
    FollowUpState.REFUSED: "needs-you",
    FollowUpState.WITHDRAWN: "plain",
}
REPORTED = (FollowUpKind.INCOME, FollowUpKind.SUPPLEMENT)
ALIVE = (State.RECOGNISED, State.REVOCATION_NOTICED)


def matters_of(contract: Contract) -> list[FollowUp]:
    """All matters of a contract, newest first."""
    return list(contract.followups.select_related("opened_by", "decided_by").order_by("-pk"))


def followup_box(followup: FollowUp) -> dict[str, Any]:
    """A matter as both sides see it: what, where it stands, until when, what was answered."""
    procedure = PROCEDURES[followup.kind]
    opened = timezone.localtime(followup.opened_at)
    return {
        "pk": followup.pk,
        "kind": followup.kind,
        "title": followup.get_kind_display(),
        "state_label": procedure.labels[followup.state],
        "tone": _tone(followup),
        "open": followup.state == FollowUpState.OPEN,
        "sentence": _sentence(followup),
        "reason": followup.reason,
        "authority": followup.authority,
        "opened": f"{opened:%Y-%m-%d %H:%M}",
        "by": followup.opened_by.get_full_name(),
        "grounds": [str(g.label) for g in RevocationGround if g.value in followup.grounds],
        "changes": change_rows(followup),
        "receipts": receipt_rows(followup),
        "supplements": verified_words(followup.supplements) if followup.supplements else "",
        "statement": followup.statement,
        "answer": followup.answer,
        "decided": f"{timezone.localtime(followup.decided_at):%Y-%m-%d %H:%M}"
        if followup.decided_at
        else "",
        "decided_by": followup.decided_by.get_full_name() if followup.decided_by else "",
        "clause": procedure.clause,
    }


def _tone(followup: FollowUp) -> str:
    if followup.kind == FollowUpKind.REVOCATION:
        return {
            FollowUpState.OPEN: "needs-you",
            FollowUpState.GRANTED: "needs-you",
        }.get(FollowUpState(followup.state), "done")
    return TONES[FollowUpState(followup.state)]


def _sentence(followup: FollowUp) -> str:
    """What happens next with a matter, by when, and who has it."""
    agency = followup.contract.filing.agency
    names = {"agency": agency.name if agency else "", "day": long_date(followup.due_on)}
    names["body"] = (agency.review_body if agency else "") or _("the superior authority")
    if followup.state != FollowUpState.OPEN:
        return ""
    if followup.kind == FollowUpKind.REVOCATION:
        text = (
            _("Your statement is with %(agency)s; another person decides.")
            if followup.stated_at
            else _("State your case until %(day)s. The certificate stays valid until a decision.")
        )
    elif followup.kind == FollowUpKind.OBJECTION:
        text = _("%(body)s hears the objection. You need do nothing now.")
    elif followup.due_on:
        text = _("%(agency)s has it and decides by %(day)s. You need do nothing now.")
    else:
        text = _("%(agency)s has it.")
    return text % names


def entry_label(name: str) -> str:
    """The name of an entry that can be changed."""
    return str(Contract._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column


def shown_value(name: str, value: str) -> str:
    """An entry of a change as people read it."""
    if not value:
        return "—"
    if name.endswith("_yuan"):
        return _("%(amount)s yuan") % {"amount": display(Decimal(value))}
    if name.endswith("_division"):
        return place_name(value)
    choices = dict(Contract._meta.get_field(name).choices or ())  # type: ignore[union-attr]  # a column
    return str(choices.get(value, value))


def change_rows(followup: FollowUp) -> list[dict[str, str]]:
    """Before and after, entry by entry."""
    return [
        {
            "name": name,
            "label": entry_label(name),
            "before": shown_value(name, change["before"]),
            "after": shown_value(name, change["after"]),
        }
        for name, change in followup.changes.items()
    ]


def receipt_rows(followup: FollowUp) -> list[dict[str, str]]:
    """The sums of a verification or its supplement as text."""
    if followup.kind not in REPORTED:
        return []
    return [
        {
            "day": f"{r.received_on:%Y-%m-%d}",
            "amount": display(r.amount_yuan),
            "rest": display(r.nontechnical_yuan),
            "technical": display(r.amount_yuan - r.nontechnical_yuan),
            "invoice": r.invoice,
        }
        for r in followup.receipts.order_by("received_on", "pk")
    ]


def income_sums(contract: Contract) -> dict[str, str]:
    """What was verified up to now, and what is left of the technical amount."""
    known = registered(contract)
    return {
        "technical": display(known.technical_yuan),
        "verified": display(known.verified_yuan),
        "left": display(known.technical_yuan - known.verified_yuan),
    }


def version_rows(version: ContractVersion) -> list[tuple[str, str]]:
    """An earlier version, entry by entry, as it was registered."""
    names = [c.attname for c in Contract._meta.concrete_fields if not c.primary_key]
    rows = [
        (entry_label(name), _plainly(name, version.values[name]))
        for name in names
        if version.values.get(name) not in (None, "", [])
    ]
    lines = version.values.get("deductions", [])
    kinds = dict(DeductionKind.choices)
    cost = _("Non-technical cost: %(kind)s")
    return rows + [
        (cost % {"kind": kinds[line["kind"]]}, display(Decimal(str(line["amount_yuan"]))))
        for line in lines
    ]


def _plainly(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "、".join(map(str, value))
    return shown_value(name, str(value))


def list_stands(made: RegistrationList) -> bool:
    """Whether every contract of the list is registered today; else nothing of it is shown."""
    return not made.contracts.exclude(filing__state__in=ALIVE).exists()


def list_rows(made: RegistrationList) -> list[dict[str, str]]:
    """The contracts of a list as they stand today."""
    rows = made.contracts.order_by("recognised_on", "pk")
    return [
        {
            "number": c.registration_number or "",
            "project": c.project_name,
            "kind": c.get_kind_display(),
            "buyer": c.buyer_name,
            "day": f"{c.recognised_on:%Y-%m-%d}" if c.recognised_on else "",
            "total": display(c.total_yuan or Decimal(0)),
            "technical": display(in_force(c, "technical_yuan") or Decimal(0)),
        }
        for c in rows
    ]


def list_content(made: RegistrationList, day: datetime.date) -> dict[str, Any]:
    """What the file of a list says, in Chinese, as its contracts stand on this day."""
    with translation.override("zh-hans"):
        return {
            "number": list_code(made),
            "enterprise": made.enterprise.name,
            "credit_code": made.enterprise.credit_code,
            "since": chinese_date(made.since),
            "until": chinese_date(made.until),
            "issued_on": chinese_date(day),
            "rows": list_rows(made),
            "status_url": settings.SITE_URL + reverse("contracts:list", args=[made.code]),
            "sample": settings.CERTIFICATE_SAMPLE,
        }


def list_code(made: RegistrationList) -> str:
    """The verification code as people read it."""
    return "-".join(made.code[n : n + 4] for n in range(0, len(made.code), 4))


def bought_rows(user: User) -> list[dict[str, Any]]:
    """Contracts in which the person's enterprises are the buyer: never their text or files."""
    rows = BuyerAccess.objects.visible_to(user).select_related(
        "contract__filing__agency", "enterprise"
    )
    found = list(rows.order_by("-opened_at"))
    newest = Certificate.objects.filter(
        template=TEMPLATE, filing_id__in=[a.contract_id for a in found]
    ).filter(Q(superseded_by__isnull=True))
    codes = {c.filing_id: c for c in newest}
    return [_bought(access, codes.get(access.contract_id)) for access in found]


def _bought(access: BuyerAccess, certificate: Certificate | None) -> dict[str, Any]:
    contract = access.contract
    return {
        "pk": access.pk,
        "number": contract.registration_number,
        "project": contract.project_name,
        "seller": contract.seller_name,
        "kind": contract.get_kind_display(),
        "state_label": WORKFLOW.labels[contract.filing.state],
        "tone": "done" if contract.filing.state in ALIVE else "needs-you",
        "total": display(contract.total_yuan or Decimal(0)),
        "technical": display(in_force(contract, "technical_yuan") or Decimal(0)),
        "agency": contract.filing.agency.name if contract.filing.agency else "",
        "code": certificate.verify_code if certificate else "",
        "enterprise": access.enterprise.name,
    }


def clock_words(contract: Contract, today: datetime.date) -> dict[str, str]:
    """What a correction does, or did, to the time limit of this filing, and by which clause."""
    filing = contract.filing
    returned = filing.state == State.CORRECTING
    edition = edition_on(filing.accepted_on or today, filing.jurisdiction_id)
    clock = correction_clock(filing.jurisdiction_id, edition)
    if clock.restarts:
        text = _("The time limit begins anew on the day the corrected filing comes in.")
    else:
        used = _used_days(contract) if returned else days_used(contract, today)
        left = max(1, review_limit(contract, filing.accepted_on or today).days - used)
        text = _("The time limit stops now and goes on after the correction: %(days)s days left.")
        text = text % {"days": left}
    doubt = "" if clock.confirmed else _("Not confirmed by a text in force.")
    return {"text": text, "clause": clock.clause, "doubt": doubt}


def _used_days(contract: Contract) -> int:
    returns = contract.filing.events.filter(move="return_for_correction")
    return sum(int(d.get("used_days", 0)) for d in returns.values_list("data", flat=True))
