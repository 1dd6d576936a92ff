"""The shapes of the answers, for the description of the API; `shown` makes the data itself."""

from rest_framework import serializers

from contracts.api.entries import ContractEntries
from contracts.enums import State
from torch_portal.certificates.api import CertificateShown, PartsShown
from torch_portal.filings.api.shapes import CoverShown


class RowShown(CoverShown, ContractEntries):
    """One filing in a list: the cover and every entry."""

    state = serializers.ChoiceField(choices=State.choices)
    registration_number = serializers.CharField(allow_null=True)
    recognised_on = serializers.DateField(allow_null=True)
    refusal_grounds = serializers.ListField(child=serializers.CharField())
    technical_yuan = serializers.CharField(allow_null=True)
    fixed_technical_yuan = serializers.CharField(allow_null=True)
    certificate = CertificateShown(allow_null=True)
    classified = None


class ContractShown(PartsShown, RowShown):
    """One filing: also its files, its open corrections and the agencies it can go to."""
