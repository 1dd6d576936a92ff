"""Who may do what at the operators' desk."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from torch_portal.accounts.roles import is_operator


class OperatorsOnly:
    """Operators see and change, whatever permissions Django knows of; nobody deletes."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Operators."""
        return is_operator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what filings point at stays."""
        return False


class KeyOnce:
    """The key of a row is set when it is made and read-only from then on."""

    key = ""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """The key of a row that exists."""
        return [self.key] if obj else []
