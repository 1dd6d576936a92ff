"""The shapes of the answers, for the description of the API; `shown` makes the data itself."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from stats import enums
from torch_portal.certificates.api import DocumentShown
from torch_portal.filings.api.shapes import AttachmentShown, CorrectionShown, CoverShown


class RoundShown(serializers.Serializer):
    """A round: days, version, where it stands."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    year = serializers.IntegerField()
    version = serializers.CharField()
    state = serializers.ChoiceField(choices=enums.RoundState.choices)
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    reassign_until = serializers.DateField()
    scan_until = serializers.DateField()


@extend_schema_serializer(many=False)  # one object that holds the list
class RoundsShown(serializers.Serializer):
    """All rounds, newest first."""

    rounds = RoundShown(many=True)


class AssignmentShown(serializers.Serializer):
    """Who has to answer in a round, and which unit is responsible."""

    id = serializers.IntegerField()
    round = serializers.IntegerField()
    credit_code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    exempt = serializers.BooleanField()
    reason = serializers.CharField()
    filing = serializers.IntegerField(allow_null=True)


class SurveyTableShown(serializers.Serializer):
    """A published table; value and respondents null where the cell is left out."""

    id = serializers.IntegerField()
    year = serializers.IntegerField()
    code = serializers.CharField()
    dimension = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    rows = serializers.ListField(child=serializers.DictField())
    digest = serializers.CharField()


@extend_schema_serializer(many=False)  # one object that holds the list
class SurveyTablesShown(serializers.Serializer):
    """All published tables, newest first."""

    tables = SurveyTableShown(many=True)


class ReturnRowShown(CoverShown):
    """One return in a list: the cover, its round, unit and counters."""

    state = serializers.ChoiceField(choices=enums.State.choices)
    round = serializers.IntegerField()
    round_title = serializers.CharField()
    unit = serializers.CharField()
    revision = serializers.IntegerField()
    data_hash = serializers.CharField()
    mandatory = serializers.IntegerField()
    errors = serializers.IntegerField()
    warnings = serializers.IntegerField()
    unexplained = serializers.IntegerField()
    saved_version = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    allowed_moves = serializers.ListField(child=serializers.CharField())
    links = serializers.DictField(child=serializers.CharField())


class ReturnShown(ReturnRowShown):
    """One return: also its values, what could not be read, violated rules, files, corrections."""

    values = serializers.DictField(child=serializers.CharField())
    unread = serializers.DictField(child=serializers.CharField())
    checks = serializers.ListField(child=serializers.DictField())
    attachments = AttachmentShown(many=True)
    corrections = CorrectionShown(many=True)
    documents = DocumentShown(many=True)
