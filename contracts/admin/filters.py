"""The filters of the queue."""

import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.enums import Kind, State
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import Agency
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.desk_admin import ChoiceFilter
from torch_portal.filings.enums import Stage

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


class StateFilter(ChoiceFilter):
    """The states that the tab can hold; no choice where it holds one only."""

    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, desk: Any) -> list[tuple[str, Any]]:
        """States by their label."""
        states = OF_QUEUE.get(desk.current_queue(request).name, ())
        return [(s.value, WORKFLOW.labels[s]) for s in states]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Filings in this state."""
        return Q(filing__state=chosen)


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


class AgencyFilter(ChoiceFilter):
    """The agency, for those who see more than one."""

    title = _("Agency")
    parameter_name = "agency"

    def lookups(self, request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """The agencies within the person's reach."""
        roles = standing(request.user)
        areas = {area for _role, area in roles.jurisdictions}
        own = {agency for _role, agency in roles.agencies}
        if not areas and len(own) < 2:
            return []
        reach = Q(pk__in=own) | Q(jurisdiction_id__in=areas - {None})
        agencies = Agency.objects.all() if None in areas else Agency.objects.filter(reach)
        return [(str(pk), name) for pk, name in agencies.order_by("name").values_list("pk", "name")]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Filings at this agency."""
        return Q(filing__agency_id=chosen)


class DueFilter(ChoiceFilter):
    """How soon a decision is due."""

    title = _("Decide by")
    parameter_name = "due"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """Today, this week, the next thirty days."""
        return [
            ("today", _("today or earlier")),
            ("week", _("this week or earlier")),
            ("month", _("within 30 days")),
        ]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Open filings due by then; a week ends on Sunday."""
        today = clock.today()
        days = {"today": 0, "week": 6 - today.weekday(), "month": 30}[chosen]
        last = today + datetime.timedelta(days=days)
        open_ = Q(filing__stage__in=[Stage.SUBMITTED, Stage.IN_REVIEW])
        return open_ & Q(filing__due_on__lte=last)
