"""The filters of a queue that look at the cover alone."""

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.enums import DivisionLevel, OfficeRole
from torch_portal.accounts.models import Agency, AgencyArea, Division, Jurisdiction, User
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.desk_admin import ChoiceFilter
from torch_portal.filings.enums import Stage
from torch_portal.filings.workload import due_soon

NOBODY = "nobody"


class StateFilter(ChoiceFilter):
    """The states that the tab can hold; no choice where it holds one only."""

    of_queue: ClassVar[Mapping[str, Sequence[str]]] = {}
    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, desk: Any) -> list[tuple[str, Any]]:
        """States by their label."""
        states = self.of_queue.get(desk.current_queue(request).name, ())
        return [(str(s), desk.workflow.labels[s]) for s in states]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Filings in this state."""
        return Q(filing__state=chosen)


class AgencyFilter(ChoiceFilter):
    """The agency, for those who see more than one."""

    title = _("Agency")
    parameter_name = "agency"

    def lookups(self, request: HttpRequest, desk: Any) -> list[tuple[str, Any]]:
        """The agencies of this service within the person's reach."""
        roles = standing(request.user)
        areas = {area for _role, area in roles.jurisdictions}
        own = {agency for _role, agency in roles.agencies}
        if not areas and len(own) < 2:
            return []
        reach = Q(pk__in=own) | Q(jurisdiction_id__in=areas - {None})
        rows = Agency.objects.all() if None in areas else Agency.objects.filter(reach)
        agencies = [a for a in rows.order_by("name") if a.serves(desk.workflow.line)]
        return [(str(a.pk), a.name) for a in agencies] if areas or len(agencies) > 1 else []

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Filings at this agency."""
        return Q(filing__agency_id=chosen)


class DueFilter(ChoiceFilter):
    """How soon a decision is due."""

    title = _("Decide by")
    parameter_name = "due"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """Today, this week, the next thirty days; or soon but not late."""
        return [
            ("soon", _("within three working days")),
            ("today", _("today or earlier")),
            ("week", _("this week or earlier")),
            ("month", _("within 30 days")),
        ]

    def rows(self, request: HttpRequest, chosen: str) -> Q:
        """Open filings due by then; a week ends on Sunday."""
        today = clock.today()
        open_ = Q(filing__stage__in=[Stage.SUBMITTED, Stage.IN_REVIEW])
        if chosen == "soon":
            return open_ & due_soon(request.user, today, "filing__")
        days = {"today": 0, "week": 6 - today.weekday(), "month": 30}[chosen]
        last = today + datetime.timedelta(days=days)
        return open_ & Q(filing__due_on__lte=last)


class FromFigures(ChoiceFilter):
    """A filter that a figure of the dashboard leads here with; drawn only when it is set."""

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """The value of the address with its words, if it makes sense."""
        chosen = str(self.used_parameters.get(self.parameter_name, ""))
        words = self.words(chosen) if chosen else ""
        return [(chosen, words)] if words else []

    def words(self, chosen: str) -> str:
        """What the value is called; "" for one that makes no sense."""
        raise TypeError(f"{type(self).__name__} has no words for {chosen}")


class PlaceFilter(FromFigures):
    """The jurisdiction, for those who see more than one."""

    title = _("Jurisdiction")
    parameter_name = "place"

    def words(self, chosen: str) -> str:
        """Its name."""
        found = Jurisdiction.objects.filter(pk=chosen).first()
        return found.name if found else ""

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Filings there."""
        return Q(filing__jurisdiction_id=chosen)


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


class HandsFilter(FromFigures):
    """In whose hands it is; nobody's too."""

    title = _("In the hands of")
    parameter_name = "hands"

    def words(self, chosen: str) -> str:
        """The name of a reviewer."""
        if chosen == NOBODY:
            return gettext("nobody")
        known = chosen.isdecimal() and len(chosen) < 19
        reviewers = User.objects.filter(appointments__role=OfficeRole.REVIEWER)
        found = reviewers.filter(pk=chosen).first() if known else None
        return found.get_full_name() if found else ""

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Filings in these hands."""
        if chosen == NOBODY:
            return Q(filing__assigned_to__isnull=True)
        return Q(filing__assigned_to_id=chosen)


class InYear(FromFigures):
    """A year (2021) or a month (2021-03)."""

    def words(self, chosen: str) -> str:
        """As it stands in the address."""
        return chosen if re.fullmatch(r"20[0-9]{2}(-(0[1-9]|1[0-2]))?", chosen) else ""

    def within(self, column: str, chosen: str) -> Q:
        """The condition on a column."""
        year, _dash, month = chosen.partition("-")
        found = Q(**{f"{column}__year": int(year)})
        return found & Q(**{f"{column}__month": int(month)}) if month else found


class SentFilter(InYear):
    """When it was submitted."""

    title = _("Submitted in")
    parameter_name = "sent"

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Submitted in the year or month."""
        return self.within("filing__submitted_at", chosen)
