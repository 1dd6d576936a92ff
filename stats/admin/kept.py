"""What the desks of questionnaires and check rules share: findings, differences, who and when."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stats.actions.authoring import may_author
from stats.admin.frame import SurveyAdmin
from stats.rules.differences import Difference
from torch_portal.accounts.roles import is_official
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.pages.rows import minute

MOST_SHOWN = 300
ORDER = (Level.BLOCK, Level.WARN, Level.INFO)
ACTS = {
    "added": _("Added"),
    "removed": _("Removed"),
    "changed": _("Changed"),
    "moved": _("Moved"),
}
PARTS = {
    "approval": _("Approval"),
    "version": _("Version"),
    "table": _("Table"),
    "item": _("Item"),
    "list": _("List of choices"),
    "choice": _("Choice"),
    "value": _("Value of the registers"),
    "mark": _("Mark of comparability"),
    "rule": _("Check rule"),
}
COLUMNS = {
    "authority": _("making authority"),
    "approver": _("approving authority"),
    "approval_no": _("approval number"),
    "basis": _("basis"),
    "choices": _("list of choices"),
    "code": _("code"),
    "decimals": _("decimals"),
    "definition_zh": _("definition"),
    "expr": _("expression"),
    "indent": _("indent"),
    "indicator": _("key of the indicator"),
    "kind": _("kind of value"),
    "label_zh": _("label"),
    "least": _("least"),
    "mark": _("mark"),
    "message_zh": _("message"),
    "missing": _("where values are missing"),
    "most": _("most"),
    "name_zh": _("name of the survey"),
    "note": _("note"),
    "order": _("order"),
    "period": _("period"),
    "required": _("required"),
    "scope": _("scope"),
    "section": _("section"),
    "severity": _("severity"),
    "source": _("source document"),
    "starts": _("asked from"),
    "table": _("table"),
    "title_zh": _("title"),
    "tolerance": _("tolerance"),
    "unconfirmed": _("not confirmed"),
    "unit": _("unit"),
    "valid_from": _("valid from"),
    "valid_to": _("valid until"),
    "version": _("version"),
    "visible_if": _("asked for if"),
}


class KeptAdmin(SurveyAdmin):
    """Officials read; those of the whole country write, two of them publish."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials."""
        return is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Officials of the whole country."""
        return may_author(request.user)

    def may_answer(self, request: HttpRequest, row: Any) -> bool:
        """The same; which of them for what is said by the acts."""
        return may_author(request.user)


def shown_differences(found: list[Difference]) -> dict[str, Any]:
    """Differences in words, a bounded number of them, and how many there are."""
    rows = [
        {
            "act": ACTS[each.act],
            "part": PARTS[each.part],
            "place": each.place,
            "column": COLUMNS.get(each.column, each.column),
            "before": each.before,
            "after": each.after,
        }
        for each in found[:MOST_SHOWN]
    ]
    return {"rows": rows, "count": len(found), "more": len(found) - len(rows)}


def shown_findings(found: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings in words, those that stop first."""
    return [each.as_dict() for each in sorted(found, key=lambda each: ORDER.index(each.level))]


def who_and_when(row: Any, name: str) -> str:
    """Who did it and when; "" where nobody did."""
    at, by = getattr(row, f"{name}_at"), getattr(row, f"{name}_by")
    return f"{minute(at)} · {by.get_full_name()}" if at and by else ""
