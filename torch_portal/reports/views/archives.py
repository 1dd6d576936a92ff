"""The archives of the months: listed for officials, each those of their jurisdiction."""

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from torch_portal.accounts.roles import Denied, is_official
from torch_portal.common.downloads import download
from torch_portal.common.limits import limited
from torch_portal.reports.models import MonthArchive

SHOWN = 100


@require_safe
def archives(request: HttpRequest) -> HttpResponse:
    """Newest months first."""
    if not is_official(request.user):
        raise Denied(_("The archives are read by officials, each those of their jurisdiction."))
    rows = MonthArchive.objects.visible_to(request.user).select_related("jurisdiction")
    shown = [
        {"row": row, "size": filesizeformat(row.size)}
        for row in rows.order_by("-month", "jurisdiction_id")[:SHOWN]
    ]
    return render(request, "reports/archives.html", {"rows": shown})


@require_safe
@limited("download")
def archive_file(request: HttpRequest, archive_pk: int) -> HttpResponse:
    """The file, counted as a download."""
    found = get_object_or_404(MonthArchive.objects.visible_to(request.user), pk=archive_pk)
    try:
        answer = download(
            found.file,
            name=f"{found.jurisdiction_id}-{found.month:%Y-%m}.zip",
            content_type="application/zip",
        )
    except FileNotFoundError as error:
        raise Http404 from error
    MonthArchive.objects.filter(pk=found.pk).update(taken_times=F("taken_times") + 1)
    return answer
