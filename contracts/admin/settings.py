"""What officials set for technology contracts: limits and thresholds, ready-made words, letters."""

import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from contracts import queries
from contracts.actions.letters import KINDS, PLACES
from contracts.forms import entry_choices
from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.accounts.changes.desk import ReasonedForm, RecordedAdmin
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import governs, is_official, is_operator, standing
from torch_portal.common import clock, money
from torch_portal.filings.enums import LocalKind, Stage
from torch_portal.filings.models import LocalRule, ReadyText
from torch_portal.notices.models import LetterTemplate
from torch_portal.notices.wording import check_words

READY_FOR = (
    ("return_for_correction", _("Correction lists")),
    ("refuse", _("Refusals")),
    ("decline", _("Other reasons: not accepted, deregistered, revoked")),
    ("fix_technical_amount", _("Technical amounts fixed")),
)
OPEN = (Stage.SUBMITTED, Stage.IN_REVIEW, Stage.CORRECTING)


class LineSettingAdmin(RecordedAdmin):
    """Officials set where they govern, operators everywhere; nothing is deleted, it ends."""

    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """National rows and those of the person's own areas; operators see all."""
        rows: QuerySet[Any] = super().get_queryset(request).select_related("jurisdiction")
        if is_operator(request.user) or governs(request.user, None):
            return rows
        areas = [a for _role, a in standing(request.user).jurisdictions]
        return rows.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction_id__in=areas))

    @admin.display(description=_("jurisdiction"), ordering="jurisdiction_id")
    def area(self, row: Any) -> Any:
        """Where it counts."""
        return row.jurisdiction or _("The whole country")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials and operators."""
        return is_operator(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Officials and operators; the form offers their areas only."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Where the person governs."""
        if obj is None:
            return self.has_view_permission(request)
        return self.may_settle(request.user, obj.jurisdiction_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what counted stays on record."""
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        """The areas in which this person may set something."""
        field = super().formfield_for_foreignkey(db_field, request, **more)
        if field is not None and not self.may_settle(request.user, None):
            areas = [a for _role, a in standing(request.user).jurisdictions if a]
            field.queryset = field.queryset.filter(pk__in=areas)
            field.required = True
            field.help_text = ""
            if len(set(areas)) == 1:
                field.initial = areas[0]
        return field


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
class LocalRuleAdmin(LineSettingAdmin):
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


class ReadyTextForm(LineForm):
    """Words with the page on which they are offered."""

    move = forms.ChoiceField(
        label=_("offered with"), choices=READY_FOR, widget=UnfoldAdminSelectWidget
    )
    field = forms.ChoiceField(label=_("entry"), required=False, widget=UnfoldAdminSelectWidget)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "field" in self.fields:
            self.fields["field"].choices = entry_choices()  # type: ignore[attr-defined]


@admin.register(ReadyText)
class ReadyTextAdmin(LineSettingAdmin):
    """Ready-made correction items and reasons."""

    form = ReadyTextForm
    recorded = ("line", "move", "jurisdiction", "title", "text", "field", "clause", "active")
    fields = [*recorded[1:], "reason"]
    list_display = ["title", "offered_with", "area", "text", "active"]
    list_filter = ["active"]
    search_fields = ["title", "text"]
    ordering = ["move", "title", "pk"]

    @admin.display(description=_("offered with"), ordering="move")
    def offered_with(self, text: ReadyText) -> Any:
        """The page of the move."""
        return dict(READY_FOR).get(text.move, text.move)


class LetterTemplateForm(ReasonedForm):
    """The words of a letter, with the placeholders that stand for its facts."""

    kind = forms.ChoiceField(
        label=_("letter"), choices=list(KINDS.items()), widget=UnfoldAdminSelectWidget
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "body" in self.fields:
            names = ", ".join(f"{{{name}}}" for name in (*PLACES, "text"))
            words = _("Known here: %(names)s. {text} is the portal's own text and has to stay.")
            self.fields["body"].help_text = words % {"names": names}

    def clean(self) -> dict[str, Any]:
        """Every placeholder is known, and the portal's own text has its place."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "subject" in cleaned and "body" in cleaned:
            check_words(cleaned["subject"], cleaned["body"], PLACES)
        return cleaned


@admin.register(LetterTemplate)
class LetterTemplateAdmin(LineSettingAdmin):
    """Letters in the words of a jurisdiction."""

    form = LetterTemplateForm
    recorded = ("kind", "jurisdiction", "subject", "body", "active")
    fields = [*recorded, "reason"]
    list_display = ["letter", "area", "subject", "active"]
    ordering = ["kind", "pk"]

    @admin.display(description=_("letter"), ordering="kind")
    def letter(self, template: LetterTemplate) -> Any:
        """Which letter."""
        return KINDS.get(template.kind, template.kind)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Which letter and where is settled when it is made."""
        return ["jurisdiction"] if obj else []


__all__ = ["LetterTemplateAdmin", "LocalRuleAdmin", "ReadyTextAdmin"]
