"""The shapes of the answers about a filing of any line, and the data in them."""

import datetime
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from torch_portal.common.findings import Finding, blocking
from torch_portal.common.money import plain
from torch_portal.filings.models import Attachment, CorrectionItem, Event, Filing
from torch_portal.filings.transitions import Workflow


class CodeAndName(serializers.Serializer):
    """An office by its code and name."""

    code = serializers.CharField()
    name = serializers.CharField()


class EnterpriseShown(serializers.Serializer):
    """The enterprise that files."""

    credit_code = serializers.CharField()
    name = serializers.CharField()


class CoverShown(serializers.Serializer):
    """Where a filing stands: state, whose turn, until when, and what this person may do now."""

    id = serializers.IntegerField()
    enterprise = EnterpriseShown()
    jurisdiction = serializers.CharField()
    agency = CodeAndName(allow_null=True)
    state = serializers.CharField()
    state_label = serializers.CharField()
    stage = serializers.CharField()
    turn = serializers.CharField(help_text="filer, reviewer or nobody")
    number = serializers.CharField(allow_null=True)
    edition = serializers.CharField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    accepted_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    due_provisional = serializers.BooleanField()
    decided_at = serializers.DateTimeField(allow_null=True)
    saved_version = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    allowed_moves = serializers.ListField(child=serializers.CharField())
    links = serializers.DictField(child=serializers.URLField())


class AttachmentShown(serializers.Serializer):
    """One file of the filing."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    pages = serializers.IntegerField()
    sha256 = serializers.CharField()
    uploaded_at = serializers.DateTimeField()
    url = serializers.URLField()


class AttachmentsShown(serializers.Serializer):
    """Files of the filing."""

    attachments = AttachmentShown(many=True)


class CorrectionShown(serializers.Serializer):
    """One item of the open correction list and what was answered so far."""

    id = serializers.IntegerField()
    round = serializers.IntegerField()
    field = serializers.CharField()
    problem = serializers.CharField()
    remedy = serializers.CharField()
    clause = serializers.CharField()
    answer = serializers.CharField()


class EventShown(serializers.Serializer):
    """One act on the filing; each carries the hash of the one before."""

    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    move = serializers.CharField()
    from_state = serializers.CharField()
    to_state = serializers.CharField()
    note = serializers.CharField()
    data = serializers.DictField()
    edition = serializers.CharField()
    hash = serializers.CharField()


class EventsShown(serializers.Serializer):
    """All acts, oldest first."""

    events = EventShown(many=True)


class FindingShown(serializers.Serializer):
    """One finding of a rule, with the clause it rests on."""

    code = serializers.CharField()
    level = serializers.ChoiceField(choices=["block", "warn", "info"])
    field = serializers.CharField()
    message = serializers.CharField()
    clause = serializers.CharField()


class FindingsShown(serializers.Serializer):
    """Everything the rules say today; `blocked` while one of them stops the submission."""

    findings = FindingShown(many=True)
    blocked = serializers.BooleanField()


def iso(moment: datetime.date | None) -> str | None:
    """ISO 8601, null for none."""
    return moment.isoformat() if moment else None


def entry(value: Any) -> Any:
    """One entry as JSON: figures with two decimals, days ISO."""
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


def cover(filing: Filing, workflow: Workflow) -> dict[str, Any]:
    """Where a filing stands."""
    agency = filing.agency
    return {
        "id": filing.pk,
        "enterprise": {
            "credit_code": filing.enterprise.credit_code,
            "name": filing.enterprise.name,
        },
        "jurisdiction": filing.jurisdiction_id,
        "agency": {"code": agency.code, "name": agency.name} if agency else None,
        "state": filing.state,
        "state_label": str(workflow.labels[filing.state]),
        "stage": filing.stage,
        "turn": filing.owner,
        "number": filing.number,
        "edition": filing.edition,
        "submitted_at": iso(filing.submitted_at),
        "accepted_on": iso(filing.accepted_on),
        "due_on": iso(filing.due_on),
        "due_provisional": filing.due_provisional,
        "decided_at": iso(filing.decided_at),
    }


def attachment(found: Attachment, base: str) -> dict[str, Any]:
    """One file as data."""
    names = ("id", "kind", "name", "content_type", "size", "pages", "sha256")
    return {name: getattr(found, name) for name in names} | {
        "uploaded_at": iso(found.uploaded_at),
        "url": f"{base}{found.filing_id}/attachments/{found.pk}/",
    }


def correction(found: CorrectionItem) -> dict[str, Any]:
    """One item of a correction list as data."""
    told = ("id", "round", "field", "problem", "remedy", "clause", "answer")
    return {name: getattr(found, name) for name in told}


def event(found: Event) -> dict[str, Any]:
    """One act as data."""
    names = ("seq", "move", "from_state", "to_state", "note", "data", "edition", "hash")
    return {name: getattr(found, name) for name in names} | {
        "at": iso(found.at),
        "by": found.by_name,
    }


def findings(found: list[Finding]) -> dict[str, Any]:
    """Findings as data."""
    return {"findings": [f.as_dict() for f in found], "blocked": bool(blocking(found))}
