"""The filters of the queue."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hitech_cert.enums import Channel, FieldGroup, State
from hitech_cert.models import Application, Intake
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.desk_admin import ChoiceFilter
from torch_portal.filings.desk_pages import filters

FIRST_YEAR = 2016
LOCAL = (State.SUBMITTED,)
OPEN = (
    State.SUBMITTED,
    State.RECOMMENDED,
    State.ACCEPTED,
    State.IN_REVIEW,
    State.SCORED,
    State.PROPOSED,
    State.REPORTED,
)
LISTED = (State.PROPOSED, State.LOCAL_PUBLICITY, State.REPORTED, State.NATIONAL_PUBLICITY)
REFUSED = (State.NOT_ACCEPTED, State.NOT_RECOGNISED)
ENDED = (State.CANCELLATION_NOTICED, State.CANCELLED, State.EXPIRED)


class StateFilter(filters.StateFilter):
    """The states of this line."""

    of_queue = {
        "open": (State.SUBMITTED, State.RECOMMENDED),
        "mine": OPEN,
        "overdue": OPEN,
        "listed": LISTED,
        "refused": REFUSED,
        "ended": ENDED,
        "all": tuple(s for s in State if s != State.DRAFT),
    }


class YearFilter(ChoiceFilter):
    """The year of application."""

    title = _("Year")
    parameter_name = "year"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """From the first year of the measures on, newest first."""
        years = range(clock.today().year, FIRST_YEAR - 1, -1)
        return [(str(year), str(year)) for year in years]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Applications of this year."""
        return Q(year=int(chosen))


class BatchFilter(ChoiceFilter):
    """The batch, the newest of the places that the person works in first."""

    title = _("Batch")
    parameter_name = "batch"
    most = 60

    def lookups(self, request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """Batches by their title."""
        roles = standing(request.user)
        areas = {area for _role, area in roles.jurisdictions}
        agencies = [agency for _role, agency in roles.agencies]
        rows = Intake.objects.all()
        if None not in areas:
            there = Q(jurisdiction__in=areas) | Q(jurisdiction__agencies__in=agencies)
            rows = rows.filter(there).distinct()
        newest = rows.order_by("-year", "-number", "pk")[: self.most]
        return [(str(pk), title) for pk, title in newest.values_list("pk", "title")]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Applications of this batch."""
        return Q(intake_id=int(chosen))


class FieldFilter(ChoiceFilter):
    """The technology field of the first level: eight of them."""

    title = _("Technology field")
    parameter_name = "field"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """By the catalogue (国科发火〔2016〕32号 附件)."""
        return list(FieldGroup.choices)

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Of the field or one below it."""
        return Q(core_field_code__startswith=f"{chosen}.") | Q(core_field_code=chosen)


class ChannelFilter(ChoiceFilter):
    """How it came in."""

    title = _("Came in")
    parameter_name = "channel"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """Online or by e-mail."""
        return list(Channel.choices)

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Applications that came in this way."""
        return Q(channel=chosen)


def field_name(application: Application) -> str:
    """The first-level field of an application, "" before it is named."""
    code = application.core_field_code.partition(".")[0]
    return str(FieldGroup(code).label) if code in FieldGroup.values else ""
