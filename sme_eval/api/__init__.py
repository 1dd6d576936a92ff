"""The API of the evaluation of technology-based SMEs under /api/v1/sme_eval/."""

from rest_framework.routers import SimpleRouter

from sme_eval.api.draws import SpotCheckDraws
from sme_eval.api.filings import Evaluations

router = SimpleRouter()
router.register("sme_eval/spot-check-draws", SpotCheckDraws, basename="spot-check-draw")
router.register("sme_eval", Evaluations, basename="evaluation")
api_urlpatterns = router.urls

__all__ = ["api_urlpatterns", "router"]
