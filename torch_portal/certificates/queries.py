"""Reads of certificates: what is due, what a visitor may learn, what is inconsistent."""

import datetime
import hashlib

from django.db.models import F

from torch_portal.certificates import making
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate


def due_for_making(at: datetime.datetime) -> list[Certificate]:
    """Certificates without a file whose time has come and whom no worker holds."""
    return making.due(Certificate, at)


def plain_code(typed: str) -> str:
    """A verification code as stored: capitals, no blanks or dashes."""
    return "".join(c for c in typed.upper() if c.isalnum())


def by_code(code: str) -> Certificate | None:
    """The certificate with this public code."""
    return Certificate.objects.filter(verify_code=plain_code(code)).first()


def by_number_and_code(number: str, code: str) -> Certificate | None:
    """The certificate when number and code belong together, else None."""
    return Certificate.objects.filter(number=number.strip(), verify_code=plain_code(code)).first()


def by_digest(sha256: str) -> Certificate | None:
    """The certificate whose file has this digest."""
    return Certificate.objects.filter(sha256=sha256).first()


def current(filing_id: int, template: str = "") -> Certificate | None:
    """The newest version among a filing's certificates; `template` names one sort of them."""
    own = Certificate.objects.filter(filing_id=filing_id)
    if template:
        own = own.filter(template=template)
    return own.order_by("-version").first()


def problems() -> list[str]:
    """Files that are missing or altered and versions that overlap; empty when all is well."""
    found = []
    ready = Certificate.objects.filter(making=Making.READY).order_by("pk")
    for certificate in ready.iterator(500):
        if not certificate.pdf.storage.exists(str(certificate.pdf.name)):
            found.append(f"certificate {certificate}: its file is gone")
            continue
        with certificate.pdf.open("rb") as stream:
            if hashlib.sha256(stream.read()).hexdigest() != certificate.sha256:
                found.append(f"certificate {certificate}: its file was altered")
    two_valid = Certificate.objects.filter(superseded_by__isnull=False, status="valid")
    found += [f"certificate {c}: superseded but valid" for c in two_valid.order_by("pk")]
    gaps = Certificate.objects.filter(supersedes__isnull=False).exclude(
        version=F("supersedes__version") + 1
    )
    return found + [f"certificate {c}: version does not follow" for c in gaps.order_by("pk")]
