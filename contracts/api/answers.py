"""The shapes of the answers, for the description of the API; `shown` makes the data itself."""

from rest_framework import serializers

from contracts.api.entries import ContractEntries
from contracts.enums import State
from torch_portal.certificates.enums import DocumentKind


class CodeAndName(serializers.Serializer):
    """An office by its code and name."""

    code = serializers.CharField()
    name = serializers.CharField()


class EnterpriseShown(serializers.Serializer):
    """The enterprise that files."""

    credit_code = serializers.CharField()
    name = serializers.CharField()


class CertificateShown(serializers.Serializer):
    """The newest certificate; the file is there once it is ready."""

    number = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.CharField()
    verify_url = serializers.URLField()
    ready = serializers.BooleanField()


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


class DocumentShown(serializers.Serializer):
    """A receipt or notice that was given; its file stands at `url` once a worker made it."""

    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    number = serializers.CharField()
    issued_at = serializers.DateTimeField()
    url = serializers.URLField()


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


class MakingShown(serializers.Serializer):
    """How far the file of a certificate is."""

    number = serializers.CharField()
    making = serializers.CharField()
    attempts = serializers.IntegerField()
    ready = serializers.BooleanField()


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
