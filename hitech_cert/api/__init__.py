"""The API of the certification of high-tech enterprises under /api/v1/hitech_cert/."""

from rest_framework.routers import SimpleRouter

from hitech_cert.api.filings import Applications
from hitech_cert.api.intakes import Intakes
from hitech_cert.api.nationals import NationalLists
from hitech_cert.api.panels import Panels
from hitech_cert.api.seats import Reviews

router = SimpleRouter()
router.register("hitech_cert/national-lists", NationalLists, basename="hitech-national-list")
router.register("hitech_cert/panels", Panels, basename="hitech-panel")
router.register("hitech_cert/reviews", Reviews, basename="hitech-review")
router.register("hitech_cert/batches", Intakes, basename="hitech-batch")
router.register("hitech_cert", Applications, basename="application")
api_urlpatterns = router.urls

__all__ = ["api_urlpatterns", "router"]
