"""The API of technology contracts under /api/v1/contracts/."""

from rest_framework.routers import SimpleRouter

from contracts.api.filings import ContractFilings

router = SimpleRouter()
router.register("contracts", ContractFilings, basename="contract")
api_urlpatterns = router.urls

__all__ = ["api_urlpatterns", "router"]
