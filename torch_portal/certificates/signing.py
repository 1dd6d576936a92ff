"""PAdES signatures on certificates: the file certified against every later change.

A file that `compose` wrote is signed by appending one revision written here; any other PDF, and
any signature with a time stamp, goes through pyHanko. Both give the same kind of signature:
ETSI.CAdES.detached (PAdES B-B or B-T, ETSI EN 319 142-1), DocMDP level 1: no change allowed.
"""

import asyncio
import hashlib
import io
import re
from datetime import UTC, datetime

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from torch_portal.certificates.compose import CATALOG, HEADER, PAGE
from torch_portal.certificates.inspection import Inspection, Kind, inspect_pdf, trust_roots
from torch_portal.certificates.signer import Signer, load_signer, make_demo_p12

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
RESERVED = 16384  # hexadecimal digits kept for the signature container: 8 KB of DER
BYTE_RANGE = b"[0 0000000000 0000000000 0000000000]"
TAIL = re.compile(
    rb"trailer\n<< /Size (\d+) /Root 1 0 R (/Info \d+ 0 R /ID \[<\w+> <\w+>\]) >>\n"
    rb"startxref\n(\d+)\n%%EOF\n\Z"
)


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
    """
    tail = TAIL.search(pdf[-400:])
    if timestamp_url or tail is None or not pdf.startswith(HEADER):
        return _sign_any(pdf, signer, reason, location, at, timestamp_url)
    return _sign_composed(pdf, tail, signer, reason, location, at)


def _sign_composed(
    pdf: bytes, tail: re.Match, signer: Signer, reason: str, location: str, at: datetime
) -> bytes:
    """Append the signature as the second revision of a file written by `compose`."""
    size, rest, table = int(tail[1]), tail[2], int(tail[3])
    objects = {
        CATALOG: _with(_read(pdf, table, CATALOG), _catalog_entries(size)),
        PAGE: _with(_read(pdf, table, PAGE), f"/Annots [{size + 1} 0 R]"),
        size: _signature_object(reason, location, at),
        size + 1: _field(size),
    }
    parts, position, places = [pdf], len(pdf), {}
    for number, item in objects.items():
        places[number] = position
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, item))
        position += len(parts[-1])
    sections = ((CATALOG, 1), (PAGE, 1), (size, 2))
    parts.append(b"xref\n")
    for first, count in sections:
        parts.append(b"%d %d\n" % (first, count))
        parts.extend(b"%010d 00000 n \n" % places[first + step] for step in range(count))
    trailer = b"trailer\n<< /Size %d /Root %d 0 R %b /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    parts.append(trailer % (size + 2, CATALOG, rest, table, position))
    return _fill(bytearray(b"".join(parts)), places[size], signer)


def _fill(file: bytearray, place: int, signer: Signer) -> bytes:
    """Write byte range and signature container into the room kept for them."""
    start = file.index(b"<" + b"0" * 64, place)
    end = start + RESERVED + 2
    span = b"[0 %d %d %d]" % (start, end, len(file) - end)
    hole = file.index(b"[0 0000", place)
    file[hole : hole + len(BYTE_RANGE)] = span.ljust(len(BYTE_RANGE))
    digest = hashlib.sha256(memoryview(file)[:start])
    digest.update(memoryview(file)[end:])
    container = signer.container(digest.digest()).hex().encode()
    if len(container) > RESERVED:
        raise ValueError("the certificate chain is too long for the room kept for the signature")
    file[start + 1 : start + 1 + len(container)] = container
    return bytes(file)


def _read(pdf: bytes, table: int, number: int) -> bytes:
    """An object of a file written by `compose`, found through its cross-reference table."""
    entries = pdf.index(b"0000000000 65535 f \n", table)
    place = int(pdf[entries + 20 * number : entries + 20 * number + 10])
    start = pdf.index(b" obj\n", place) + 5
    return pdf[start : pdf.index(b"\nendobj", start)]


def _with(item: bytes, entries: str) -> bytes:
    return item.removesuffix(b">>") + entries.encode() + b" >>"


def _catalog_entries(signature: int) -> str:
    return (
        f"/AcroForm << /Fields [{signature + 1} 0 R] /SigFlags 3 >> "
        f"/Perms << /DocMDP {signature} 0 R >> /Extensions << /ESIC "
        f"<< /Type /DeveloperExtensions /BaseVersion /1.7 /ExtensionLevel 1 >> >>"
    )


def _field(signature: int) -> bytes:
    return (
        f"<< /Type /Annot /Subtype /Widget /FT /Sig /T ({FIELD}) /V {signature} 0 R "
        f"/Rect [0 0 0 0] /F 132 /P {PAGE} 0 R >>"
    ).encode()


def _signature_object(reason: str, location: str, at: datetime) -> bytes:
    return (
        f"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
        f"/Reason {_text(reason)} /Location {_text(location)} /M ({_pdf_date(at)}) "
        f"/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams "
        f"<< /Type /TransformParams /P 1 /V /1.2 >> >>] "
        f"/ByteRange {BYTE_RANGE.decode()} /Contents <{'0' * RESERVED}> >>"
    ).encode()


def _text(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


def _pdf_date(at: datetime) -> str:
    return f"{at.astimezone(UTC):D:%Y%m%d%H%M%S}Z"


class _KeptKey(signers.Signer):
    """pyHanko's view of a signer whose key was parsed once."""

    def __init__(self, signer: Signer):
        registry = SimpleCertificateStore.from_certs(signer.chain)
        super().__init__(signing_cert=signer.certificate, cert_registry=registry)
        self._kept = signer

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The bare signature; only SHA-256 is asked for."""
        return self._kept.sign(data)


def _sign_any(
    pdf: bytes, signer: Signer, reason: str, location: str, at: datetime, timestamp_url: str
) -> bytes:
    """Sign any PDF through pyHanko."""
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        location=location,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    stamper = HTTPTimeStamper(timestamp_url) if timestamp_url else None
    maker = signers.PdfSigner(about, _KeptKey(signer), timestamper=stamper)
    session = maker.init_signing_session(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    session.system_time = at
    document = session.prepare_tbs_document(None, bytes_reserved=RESERVED * (2 if stamper else 1))
    output = io.BytesIO()
    prepared, _written = document.digest_tbs_document(output=output)
    asyncio.run(document.perform_signature(prepared.document_digest, PdfCMSSignedAttributes()))
    return output.getvalue()
