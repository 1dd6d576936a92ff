"""What the receipts and notices of a contract say, in Chinese, frozen as plain strings."""

import datetime
from typing import Any

from django.utils import translation

from contracts.enums import RefusalGround
from contracts.models import Contract
from torch_portal.certificates.documents import about


def document_content(contract: Contract, day: datetime.date) -> dict[str, Any]:
    """What every document says: to whom, about what, from which agency, when."""
    return about(contract.filing, day) | {"project_name": contract.project_name}


def grounds_told(contract: Contract) -> list[dict[str, str]]:
    """The grounds of a refusal in words."""
    with translation.override("zh-hans"):
        return [
            {"code": code, "label": str(RefusalGround(code).label)}
            for code in contract.refusal_grounds
        ]
