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
from torch_portal.common.findings import Finding
from torch_portal.common.money import display, percent
from torch_portal.filings.desk_pages import page as desk
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Event
from torch_portal.filings.queries import live_files
from torch_portal.filings.transitions import Workflow
from torch_portal.papers.queries import paper_box

WHOLE = ("", "jurisdiction", "agency_division", "reviewers")


def filing_page(contract: Contract, workflow: Workflow, *, by: Any) -> dict[str, Any]:
    """The whole filing: facts with findings, amounts, evidence, corrections, history."""
    prefetch_related_objects([contract], "deductions", "filing__attachments")
    filing = contract.filing
    known, ruled = queries.examination(contract)
    found = forms.unread_findings(contract) + ruled + queries.registry_findings(contract)
    asked = desk.rounds(filing, forms.field_label)
    changed = changes(contract) if asked else []
    issued = contract.registration_number is not None
    return {
        **brief(contract),
        **desk.verdict(found),
        "changes": changed,
        "doubles": doubles(contract, by) if known.duplicates or known.lookalikes else [],
        "groups": facts(contract, found, {c["name"]: c["before"] or "—" for c in changed}),
        "whole": [_finding(f) for f in found if f.field in WHOLE],
        "evidence": evidence(contract),
        "about_files": [_finding(f) for f in found if f.field == "attachments"],
        "rounds": asked,
        "history": history(contract),
        "matters": matters(contract),
        "opinions": queries.opinion_rows(contract),
        "certificate": certificate_box(filing, queries.TEMPLATE) if issued else None,
        "paper": paper_box(filing) if issued else None,
        "label": workflow.labels[filing.state],
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
    return {
        **desk.brief(contract),
        "contract": contract,
        "heading": contract.project_name,
        "kind_label": contract.get_subkind_display() or contract.get_kind_display(),
        "tone": tone(contract.filing.state),
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
    return desk.finding_row(finding, forms.field_label)


def facts(contract: Contract, found: list[Finding], before: dict[str, str]) -> list[dict[str, Any]]:
    """What the enterprise entered, page by page, each finding beside the entry it speaks of."""
    groups = []
    for step in forms.STEPS:
        if step.key not in forms.FORM_STEPS:
            continue
        entries = [e for e in shown_entries(contract, step.key) if e[0] != "technical_yuan"]
        seen = {name for name, _label, _value in entries}
        entries += [
            (name, forms.field_label(name), "")
            for name in dict.fromkeys(f.field for f in found)
            if name not in seen and name != "technical_yuan" and forms.STEP_OF.get(name) == step.key
        ]
        rows = desk.fact_rows(entries, found, before, forms.field_label)
        groups.append(
            {"title": step.label, "key": step.key, "rows": rows} | _summed(step.key, rows)
        )
    return groups


def _summed(key: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The amounts stand above their page, so total and costs are rows only with a finding."""
    if key != "amounts":
        return {}
    rest = [r for r in rows if r["findings"] or r["name"] not in ("total_yuan", "deductions")]
    return {"above": "admin/contracts/contract/_amounts.html", "rows": rest}


def evidence(contract: Contract) -> list[dict[str, Any]]:
    """The files with the address of their preview, the contract text first."""
    files = [f for f in live_files(contract.filing) if not f.kind.startswith(queries.FILES)]
    return desk.evidence(contract.filing, files, dict(AttachmentKind.choices))


def history(contract: Contract, *, after: int = 0) -> list[dict[str, Any]]:
    """The acts since a version of the cover, newest first."""
    events = desk.events_since(contract.filing, after)
    return [desk.history_row(e, act=act_label, tone=tone, detail=_amount_fixed(e)) for e in events]


def _amount_fixed(event: Event) -> str:
    data = event.data
    if "from" not in data or "to" not in data:
        return ""
    words = {"before": display(Decimal(data["from"])), "after": display(Decimal(data["to"]))}
    return _("%(before)s → %(after)s yuan") % words


def recognition(contract: Contract, *, by: User, at: datetime.datetime) -> dict[str, Any]:
    """The certificate as it will be issued, its number as far as it can be foreseen."""
    found = actions.obstacles(contract=contract, by=by, at=at)
    day = timezone.localdate(at)
    return {
        "obstacles": [_finding(f) for f in found],
        "expected_number": queries.expected_number(contract, day),
        "content": queries.certificate_content(contract, by, day),
    }
