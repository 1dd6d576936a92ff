"""What may be sent about a return; every name that is not known is refused."""

from rest_framework import serializers

from torch_portal.filings.api.entries import Entries

MOST_VALUES = 1_000


class NewReturn(Entries):
    """The assignment to answer, an id of /api/v1/stats/assignments/."""

    assignment = serializers.IntegerField(min_value=1)


class ValueEntries(Entries):
    """Values by the code of their item, as texts in the unit of the item ("" for a blank).

    Codes that are not named stay as they are.
    """

    values = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=2_000, trim_whitespace=False)
    )

    def validate_values(self, sent: dict[str, str]) -> dict[str, str]:
        """At most as many as a form can have."""
        if len(sent) > MOST_VALUES:
            raise serializers.ValidationError(f"At most {MOST_VALUES} values.")
        return sent


class ExplainEntries(Entries):
    """The key of a violated rule, and why the values are right although it speaks against them."""

    key = serializers.CharField(max_length=40)
    text = serializers.CharField(max_length=2_000, allow_blank=True)


class ScanEntries(Entries):
    """The signed and stamped scan."""

    file = serializers.ListField(child=serializers.FileField(), min_length=1, max_length=1)
