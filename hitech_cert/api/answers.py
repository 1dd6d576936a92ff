"""The shapes of the answers, for the description of the API; `shown` makes the data itself."""

from rest_framework import serializers

from hitech_cert import enums
from hitech_cert.api.entries import NAMES, ApplicationEntries
from torch_portal.certificates.api import CertificateShown, PartsShown
from torch_portal.filings.api.shapes import CoverShown


class BatchNamed(serializers.Serializer):
    """The batch that took an application."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    recommend_by = serializers.DateField()


class ScoreFraction(serializers.Serializer):
    """The average of the panel as the exact fraction."""

    top = serializers.IntegerField()
    bottom = serializers.IntegerField()
    passes = serializers.BooleanField(allow_null=True)


class ApplicationRowShown(CoverShown):
    """One application in a list: the cover and every entry; its tables stand in `One filing`."""

    state = serializers.ChoiceField(choices=enums.State.choices)
    year = serializers.IntegerField()
    channel = serializers.ChoiceField(choices=enums.Channel.choices)
    received_at = serializers.DateTimeField(allow_null=True)
    filed_at = serializers.DateTimeField(allow_null=True)
    batch = BatchNamed(allow_null=True)
    score = ScoreFraction(allow_null=True)
    certificate_number = serializers.CharField(allow_null=True)
    issued_on = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        """With the entries."""
        known = ApplicationEntries().get_fields()
        return super().get_fields() | {name: known[name] for name in NAMES}


class ApplicationShown(PartsShown, ApplicationEntries, ApplicationRowShown):
    """One application: also its tables, files, open corrections, notices, and its bureaus."""

    record = CertificateShown(allow_null=True)


class ConditionShown(serializers.Serializer):
    """One of the eight conditions; ok is null while it is not known."""

    no = serializers.IntegerField()
    ok = serializers.BooleanField(allow_null=True)
    text = serializers.CharField()
    clause = serializers.CharField()
    measures = serializers.ListField(child=serializers.DictField())


class ConditionsShown(serializers.Serializer):
    """The conditions as the rules of its day see them."""

    edition = serializers.CharField()
    conditions = ConditionShown(many=True)


class ExtensionShown(serializers.Serializer):
    """A deadline that was moved."""

    before = serializers.DictField()
    after = serializers.DictField()
    source = serializers.CharField()
    extended_at = serializers.DateTimeField()


class IntakeShown(serializers.Serializer):
    """A batch with the history of its deadlines. status: planned, open or closed."""

    id = serializers.IntegerField()
    jurisdiction = serializers.CharField()
    year = serializers.IntegerField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    recommend_by = serializers.DateField()
    paper_by = serializers.DateField(allow_null=True)
    source = serializers.CharField()
    reply_number = serializers.CharField()
    status = serializers.CharField()
    extensions = ExtensionShown(many=True)
