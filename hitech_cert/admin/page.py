"""What the application's page and the pages of its moves show, as text."""

from typing import Any

from django.utils.translation import gettext as _

from hitech_cert import forms, queries
from hitech_cert.admin import tables
from hitech_cert.admin.filters import field_name
from hitech_cert.enums import AttachmentKind, Channel
from hitech_cert.forms.moves import at_entries
from hitech_cert.forms.overview import TABLES_OF
from hitech_cert.forms.shown import indicators, shown_conditions
from hitech_cert.models import Application
from hitech_cert.rules import Case, Tables, examine
from torch_portal.common.findings import Finding
from torch_portal.filings.desk_pages import page as desk
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.queries import live_files
from torch_portal.filings.transitions import Workflow
from torch_portal.filings.wording import long_date

TABLE = "admin/hitech_cert/_tables.html"
NOT_SHOWN = ("files", "review")


def filing_page(application: Application, workflow: Workflow) -> dict[str, Any]:
    """The whole form: conditions and figures, entries and tables with findings, evidence."""
    filing = queries.fetch_tables(application, "attachments", "events").filing
    stated = queries.tables_of(application)
    case = examine(queries.facts_from(application, stated), queries.edition_of(application))
    ruled = queries.form_findings(application, stated, case)
    found = at_entries(application, [*forms.unread_of(application), *ruled])
    return {
        **brief(application),
        **desk.verdict(found),
        "groups": groups(application, stated, case, found),
        "whole": [_finding(f) for f in found if not f.field],
        "conditions": list(shown_conditions(case)),
        "indicators": list(indicators(case)),
        "computed": list(forms.computed(application, case)),
        "evidence": desk.evidence(filing, live_files(filing), dict(AttachmentKind.choices)),
        "about_files": [_finding(f) for f in found if f.field == "attachments"],
        "rounds": desk.rounds(filing, forms.field_label),
        "history": history(application),
        "label": workflow.labels[filing.state],
    }


def brief(application: Any) -> dict[str, Any]:
    """The application in a few lines: who, which batch, until when."""
    intake = application.intake
    return {
        **desk.brief(application),
        "application": application,
        "heading": application.enterprise.name,
        "field_name": field_name(application),
        "batch": intake.title if intake else "",
        "batch_day": long_date(intake.recommend_by) if intake else "",
        "by_email": application.channel == Channel.EMAIL,
        "received": minute(application.received_at) if application.received_at else "",
        "score": score(application),
        "tone": queries.tone(application.filing.state),
    }


def score(application: Application) -> str:
    """The average of the panel as the exact fraction, "" before it is there."""
    if application.score_top is None:
        return ""
    whole, rest = divmod(application.score_top, application.score_bottom or 1)
    fraction = f" {rest}/{application.score_bottom}" if rest else ""
    return f"{whole}{fraction}"


def _finding(finding: Finding) -> dict[str, Any]:
    return desk.finding_row(finding, forms.field_label)


def groups(
    application: Application, stated: Tables, case: Case, found: list[Finding]
) -> list[dict[str, Any]]:
    """The conditions, then what was entered page by page, each finding beside its entry."""
    conditions = "admin/hitech_cert/_conditions.html"
    shown: list[dict[str, Any]] = [
        {"title": _("Conditions and figures"), "key": "conditions", "above": conditions, "rows": []}
    ]
    text = tables.tables(application, stated)
    for step in forms.STEPS:
        if step.key in NOT_SHOWN:
            continue
        entries = forms.page_entries(application, step.key)
        names = TABLES_OF.get(step.key, ())
        entries += [(name, str(forms.TABLE_TITLES[name]), "") for name in names]
        shown.append(
            {
                "title": step.label,
                "key": step.key,
                "above": TABLE if names else "",
                "tables": [text[name] for name in names],
                "rows": desk.fact_rows(entries, found, {}, forms.field_label),
            }
        )
    return shown


def history(application: Application, *, after: int = 0) -> list[dict[str, Any]]:
    """The acts since a version of the cover, newest first."""
    events = desk.events_since(application.filing, after)
    return [desk.history_row(e, act=queries.act_label, tone=queries.tone) for e in events]
