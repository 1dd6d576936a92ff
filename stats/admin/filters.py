"""The filters of the queue."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stats.enums import State
from stats.models import Round
from torch_portal.common.desk_admin import ChoiceFilter
from torch_portal.filings.desk_pages import filters

SHOWN = tuple(s for s in State if s not in (State.DRAFT, State.CHECKED))


class StateFilter(filters.StateFilter):
    """The states of this line."""

    of_queue = {"open": SHOWN, "elsewhere": SHOWN, "outliers": SHOWN, "all": SHOWN}


class RoundFilter(ChoiceFilter):
    """The round."""

    title = _("Round")
    parameter_name = "round"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """All rounds, newest first."""
        rows = Round.objects.order_by("-year", "-pk").values_list("pk", "title")
        return [(str(pk), title) for pk, title in rows]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """Returns of this round."""
        return Q(round_id=chosen)


class FindingFilter(ChoiceFilter):
    """What the rules say of it."""

    title = _("Errors, warnings")
    parameter_name = "found"

    def lookups(self, _request: HttpRequest, _desk: Any) -> list[tuple[str, Any]]:
        """With errors, with warnings alone, without any."""
        return [
            ("errors", _("with errors")),
            ("warnings", _("with warnings alone")),
            ("none", _("without any")),
        ]

    def rows(self, _request: HttpRequest, chosen: str) -> Q:
        """By the counters of the last check."""
        if chosen == "errors":
            return Q(errors__gt=0)
        return Q(errors=0, warnings__gt=0) if chosen == "warnings" else Q(errors=0, warnings=0)
