"""Which changes a person may read, and those of one row."""

from typing import Any

from django.db.models import Model, Q, QuerySet

from torch_portal.accounts.changes import values
from torch_portal.accounts.recorded import Change
from torch_portal.accounts.roles import Person, governs, is_official, is_operator, standing


def may_read(user: Person, jurisdiction_id: str | None) -> bool:
    """Operators everywhere; officials the national ones and those of their areas."""
    if is_operator(user):
        return True
    return is_official(user) and (jurisdiction_id is None or governs(user, jurisdiction_id))


def visible_to(user: Person) -> QuerySet[Change]:
    """The changes that this person may read."""
    rows = Change.objects.select_related("made_by", "settled_by", "jurisdiction")
    if is_operator(user) or governs(user, None):
        return rows
    if not is_official(user):
        return rows.none()
    areas = [area for _role, area in standing(user).jurisdictions]
    return rows.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction_id__in=areas))


def history(row: Model) -> list[dict[str, Any]]:
    """The changes of one row, newest first, as the page shows them."""
    of_row = Change.objects.filter(target=row._meta.label_lower, target_pk=str(row.pk))
    rows = of_row.select_related("made_by", "settled_by").order_by("-made_at", "-pk")[:50]
    return [shown(change, type(row)) for change in rows]


def shown(change: Change, model: type[Model]) -> dict[str, Any]:
    """One change as the pages show it."""
    return {
        "change": change,
        "differences": values.differences(model, change.before, change.after),
        "by": change.made_by.get_full_name(),
        "settled_by": change.settled_by.get_full_name() if change.settled_by else "",
        "two": change.settled_by_id not in (None, change.made_by_id),
    }
