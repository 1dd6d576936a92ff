"""The filters of the queue."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sme_eval import editions, queries
from sme_eval.enums import Onsite, State
from torch_portal.accounts.enums import DivisionLevel
from torch_portal.accounts.models import AgencyArea, Division
from torch_portal.accounts.roles import standing
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


class DivisionFilter(ChoiceFilter):
    """The county or district of the seat, within one province or the areas of an agency."""

    title = _("County or district")
    parameter_name = "division"

    def lookups(self, request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """Those of the person's place; none for the whole country or several provinces."""
        roles = standing(request.user)
        areas = {area for _role, area in roles.jurisdictions}
        if None in areas or len(areas) > 1:
            return []
        agencies = [agency for _role, agency in roles.agencies]
        own = AgencyArea.objects.filter(agency__in=agencies).values_list("prefix", flat=True)
        within = [Q(code__startswith=prefix) for prefix in (areas or own)]
        rows = Division.objects.filter(
            reduce(or_, within, Q(pk__in=[])), valid_to=None, level=DivisionLevel.COUNTY
        )
        return list(rows.order_by("code").values_list("code", "path"))

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Enterprises with their seat there."""
        return Q(enterprise__division=chosen)


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
