"""Certificates as PDF: the quick way, and the plain way that it must agree with."""

import json

from torch_portal.certificates.compose import ATTACHMENT, compose, issue_day
from torch_portal.certificates.fit import TooLong
from torch_portal.certificates.fonts import MissingGlyph, song_face, uncovered
from torch_portal.certificates.layout import Sheet, filled_html, lay_out, value

__all__ = ["MissingGlyph", "TooLong", "render_pdf", "render_reference"]


def render_pdf(content: dict, *, template: str = "technical_contract") -> bytes:
    """The certificate as a PDF/A-3b file of one page, the same bytes for the same content.

    `content` is a plain dict of strings (and `sample`, a bool); it is attached as JSON.
    Raises MissingGlyph when no installed font has a character, TooLong when a value does not
    fit its place, ValueError for an unknown template.
    """
    _check_characters(content, template)
    sheet = _sheet(content, template)
    if not _has_song(content, sheet):
        return render_reference(content, template=template)
    return compose(sheet, content, sheet.place(content), attachment(content))


def render_reference(content: dict, *, template: str = "technical_contract") -> bytes:
    """The same certificate by WeasyPrint alone, about fifty times slower.

    Used for values with characters that only a font other than the Song face has, and on
    systems whose Song face has another format.
    """
    import weasyprint

    _check_characters(content, template)
    attached = weasyprint.Attachment(
        string=attachment(content),
        name=ATTACHMENT,
        relationship="Data",
        created=issue_day(content),
        modified=issue_day(content),
    )
    document = weasyprint.HTML(string=filled_html(_sheet(content, template), content)).render()
    document.metadata.attachments = [attached]
    return document.write_pdf(pdf_variant="pdf/a-3b")


def attachment(content: dict) -> bytes:
    """The content as JSON in a fixed order of keys, as it is attached to the file."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()


def _sheet(content: dict, template: str) -> Sheet:
    return lay_out(template, value(content, "title"), sample=bool(content.get("sample")))


def _texts(content: dict, template: str) -> str:
    sheet = _sheet(content, template)
    return "".join(value(content, slot.name) for slot in sheet.slots) + value(content, "title")


def _check_characters(content: dict, template: str) -> None:
    if missing := uncovered(_texts(content, template)):
        raise MissingGlyph(missing)


def _has_song(content: dict, sheet: Sheet) -> bool:
    faces = {bold: song_face(bold=bold) for bold in (False, True)}
    return all(
        (face := faces[slot.bold]) and all(map(face.has, value(content, slot.name)))
        for slot in sheet.slots
    )
