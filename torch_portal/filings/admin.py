"""The working-day calendar where it differs from the published one, and the access log."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.roles import is_official, is_operator, standing
from torch_portal.common import clock
from torch_portal.common.desk_admin import CappedPaginator, ExportedList
from torch_portal.common.findings import Refused
from torch_portal.filings import ratings
from torch_portal.filings.absence_admin import AbsenceAdmin
from torch_portal.filings.lookup_admin import RegistryLookupAdmin
from torch_portal.filings.models import Access, CalendarDay, Rating
from torch_portal.filings.qualification_admin import QualificationAdmin

__all__ = [
    "AbsenceAdmin",
    "CalendarDayAdmin",
    "QualificationAdmin",
    "RegistryLookupAdmin",
    "may_set",
]


def may_set(user: Any, jurisdiction_id: str | None) -> bool:
    """Operators everywhere; officials in their own jurisdiction, None being the whole country."""
    offices = standing(user).jurisdictions
    national = (OfficeRole.OFFICIAL, None) in offices
    return is_operator(user) or national or (OfficeRole.OFFICIAL, jurisdiction_id) in offices


@admin.register(CalendarDay)
class CalendarDayAdmin(RecordedAdmin):
    """Days worked or not, by document. A change moves due dates that are set from then on."""

    recorded = ("day", "is_workday", "name", "source", "jurisdiction")
    list_display = ["day", "name", "is_workday", "area", "source"]
    list_select_related = ["jurisdiction"]
    list_filter = ["is_workday", "jurisdiction"]
    ordering = ["-day", "pk"]
    show_full_result_count = False

    @admin.display(description=_("jurisdiction"), ordering="jurisdiction_id")
    def area(self, row: CalendarDay) -> Any:
        """Where it applies."""
        return row.jurisdiction or _("The whole country")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CalendarDay]:
        """National days and those of the person's own areas; operators see all."""
        rows: QuerySet[CalendarDay] = super().get_queryset(request)
        areas = {area for _role, area in standing(request.user).jurisdictions}
        if is_operator(request.user) or None in areas:
            return rows
        return rows.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction_id__in=areas))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Operators and officials."""
        return is_operator(request.user) or is_official(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators and officials."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Operators and officials; the form offers their areas only."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: CalendarDay | None = None) -> bool:
        """Of one's own area."""
        if obj is None:
            return self.has_module_permission(request)
        return may_set(request.user, obj.jurisdiction_id)

    def has_delete_permission(self, request: HttpRequest, obj: CalendarDay | None = None) -> bool:
        """Of one's own area, one at a time."""
        return obj is not None and may_set(request.user, obj.jurisdiction_id)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        """The areas in which this person may set a day."""
        field = super().formfield_for_foreignkey(db_field, request, **more)
        if field is not None and not may_set(request.user, None):
            areas = {area for _role, area in standing(request.user).jurisdictions}
            field.queryset = field.queryset.filter(pk__in=areas)
            field.required = True
        return field


@admin.register(Access)
class AccessAdmin(ExportedList):
    """Who of the authorities looked at which filing and file, and when. Read-only."""

    exported = "accesses"
    list_display = ["seen_at", "person", "filing_number", "kind", "file"]
    list_filter = ["kind", "seen_at"]
    search_fields = ["filing__number", "seen_by__username", "seen_by__last_name"]
    search_help_text = _("Filing number or name of the person")
    ordering = ["-seen_at", "-pk"]
    show_full_result_count = False
    paginator = CappedPaginator

    def get_queryset(self, request: HttpRequest) -> QuerySet[Access]:
        """Officials: filings they may see; operators: all, of which only the number stands here."""
        rows = Access.objects.visible_to(request.user)
        return rows.select_related("filing", "seen_by", "attachment")

    @admin.display(description=_("seen by"))
    def person(self, row: Access) -> str:
        """The name."""
        return row.seen_by.get_full_name()

    @admin.display(description=_("filing"))
    def filing_number(self, row: Access) -> str:
        """The number."""
        return str(row.filing)

    @admin.display(description=_("attachment"))
    def file(self, row: Access) -> str:
        """The kind of file, not its name: that may tell more than the log should."""
        return row.attachment.kind if row.attachment else ""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials and operators."""
        return is_operator(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: the pages write it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    has_delete_permission = has_change_permission


@admin.register(Rating)
class RatingAdmin(ExportedList):
    """Ratings of finished matters, for officials of the area; bad ones are answered here.

    Reviewers see none, and nobody that of a matter which they decided.
    """

    exported = "ratings"
    list_display = ["filing", "grade", "rated_at", "reply_due_on", "overdue_flagged_on", "replied"]
    list_filter = ["grade"]
    list_select_related = ["filing"]
    search_fields = ["filing__number__startswith"]
    ordering = ["-rated_at", "pk"]
    fields = [
        "filing", "grade", "reason", "rated_at", "reply_due_on", "overdue_flagged_on", "reply",
        "replied_at", "replied_by",
    ]  # fmt: skip
    list_before_template = "admin/filings/rating/figures.html"
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None

    @admin.display(description=_("Replied"), boolean=True)
    def replied(self, row: Rating) -> bool:
        """Whether it was answered."""
        return row.replied_at is not None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rating]:
        """Those of the official's area."""
        rows: QuerySet[Rating] = super().get_queryset(request).visible_to(request.user)
        return rows

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Everything but the reply, which is written once."""
        return [name for name in self.fields if name != "reply"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Officials."""
        return is_official(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials; which rows is decided by visible_to."""
        return is_official(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: the enterprise rates."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Rating | None = None) -> bool:
        """A reply, as long as there is none."""
        if obj is None or obj.replied_at is not None:
            return obj is None and is_official(request.user)
        try:
            ratings.check_may_reply(request.user, obj)
        except PermissionDenied:
            return False
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, never."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, **more: Any) -> Any:
        """The reply is needed."""
        form = super().get_form(request, obj, **more)
        if "reply" in form.base_fields:
            form.base_fields["reply"].required = True
        return form

    def save_model(self, request: HttpRequest, obj: Rating, form: Any, change: bool) -> None:
        """Reply through the act; a second reply changes nothing."""
        text = form.cleaned_data["reply"]
        try:
            ratings.reply(rating=obj, text=text, by=request.user, at=clock.now())
        except Refused as refused:
            self.message_user(request, refused.findings[0].text(), level="error")

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The row itself says who replied and when."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list under its figures."""
        figures = ratings.figures(request.user, clock.today())
        return super().changelist_view(request, {**(extra_context or {}), "figures": figures})
