"""Explanations of the rules that a return violates."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stats import permissions, queries
from stats.actions.filling import hold
from stats.enums import Severity
from stats.models import CheckResult, Explanation, Return
from stats.queries.checking import EXPLAIN_CLAUSE, SHORTEST
from stats.rules.entries import one_line
from stats.workflow import WORKFLOW
from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import drafts

LONGEST = 1_000


@transaction.atomic
def explain(*, report: Return, key: str, text: str, by: User, at: datetime.datetime) -> Explanation:
    """Say why the values are right although a rule speaks against them.

    It rests on the values of the last check and is void when one of them changes. Refused when it
    is too short, when the rule is mandatory or not violated, and when the values were changed
    since they were checked.
    """
    permissions.check_may_file(by, report.filing)
    drafts.check_editable(report.filing.state, WORKFLOW)
    hold(report)
    words = one_line(text)
    result = report.results.filter(key=key).first()
    refused = _against(report, result, key, words)
    if refused is not None or result is None:
        raise Refused([refused] if refused else [])
    report.explanations.filter(key=key, voided_at__isnull=True).update(voided_at=at)
    made = Explanation.objects.create(
        report=report,
        key=key,
        text=words,
        values=result.values,
        values_hash=result.values_hash,
        written_at=at,
        written_by=by,
    )
    _count(report)
    return made


def _against(report: Return, result: CheckResult | None, key: str, words: str) -> Finding | None:
    values = {"key": key[:40], "least": SHORTEST, "most": LONGEST, "count": len(words)}
    if result is None or report.data_hash != queries.digest_of(report.data):
        message = _(
            "%(key)s is not among the rules that the last check found, or values were changed "
            "since. Check the return again, then explain."
        )
    elif result.severity == Severity.MANDATORY:
        message = _("%(key)s is mandatory: correct the values, no explanation is taken.")
    elif len(words) < SHORTEST:
        message = _(
            "An explanation of %(count)s characters says too little. Write at least %(least)s: "
            "what happened, and why the values are right."
        )
    elif len(words) > LONGEST:
        message = _("Shorten the explanation to %(most)s characters; it has %(count)s.")
    else:
        return None
    return Finding("explanation", Level.BLOCK, key[:40], message, EXPLAIN_CLAUSE, values)


def _count(report: Return) -> None:
    """How many violated rules are without an explanation now."""
    needed = set(
        report.results.exclude(severity=Severity.MANDATORY).values_list("key", "values_hash")
    )
    held = report.explanations.filter(voided_at__isnull=True).values_list("key", "values_hash")
    report.unexplained = len(needed - set(held))
    Return.objects.filter(pk=report.pk).update(unexplained=report.unexplained)
