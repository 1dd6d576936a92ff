"""The public home, the enterprise's home, and the way to the right desk."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hitech_cert.queries.experts import expert_of
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common import metrics as counted
from torch_portal.desk import figures, queries
from torch_portal.desk.lines import LINES
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Filing
from torch_portal.notices import queries as notices

LETTERS = 40  # messages that one's own page shows


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this is, where each service starts, whom to ask."""
    day = clock.today()
    notice = notices.current_notice()
    context = {
        "notice": notice,
        "sections": list(notice.sections.order_by("order")) if notice else [],
        "services": queries.services(day),
        "hotlines": notices.hotlines_on(day),
    }
    return render(request, "desk/home.html", context)


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether database, broker and worker can serve: 200, or 503 naming what cannot."""
    parts = queries.readiness()
    return JsonResponse(parts, status=200 if all(v == "ok" for v in parts.values()) else 503)


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus; whoever may not read them finds nothing here."""
    if not figures.may_read(request):
        raise Http404
    return HttpResponse(
        counted.text(figures.Figures()), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """After signing in: reviewers to the review desk, experts to their reviews, others home."""
    roles = standing(request.user)
    if roles.member_of:
        return redirect("desk:mine")
    if roles.has_office(OfficeRole.REVIEWER, OfficeRole.OFFICIAL):
        return redirect(next(iter(LINES.values())).QUEUE_URL)
    if roles.in_office:
        return redirect("admin:index")
    if expert_of(request.user) is not None:
        return redirect("hitech_cert:expert_reviews")
    return render(request, "accounts/no_role.html")


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The filings of my enterprises."""
    if not standing(request.user).member_of:
        return redirect("desk:start")
    stage = request.GET.get("stage", "")
    stage = stage if stage in Stage.values else ""
    enterprises = queries.own_enterprises(request.user)
    context = {
        "rows": queries.my_rows(request.user, stage, clock.today()),
        "counts": queries.my_counts(request.user, stage),
        "start_url": reverse("contracts:start"),
        "enterprise": enterprises[0],
        "may_file": enterprises[0].pk in standing(request.user).filer_of,
        "letters": list(notices.inbox_of(request.user)[:LETTERS]),
    }
    return render(request, "desk/mine.html", context)


@require_GET
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """From a message to the filing's own page, whatever its line."""
    cover = get_object_or_404(Filing.objects.visible_to(request.user), pk=pk)
    return redirect(LINES[cover.line].detail_url(cover.pk))
