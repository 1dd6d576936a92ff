"""The API that all lines share: tokens, rules without a filing, verification, its description."""

from typing import Any

from django.contrib.auth import authenticate
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path, re_path
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework import serializers
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from contracts import rules as contract_rules
from contracts.api import api_urlpatterns as contract_urlpatterns
from hitech_cert import rules as hitech_rules
from hitech_cert.api import api_urlpatterns as hitech_urlpatterns
from sme_eval import rules as sme_rules
from sme_eval.api import api_urlpatterns as sme_urlpatterns
from stats import rules as stats_rules
from stats.api import api_urlpatterns as stats_urlpatterns
from torch_portal.accounts.keys import WithinScopes
from torch_portal.accounts.tokens import check_factor, door_problem
from torch_portal.certificates import queries, verification
from torch_portal.certificates.enums import Status
from torch_portal.certificates.models import Certificate
from torch_portal.common.api import PROBLEM_TYPE, Problem
from torch_portal.common.factsheet import FactsError
from torch_portal.common.limits import Limit
from torch_portal.desk.hooks import Webhooks
from torch_portal.filings.api.frame import Frame

# Each offers assess(object) -> answer, raising FactsError, and FACTS_SCHEMA.
LINES = {
    "contracts": contract_rules,
    "hitech_cert": hitech_rules,
    "sme_eval": sme_rules,
    "stats": stats_rules,
}


class Credentials(serializers.Serializer):
    """Name and password of an account."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=200, trim_whitespace=False)
    code = serializers.CharField(
        max_length=20,
        required=False,
        help_text="Code of the second factor, where the account has one.",
    )


class TokenShown(serializers.Serializer):
    """What goes into the header `Authorization: Token ...`."""

    token = serializers.CharField()


class TokenDoor(Frame):
    """A token for programs, against name and password; the same one each time until it is ended."""

    throttle_classes = [Limit]
    throttle_scope = "token"

    def get_permissions(self) -> list[Any]:
        """Ending a token needs the token."""
        deleting = self.request.method == "DELETE"
        return [IsAuthenticated(), WithinScopes()] if deleting else [AllowAny()]

    def get_authenticators(self) -> list[Any]:
        """Asking for a token needs none, and an ended one does not stand in the way."""
        method = self.request.method if self.request else ""
        return [] if method == "POST" else super().get_authenticators()

    @extend_schema(summary="A token", request=Credentials, responses=TokenShown, auth=[])
    def post(self, request: Request) -> Response:
        """Name and password against a token; the refusal does not tell which of them was wrong."""
        sent = Credentials(data=request.data)
        sent.is_valid(raise_exception=True)
        code = sent.validated_data.pop("code", "")
        user = authenticate(request._request, **sent.validated_data)
        if user is None:
            raise door_problem(request._request)
        check_factor(user, code)
        token, _new = Token.objects.get_or_create(user=user)
        return Response({"token": token.key}, headers={"Cache-Control": "no-store"})

    @extend_schema(summary="End the token", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Whoever has the token can do nothing with it any more."""
        Token.objects.filter(user=request.user).delete()
        return Response(status=204)


class AnswerShown(serializers.Serializer):
    """What the rules answer on facts."""

    line = serializers.CharField()
    edition = serializers.CharField()
    eligible = serializers.BooleanField(allow_null=True)
    by = serializers.CharField(allow_null=True)
    points = serializers.DictField()
    conditions = serializers.ListField(child=serializers.DictField(), required=False)
    values = serializers.DictField()
    findings = serializers.ListField(child=serializers.DictField())


class Assess(Frame):
    """The rules of one line on facts: no account, nothing kept."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [Limit]
    throttle_scope = "assess"

    @extend_schema(
        summary="Facts in, findings out",
        parameters=[OpenApiParameter("line", str, OpenApiParameter.PATH, enum=list(LINES))],
        request={"application/json": {"oneOf": [rules.FACTS_SCHEMA for rules in LINES.values()]}},
        responses=AnswerShown,
        auth=[],
    )
    def post(self, request: Request, line: str) -> Response:
        """The same answer as `manage.py assess LINE`; malformed facts are 400 with the entry."""
        if line not in LINES:
            raise Http404
        try:
            return Response(LINES[line].assess(request.data))
        except FactsError as error:
            fault = {"field": error.field, "code": "malformed", "message": str(error)}
            title = _("These facts cannot be read.")
            raise Problem(400, "malformed", title, str(error), [fault]) from None


class VerifiedShown(serializers.Serializer):
    """What a certificate is worth today; `certificate` is null when there is none."""

    valid = serializers.BooleanField()
    status = serializers.ChoiceField(choices=[*Status.values, "unknown"])
    headline = serializers.CharField()
    sentence = serializers.CharField()
    certificate = serializers.DictField(allow_null=True)


class VerifyQuery(serializers.Serializer):
    """Number and code as printed at the foot of the certificate."""

    number = serializers.CharField(max_length=40)
    code = serializers.CharField(max_length=40)


class Verify(Frame):
    """Public verification by number and code, read live."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [Limit]
    throttle_scope = "verify"

    @extend_schema(
        summary="Verify a certificate",
        parameters=[VerifyQuery],
        responses=VerifiedShown,
        auth=[],
    )
    def get(self, request: Request) -> Response:
        """Valid, superseded, deregistered, revoked or unknown."""
        sent = VerifyQuery(data=request.query_params)
        sent.is_valid(raise_exception=True)
        found = queries.by_number_and_code(**sent.validated_data)
        told = verification.answer(found)
        return Response(
            {
                "valid": told["status"] == Status.VALID,
                "status": told["status"],
                "headline": told["headline"],
                "sentence": told["sentence"],
                "certificate": _public(found) if found else None,
            },
            headers={"Cache-Control": "no-store"},
        )


def _public(found: Certificate) -> dict[str, Any]:
    """What stands on the certificate, amounts as decimal strings."""
    content = found.content
    names = ("project_name", "kind", "seller", "buyer", "agency")
    return {
        "number": found.number,
        "version": found.version,
        **{name: content.get(name, "") for name in names},
        "total_yuan": content.get("total_yuan", "").replace(",", ""),
        "technical_yuan": content.get("technical_yuan", "").replace(",", ""),
        "issued_on": timezone.localdate(found.issued_at).isoformat(),
    }


class Nothing(Frame):
    """Every other address: told as a problem, in the same form as everything else."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Addresses end with a slash; one without is sent on with method and body."""
        if not request.path.endswith("/"):
            whole = f"{request.path}/" + (f"?{request.GET.urlencode()}" if request.GET else "")
            return HttpResponsePermanentRedirect(whole, preserve_request=True)
        return super().dispatch(request, *args, **kwargs)

    def http_method_not_allowed(self, *_args: Any, **_options: Any) -> Response:
        """Whatever is asked of it."""
        raise Http404


class Schema(SpectacularAPIView):
    """OpenAPI 3 of everything here."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]


WORDS = {
    "400": "The request cannot be read; `errors` names each entry.",
    "401": "Who are you?",
    "403": "You may not do this; `detail` says why.",
    "404": "There is nothing here that you may see.",
    "409": "Somebody was faster, or the Idempotency-Key was used for another request.",
    "412": "The filing is no longer the one of the ETag in If-Match.",
    "413": "The request is too large.",
    "415": "The body is of a kind that is not read here.",
    "422": "The rules stop it; `errors` has every finding with its clause.",
    "429": "Too many requests; Retry-After says when.",
}
READS = ("400", "401", "403", "404", "429")
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "level": {"type": "string", "enum": ["block", "warn", "info"]},
                    "message": {"type": "string"},
                    "clause": {"type": "string"},
                },
                "required": ["field", "code", "message"],
            },
        },
    },
    "required": ["type", "title", "status"],
}


def describe_problems(
    result: dict[str, Any], generator: Any, request: Any, public: bool
) -> dict[str, Any]:
    """drf-spectacular's hook: every operation also answers with problem details."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    body = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for operations in result["paths"].values():
        for method, operation in operations.items():
            for status in READS if method == "get" else WORDS:
                answer = {"description": WORDS[status], "content": body}
                operation["responses"].setdefault(status, answer)
    return result


hook_router = SimpleRouter()
hook_router.register("webhooks", Webhooks, basename="webhook")
api_urlpatterns = [
    path("token/", TokenDoor.as_view(), name="token"),
    path("assess/<slug:line>/", Assess.as_view(), name="assess"),
    path("verify/", Verify.as_view(), name="verify"),
    path("schema/", Schema.as_view(), name="schema"),
    *hook_router.urls,
    *contract_urlpatterns,
    *hitech_urlpatterns,
    *sme_urlpatterns,
    *stats_urlpatterns,
    re_path("", extend_schema(exclude=True)(Nothing).as_view(), name="nothing"),
]
