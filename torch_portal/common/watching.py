"""Every request watched: an id for its lines in the log, its time, its count."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse

from torch_portal.common import metrics
from torch_portal.common.logs import request_id

log = logging.getLogger("torch_portal.requests")
HEADER = "X-Request-ID"
SANE = re.compile(r"[\w.-]{8,64}", re.ASCII)
# Asked every few seconds by programs: counted, not told.
QUIET = frozenset({"desk:healthz", "desk:readyz", "desk:metrics"})


class Watch:
    """The outermost middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve; afterwards count and tell what came of it, without path, query or names."""
        given = request.headers.get(HEADER, "")
        token = request_id.set(given if SANE.fullmatch(given) else uuid.uuid4().hex)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers[HEADER] = request_id.get()
            if not request.path.startswith(settings.STATIC_URL):
                _note(request, response, time.perf_counter() - began)
            return response
        finally:
            request_id.reset(token)


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    match = request.resolver_match
    view = (match.view_name if match else "") or "none"
    metrics.count(view, request.method or "", response.status_code, seconds)
    if view not in QUIET:
        told = {
            "method": request.method,
            "view": view,
            "route": match.route if match else "",
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "user": _person(request),
        }
        log.info("%s %s %s", told["method"], view, told["status"], extra=told)


def _person(request: HttpRequest) -> int | None:
    """The id of who asked, if anything asked who it is."""
    known = getattr(request, "_cached_user", None) or vars(request).get("user")
    return known.pk if isinstance(known, AbstractBaseUser) else None
