"""Is this file a certificate that we issued, unchanged? Judged from its bytes alone.

Nothing here asks the database: whether a genuine certificate is still in force is another
question (its row's state, found by number and code; the row keeps the file's digest).
"""

import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.decode_limits import DecodeLimits, StreamDecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from torch_portal.certificates.compose import ATTACHMENT

MAX_BYTES = 4 * 1024 * 1024  # a certificate has about 150 KB
MAX_CONTENT = 256 * 1024
LIMITS = DecodeLimits(per_stream=StreamDecodeLimits(max_output_size=8 * 1024 * 1024))


class Kind(StrEnum):
    """What a file turned out to be."""

    VALID = "valid"
    ALTERED = "altered"
    UNTRUSTED = "untrusted"
    UNSIGNED = "unsigned"
    NOT_A_CERTIFICATE = "not_a_certificate"


PROBLEMS = {
    Kind.ALTERED: _("The file was changed after it was signed."),
    Kind.UNTRUSTED: _("The file is signed, but not with a key of the issuing office."),
    Kind.UNSIGNED: _("The file looks like a certificate but carries no signature."),
    Kind.NOT_A_CERTIFICATE: _("The file is not a certificate issued here."),
}
TOO_LARGE = _("The file is larger than any certificate.")
NOT_PDF = _("The file is not a PDF.")
ENCRYPTED = _("The file is protected by a password.")
DAMAGED = _("The file is damaged and cannot be read.")
APPENDED = _("Something was added to the file after it was signed.")


@dataclass(frozen=True)
class Inspection:
    """The finding on one file.

    `intact`, `trusted` and `docmdp_ok` are None when there was no signature to judge.
    `content`, `certificate_number` and `verify_code` come from the part that was signed, and
    only when that part is intact and signed by a trusted key; else they are empty.
    `digest_sha256` is of the whole file as given, for comparison with the kept one.
    """

    kind: Kind
    digest_sha256: str
    problems: tuple[str | Promise, ...] = ()
    intact: bool | None = None
    trusted: bool | None = None
    docmdp_ok: bool | None = None
    signer_name: str = ""
    signed_at: datetime | None = None
    certificate_number: str = ""
    verify_code: str = ""
    content: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        """A certificate of ours, unchanged since it was signed."""
        return self.kind == Kind.VALID

    @property
    def not_a_certificate(self) -> bool:
        """Not even an altered certificate."""
        return self.kind == Kind.NOT_A_CERTIFICATE


def trust_roots(paths: Iterable[str | Path]) -> list[x509.Certificate]:
    """Certificates from PEM or DER files; raises OSError and ValueError."""
    return [x509.Certificate.load(_der(Path(path).read_bytes())) for path in paths]


def _der(data: bytes) -> bytes:
    return pem.unarmor(data)[2] if pem.detect(data) else data


def inspect_pdf(pdf: bytes, *, trust_roots: Iterable[x509.Certificate]) -> Inspection:
    """What this file is. Never raises, whatever the bytes.

    `trust_roots` should be the certificates of the signing keys themselves, present and past:
    below a root that many share, everybody's signature would count.
    The signer's certificate is judged at the time of signing that the signature states: a
    certificate stays good after its key has expired or was replaced, as long as the old root
    stays in `trust_roots`.
    """
    digest = hashlib.sha256(pdf).hexdigest()
    if len(pdf) > MAX_BYTES:
        return _refused(digest, TOO_LARGE)
    if b"%PDF-" not in pdf[:1024]:
        return _refused(digest, NOT_PDF)
    try:
        return _judge(pdf, digest, list(trust_roots))
    except Exception:  # whatever a hostile or broken file makes the parsers raise
        return _unreadable(pdf, digest)


def _refused(digest: str, problem: Promise) -> Inspection:
    kind = Kind.NOT_A_CERTIFICATE
    return Inspection(kind, digest, (PROBLEMS[kind], problem))


def _unreadable(pdf: bytes, digest: str) -> Inspection:
    """A file that no parser accepts: a damaged certificate if it still bears the marks of one."""
    if b"/ByteRange" in pdf and ATTACHMENT.encode() in pdf:
        return Inspection(Kind.ALTERED, digest, (PROBLEMS[Kind.ALTERED], DAMAGED), intact=False)
    return _refused(digest, DAMAGED)


def _judge(pdf: bytes, digest: str, roots: list[x509.Certificate]) -> Inspection:
    reader = PdfFileReader(io.BytesIO(pdf), decode_limits=LIMITS)
    if reader.encrypted:
        return _refused(digest, ENCRYPTED)
    signatures = reader.embedded_regular_signatures
    if not signatures:
        kind = Kind.UNSIGNED if _content(reader.root) else Kind.NOT_A_CERTIFICATE
        return Inspection(kind, digest, (PROBLEMS[kind],))
    return _judge_signature(reader, signatures[0], digest, roots)


def _judge_signature(
    reader: PdfFileReader,
    signature: EmbeddedPdfSignature,
    digest: str,
    roots: list[x509.Certificate],
) -> Inspection:
    status = _status(signature, roots)
    trusted = status.trusted and _in_term(status.signing_cert, signature.self_reported_timestamp)
    signed_root = reader.get_historical_root(signature.signed_revision)
    content = _content(signed_root) if status.intact and status.valid else None
    kind, problems = _verdict(status, content, trusted=trusted)
    known = content if trusted and content else {}
    return Inspection(
        kind=kind,
        digest_sha256=digest,
        problems=problems,
        intact=status.intact and status.valid,
        trusted=trusted,
        docmdp_ok=_unchanged(status),
        signer_name=_name(status.signing_cert),
        signed_at=signature.self_reported_timestamp,
        certificate_number=str(known.get("number", "")),
        verify_code=str(known.get("verify_code", "")),
        content=known or None,
    )


def _status(signature: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> PdfSignatureStatus:
    context = ValidationContext(
        trust_roots=roots,
        moment=signature.self_reported_timestamp,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    return validate_pdf_signature(signature, context)


def _in_term(certificate: x509.Certificate, at: datetime | None) -> bool:
    """Whether the signature states a time within the term of the signer's certificate (the term
    of a certificate that is a root itself is not looked at in building the path)."""
    return bool(at and certificate.not_valid_before <= at <= certificate.not_valid_after)


def _unchanged(status: PdfSignatureStatus) -> bool:
    """Nothing after the signature, not even what DocMDP would let pass."""
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return bool(whole and status.docmdp_ok)


def _verdict(
    status: PdfSignatureStatus, content: dict | None, *, trusted: bool
) -> tuple[Kind, tuple[str | Promise, ...]]:
    if not (status.intact and status.valid):
        return Kind.ALTERED, (PROBLEMS[Kind.ALTERED],)
    if not trusted:
        return Kind.UNTRUSTED, (PROBLEMS[Kind.UNTRUSTED],)
    if not _unchanged(status):
        return Kind.ALTERED, (PROBLEMS[Kind.ALTERED], APPENDED)
    if not content:
        return Kind.NOT_A_CERTIFICATE, (PROBLEMS[Kind.NOT_A_CERTIFICATE],)
    return Kind.VALID, ()


def _name(certificate: x509.Certificate) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or names.get("organization_name") or "")


def _content(root: Any) -> dict | None:
    """The attached content, if the file has one that names a certificate number."""
    try:
        names = root["/Names"]["/EmbeddedFiles"]["/Names"]
        specs = (names[place] for place in range(1, min(len(names), 16), 2))
        data = next(spec["/EF"]["/F"].data for spec in specs if spec["/UF"] == ATTACHMENT)
        content = json.loads(data) if len(data) <= MAX_CONTENT else None
    except (KeyError, IndexError, StopIteration, TypeError, ValueError, AttributeError):
        return None
    return content if isinstance(content, dict) and content.get("number") else None
