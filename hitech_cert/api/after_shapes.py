"""The shapes of what follows a decision, as the API takes and gives them."""

from decimal import Decimal

from django.utils.translation import gettext as _
from rest_framework import serializers

from hitech_cert.enums.after import (
    CaseState,
    ChangeKind,
    ChangeState,
    RedoGround,
    RedoState,
    ReportState,
)
from hitech_cert.models import AnnualReport, Cancellation, Change, ReExamination
from hitech_cert.rules.annual import BY_NAME
from torch_portal.filings.api.after import CASE_COLUMNS, StatementEntries
from torch_portal.filings.api.entries import Entries
from torch_portal.filings.api.fields import CodeField


class ReportShown(serializers.ModelSerializer):
    """A yearly report; sources: where each figure is from."""

    state = serializers.ChoiceField(choices=ReportState.choices)
    figures = serializers.DictField(child=serializers.CharField())
    sources = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = AnnualReport
        fields = (
            "year", "state", "figures", "sources", "contact", "phone", "listed", "late",
            "saved_version", "saved_at", "submitted_at",
        )  # fmt: skip


class ReportsShown(serializers.Serializer):
    """All yearly reports, newest first."""

    reports = ReportShown(many=True)


class HitechChangeShown(serializers.ModelSerializer):
    """A reported change; before and after: the entry by name."""

    kind = serializers.ChoiceField(choices=ChangeKind.choices)
    state = serializers.ChoiceField(choices=ChangeState.choices)
    before = serializers.DictField(child=serializers.CharField())
    after = serializers.DictField(child=serializers.CharField())

    class Meta:
        model = Change
        fields = (
            "id", "kind", "happened_on", "before", "after", "reason", "late", "state",
            "reported_at", "public_from", "public_to", "decided_at", "answer",
        )  # fmt: skip


class HitechChangesShown(serializers.Serializer):
    """All reported changes, newest first."""

    changes = HitechChangeShown(many=True)


class CancellationShown(serializers.ModelSerializer):
    """A cancellation: announced, answered, decided."""

    state = serializers.ChoiceField(choices=CaseState.choices)
    grounds = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Cancellation
        fields = (*CASE_COLUMNS, "effect_year")


class CancellationsShown(serializers.Serializer):
    """All announced cancellations, newest first."""

    cancellations = CancellationShown(many=True)


class ReExaminationShown(serializers.ModelSerializer):
    """A re-examination; averages as exact fractions."""

    ground = serializers.ChoiceField(choices=RedoGround.choices)
    state = serializers.ChoiceField(choices=RedoState.choices)
    slips = serializers.ListField(child=serializers.DictField(child=serializers.CharField()))

    class Meta:
        model = ReExamination
        fields = (
            "id", "ground", "statement", "slips", "before", "after", "state", "asked_at",
            "decided_at", "answer",
        )  # fmt: skip


class ReExaminationsShown(serializers.Serializer):
    """All re-examinations, newest first."""

    reexaminations = ReExaminationShown(many=True)


class ReportEntries(Entries):
    """Figures of Annex 6 by name, decimal strings; money in 10,000 yuan (万元)."""

    figures = serializers.DictField(
        child=serializers.DecimalField(max_digits=16, decimal_places=2), default=dict
    )
    contact = serializers.CharField(max_length=60, allow_blank=True, default="")
    phone = serializers.CharField(max_length=40, allow_blank=True, default="")
    listed = serializers.CharField(max_length=160, allow_blank=True, default="")

    def validate_figures(self, value: dict[str, Decimal]) -> dict[str, Decimal]:
        """Every name is one of the form."""
        unknown = sorted(set(value) - set(BY_NAME))
        if unknown:
            message = _("The form has no such figure: %(names)s.") % {"names": ", ".join(unknown)}
            raise serializers.ValidationError(message)
        return value


class HitechChangeEntries(Entries):
    """What changed: a name, a seat (six digits), or in words what is different now."""

    kind = CodeField(choices=ChangeKind.choices)
    happened_on = serializers.DateField(input_formats=["%Y-%m-%d"])
    after = serializers.CharField(max_length=400, allow_blank=True, default="")
    reason = serializers.CharField(max_length=400, allow_blank=True, default="")


class RedoEntries(StatementEntries):
    """Which error, and where it stands."""

    ground = CodeField(choices=RedoGround.choices)
