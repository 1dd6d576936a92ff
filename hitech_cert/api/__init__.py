"""The API of the certification of high-tech enterprises under /api/v1/hitech_cert/."""

from rest_framework.routers import SimpleRouter

from hitech_cert.api.filings import Applications
from hitech_cert.api.intakes import Intakes

router = SimpleRouter()
router.register("hitech_cert/batches", Intakes, basename="hitech-batch")
router.register("hitech_cert", Applications, basename="application")
api_urlpatterns = router.urls

__all__ = ["api_urlpatterns", "router"]
