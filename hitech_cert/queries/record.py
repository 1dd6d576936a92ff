"""What the record of a certification says."""

import datetime
from typing import Any

from django.utils import translation

from hitech_cert import editions
from hitech_cert.models import Application
from hitech_cert.rules import term
from hitech_cert.rules.after import tax_days
from torch_portal.accounts.models import Division
from torch_portal.certificates.documents import chinese_date

RECORD = "hitech_record"


def record_content(application: Application, day: datetime.date) -> dict[str, Any]:
    """Frozen as plain strings, in Chinese."""
    filing, enterprise = application.filing, application.enterprise
    place = Division.objects.filter(code=enterprise.division).first()
    field = editions.leaf(application.core_field_code) if application.core_field_code else None
    with translation.override("zh-hans"):
        return {
            "title": "高新技术企业认定信息核验单",
            "filing_number": filing.number or "",
            "enterprise": enterprise.name,
            "credit_code": enterprise.credit_code,
            "place": place.path if place else enterprise.division,
            "field": " / ".join(field.path) if field else "",
            "issue_day": chinese_date(application.issued_on),
            "valid_to": chinese_date(application.valid_to),
            "tax_years": _tax_years(application),
            "agency": f"{filing.jurisdiction.name_zh}高新技术企业认定管理机构",
            "issued_on": chinese_date(day),
            "rule_set": "国科发火〔2016〕32号; 国科发火〔2016〕195号",
            "status_line": "本单不是高新技术企业证书，仅证明本平台所载信息；效力以证书和公告为准",
        }


def _tax_years(application: Application) -> str:
    if application.issued_on is None:
        return ""
    return "、".join(f"{year}" for year in term(application.issued_on).tax_years) + "年度"


def term_shown(application: Application) -> dict[str, Any] | None:
    """Term, tax years and days to keep, for the status page; None before a certificate."""
    if application.issued_on is None or application.valid_to is None:
        return None
    told = term(application.issued_on)
    days = tax_days(application.issued_on)
    return {
        "number": application.certificate_number,
        "issued_on": application.issued_on,
        "valid_to": application.valid_to,
        "tax_years": told.tax_years,
        "prepay_year": told.prepay_only_year,
        "safe_day": days.safe,
        "latest_day": days.latest,
        "reports_due": told.reports_due,
    }
