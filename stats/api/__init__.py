"""The API of the survey under /api/v1/stats/."""

from rest_framework.routers import SimpleRouter

from stats.api.filings import Returns
from stats.api.rounds import Assignments, Publications, Rounds

router = SimpleRouter()
router.register("stats/rounds", Rounds, basename="stats-round")
router.register("stats/assignments", Assignments, basename="stats-assignment")
router.register("stats/tables", Publications, basename="stats-table")
router.register("stats", Returns, basename="return")
api_urlpatterns = router.urls

__all__ = ["api_urlpatterns", "router"]
