"""Public verification: by number and code, by QR code, by the file itself."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from torch_portal.certificates import queries, verification
from torch_portal.common import limits


class LookupForm(forms.Form):
    """Number and code as printed at the foot of the certificate."""

    number = forms.CharField(label=gettext_lazy("Registration number"), max_length=40)
    code = forms.CharField(label=gettext_lazy("Verification code"), max_length=40)


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Answer by number and code (GET) or by an uploaded file (POST)."""
    form = LookupForm(request.GET if "number" in request.GET or "code" in request.GET else None)
    if refused := _too_many(request, form):
        return refused
    if request.method == "POST":
        return _by_file(request, form)
    if not form.is_bound:
        return _page(request, form, None, [])
    if not form.is_valid():
        return _page(request, form, None, [_("Give both the number and the code.")])
    found = queries.by_number_and_code(form.cleaned_data["number"], form.cleaned_data["code"])
    return _page(request, form, verification.answer(found), [])


@login_not_required
@require_GET
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR code leads."""
    if refused := _too_many(request, LookupForm()):
        return refused
    return _page(request, LookupForm(), verification.answer(queries.by_code(code)), [])


def _by_file(request: HttpRequest, form: LookupForm) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, form, None, [_("Choose the PDF of the certificate.")])
    if (upload.size or 0) > settings.ATTACHMENT_MAX_BYTES:
        return _page(request, form, None, [_("This file is too big to be a certificate.")])
    return _page(request, form, verification.answer_for_file(upload.read()), [])


def _too_many(request: HttpRequest, form: LookupForm) -> HttpResponse | None:
    """The page that asks for patience when one caller looks up too often; else None."""
    wait = limits.seconds_to_wait("verify", limits.caller(request))
    if not wait:
        return None
    answer = _page(request, form, None, [_("Too many look-ups. Try again in a minute.")], 429)
    answer["Retry-After"] = str(wait)
    return answer


def _page(
    request: HttpRequest,
    form: LookupForm,
    result: dict[str, Any] | None,
    errors: list[str],
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "result": result, "form_errors": errors}
    return render(request, "certificates/verify.html", context, status=status)
