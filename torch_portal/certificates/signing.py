"""PAdES signatures on certificates: the file certified against every later change.

pyHanko appends one revision with the signature: ETSI.CAdES.detached (PAdES B-B, or B-T with a
time stamp, ETSI EN 319 142-1), DocMDP level 1: no change allowed.
"""

import asyncio
import io
from datetime import datetime

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import HTTPTimeStamper

from torch_portal.certificates.inspection import Inspection, Kind, inspect_pdf, trust_roots
from torch_portal.certificates.signer import DIGEST, Signer, load_signer, make_demo_p12

__all__ = [
    "Inspection",
    "Kind",
    "Signer",
    "current_signer",
    "inspect_pdf",
    "load_signer",
    "make_demo_p12",
    "sign_pdf",
    "trust_roots",
]

FIELD = "CertificateSignature"
TIME_STAMP_SIZE = 8192  # bytes kept for a time stamp token: its certificates are not known before


def current_signer() -> Signer:
    """The signer that the settings name: SIGNING_P12 and SIGNING_P12_PASSWORD."""
    return load_signer(settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD)


def sign_pdf(
    pdf: bytes,
    *,
    signer: Signer,
    reason: str,
    at: datetime,
    location: str = "",
    timestamp_url: str = "",
) -> bytes:
    """The file with one certifying signature appended; `at` is an aware datetime.

    With `timestamp_url` an RFC 3161 time stamp is asked for and put into the signature; an
    unreachable service raises pyHanko's TimestampRequestError, nothing is signed then.
    A file that is certified already raises pyHanko's SigningError.
    """
    stamper = HTTPTimeStamper(timestamp_url) if timestamp_url else None
    room = signer.container_size + (TIME_STAMP_SIZE if stamper else 0)
    maker = signers.PdfSigner(_about(reason, location), signer, timestamper=stamper)
    session = maker.init_signing_session(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    session.system_time = at
    # Without `bytes_reserved` pyHanko would sign twice; it counts hexadecimal digits.
    document = session.prepare_tbs_document(None, bytes_reserved=2 * room)
    output = io.BytesIO()
    prepared, _written = document.digest_tbs_document(output=output)
    asyncio.run(document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes()))
    return output.getvalue()


def _about(reason: str, location: str) -> signers.PdfSignatureMetadata:
    return signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        reason=reason,
        location=location or None,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
