"""What every API of the portal shares: problem details, paging."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROBLEM_TYPE = "application/problem+json"
ROW = re.compile(r"[0-9]{1,18}", re.ASCII)


class CreatedCursor(CursorPagination):
    """Newest first; the cursor holds while rows are added."""

    ordering = "-pk"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def decode_cursor(self, request: Any) -> Any:
        """What the address points to; NotFound for one that was made by hand."""
        cursor = super().decode_cursor(request)
        place = cursor.position if cursor else None
        if place is not None and not ROW.fullmatch(place):
            raise exceptions.NotFound(self.invalid_cursor_message)
        return cursor


class Problem(exceptions.APIException):
    """A refusal with its RFC 9457 parts.

    code: a short word for programs. title and detail: sentences for people.
    errors: one entry per fault ({"field", "code", "message", "clause"}).
    """

    def __init__(
        self,
        http_status: int,
        code: str,
        title: str,
        detail: str = "",
        errors: list[dict[str, str]] | None = None,
    ) -> None:
        super().__init__(detail or title, code)
        self.status_code = http_status
        self.code = code
        self.title = title
        self.errors = errors or []


def problem(http_status: int, code: str, title: str, detail: str, errors: list[Any]) -> Response:
    """An answer of type application/problem+json."""
    body: dict[str, Any] = {"type": f"about:blank#{code}", "title": title, "status": http_status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = errors
    return Response(body, status=http_status, content_type=PROBLEM_TYPE)


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error leaves as problem details (RFC 9457)."""
    if isinstance(error, Problem):
        return problem(error.status_code, error.code, error.title, str(error.detail), error.errors)
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, Http404 | exceptions.NotFound):
        title, errors = _("There is nothing here that you may see."), []
    elif isinstance(error, exceptions.ValidationError):
        title, errors = _("Some fields need another look."), _flatten(error.detail)
    elif isinstance(error, PermissionDenied):
        title, errors = _("You may not do this."), []
    else:
        title, errors = str(getattr(error, "detail", error)), []
    code = getattr(error, "default_code", "error") if answer.status_code != 404 else "not_found"
    made = problem(answer.status_code, str(code), title, "", errors)
    for header in ("WWW-Authenticate", "Retry-After"):
        if header in answer.headers:
            made[header] = answer[header]
    return made


def _flatten(detail: Any, field: str = "") -> list[dict[str, str]]:
    if isinstance(detail, dict):
        inner = ((f"{field}.{k}" if field else str(k), v) for k, v in detail.items())
        return [row for name, value in inner for row in _flatten(value, name)]
    if isinstance(detail, list):
        return [row for value in detail for row in _flatten(value, field)]
    return [{"field": field, "code": str(getattr(detail, "code", "")), "message": str(detail)}]
