"""What every address of the API shares: reading JSON, refusals as problem details, ETags."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils import json
from rest_framework.views import APIView

from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.api import Problem
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import BadUpload

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="The same request under the same key acts once and gets the same answer again.",
)
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag that the change starts from."
)


class StrictJSON(JSONParser):
    """JSON of bounded size whose names are given once."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """The value of the body; ParseError says what is wrong with it."""
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        return strict(body)


def strict(body: bytes) -> Any:
    """The value of JSON whose names are given once; ParseError says what is wrong with it."""
    try:
        return json.loads(
            body.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except RecursionError:
        raise exceptions.ParseError(_("The JSON is nested too deeply.")) from None
    except ValueError as error:
        raise exceptions.ParseError(_("This is not JSON: %(what)s") % {"what": error}) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("“%(name)s” is given twice") % {"name": twice})
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(_("%(name)s is not a number of JSON") % {"name": name})


class AnyAccept(DefaultContentNegotiation):
    """JSON (or the file asked for) whatever the Accept header says; refusals are JSON as well."""

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The renderer asked for, else the first."""
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except exceptions.NotAcceptable:
            return renderers[0], renderers[0].media_type


class Frame(APIView):
    """A view that reads the clock once (`at`) and tells refusals as problem details."""

    parser_classes = [StrictJSON]
    content_negotiation_class = AnyAccept
    at: datetime.datetime

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """The moment of the request stands before anything is asked."""
        self.at = clock.now()
        super().initial(request, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Response:
        """Refusals of the house become problem details; the rest goes DRF's way."""
        conditional = bool(self.request.headers.get("If-Match"))
        return super().handle_exception(as_problem(self.told(exc), conditional))

    def told(self, error: Exception) -> Exception:
        """A refusal in the names of this view."""
        return error

    def finalize_response(
        self, request: Any, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> Any:
        """What belongs to one person stays with that person."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-cache"
        return answer


def as_problem(error: Exception, conditional: bool = False) -> Exception:
    """The problem that tells this refusal; anything else as it is.

    conditional: the request carried If-Match, so a draft saved elsewhere is a failed condition.
    """
    match error:
        case Refused():
            title = _("The rules stop this. Every reason is listed.")
            return Problem(422, "refused", title, "", [f.as_dict() for f in error.findings])
        case Stale():
            title = _("Somebody was faster, or it is not possible now.")
            return Problem(409, "stale", title, str(error))
        case Conflict() if conditional:
            title = _("The filing was changed meanwhile.")
            return Problem(412, "precondition_failed", title, str(error))
        case Conflict():
            return Problem(409, "conflict", _("This cannot be changed now."), str(error))
        case Denied():
            return Problem(403, "denied", _("You may not do this."), str(error))
        case BadUpload():
            return bad_files([str(error)])
        case exceptions.ValidationError():
            title = _("Some entries need another look.")
            return Problem(400, "invalid", title, "", list(flat(error.detail)))
        case RequestDataTooBig():
            return Problem(413, "too_large", _("The request is too large."))
        case SuspiciousOperation():
            return Problem(400, "malformed", _("The request cannot be read."), str(error))
    return error


def bad_files(messages: list[str]) -> Problem:
    """Files that cannot be taken; each is named with its remedy."""
    rows = [{"field": "file", "code": "bad_upload", "message": m} for m in messages]
    return Problem(422, "bad_upload", _("A file cannot be taken. Nothing was kept."), "", rows)


def flat(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Faults of entries one by one, with their place in lists: deductions[2].amount_yuan."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            whole = name in ("non_field_errors", "")
            place = f"[{name}]" if isinstance(name, int) else f".{name}" if field else str(name)
            yield from flat(inner, field if whole else f"{field}{place}")
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            listed = isinstance(inner, dict | list)
            yield from flat(inner, f"{field}[{number}]" if listed else field)
    else:
        yield {"field": field, "code": str(getattr(detail, "code", "")), "message": str(detail)}


def read(body: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    """What was sent, by name; ValidationError with every fault at once."""
    return read_data(body, request.data)


def read_data(body: type[serializers.Serializer], data: Any) -> dict[str, Any]:
    """The same of what was read already."""
    sent = body(data=data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def check_if_match(request: Request, tag: str) -> None:
    """412 when the request was made for another version of what is there now."""
    wanted = request.headers.get("If-Match", "")
    if wanted and wanted.strip() != "*" and tag not in _tags(wanted):
        detail = _("Read it again, then send your change with the new ETag.")
        title = _("The filing was changed meanwhile.")
        raise Problem(412, "precondition_failed", title, detail)


def not_modified(request: Request, tag: str) -> bool:
    """Whether the reader already has this version (If-None-Match)."""
    known = request.headers.get("If-None-Match", "")
    return known.strip() == "*" or tag in _tags(known)


def _tags(header: str) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]
