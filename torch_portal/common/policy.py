"""What a browser may load and run on our pages (Content-Security-Policy, docs/adr/0022)."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

# Nothing inline, nothing from elsewhere. The second factor is shown as a data: picture.
PAGES: dict[str, list[str]] = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}
# The theme of the review desk writes its colours into a style element, and its Alpine.js reads
# expressions from attributes. Scripts inside the page stay forbidden.
DESK = PAGES | {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}
# Only the camera is ever asked for: it reads the QR code of a paper.
FEATURES = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"


class ContentPolicy(CSPMiddleware):
    """One policy for the pages of everybody and one for the review desk; never report-only."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """The directives for this address; a view's own decorators still count."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None:
            parts.config = DESK if request.path.startswith(reverse("admin:index")) else PAGES
        return parts

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Also which devices a page may ask for."""
        answer: Any = super().process_response(request, response)
        answer.headers.setdefault("Permissions-Policy", FEATURES)
        return answer  # type: ignore[no-any-return]
