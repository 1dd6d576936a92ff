"""Public verification: by number and code, by QR code, by the file itself."""

import logging
from typing import Any

import redis
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from torch_portal.certificates import queries, verification

log = logging.getLogger(__name__)
LOOKUPS_A_MINUTE = 60


class LookupForm(forms.Form):
    """Number and code as printed at the foot of the certificate."""

    number = forms.CharField(label=gettext_lazy("Registration number"), max_length=40)
    code = forms.CharField(label=gettext_lazy("Verification code"), max_length=40)


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Answer by number and code (GET) or by an uploaded file (POST)."""
    form = LookupForm(request.GET if "number" in request.GET or "code" in request.GET else None)
    if _too_many(request):
        return _page(request, form, None, [_("Too many look-ups. Try again in a minute.")], 429)
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
    if _too_many(request):
        told = [_("Too many look-ups. Try again in a minute.")]
        return _page(request, LookupForm(), None, told, 429)
    return _page(request, LookupForm(), verification.answer(queries.by_code(code)), [])


def _by_file(request: HttpRequest, form: LookupForm) -> HttpResponse:
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, form, None, [_("Choose the PDF of the certificate.")])
    if (upload.size or 0) > settings.ATTACHMENT_MAX_BYTES:
        return _page(request, form, None, [_("This file is too big to be a certificate.")])
    return _page(request, form, verification.answer_for_file(upload.read()), [])


def _too_many(request: HttpRequest) -> bool:
    """More than sixty look-ups a minute from one address; not counted while the cache is down."""
    minute = int(timezone.now().timestamp()) // 60
    key = f"verify:{request.META.get('REMOTE_ADDR', '')}:{minute}"
    try:
        cache.add(key, 0, 120)
        return bool(cache.incr(key) > LOOKUPS_A_MINUTE)
    except (redis.RedisError, ValueError):
        log.warning("the limit of look-ups is off: the cache does not answer")
        return False


def _page(
    request: HttpRequest,
    form: LookupForm,
    result: dict[str, Any] | None,
    errors: list[str],
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "result": result, "form_errors": errors}
    return render(request, "certificates/verify.html", context, status=status)
