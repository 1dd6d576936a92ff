"""What the filing's page and the pages of its moves show, as text."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import actions, forms, queries
from contracts.admin.changes import changes
from contracts.enums import AttachmentKind
from contracts.forms import shown_entries
from contracts.models import Contract
from contracts.queries import act_label, tone
from torch_portal.accounts.models import User
from torch_portal.certificates.pages import certificate_box
from torch_portal.common.findings import Finding, Level
from torch_portal.common.money import display, percent
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Event
from torch_portal.filings.pages.rows import correction_row, file_row
from torch_portal.filings.queries import live_files
from torch_portal.filings.transitions import Workflow
from torch_portal.filings.wording import long_date
from torch_portal.papers.queries import paper_box

HEAVIEST = (Level.BLOCK, Level.WARN, Level.INFO)
WHOLE = ("", "jurisdiction", "agency_division", "reviewers")


def filing_page(contract: Contract, workflow: Workflow, *, by: Any) -> dict[str, Any]:
    """The whole filing: facts with findings, amounts, evidence, corrections, history."""
    prefetch_related_objects([contract], "deductions", "filing__attachments")
    known, ruled = queries.examination(contract)
    found = forms.unread_findings(contract) + ruled + queries.registry_findings(contract)
    asked = rounds(contract)
    changed = changes(contract) if asked else []
    issued = contract.registration_number is not None
    return {
        **brief(contract),
        "changes": changed,
        "doubles": doubles(contract, by) if known.duplicates or known.lookalikes else [],
        "groups": facts(contract, found, {c["name"]: c["before"] or "—" for c in changed}),
        "whole": [_finding(f) for f in found if f.field in WHOLE],
        "counts": [(str(x), sum(f.level is x for f in found)) for x in HEAVIEST],
        "returnable": any(f.level is not Level.INFO for f in found),
        "evidence": evidence(contract),
        "about_files": [_finding(f) for f in found if f.field == "attachments"],
        "rounds": asked,
        "history": history(contract),
        "matters": matters(contract),
        "opinions": queries.opinion_rows(contract),
        "certificate": certificate_box(contract.filing, queries.TEMPLATE) if issued else None,
        "paper": paper_box(contract.filing) if issued else None,
        "tone": tone(contract.filing.state),
        "label": workflow.labels[contract.filing.state],
    }


def doubles(contract: Contract, by: Any) -> list[dict[str, Any]]:
    """Filings that may be the same contract, with the way to those that this person may see."""
    found = queries.same_as(contract).visible_to(by).select_related("filing")[:10]
    return [
        {
            "title": other.project_name,
            "number": other.registration_number or str(other.filing),
            "url": reverse("admin:contracts_contract_change", args=[other.pk]),
        }
        for other in found
    ]


def brief(contract: Any) -> dict[str, Any]:
    """The contract in a few lines: who, what, how much, until when."""
    filing = contract.filing
    risk, words = contract.due_mark
    return {
        "contract": contract,
        "kind_label": contract.get_subkind_display() or contract.get_kind_display(),
        "due_risk": risk,
        "due_words": words,
        "due_day": long_date(filing.due_on),
        "in_hands_of": filing.assigned_to.get_full_name() if filing.assigned_to else "",
        "tone": tone(filing.state),
        **amounts(contract),
    }


def amounts(contract: Contract) -> dict[str, Any]:
    """Total, non-technical lines, and what is left, with the agency's own figure if it set one."""
    lines = [(d.get_kind_display(), display(d.amount_yuan)) for d in queries.costs(contract)]
    total, computed = contract.total_yuan, contract.technical_yuan
    fixed = contract.fixed_technical_yuan
    in_force = fixed if fixed is not None else computed
    formula = " − ".join([display(total or Decimal(0)), *(amount for _kind, amount in lines)])
    return {
        "total": display(total) if total is not None else "",
        "lines": lines,
        "computed": display(computed) if computed is not None else "",
        "fixed": display(fixed) if fixed is not None else "",
        "technical": display(in_force) if in_force is not None else "",
        "share": f"{percent(in_force, total)}%" if in_force is not None and total else "",
        "formula": formula if lines else "",
    }


def matters(contract: Contract) -> list[dict[str, Any]]:
    """The matters after the decision; an open filing has none."""
    decided = contract.filing.stage in (Stage.GRANTED, Stage.REFUSED, Stage.ENDED)
    return [queries.followup_box(m) for m in queries.matters_of(contract)] if decided else []


def _finding(finding: Finding) -> dict[str, Any]:
    return {**finding.as_dict(), "label": forms.field_label(finding.field)}


def facts(contract: Contract, found: list[Finding], before: dict[str, str]) -> list[dict[str, Any]]:
    """What the enterprise entered, page by page, each finding beside the entry it speaks of."""
    groups = []
    for step in forms.STEPS:
        if step.key not in forms.FORM_STEPS:
            continue
        entries = [e for e in shown_entries(contract, step.key) if e[0] != "technical_yuan"]
        rows = [_fact(name, label, value, found) for name, label, value in entries]
        seen = {name for name, _label, _value in entries}
        rows += [
            _fact(name, forms.field_label(name), "", found)
            for name in dict.fromkeys(f.field for f in found)
            if name not in seen and name != "technical_yuan" and forms.STEP_OF.get(name) == step.key
        ]
        rows = [r | {"before": before.get(r["name"], "")} for r in rows]
        shown = [r for r in rows if r["value"] or r["findings"] or r["before"]]
        groups.append({"title": step.label, "key": step.key, "rows": shown})
    return groups


def _fact(name: str, label: str, value: str, found: list[Finding]) -> dict[str, Any]:
    here = [_finding(f) for f in found if f.field == name]
    return {"name": name, "label": label, "value": value, "findings": here}


def evidence(contract: Contract) -> list[dict[str, Any]]:
    """The files with the address of their preview, the contract text first."""
    rows = [f for f in live_files(contract.filing) if not f.kind.startswith(queries.FILES)]
    order = list(AttachmentKind.values)
    rows.sort(key=lambda r: order.index(r.kind) if r.kind in order else len(order))
    labels = dict(AttachmentKind.choices)
    return [
        {
            **file_row(contract.filing, row, removable=False),
            "kind": labels.get(row.kind, row.kind),
            "image": row.content_type.startswith("image/"),
            "show_url": reverse("contracts:attachment", args=[contract.pk, row.pk]) + "?show=1",
            "uploaded": f"{timezone.localtime(row.uploaded_at):%Y-%m-%d %H:%M}",
        }
        for row in rows
    ]


def rounds(contract: Contract) -> list[dict[str, Any]]:
    """The correction lists of the past, newest first, with what the enterprise answered."""
    items = list(contract.filing.corrections.select_related("asked_by").order_by("-round", "pk"))
    notes = _notes(contract) if items else {}
    return [
        {
            "number": number,
            "asked": f"{timezone.localtime(first.asked_at):%Y-%m-%d %H:%M}",
            "by": first.asked_by.get_full_name(),
            "answered": f"{timezone.localtime(first.answered_at):%Y-%m-%d %H:%M}"
            if first.answered_at
            else "",
            "note": notes.get(number, ""),
            "items": [correction_row(i, forms.field_label) for i in items if i.round == number],
        }
        for number in dict.fromkeys(i.round for i in items)
        for first in [next(i for i in items if i.round == number)]
    ]


def _notes(contract: Contract) -> dict[int, str]:
    """What was said with each list, by its number: why it came only then."""
    returns = contract.filing.events.filter(move="return_for_correction").order_by("seq")
    return {e.data.get("round", n): e.note for n, e in enumerate(returns, start=1)}


def history(contract: Contract, *, after: int = 0) -> list[dict[str, Any]]:
    """The acts since a version of the cover, newest first."""
    return [_event(e) for e in contract.filing.events.filter(seq__gt=after).order_by("-seq")]


def _event(event: Event) -> dict[str, Any]:
    return {
        "when": f"{timezone.localtime(event.at):%Y-%m-%d %H:%M}",
        "who": event.by_name or _("The system"),
        "what": act_label(event.move),
        "note": event.data.get("text") or event.note,
        "detail": _detail(event),
        "tone": tone(event.to_state),
        "hash": event.hash[:8],
    }


def _detail(event: Event) -> str:
    data = event.data
    if "from" in data and "to" in data:
        words = {"before": display(Decimal(data["from"])), "after": display(Decimal(data["to"]))}
        return _("%(before)s → %(after)s yuan") % words
    if "items" in data:
        return _("%(count)s items, list %(round)s") % {
            "count": len(data["items"]),
            "round": data.get("round", 1),
        }
    if data.get("to_name"):
        return str(data["to_name"])
    return _("due %(due)s") % {"due": data["due_on"]} if data.get("due_on") else ""


def recognition(contract: Contract, *, by: User, at: datetime.datetime) -> dict[str, Any]:
    """The certificate as it will be issued, its number as far as it can be foreseen."""
    found = actions.obstacles(contract=contract, by=by, at=at)
    day = timezone.localdate(at)
    return {
        "obstacles": [_finding(f) for f in found],
        "expected_number": queries.expected_number(contract, day),
        "content": queries.certificate_content(contract, by, day),
    }
