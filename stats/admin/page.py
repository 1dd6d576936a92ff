"""What the desk's page of a return shows, as text: values, rules, outliers, files, history."""

from typing import Any

from django.utils.translation import gettext as _

from stats import queries
from stats.editions.quality import CHANGES
from stats.enums import AttachmentKind, Severity
from stats.enums.quality import OutlierKind
from stats.models import Return
from stats.queries import quality as desk
from stats.queries.outliers import figure, standing_of
from stats.rules import quality
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.desk_pages import page as shared
from torch_portal.filings.queries import live_files
from torch_portal.filings.transitions import Workflow

WEIGHTS = {
    Severity.MANDATORY: Level.BLOCK, Severity.ERROR: Level.WARN, Severity.WARNING: Level.WARN,
}  # fmt: skip
MARKED = CHANGES[-1][0]  # a change from this share on is set in bold


def return_page(report: Return, workflow: Workflow) -> dict[str, Any]:
    """The whole return for a level of review, read only."""
    filing = report.filing
    checks = checks_of(report)
    return {
        **brief(report),
        "counts": _counts(report),
        "returnable": bool(checks),
        "groups": groups(report),
        "whole": [],
        "checks": checks,
        "outliers": outliers_of(report),
        "parts": parts_of(report),
        "evidence": shared.evidence(filing, live_files(filing), dict(AttachmentKind.choices)),
        "about_files": _scan(report),
        "rounds": shared.rounds(filing, lambda name: queries.entry_label(report, name)),
        "history": history(report),
        "label": workflow.labels[filing.state],
    }


def brief(report: Any) -> dict[str, Any]:
    """The return in a few lines: who, which round, whose."""
    return {
        **shared.brief(report),
        "report": report,
        "heading": report.enterprise.name,
        "tone": queries.tone(report.filing.state),
    }


def _counts(report: Return) -> list[tuple[str, int]]:
    return [
        (str(Level.BLOCK), report.mandatory),
        (str(Level.WARN), report.errors + report.warnings),
        (str(Level.INFO), 0),
    ]


def groups(report: Return) -> list[dict[str, Any]]:
    """The tables of the form: code, name, unit, this year, last year, change."""
    before = queries.last_year(report)
    violated = {row.field for row in queries.stored(report)}
    instrument = queries.version_of(report.round)
    return [
        {
            "title": f"{table.code} {table.title_zh}",
            "key": table.code,
            "above": "admin/stats/_values.html",
            "values": [
                _value(report, item, before.get(item.code, ""), item.code in violated)
                for item in table.items
            ],
            "rows": [],
        }
        for table in instrument.tables
    ]


def _value(report: Return, item: Any, before: str, violated: bool) -> dict[str, Any]:
    instrument = queries.version_of(report.round)
    share = quality.change(figure(report.data, item.code), figure({item.code: before}, item.code))
    return {
        "code": item.code,
        "label": item.label_zh,
        "indent": item.indent,
        "unit": item.unit,
        "now": queries.in_words(item, instrument, report.data.get(item.code, "")),
        "before": queries.in_words(item, instrument, before),
        "change": desk.percent(share) if share is not None else "",
        "far": share is not None and abs(share) >= MARKED,
        "violated": violated,
    }


def checks_of(report: Return) -> list[dict[str, Any]]:
    """The violated rules with what the respondent says to each."""
    return [
        {**row, "label": Severity(row["severity"]).label, "grave": row["severity"] != "warning"}
        for row in queries.check_table(report)
    ]


def outliers_of(report: Return) -> list[dict[str, Any]]:
    """What lies far off, and what was found out about it."""
    items = queries.items_of(report.round.version)
    rows = report.outliers.select_related("seen_by").order_by("kind", "code")
    return [
        {
            "row": row,
            "kind": OutlierKind(row.kind).label,
            "now": desk.eye(row.now),
            "before": desk.eye(row.before) if row.kind == OutlierKind.SPREAD else "",
            **desk.outlier_words(row, items),
        }
        for row in rows
    ]


def parts_of(report: Return) -> list[tuple[str, int]]:
    """Of what the risk is made."""
    words = {
        "errors": _("errors"),
        "warnings": _("warnings"),
        "size": _("revenue of 200 million yuan or more"),
        "change": _("change of revenue since last year"),
        "outlier": _("outlier that nobody looked at"),
    }
    return [(str(words[k]), n) for k, n in quality.risk(standing_of(report)).items()]


def _scan(report: Return) -> list[dict[str, Any]]:
    """A hint while the signed scan of this revision is missing."""
    if report.scan_due_on is None or report.scans.filter(revision=report.revision).exists():
        return []
    message = _("The signed scan of revision %(revision)s is awaited until %(until)s.")
    values = {"revision": report.revision, "until": report.scan_due_on.isoformat()}
    finding = Finding("scan", Level.INFO, "attachments", message, "", values)
    return [shared.finding_row(finding, lambda _name: "")]


def history(report: Return, *, after: int = 0) -> list[dict[str, Any]]:
    """The acts since a version of the cover, newest first."""
    events = report.filing.events.filter(seq__gt=after).order_by("-seq")
    return [shared.history_row(e, act=queries.act_label, tone=queries.tone) for e in events]
