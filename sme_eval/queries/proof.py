"""What the proof sheet says."""

import datetime
from typing import Any

from django.utils import translation

from sme_eval.models import Evaluation
from sme_eval.queries.facts import edition_of
from torch_portal.accounts.models import Division
from torch_portal.certificates.documents import chinese_date

PROOF = "sme_proof"


def proof_content(evaluation: Evaluation, day: datetime.date) -> dict[str, Any]:
    """Frozen as plain strings, in Chinese."""
    filing = evaluation.filing
    enterprise = evaluation.enterprise
    place = Division.objects.filter(code=enterprise.division).first()
    edition = edition_of(evaluation)
    with translation.override("zh-hans"):
        return {
            "title": "科技型中小企业入库登记信息单",
            "filing_number": filing.number or "",
            "enterprise": enterprise.name,
            "credit_code": enterprise.credit_code,
            "place": place.path if place else enterprise.division,
            "year": str(evaluation.year),
            "way": "直接确认" if evaluation.by_route == "direct" else "综合评价",
            "entered_on": chinese_date(evaluation.entered_on),
            "valid_until": chinese_date(evaluation.valid_until),
            "agency": f"{filing.jurisdiction.name_zh}科学技术主管部门",
            "issued_on": chinese_date(day),
            "rule_set": f"国科发政〔2017〕115号; {edition.document_no}",
            "status_line": "本单不是资格证书，登记编号的效力以核验页和公告为准",
        }
