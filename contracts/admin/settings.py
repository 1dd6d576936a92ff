"""What officials set for technology contracts: limits and thresholds."""

import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts import queries
from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.accounts.changes.desk import ReasonedForm
from torch_portal.accounts.changes.places import PlacedAdmin
from torch_portal.accounts.recorded import Change
from torch_portal.common import clock, money
from torch_portal.filings.enums import LocalKind, Stage
from torch_portal.filings.models import LocalRule

OPEN = (Stage.SUBMITTED, Stage.IN_REVIEW, Stage.CORRECTING)


class LineForm(ReasonedForm):
    """A setting of this line: the line is known and stands in the constraints."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.line = WORKFLOW.line

    def _get_validation_exclusions(self) -> set[str]:
        found: set[str] = super()._get_validation_exclusions()
        return found - {"line"}


class LocalRuleForm(LineForm):
    """A limit or threshold that counts from a day to come: what was decided stays as it was."""

    def clean_since(self) -> datetime.date:
        """Not before today."""
        return self._to_come("since")

    def clean_until(self) -> datetime.date | None:
        """Not before today."""
        return self._to_come("until") if self.cleaned_data["until"] else None

    def _to_come(self, name: str) -> datetime.date:
        day: datetime.date = self.cleaned_data[name]
        if name in self.changed_data and day < clock.today():
            raise ValidationError(_("Filings of the past stay as they were: choose a day to come."))
        return day


@admin.register(LocalRule)
class LocalRuleAdmin(PlacedAdmin):
    """Review limits and thresholds of places, over the editions; a second person confirms each."""

    form = LocalRuleForm
    recorded = (
        "line", "kind", "jurisdiction", "binds_cities", "since", "until", "days", "expert_days",
        "unit", "amount", "threshold_yuan", "source",
    )  # fmt: skip
    FIXED: ClassVar[tuple[str, ...]] = tuple(
        n for n in recorded if n not in ("line", "until", "source")
    )
    fields = [*recorded[1:], "reason"]
    list_display = ["kind", "area", "since", "until", "figure", "source"]
    list_filter = ["kind"]
    ordering = ["-since", "pk"]

    @admin.display(description=_("limit or threshold"))
    def figure(self, rule: LocalRule) -> str:
        """The number in words."""
        if rule.kind == LocalKind.REVIEW_LIMIT:
            return f"{rule.days} {rule.get_unit_display()}"
        return f"{money.display(rule.threshold_yuan or Decimal(0))} ({rule.get_amount_display()})"

    def is_grave(self, before: Any, after: Any) -> bool:
        """Always: it decides by when and by whom filings are decided."""
        return True

    def get_readonly_fields(self, request: HttpRequest, obj: LocalRule | None = None) -> Any:
        """A rule that is there can end; another number is another row."""
        return self.FIXED if obj else ()

    def effects(self, change: Change) -> list[str]:
        """How many open filings lie there, and what counts for those to come."""
        area = change.jurisdiction_id
        rows = Contract.objects.filter(filing__stage__in=OPEN)
        rows = rows.filter(filing__jurisdiction_id=area) if area else rows
        words = _(
            "%(count)s filings are open there now; they keep the limit and threshold of the day "
            "on which they were accepted."
        )
        return [words % {"count": rows.count()}, *self._now(change)]

    def _now(self, change: Change) -> list[str]:
        day = datetime.date.fromisoformat(change.after["since"])
        place = change.jurisdiction_id or ""
        edition = queries.edition_on(day, place)
        limit, review = edition.review_limit(place, day), edition.second_review_in(place)
        found = [
            _("Without this change the limit there on %(day)s is %(days)s days (%(clause)s).")
            % {"day": day, "days": limit.days, "clause": limit.clause}
        ]
        if review is not None:
            found.append(
                _("Without this change two reviewers are needed from %(yuan)s yuan (%(clause)s).")
                % {"yuan": money.display(review.threshold_yuan), "clause": review.clause}
            )
        return found
