"""Frequent questions for everybody, and the help that stands at an item of the form."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from stats.queries import guidance as queries
from stats.views.guidance.frame import version_asked
from torch_portal.common.limits import limited

PER_PAGE = 20


@login_not_required
@require_safe
@limited("publicity")
def faq(request: HttpRequest) -> HttpResponse:
    """Search the frequent questions by words, or by the code of an item."""
    words = request.GET.get("q", "").strip()[:120]
    code = request.GET.get("code", "").strip()[:40]
    page = Paginator(queries.faq(words, code), PER_PAGE).get_page(request.GET.get("page"))
    context = {"words": words, "code": code, "page": page}
    return render(request, "stats/guidance/faq.html", context)


@require_GET
def item_help(request: HttpRequest, code: str) -> HttpResponse:
    """Definition, typical errors, what changed, FAQ of an item; a part of the page for htmx."""
    version = version_asked(request)
    found = queries.help_for(version, code, request.user)
    if found is None:
        raise Http404
    htmx = bool(getattr(request, "htmx", False))
    name = "stats/guidance/_help.html" if htmx else "stats/guidance/help.html"
    return render(request, name, {"help": found, "version": version})
