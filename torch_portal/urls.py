"""Where every address leads."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from hitech_cert.views import selfcheck as hitech_selfcheck
from sme_eval.views import selfcheck as sme_selfcheck
from torch_portal.desk.api import api_urlpatterns
from torch_portal.publicity.api import api_urlpatterns as publicity_urlpatterns
from torch_portal.reports.views.tables_api import api_urlpatterns as tables_urlpatterns

urlpatterns = [
    path("", include("torch_portal.desk.urls")),
    path("", include("torch_portal.notices.urls")),
    path("", include("torch_portal.filings.urls")),
    path("accounts/", include("torch_portal.accounts.urls")),
    path("accounts/", include("torch_portal.accounts.library_urls")),
    path("contracts/", include("contracts.urls")),
    path("hitech/", include("hitech_cert.urls")),
    path("sme/", include("sme_eval.urls")),
    path("stats/", include("stats.urls")),
    path("assess/sme/", sme_selfcheck.page, name="sme_selfcheck"),
    path("assess/hitech/", hitech_selfcheck.page, name="hitech_selfcheck"),
    path("reports/", include("torch_portal.reports.urls")),
    path("publicity/", include("torch_portal.publicity.urls")),
    path("verify/", include("torch_portal.certificates.urls")),
    path(
        "api/v1/",
        include(([*publicity_urlpatterns, *tables_urlpatterns, *api_urlpatterns], "api")),
    ),
    path("admin/login/", RedirectView.as_view(pattern_name="accounts:login", query_string=True)),
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
]
