"""The filters of the queue."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.enums import Field, Kind, State
from torch_portal.common.desk_admin import ChoiceFilter
from torch_portal.filings.desk_pages import filters
from torch_portal.filings.desk_pages.filters import (
    FromFigures,
    HandsFilter,
    InYear,
    PlaceFilter,
    SentFilter,
)

OF_QUEUE = {
    "open": (State.SUBMITTED, State.ACCEPTED, State.SECOND_REVIEW),
    "mine": (State.SUBMITTED, State.ACCEPTED, State.SECOND_REVIEW),
    "overdue": (State.SUBMITTED, State.ACCEPTED, State.SECOND_REVIEW),
    "corrected": (State.SUBMITTED, State.ACCEPTED, State.SECOND_REVIEW),
    "decided": (
        State.RECOGNISED,
        State.REVOCATION_NOTICED,
        State.REFUSED,
        State.NOT_ACCEPTED,
        State.DEREGISTERED,
        State.REVOKED,
    ),
    "all": tuple(s for s in State if s != State.DRAFT),
}


class StateFilter(filters.StateFilter):
    """The states of this line."""

    of_queue = OF_QUEUE


class KindFilter(ChoiceFilter):
    """The kind of contract."""

    title = _("Kind")
    parameter_name = "kind"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """The five kinds."""
        return list(Kind.choices)

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Contracts of this kind."""
        return Q(kind=chosen)


class FieldFilter(FromFigures):
    """The technology field."""

    title = _("Technology field")
    parameter_name = "field"

    def words(self, chosen: str) -> str:
        """The field's name."""
        return str(dict(Field.choices).get(chosen, ""))

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Contracts of this field."""
        return Q(tech_field=chosen)


class RegisteredFilter(InYear):
    """When it was registered, of those in force."""

    title = _("Registered, in force, in")
    parameter_name = "registered"

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Registered in the year or month and still in force."""
        in_force = [State.RECOGNISED, State.REVOCATION_NOTICED]
        return self.within("recognised_on", chosen) & Q(filing__state__in=in_force)


FROM_FIGURES = (FieldFilter, PlaceFilter, HandsFilter, SentFilter, RegisteredFilter)
