"""Issuing, making and ending certificates."""

import datetime
import logging
import secrets
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.certificates import making
from torch_portal.certificates.enums import Status
from torch_portal.certificates.fonts import uncovered
from torch_portal.certificates.making import FIRST_RETRY
from torch_portal.certificates.models import Certificate
from torch_portal.certificates.render import render_pdf
from torch_portal.common.findings import Finding, Level
from torch_portal.common.queueing import queue_on_commit
from torch_portal.filings.models import Filing
from torch_portal.notices import actions as notices

log = logging.getLogger(__name__)
RENDER = "torch_portal.certificates.tasks.render"
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12


def missing_characters(content: dict[str, Any]) -> list[Finding]:
    """A finding when no installed font can print a character: nothing is issued with a gap."""
    missing = uncovered("".join(str(value) for value in content.values()))
    if not missing:
        return []
    message = _(
        "No installed font can print “%(characters)s”. Install a font that has them (GB 18030) "
        "before the certificate is issued."
    )
    clause = "GB 18030—2022"
    return [Finding("CERT-01", Level.BLOCK, "", message, clause, {"characters": missing})]


def issue(
    *,
    filing: Filing,
    template: str,
    number: str,
    content: dict[str, Any],
    by: User,
    at: datetime.datetime,
    supersedes: Certificate | None = None,
) -> Certificate:
    """Freeze the content under a number and have a worker make the file after commit.

    A newer version ends the one before as superseded, in the same transaction.
    """
    version = supersedes.version + 1 if supersedes else 1
    code = "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))
    if supersedes:
        end(certificate=supersedes, status=Status.SUPERSEDED, by=by, at=at)
    certificate = Certificate.objects.create(
        filing=filing,
        template=template,
        number=number,
        version=version,
        supersedes=supersedes,
        verify_code=code,
        content=content | _public_part(number, version, code, supersedes),
        issued_at=at,
        issued_by=by,
        due_at=at + FIRST_RETRY,
    )
    queue_on_commit(RENDER, certificate_id=certificate.pk)
    return certificate


def _public_part(
    number: str, version: int, code: str, supersedes: Certificate | None
) -> dict[str, Any]:
    return {
        "number": number,
        "version": str(version),
        "supersedes": f"{supersedes.number} v{supersedes.version}" if supersedes else "",
        "verify_code": "-".join(code[n : n + 4] for n in range(0, CODE_LENGTH, 4)),
        "verify_url": settings.SITE_URL + reverse("certificates:scan", args=[code]),
        "sample": settings.CERTIFICATE_SAMPLE,
    }


def end(*, certificate: Certificate, status: Status, by: User, at: datetime.datetime) -> bool:
    """End a valid certificate (superseded, deregistered, revoked); False when it had ended."""
    return bool(
        Certificate.objects.filter(pk=certificate.pk, status=Status.VALID).update(
            status=status, ended_at=at, ended_by=by
        )
    )


def claim(*, certificate_id: int, at: datetime.datetime) -> Certificate | None:
    """Take the work of making one file, for the length of a lease; None when there is none."""
    found: Certificate | None = making.take(Certificate, certificate_id, at)
    return found


def store(*, certificate: Certificate, pdf: bytes, at: datetime.datetime) -> bool:
    """Keep the signed file if the claim still holds, and tell the enterprise; once only."""
    return making.keep(certificate, pdf, at, then=lambda: _tell(certificate, at))


def give_back(*, certificate: Certificate, error: str, at: datetime.datetime) -> None:
    """Note a failed attempt: due again later, or failed for good after the last attempt."""
    making.put_back(certificate, error, at)


def make_again(*, certificate: Certificate, at: datetime.datetime) -> bool:
    """Give a failed file a fresh set of attempts (after a font was installed, say)."""
    reset = making.again(certificate, at)
    if reset:
        queue_on_commit(RENDER, certificate_id=certificate.pk)
    return reset


def postpone(*, certificate: Certificate, at: datetime.datetime) -> None:
    """Beat queued it again: look no sooner than a while from now."""
    making.later(certificate, at)


def _tell(certificate: Certificate, at: datetime.datetime) -> None:
    filing = certificate.filing
    with translation.override("zh-hans"):
        notices.post(
            key=f"certificate-ready-{certificate.pk}",
            user=filing.handler,
            subject=_("Certificate %(number)s is ready") % {"number": certificate.number},
            body=_("The electronic certificate of “%(project)s” is ready to download.")
            % {"project": certificate.content.get("project_name", "")},
            link=reverse("desk:filing", args=[filing.pk]),
            at=at,
        )


def produce(*, certificate_id: int, at: datetime.datetime, signed_at: datetime.datetime) -> str:
    """Claim, draw, sign and keep one certificate; returns what became of it in one word.

    `at` is the portal's time, `signed_at` the true time that the signature states.

    A failure gives the work back with its error, to be tried again within bounds.
    """
    from torch_portal.certificates.signing import load_signer, sign_pdf

    certificate = claim(certificate_id=certificate_id, at=at)
    if certificate is None:
        return "nothing to do"
    try:
        pdf = render_pdf(certificate.content, template=certificate.template)
        signed = sign_pdf(
            pdf,
            signer=load_signer(settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD),
            reason=certificate.number,
            location=str(certificate.content.get("agency", "")),
            at=signed_at,
            timestamp_url=settings.SIGNING_TIMESTAMP_URL,
        )
    except Exception as error:
        log.exception("certificate %s could not be made", certificate.pk)
        give_back(certificate=certificate, error=f"{type(error).__name__}: {error}", at=at)
        return "given back"
    return "ready" if store(certificate=certificate, pdf=signed, at=at) else "too late"
