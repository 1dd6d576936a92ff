"""The quick way to a certificate: WeasyPrint's background kept as bytes, values written over it.

The background of a template is rendered once per process. For each certificate only its values
are shaped, their glyphs cut from the font and the file put together: PDF/A-3b, one revision,
classic cross-reference table, the same bytes for the same content.
"""

import functools
import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import escape

import pikepdf

from torch_portal.certificates.fit import Fitted
from torch_portal.certificates.fonts import Face, Glyph, cut_program, song_face, song_family
from torch_portal.certificates.layout import Sheet, Slot, empty_html, heading, value
from torch_portal.certificates.qr import qr_operators

HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
PRODUCER = "Torch Portal"
ATTACHMENT = "certificate.json"
CHINESE_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
CHINA = timezone(timedelta(hours=8))
CATALOG, PAGES, PAGE = 1, 2, 3


@dataclass(frozen=True)
class Background:
    """Numbered objects that every certificate of a sheet shares, already in PDF syntax."""

    objects: tuple[tuple[int, bytes], ...]
    form: int
    intent: int
    next_number: int


def stream(dictionary: str, data: bytes, *, compressed: bool = True) -> bytes:
    """A PDF stream object; `dictionary` is its entries without brackets."""
    body = zlib.compress(data, 6) if compressed else data
    coding = " /Filter /FlateDecode" if compressed else ""
    return b"<< %b%b /Length %d >>\nstream\n%b\nendstream" % (
        dictionary.encode(), coding.encode(), len(body), body,
    )  # fmt: skip


@functools.lru_cache(maxsize=16)
def background(sheet: Sheet) -> Background:
    """The template without values, rendered by WeasyPrint and taken apart, once per process."""
    import weasyprint

    html = empty_html(sheet.template, title=sheet.title, sample=sheet.sample)
    plain = pikepdf.open(io.BytesIO(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/a-3b")))
    _shrink_fonts(plain)
    parts = pikepdf.new()
    parts.add_blank_page()  # objects 1 to 3 are written anew for every certificate
    form = parts.copy_foreign(plain.make_indirect(plain.pages[0].as_form_xobject()))
    intent = parts.copy_foreign(plain.make_indirect(plain.Root.OutputIntents[0]))
    shared = [(int(item.objgen[0]), _object(item)) for item in parts.objects[PAGE:]]
    return Background(tuple(shared), form.objgen[0], intent.objgen[0], len(parts.objects) + 1)


def _shrink_fonts(pdf: pikepdf.Pdf) -> None:
    """Cut the label fonts down to the glyphs they show: WeasyPrint keeps an entry for every
    glyph up to the last one used, which is two thirds of the file."""
    family = (song_family() or "").replace(" ", "-")
    for font in pdf.objects:
        if not isinstance(font, pikepdf.Dictionary) or "/FontDescriptor" not in font:
            continue
        if family and family in str(font.BaseFont) and "/FontFile3" in font.FontDescriptor:
            program = font.FontDescriptor.FontFile3
            runs = [(int(font.W[i]), len(font.W[i + 1])) for i in range(0, len(font.W), 2)]
            cids = [first + step for first, count in runs for step in range(count)]
            program.write(cut_program(program.read_bytes(), cids))
            program["/Subtype"] = pikepdf.Name.CIDFontType0C


def _object(item: pikepdf.Object) -> bytes:
    if not isinstance(item, pikepdf.Stream):
        return item.unparse(resolved=True)
    entries = item.stream_dict
    raw = item.read_raw_bytes()
    if "/Filter" not in entries:
        raw = zlib.compress(raw, 9)
        entries["/Filter"] = pikepdf.Name.FlateDecode
    entries["/Length"] = len(raw)
    return b"%b\nstream\n%b\nendstream" % (entries.unparse(resolved=True), raw)


def compose(sheet: Sheet, content: dict, places: dict[str, Fitted], attached: bytes) -> bytes:
    """One certificate as a PDF file; `attached` is the content as JSON, embedded in it."""
    shared = background(sheet)
    drawn, fonts = _draw(sheet, content, places)
    number = shared.next_number
    names = ("content", "metadata", "info", "file", "spec")
    ids = {name: number + offset for offset, name in enumerate(names)}
    first_font = number + len(names)
    objects = dict(shared.objects)
    objects[ids["content"]] = stream("", drawn.encode())
    objects[ids["metadata"]] = _metadata(heading(content))
    objects[ids["info"]] = _info(heading(content))
    objects[ids["file"]] = _attachment(attached, content)
    objects[ids["spec"]] = _filespec(ids["file"])
    references = []
    for index, (face, glyphs) in enumerate(fonts):
        references.append(f"/V{index} {first_font} 0 R")
        for item in _font(face, glyphs, first_font):
            objects[first_font] = item
            first_font += 1
    objects[CATALOG] = _catalog(ids, shared.intent)
    objects[PAGES] = b"<< /Type /Pages /Count 1 /Kids [%d 0 R] >>" % PAGE
    objects[PAGE] = _page(sheet, shared.form, ids["content"], " ".join(references))
    return _file(objects, ids["info"], attached)


def _draw(
    sheet: Sheet, content: dict, places: dict[str, Fitted]
) -> tuple[str, list[tuple[Face, list[Glyph]]]]:
    """Drawing operators of the page, and each face with all glyphs drawn in it."""
    faces: dict[bool, tuple[Face, list[Glyph]]] = {
        bold: (_face(bold=bold), []) for bold in (False, True)
    }
    parts = ["q /B Do Q BT"]
    for slot in sheet.slots:
        face, used = faces[slot.bold]
        parts.extend(_draw_slot(slot, places[slot.name], face, used))
    key, left, bottom, side = sheet.qr
    symbol = qr_operators(value(content, key), left=left, bottom=bottom, side=side)
    return "\n".join([*parts, "ET", symbol]), list(faces.values())


def _face(*, bold: bool) -> Face:
    face = song_face(bold=bold)
    if face is None:
        raise LookupError("the quick way needs a static CID-keyed Song face")
    return face


def _draw_slot(slot: Slot, place: Fitted, face: Face, used: list[Glyph]) -> Iterable[str]:
    size = slot.steps[place.step][0]
    red, green, blue = slot.colour
    yield f"{red:.4f} {green:.4f} {blue:.4f} rg /V{int(slot.bold)} {size:g} Tf"
    baselines = slot.lines_at(place.step, len(place.lines))
    for line, baseline in zip(place.lines, baselines, strict=True):
        glyphs = face.shape(line)
        used.extend(glyphs)
        width = sum(glyph.advance for glyph in glyphs) * size / 1000
        slack = {"right": 1.0, "center": 0.5}.get(slot.align, 0.0) * (slot.width - width)
        yield f"1 0 0 1 {slot.left + slack:.3f} {baseline:.3f} Tm {_shown(face, glyphs)}"


def _shown(face: Face, glyphs: Sequence[Glyph]) -> str:
    parts, adjust = [], 0
    for glyph in glyphs:
        parts.append(f"{glyph.cid:04x}")
        adjust = round(face.default_advance(glyph.cid) - glyph.advance)
        if adjust:
            parts.append(f">{adjust}<")
    return f"[<{''.join(parts)}>] TJ"


def _font(face: Face, glyphs: list[Glyph], number: int) -> Iterable[bytes]:
    """Five objects from `number` on: font, descendant, descriptor, program, ToUnicode."""
    used = {glyph.cid: glyph for glyph in sorted(glyphs, key=lambda glyph: glyph.cid)}
    digest = hashlib.sha256(",".join(map(str, used)).encode()).digest()
    name = "".join(chr(65 + byte % 26) for byte in digest[:6]) + f"+{face.name}"
    advances = {cid: face.default_advance(cid) for cid in used}
    widths = " ".join(f"{cid} [{width:g}]" for cid, width in advances.items() if width != 1000)
    metrics = face.metrics
    yield (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
        f"/DescendantFonts [{number + 1} 0 R] /ToUnicode {number + 4} 0 R >>"
    ).encode()
    yield (
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo "
        f"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {number + 2} 0 R /DW 1000 /W [{widths}] >>"
    ).encode()
    yield (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 6 /ItalicAngle 0 /StemV 80 "
        f"/FontBBox [{' '.join(map(str, metrics.box))}] /Ascent {metrics.ascent} "
        f"/Descent {metrics.descent} /CapHeight {metrics.ascent} /FontFile3 {number + 3} 0 R >>"
    ).encode()
    program = face.program(used)  # outlines hardly shrink: not worth the time
    yield stream("/Subtype /CIDFontType0C", program, compressed=False)
    yield stream("", _to_unicode(used.values()))


def _to_unicode(glyphs: Iterable[Glyph]) -> bytes:
    lines = [f"<{g.cid:04x}> <{g.text.encode('utf-16-be').hex()}>" for g in glyphs if g.text]
    blocks = []
    for start in range(0, len(lines), 100):
        block = lines[start : start + 100]
        blocks.append("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]))
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            *blocks,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode()


def _catalog(ids: dict[str, int], intent: int) -> bytes:
    return (
        f"<< /Type /Catalog /Pages {PAGES} 0 R /Lang (zh-Hans) /Metadata {ids['metadata']} 0 R "
        f"/OutputIntents [{intent} 0 R] /ViewerPreferences << /DisplayDocTitle true >> "
        f"/AF [{ids['spec']} 0 R] /Names << /EmbeddedFiles << /Names [({ATTACHMENT}) "
        f"{ids['spec']} 0 R] >> >> >>"
    ).encode()


def _page(sheet: Sheet, form: int, content: int, fonts: str) -> bytes:
    wide, high = sheet.size
    return (
        f"<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 {wide:.3f} {high:.3f}] "
        f"/Resources << /XObject << /B {form} 0 R >> /Font << {fonts} >> >> "
        f"/Contents {content} 0 R >>"
    ).encode()


def _info(title: str) -> bytes:
    return f"<< /Title {_text(title)} /Producer ({PRODUCER}) >>".encode()


def _text(text: str) -> str:
    return f"<feff{text.encode('utf-16-be').hex()}>"


def _metadata(title: str) -> bytes:
    """XMP packet: PDF/A-3b, and the same title and producer as the document information."""
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
    return stream("/Type /Metadata /Subtype /XML", packet.encode(), compressed=False)


def _attachment(data: bytes, content: dict) -> bytes:
    check = hashlib.md5(data, usedforsecurity=False).hexdigest()
    day = f"(D:{issue_day(content):%Y%m%d}000000+08'00')"
    params = f"/Params << /Size {len(data)} /CheckSum <{check}> /ModDate {day} >>"
    return stream(f"/Type /EmbeddedFile /Subtype /application#2Fjson {params}", data)


def issue_day(content: dict) -> datetime:
    """Date of the attached content: midnight in China on the day of issue."""
    found = CHINESE_DATE.match(value(content, "issued_on"))
    year, month, day = map(int, found.groups()) if found else (2000, 1, 1)
    return datetime(year, month, day, tzinfo=CHINA)


def _filespec(file: int) -> bytes:
    return (
        f"<< /Type /Filespec /F ({ATTACHMENT}) /UF ({ATTACHMENT}) /AFRelationship /Data "
        f"/EF << /F {file} 0 R /UF {file} 0 R >> >>"
    ).encode()


def _file(objects: dict[int, bytes], info: int, attached: bytes) -> bytes:
    parts, offsets, position = [HEADER], [], len(HEADER)
    for number in range(1, len(objects) + 1):
        part = b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
        offsets.append(b"%010d 00000 n \n" % position)
        parts.append(part)
        position += len(part)
    identity = hashlib.sha256(attached).hexdigest()[:32]
    trailer = (
        f"trailer\n<< /Size {len(objects) + 1} /Root {CATALOG} 0 R /Info {info} 0 R "
        f"/ID [<{identity}> <{identity}>] >>\nstartxref\n{position}\n%%EOF\n"
    )
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return b"".join([*parts, table, *offsets, trailer.encode()])
