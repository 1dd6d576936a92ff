"""The shapes of the answers, for the description of the API; `shown` makes the data itself."""

from rest_framework import serializers

from contracts.api.entries import ContractEntries
from contracts.enums import State
from torch_portal.certificates.api import CertificateShown, DocumentShown
from torch_portal.filings.api.shapes import (
    AttachmentShown,
    CodeAndName,
    CorrectionShown,
    EnterpriseShown,
)


class CoverShown(serializers.Serializer):
    """Where a filing stands: state, whose turn, until when, and what this person may do now."""

    id = serializers.IntegerField()
    enterprise = EnterpriseShown()
    jurisdiction = serializers.CharField()
    agency = CodeAndName(allow_null=True)
    state = serializers.ChoiceField(choices=State.choices)
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
    registration_number = serializers.CharField(allow_null=True)
    recognised_on = serializers.DateField(allow_null=True)
    refusal_grounds = serializers.ListField(child=serializers.CharField())
    saved_version = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    technical_yuan = serializers.CharField(allow_null=True)
    fixed_technical_yuan = serializers.CharField(allow_null=True)
    certificate = CertificateShown(allow_null=True)
    allowed_moves = serializers.ListField(child=serializers.CharField())
    links = serializers.DictField(child=serializers.URLField())


class RowShown(CoverShown, ContractEntries):
    """One filing in a list: the cover and every entry."""

    classified = None


class ContractShown(RowShown):
    """One filing: also its files, its open corrections and the agencies it can go to."""

    attachments = AttachmentShown(many=True)
    corrections = CorrectionShown(many=True)
    documents = DocumentShown(many=True)
    agencies = CodeAndName(many=True)
