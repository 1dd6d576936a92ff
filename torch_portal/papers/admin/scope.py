"""What the pages of this desk share: scope, reach, and what a refusal says."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from unfold.admin import ModelAdmin

from torch_portal.accounts import roles
from torch_portal.papers import actions

May = Callable[[Any, str | None], bool]
REFUSALS = (actions.TooLate, actions.AlreadyEnded, roles.Denied)


def within_reach(field: Any, request: HttpRequest, may: May) -> Any:
    """Offer the jurisdictions where this person may; the whole country if they may there."""
    if field is not None and not may(request.user, None):
        areas = {area for _role, area in roles.standing(request.user).jurisdictions}
        reach = [area for area in areas if area is not None and may(request.user, area)]
        field.queryset = field.queryset.filter(pk__in=reach)
        field.required = True
    return field


def reason(error: Exception) -> str:
    """What was refused and why, as a sentence."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


class ScopedAdmin(ModelAdmin):
    """Rows of the person's own area only; nothing is deleted."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_object_or_404(self, request: HttpRequest, object_id: str) -> Any:
        """The row if this person may see it."""
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        return found

    def change_url(self, object_id: object) -> str:
        """The address of one row."""
        return reverse(
            f"{self.admin_site.name}:papers_{self.opts.model_name}_change", args=[object_id]
        )
