"""What a visitor is told about a certificate; the status is read live."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.certificates import queries
from torch_portal.certificates.enums import Status
from torch_portal.certificates.models import Certificate

TONES = {
    Status.VALID: "done",
    Status.SUPERSEDED: "waiting",
    Status.DEREGISTERED: "needs-you",
    Status.REVOKED: "needs-you",
}


def roots() -> list[Any]:
    """Certificates of the portal's own signing keys, present and older ones; never their issuers:
    whoever holds another certificate of the same issuer could sign in the portal's place.
    """
    from torch_portal.certificates.signing import load_signer, trust_roots

    present = []
    if Path(settings.SIGNING_P12).exists():
        signer = load_signer(settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD)
        present = [signer.certificate]
    return [*present, *trust_roots(settings.SIGNING_TRUST_ROOTS)]


def answer(found: Certificate | None) -> dict[str, Any]:
    """The answer for a certificate as it stands in the register today."""
    if found is None:
        return {
            "status": "unknown",
            "tone": "needs-you",
            "headline": _("No such certificate"),
            "sentence": _(
                "The portal never issued a certificate with this number and code. Compare them "
                "with the print; if they agree, do not rely on the paper."
            ),
            "rows": [],
        }
    headline, sentence = _words(found)
    return {
        "status": found.status,
        "tone": TONES[Status(found.status)],
        "headline": headline,
        "sentence": sentence,
        "rows": _public_rows(found),
    }


def _words(found: Certificate) -> tuple[str, str]:
    ended = f"{timezone.localtime(found.ended_at):%Y-%m-%d}" if found.ended_at else ""
    words = {
        Status.VALID: (
            _("Valid"),
            _("This certificate was issued by the portal and is valid today."),
        ),
        Status.SUPERSEDED: (
            _("Superseded"),
            _("Since %(day)s a newer version of this certificate is valid instead."),
        ),
        Status.DEREGISTERED: (
            _("Deregistered"),
            _("The registration was ended on %(day)s. The certificate is no longer valid."),
        ),
        Status.REVOKED: (
            _("Revoked"),
            _("The authority revoked the registration on %(day)s. Do not rely on it."),
        ),
    }
    headline, sentence = words[Status(found.status)]
    return headline, sentence % {"day": ended} if ended else sentence


def _public_rows(found: Certificate) -> list[tuple[str, str]]:
    content = found.content
    rows = [
        (_("Registration number"), found.number),
        (_("Document"), content.get("title", "")),
        (_("Version"), str(found.version)),
        (_("Project"), content.get("project_name", "")),
        (_("Kind"), content.get("kind", "")),
        (_("Seller"), content.get("seller", "")),
        (_("Buyer"), content.get("buyer", "")),
        (_("Total amount"), _yuan(content.get("total_yuan", ""))),
        (_("Technical transaction amount"), _yuan(content.get("technical_yuan", ""))),
        (_("Technical income verified"), _yuan(content.get("verified_yuan", ""))),
        (_("Technical income verified up to then"), _yuan(content.get("sum_yuan", ""))),
        (_("Registration agency"), content.get("agency", "")),
        (_("Issued on"), content.get("issued_on", "")),
    ]
    return [(label, value) for label, value in rows if value]


def _yuan(amount: str) -> str:
    return _("%(amount)s yuan") % {"amount": amount} if amount else ""


def answer_for_file(pdf: bytes) -> dict[str, Any]:
    """The answer for a file: is it ours and unaltered, and what is the certificate worth today."""
    from torch_portal.certificates.inspection import Kind, inspect_pdf

    seen = inspect_pdf(pdf, trust_roots=roots())
    if seen.kind is not Kind.VALID:
        problems = " ".join(str(p) for p in seen.problems)
        return _refused(problems, altered=seen.kind is not Kind.NOT_A_CERTIFICATE)
    found = queries.by_digest(seen.digest_sha256) or queries.by_number_and_code(
        seen.certificate_number, seen.verify_code
    )
    told = answer(found)
    if found is not None:
        told["sentence"] += " " + _("The file is unaltered and its signature is good.")
        if found.sha256 != seen.digest_sha256:
            told["sentence"] += " " + _("It is not byte for byte the file that was issued.")
    return told


def _refused(problems: str, *, altered: bool) -> dict[str, Any]:
    return {
        "status": "altered" if altered else "not_a_certificate",
        "tone": "needs-you",
        "headline": _("Not to be relied on") if altered else _("Not a certificate of this portal"),
        "sentence": problems,
        "rows": [],
    }
