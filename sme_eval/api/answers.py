"""The shapes of the answers, for the description of the API; `shown` makes the data itself."""

from rest_framework import serializers

from sme_eval import enums
from sme_eval.api.entries import EvaluationEntries, RouteEntry
from torch_portal.certificates.api import CertificateShown, PartsShown
from torch_portal.filings.api.shapes import CoverShown


class RouteShown(RouteEntry):
    """A way of direct confirmation; source: where the portal knew it from, "" when typed."""

    source = serializers.CharField()


class EvaluationRowShown(CoverShown, EvaluationEntries):
    """One evaluation in a list: the cover and every entry.

    points, by_route (score or direct) and direct_routes are as kept when the form was passed.
    """

    state = serializers.ChoiceField(choices=enums.State.choices)
    year = serializers.IntegerField()
    filed_at = serializers.DateTimeField(allow_null=True)
    registration_number = serializers.CharField(allow_null=True)
    entered_on = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    points = serializers.DictField(child=serializers.IntegerField(allow_null=True))
    by_route = serializers.CharField()
    direct_routes = serializers.ListField(child=serializers.CharField())
    routes = RouteShown(many=True)
    proof = CertificateShown(allow_null=True)


class ListedShown(serializers.Serializer):
    """The public list on which it stands or stood."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    ends_on = serializers.DateField(allow_null=True)


class EvaluationShown(PartsShown, EvaluationRowShown):
    """One evaluation: also its files, open corrections, notices, and the agencies it can go to."""

    listed = ListedShown(allow_null=True)


class BandShown(serializers.Serializer):
    """An indicator: its band and points of so many, null where it cannot be worked out.

    percent: the share, rounded for the eye. missing: persons or 10,000 yuan to the next band.
    next: the same in words.
    """

    name = serializers.CharField()
    label = serializers.CharField()
    points = serializers.IntegerField(allow_null=True)
    most = serializers.IntegerField()
    band = serializers.CharField(allow_blank=True)
    percent = serializers.CharField(allow_null=True)
    missing = serializers.CharField(allow_null=True)
    next = serializers.CharField(allow_blank=True)


class BasisShown(BandShown):
    """R&D on one basis."""

    chosen = serializers.BooleanField()


class ScoreShown(serializers.Serializer):
    """The score of article 7: a draft as if filed today, a filed form as it was filed.

    direct: a way of direct confirmation holds, so that the total decides nothing.
    """

    indicators = BandShown(many=True)
    bases = BasisShown(many=True)
    total = serializers.IntegerField(allow_null=True)
    least = serializers.IntegerField()
    direct = serializers.BooleanField()
