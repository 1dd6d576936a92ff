"""What may be attached: PDF and images, judged by their bytes and not by their names."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import pikepdf
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from torch_portal.filings.scanning import ScannerDown, scan

IMAGES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg")}
ACTIVE_KINDS = frozenset({"/JavaScript", "/Launch", "/EmbeddedFile", "/RichMedia"})
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA"})
MAX_PIXELS = 80_000_000
MAX_PARTS = 300_000


class BadUpload(ValueError):
    """This file cannot be taken; the message names the file and says how to mend it."""


class Infected(BadUpload):
    """The scanner found something; what is kept of it: name, size, digest and what it is."""

    def __init__(self, message: str, trace: dict[str, Any]) -> None:
        super().__init__(message)
        self.trace = trace


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its kind by content, size in bytes, SHA-256 and pages."""

    name: str
    content_type: str
    suffix: str
    size: int
    sha256: str
    pages: int


def check_upload(upload: UploadedFile) -> Checked:
    """Read the file once in pieces for digest and size, then judge its content.

    Raises BadUpload for empty, too big, encrypted, damaged or active files and other kinds,
    Infected for one in which the scanner found something.
    """
    name = (upload.name or "")[-160:]
    limit = settings.ATTACHMENT_MAX_BYTES
    if (upload.size or 0) > limit:
        raise BadUpload(
            _("“%(name)s” has %(size)s MB; at most %(limit)s MB can be sent. Scan it in grey.")
            % {
                "name": name,
                "size": f"{(upload.size or 0) / 1024**2:.1f}",
                "limit": limit // 1024**2,
            }
        )
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    if not upload.size:
        raise BadUpload(_("“%(name)s” is empty. Choose it again.") % {"name": name})
    check_clean(upload, digest.hexdigest())
    content_type, suffix, pages = _kind(upload, name)
    return Checked(name, content_type, suffix, upload.size, digest.hexdigest(), pages)


def check_uploads(
    uploads: "Iterable[UploadedFile[Any]]",
) -> "tuple[list[tuple[UploadedFile[Any], Checked]], list[str]]":
    """Several files at once, each content once: (those that may be kept, what is wrong)."""
    good: dict[str, tuple[UploadedFile[Any], Checked]] = {}
    bad = []
    for upload in uploads:
        try:
            known = check_upload(upload)
        except BadUpload as error:
            bad.append(str(error))
        else:
            good.setdefault(known.sha256, (upload, known))
    return list(good.values()), bad


def check_clean(upload: UploadedFile, sha256: str = "") -> None:
    """Show a file to the scanner, if there is one, before anything else opens it.

    Raises Infected, or BadUpload while the scanner does not answer: nothing is kept unscanned.
    """
    name = (upload.name or "")[-160:]
    upload.seek(0)
    try:
        found = scan(upload.chunks())
    except ScannerDown as error:
        raise BadUpload(
            _(
                "“%(name)s” could not be checked for viruses just now and was not kept. Send it "
                "again in a few minutes; everything else is saved."
            )
            % {"name": name}
        ) from error
    finally:
        upload.seek(0)
    if found:
        raise Infected(
            _(
                "“%(name)s” was not kept: the virus scanner found “%(virus)s” in it. Check your "
                "computer, then export or scan the document again."
            )
            % {"name": name, "virus": found},
            {"name": name, "size": upload.size, "sha256": sha256, "virus": found},
        )


def _kind(upload: UploadedFile, name: str) -> tuple[str, str, int]:
    upload.seek(0)
    head = upload.read(1024)
    upload.seek(0)
    if b"%PDF-" in head:
        with _rewound(upload) as stream:
            return "application/pdf", ".pdf", _pdf_pages(stream, name)
    with _rewound(upload) as stream:
        return *_image(stream, name), 1


@contextmanager
def _rewound(upload: UploadedFile) -> Iterator[BinaryIO]:
    stream: Any = upload.file if upload.file is not None else io.BytesIO(upload.read())
    stream.seek(0)
    try:
        yield stream
    finally:
        stream.seek(0)


def _pdf_pages(stream: BinaryIO, name: str) -> int:
    try:
        with pikepdf.open(stream) as pdf:
            pages = len(pdf.pages)
            active = _active_parts(pdf, name)
    except BadUpload:
        raise
    except pikepdf.PasswordError as error:
        raise BadUpload(
            _("“%(name)s” is protected by a password. Save it without one.") % {"name": name}
        ) from error
    except (pikepdf.PdfError, ValueError) as error:
        raise BadUpload(
            _("“%(name)s” is damaged and cannot be opened as PDF. Export or scan it again.")
            % {"name": name}
        ) from error
    if active:
        raise BadUpload(
            _("“%(name)s” carries scripts or embedded files. Print it to a new PDF first.")
            % {"name": name}
        )
    if not pages:
        raise BadUpload(_("“%(name)s” has no pages.") % {"name": name})
    return pages


def _active_parts(pdf: pikepdf.Pdf, name: str) -> bool:
    """Scripts, launch actions and embedded files anywhere in the document."""
    for count, part in enumerate(_parts(pdf)):
        if count > MAX_PARTS:
            raise BadUpload(
                _("“%(name)s” has too many parts to be checked. Print it to a new PDF first.")
                % {"name": name}
            )
        if not isinstance(part, pikepdf.Array):
            kinds = {str(part.get(key, "")) for key in ("/S", "/Type", "/Subtype")}
            if not (kinds.isdisjoint(ACTIVE_KINDS) and ACTIVE_KEYS.isdisjoint(part.keys())):
                return True
    return False


def _parts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary, stream and array, those written inside others included."""
    for item in pdf.objects:
        waiting: list[Any] = [item]
        while waiting:
            part = waiting.pop()
            if isinstance(part, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
                yield part
                inside = part if isinstance(part, pikepdf.Array) else part.values()
                waiting += [i for i in inside if _is_written_here(i)]


def _is_written_here(item: Any) -> bool:
    """Not a plain value, and not a reference to an object that comes by itself."""
    return isinstance(item, pikepdf.Object) and not item.is_indirect


def _image(stream: BinaryIO, name: str) -> tuple[str, str]:
    try:
        with Image.open(stream, formats=list(IMAGES)) as image:
            kind = image.format or ""
            if image.width * image.height > MAX_PIXELS:
                raise BadUpload(
                    _("“%(name)s” has too many pixels. Save it smaller.") % {"name": name}
                )
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadUpload(
            _(
                "“%(name)s” is neither a PDF nor a PNG or JPEG picture, whatever its name says. "
                "Send the document as PDF or as photos."
            )
            % {"name": name}
        ) from error
    return IMAGES[kind]
