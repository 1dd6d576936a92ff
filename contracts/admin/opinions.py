"""Files beside expert opinions, for those who may see the opinions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from contracts.models import OpinionFile
from torch_portal.common import clock
from torch_portal.common.desk_admin import DeskAdmin
from torch_portal.common.downloads import download
from torch_portal.filings.actions import note_access
from torch_portal.filings.enums import AccessKind


class OpinionPages(DeskAdmin):
    """One address more: a file that an expert handed in."""

    def get_urls(self) -> list[URLPattern]:
        """The pages of the desk and the files of opinions."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_opinion"
        view = self.admin_site.admin_view(self.opinion_view)
        return [
            path("<int:pk>/opinions/<int:opinion_file_pk>/", view, name=name),
            *super().get_urls(),
        ]

    def opinion_view(self, request: HttpRequest, pk: int, opinion_file_pk: int) -> HttpResponse:
        """To who works at this desk and may see the filing, and noted in the access log."""
        row = self.row_or_404(request, pk)
        found = OpinionFile.objects.filter(pk=opinion_file_pk, opinion__contract=row.pk).first()
        if found is None:
            raise Http404
        note_access(filing=row.filing, kind=AccessKind.FILE, by=request.user, at=clock.now())
        return download(found.file, name=found.name, content_type=found.content_type)
