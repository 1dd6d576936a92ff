"""What the evaluation's page and the pages of its moves show, as text."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sme_eval import forms, queries, rules
from sme_eval.enums import CLASS_I, AttachmentKind, CaseState, ChangeState, CheckState
from sme_eval.models import Evaluation
from torch_portal.common.findings import Finding
from torch_portal.common.together import fetch_together
from torch_portal.filings.desk_pages import page as desk
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.queries import live_files
from torch_portal.filings.transitions import Workflow

WAYS = {"score": gettext_lazy("Score"), "direct": gettext_lazy("Direct confirmation")}
ABOVE = {
    "money": "admin/sme_eval/_projects.html",
    "results": "admin/sme_eval/_rights.html",
    "routes": "admin/sme_eval/_routes.html",
}
TABLES = ("projects", "ip_rights", "routes")


def filing_page(evaluation: Evaluation, workflow: Workflow) -> dict[str, Any]:
    """The whole form: facts with findings, score, tables, evidence, corrections, history."""
    filing = evaluation.filing
    fetch_together({evaluation: TABLES, filing: ("attachments", "events")})
    case = queries.case_of(evaluation)
    ruled = queries.form_findings(evaluation, case)
    found = forms.at_entries([*forms.unread_rows(evaluation), *ruled])
    return {
        **brief(evaluation),
        **desk.verdict(found),
        "groups": groups(evaluation, found),
        "whole": [_finding(f) for f in found if not forms.place_of(f.field)],
        "score": forms.shown_score(case),
        "onsite": [trigger.label for trigger in rules.onsite_triggers(case)],
        "conditions": rules.conditions(case),
        "projects": projects(evaluation),
        "rights": rights(evaluation),
        "routes": routes(evaluation, case),
        "evidence": desk.evidence(filing, live_files(filing), dict(AttachmentKind.choices)),
        "about_files": [_finding(f) for f in found if f.field == "attachments"],
        "rounds": desk.rounds(filing, forms.field_label),
        "history": history(evaluation),
        "after": after(evaluation) if evaluation.number else [],
        "label": workflow.labels[filing.state],
    }


def brief(evaluation: Any) -> dict[str, Any]:
    """The evaluation in a few lines: who, which year, until when."""
    return {
        **desk.brief(evaluation),
        "evaluation": evaluation,
        "heading": evaluation.enterprise.name,
        "way": WAYS.get(evaluation.by_route, ""),
        "tone": queries.tone(evaluation.filing.state),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return desk.finding_row(finding, forms.field_label)


def groups(evaluation: Evaluation, found: list[Finding]) -> list[dict[str, Any]]:
    """The score, then what was entered page by page, each finding beside its entry."""
    score = {"title": _("Score"), "key": "score", "above": "admin/sme_eval/_score.html"}
    shown: list[dict[str, Any]] = [score | {"rows": []}]
    for step in forms.STEPS:
        if step.key not in forms.FORM_STEPS:
            continue
        entries = forms.page_entries(evaluation, step.key)
        table = forms.TABLES.get(step.key)
        if table is not None:
            entries.append((table.name, str(table.title), ""))
        shown.append(
            {
                "title": step.label,
                "key": step.key,
                "above": ABOVE.get(step.key, ""),
                "rows": desk.fact_rows(entries, found, {}, forms.field_label),
            }
        )
    return shown


def projects(evaluation: Evaluation) -> dict[str, Any]:
    """The R&D projects and what they sum to."""
    rows = queries.in_order(evaluation.projects.all())
    total = sum(row.cost for row in rows)
    return {
        "rows": [
            {
                "name": row.name,
                "form": row.get_form_display(),
                "cost": queries.ten_thousand(row.cost),
            }
            for row in rows
        ],
        "total": queries.ten_thousand(total),
        "stated": queries.ten_thousand(evaluation.rd_cost),
        "sums": total == evaluation.rd_cost,
    }


def rights(evaluation: Evaluation) -> list[dict[str, Any]]:
    """The rights with their class, and why one does not count on the day of the filing."""
    day = timezone.localdate(evaluation.filed_at or evaluation.filing.created_at)
    products = queries.products(evaluation)
    rows = queries.in_order(evaluation.ip_rights.all())
    return [
        {
            "text": queries.right_text(row),
            "class": "I" if row.kind in CLASS_I else "II",
            "why": rules.why_not_counted(right, day, products) or "",
        }
        for row, right in zip(rows, queries.rights_of(evaluation), strict=True)
    ]


def routes(evaluation: Evaluation, case: rules.Case) -> list[dict[str, Any]]:
    """The claimed ways of direct confirmation with what stops each."""
    rows = queries.in_order(evaluation.routes.all())
    return [
        {
            "text": queries.route_text(row),
            "holds": verdict.holds,
            "problems": [problem.message % problem.values for problem in verdict.problems],
        }
        for row, verdict in zip(rows, case.routes, strict=True)
    ]


def history(evaluation: Evaluation, *, after: int = 0) -> list[dict[str, Any]]:
    """The acts since a version of the cover, newest first."""
    events = desk.events_since(evaluation.filing, after)
    return [desk.history_row(e, act=queries.act_label, tone=queries.tone) for e in events]


def after(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Changes, spot checks and revocations after the entry, with the way to each."""
    words = {
        "change": (_("Change"), ChangeState),
        "spotcheck": (_("Spot check"), CheckState),
        "revocation": (_("Revocation"), CaseState),
    }
    return [
        {
            "what": words[page][0],
            "when": minute(at),
            "state": words[page][1](state).label,
            "url": reverse(f"admin:sme_eval_{page}_change", args=[pk]),
        }
        for page, pk, state, at in queries.matters_after(evaluation)
    ]
