"""What a session has to show before anything else: a recent request, and a second factor in office.

GB/T 22239-2019 8.1.4.1 b (end of an idle session) and d (two kinds of proof of identity).
"""

import time
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from torch_portal.accounts.factors import factor_shown, needs_factor
from torch_portal.accounts.models import User
from torch_portal.common.api import PROBLEM_TYPE

SEEN = "accounts_seen"
# Seconds after which the last request is noted again: a page more costs no write.
NOTED_EVERY = 60
Answer = Callable[[HttpRequest], HttpResponse]


def session_guard(get_response: Answer) -> Answer:
    """Middleware: ends idle sessions, sends who is in office to the second factor."""

    def guard(request: HttpRequest) -> HttpResponse:
        return _stopped(request) or get_response(request)

    return guard


def _stopped(request: HttpRequest) -> HttpResponse | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    if _was_idle(request, request.user):
        words = _("You were signed out because nothing happened for a while. Sign in again.")
        return _signed_out(request, words)
    if not needs_factor(request.user) or factor_shown(request) or _on_the_way(request.path):
        return None
    if Authenticator.objects.filter(user=request.user).exists():
        return _signed_out(request, _("Sign in again with your second factor."))
    if request.path.startswith("/api/"):
        return _problem(_("Set up a second factor first: sign in at the portal's pages."))
    return redirect("mfa_activate_totp")


def _was_idle(request: HttpRequest, user: User) -> bool:
    now = time.time()
    signed_in = user.last_login.timestamp() if user.last_login else now
    seen = request.session.get(SEEN, signed_in)
    if now - seen > settings.SESSION_IDLE.total_seconds():
        return True
    if now - seen > NOTED_EVERY:
        request.session[SEEN] = now
    return False


def _signed_out(request: HttpRequest, words: str) -> HttpResponse:
    logout(request)
    if request.path.startswith("/api/"):
        return _problem(words)
    messages.info(request, words)
    onward = {"next": request.get_full_path()} if request.method == "GET" else {}
    return redirect(f"{reverse('accounts:login')}?{urlencode(onward)}".rstrip("?"))


def _on_the_way(path: str) -> bool:
    """The pages that lead to a second factor, and out."""
    names = ("accounts:logout", "account_reauthenticate", "set_language")
    return path.startswith(reverse("mfa_index")) or path in {reverse(name) for name in names}


def _problem(title: str) -> HttpResponse:
    body = {"type": "about:blank#second_factor", "title": title, "status": 403}
    return JsonResponse(body, status=403, content_type=PROBLEM_TYPE)
