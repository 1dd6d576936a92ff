"""The messages that the acts send, in Chinese; written in the act's own transaction."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.enums import FollowUpState, RevocationGround
from contracts.models import Contract, FollowUp
from contracts.workflow import PROCEDURES
from torch_portal.accounts.models import User
from torch_portal.common.money import display
from torch_portal.notices import actions as notices
from torch_portal.notices.wording import worded

LANGUAGE = "zh-hans"
# The letters whose words a jurisdiction may set, and the facts that can stand in them.
KINDS = {
    "contracts.received": gettext_lazy("Received"),
    "contracts.returned": gettext_lazy("To be corrected"),
    "contracts.declined": gettext_lazy("Not accepted"),
    "contracts.amount": gettext_lazy("Technical amount fixed"),
    "contracts.recognised": gettext_lazy("Recognised"),
    "contracts.refused": gettext_lazy("Not registered"),
    "contracts.deregister": gettext_lazy("Deregistered"),
    "contracts.revoke": gettext_lazy("Revoked"),
}
PLACES = ("project", "number", "agency", "due", "registration")


def _post(contract: Contract, what: str, subject: str, body: str, at: datetime.datetime) -> None:
    filing = contract.filing
    subject, body = worded(
        f"contracts.{what}",
        filing.jurisdiction_id,
        subject=subject,
        body=body,
        names=_names(contract),
    )
    notices.post(
        key=f"contracts-{filing.pk}-{what}-{filing.version}",
        user=filing.handler,
        subject=subject,
        body=body,
        link=reverse("contracts:detail", args=[filing.pk]),
        at=at,
    )


def _names(contract: Contract) -> dict[str, Any]:
    filing = contract.filing
    return {
        "project": contract.project_name,
        "number": filing.number or "",
        "agency": filing.agency.name if filing.agency else "",
        "due": filing.due_on.isoformat() if filing.due_on else "",
        "registration": contract.registration_number or "",
    }


def received(contract: Contract, at: datetime.datetime) -> None:
    """Submitted: the number to quote and the day by which there will be a decision."""
    with translation.override(LANGUAGE):
        names = _names(contract)
        _post(
            contract,
            "received",
            _("Received: %(project)s (%(number)s)") % names,
            _("%(agency)s has your filing and decides by %(due)s. Quote %(number)s.") % names,
            at,
        )


def returned(contract: Contract, items: Sequence[dict[str, str]], at: datetime.datetime) -> None:
    """Returned: the complete list."""
    with translation.override(LANGUAGE):
        names = _names(contract)
        lines = [f"{n}. {item['remedy']}" for n, item in enumerate(items, start=1)]
        head = _("Please correct the following and submit again. This is the complete list.")
        _post(
            contract,
            "returned",
            _("To be corrected: %(project)s (%(number)s)") % names,
            "\n".join([head, "", *lines]),
            at,
        )


def declined(contract: Contract, note: str, at: datetime.datetime) -> None:
    """Not accepted: why, and where to turn."""
    with translation.override(LANGUAGE):
        subject = _("Not accepted: %(project)s (%(number)s)") % _names(contract)
        _post(contract, "declined", subject, f"{note}\n\n{_remedies(contract)}", at)


def amount_fixed(contract: Contract, note: str, at: datetime.datetime) -> None:
    """The agency fixed the technical amount."""
    with translation.override(LANGUAGE):
        amount = {"amount": display(contract.fixed_technical_yuan or Decimal(0))}
        body = _("The technical amount was fixed at %(amount)s yuan.") % amount
        subject = _("Technical amount fixed: %(project)s (%(number)s)") % _names(contract)
        _post(contract, "amount", subject, f"{body}\n{note}", at)


def recognised(contract: Contract, at: datetime.datetime) -> None:
    """Recognised: the registration number; the certificate follows when its file is ready."""
    with translation.override(LANGUAGE):
        names = _names(contract)
        _post(
            contract,
            "recognised",
            _("Recognised: %(project)s") % names,
            _("Registration number %(registration)s. The certificate is being made.") % names,
            at,
        )


def refused(contract: Contract, text: str, at: datetime.datetime) -> None:
    """Refused: grounds, article, and where to object."""
    with translation.override(LANGUAGE):
        subject = _("Not registered: %(project)s (%(number)s)") % _names(contract)
        _post(contract, "refused", subject, f"{text}\n\n{_remedies(contract)}", at)


def ended(contract: Contract, name: str, note: str, at: datetime.datetime) -> None:
    """Deregistered or revoked: the certificate is no longer valid."""
    with translation.override(LANGUAGE):
        names = _names(contract)
        subject = (
            _("Deregistered: %(project)s (%(registration)s)")
            if name == "deregister"
            else _("Revoked: %(project)s (%(registration)s)")
        )
        body = _("The certificate is no longer valid. Reason: %(reason)s")
        _post(contract, name, subject % names, body % {"reason": note}, at)


def revocation_noticed(followup: FollowUp, at: datetime.datetime) -> None:
    """A revocation is announced: grounds, facts, and until when a statement is heard."""
    with translation.override(LANGUAGE):
        names = _names(followup.contract) | {
            "until": followup.due_on.isoformat() if followup.due_on else "",
            "grounds": "；".join(
                str(g.label) for g in RevocationGround if g.value in followup.grounds
            ),
            "facts": followup.reason,
        }
        subject = _("Revocation announced: %(project)s (%(registration)s)") % names
        body = _(
            "Grounds: %(grounds)s\nFacts: %(facts)s\n\nYou may state your case until %(until)s. "
            "The certificate stays valid until a decision is taken."
        )
        _post(followup.contract, "revocation", subject, body % names, at)


def decided(followup: FollowUp, at: datetime.datetime) -> None:
    """What became of a matter after the decision, and the reason."""
    with translation.override(LANGUAGE):
        label = PROCEDURES[followup.kind].labels[followup.state]
        names = _names(followup.contract) | {"what": label}
        body = followup.answer or _("The page of the filing shows what follows from it.")
        against = (FollowUpState.REFUSED, "objection")
        if (followup.state, followup.kind) == against:
            body = f"{body}\n\n{_remedies(followup.contract)}"
        subject = _("%(what)s: %(project)s") % names
        _post(followup.contract, f"matter-{followup.pk}", subject, body, at)


def matters_overdue(to: User, matters: Sequence[FollowUp], at: datetime.datetime) -> None:
    """Matters of the reviewer's place whose day has passed: one message for all of them."""
    with translation.override(LANGUAGE):
        lines = [_matter_line(m) for m in matters]
        names = {"count": len(lines)}
        notices.post(
            key=f"contracts-matters-overdue-{matters[0].pk}-{to.pk}",
            user=to,
            subject=_("Overdue matters after the decision: %(count)s") % names,
            body="\n".join([_("Their day has passed; please decide them:"), *lines]),
            link=reverse("admin:contracts_followup_changelist") + "?waiting=late",
            at=at,
        )


def _matter_line(followup: FollowUp) -> str:
    names = _names(followup.contract) | {
        "what": followup.get_kind_display(),
        "due": f"{followup.due_on:%Y-%m-%d}",
    }
    return _("%(what)s, due on %(due)s: %(project)s (%(registration)s)") % names


def _remedies(contract: Contract) -> str:
    agency = contract.filing.agency
    body = (agency.review_body if agency else "") or _("the superior authority")
    return _(
        "You may ask %(body)s for review, or apply for administrative reconsideration within "
        "60 days (Administrative Reconsideration Law, article 20)."
    ) % {"body": body}
