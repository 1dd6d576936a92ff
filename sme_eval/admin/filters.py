"""The filters of the queue."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sme_eval import editions, queries
from sme_eval.enums import Onsite, State
from torch_portal.common import clock
from torch_portal.common.desk_admin import ChoiceFilter
from torch_portal.filings.desk_pages import filters

OPEN = (State.SUBMITTED, State.PASSED)


class StateFilter(filters.StateFilter):
    """The states of this line."""

    of_queue = {"mine": OPEN, "all": tuple(s for s in State if s != State.DRAFT)}


class YearFilter(ChoiceFilter):
    """The year of evaluation."""

    title = _("Year")
    parameter_name = "year"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """The years with a rule set, newest first."""
        years = [e.year for e in editions.EDITIONS if e.year <= clock.today().year]
        return [(str(year), str(year)) for year in reversed(years)]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Evaluations of this year."""
        return Q(year=int(chosen))


class WayFilter(ChoiceFilter):
    """By which way the form was found in order."""

    title = _("Confirmed by")
    parameter_name = "way"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """The score or a direct route."""
        return [("score", _("Score")), ("direct", _("Direct confirmation"))]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """As kept when the form review was passed."""
        return Q(by_route=chosen)


class OnsiteFilter(ChoiceFilter):
    """What makes the agency look on site."""

    title = _("On-site check")
    parameter_name = "onsite"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """The triggers."""
        return list(Onsite.choices)

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Evaluations that set it off by the rules of their year."""
        return queries.onsite_rows(chosen)
