"""Where everything stands on a certificate: the template laid out by WeasyPrint, read back.

A template marks the place of a value by `data-slot` and its sizes by `data-steps`
("13x1 11x2": 13 pt on one line, else 11 pt on two) and the place of the QR code by `data-qr`.
It is laid out once per process for each step, filled with sentinels; the places found are used
for every certificate. Lengths are in points from the foot left of the page.
"""

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.template import Context, Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from torch_portal.certificates.fit import Fitted, fit
from torch_portal.certificates.ornament import ornament_svg
from torch_portal.certificates.qr import qr_svg

if TYPE_CHECKING:
    from weasyprint import Document

FOLDER = Path(__file__).resolve().parent.parent.parent / "templates" / "certificates"
SHARED = "certificates/certificate.css"
SLOT = re.compile(r'data-slot="(\w+)"\s+data-steps="([^"]+)"')
FILLED = re.compile(r"{{ slots\.(\w+) }}")
POINTS = 0.75  # of a CSS pixel
SENTINEL = "国"
EMPTY = "—"
Steps = tuple[tuple[float, int], ...]


@dataclass(frozen=True)
class Slot:
    """The place of one value: left edge and width, and for each step the baselines of its lines."""

    name: str
    left: float
    width: float
    align: str
    bold: bool
    colour: tuple[float, float, float]
    steps: Steps
    baselines: tuple[tuple[float, ...], ...]

    def lines_at(self, step: int, count: int) -> list[float]:
        """Baselines of `count` lines at a step that has room for as many or more: the block
        stands in the middle of its place."""
        found = self.baselines[step]
        middle = sum(found) / len(found)
        spacing = found[0] - found[1] if len(found) > 1 else 0.0
        return [middle + spacing * ((count - 1) / 2 - line) for line in range(count)]


@dataclass(frozen=True)
class Sheet:
    """One template, laid out: page size, places of values, square of the QR, and the key that
    decides what is printed besides values."""

    template: str
    title: str
    sample: bool
    size: tuple[float, float]
    slots: tuple[Slot, ...]
    qr: tuple[str, float, float, float]  # content key, left, bottom, side

    def place(self, content: dict) -> dict[str, Fitted]:
        """Each slot's value broken into lines at the step that fits; raises TooLong."""
        return {
            slot.name: fit(slot.name, value(content, slot.name), slot.steps, slot.width,
                           bold=slot.bold)
            for slot in self.slots
        }  # fmt: skip


def value(content: dict, name: str) -> str:
    """A value as printed: one line of text, a dash when there is none."""
    return " ".join(str(content.get(name) or "").split()) or EMPTY


def heading(content: dict) -> str:
    """Title of the document, in its metadata and in the window of the reader."""
    return f"{value(content, 'title')} {value(content, 'number')}"


@functools.cache
def source(template: str) -> tuple[str, str]:
    """HTML and CSS of a template, read once; raises ValueError for a name that is no template.

    The CSS is what all certificates share, then what the template says differently.
    """
    if not template.isidentifier() or not (FOLDER / f"{template}.html").is_file():
        raise ValueError(f"no certificate template named {template!r}")
    html = (FOLDER / f"{template}.html").read_text(encoding="utf-8")
    css = (FOLDER.parent / SHARED).read_text(encoding="utf-8")
    return html, css + (FOLDER / f"{template}.css").read_text(encoding="utf-8")


def steps_of(template: str) -> dict[str, Steps]:
    """The steps that the template gives each slot, in order of appearance.

    ValueError when a value of the template has no steps: it would be left out of the file.
    """
    html = source(template)[0]
    found = {name: _parse_steps(steps) for name, steps in SLOT.findall(html)}
    if missing := set(FILLED.findall(html)) - set(found):
        raise ValueError(f"no steps for {', '.join(sorted(missing))} in {template}")
    return found


def _parse_steps(text: str) -> Steps:
    pairs = (step.split("x") for step in text.split())
    return tuple((float(size), int(lines)) for size, lines in pairs)


def page_html(
    template: str, content: dict, slots: dict[str, SafeString], *, qr: str = "", ornament: str = ""
) -> str:
    """The template as one self-contained HTML text, with these slots and drawings."""
    html, css = source(template)
    context = {
        "title": value(content, "title"),
        "heading": heading(content),
        "sample": bool(content.get("sample")),
        "slots": slots,
        "css": css,
        "ornament": ornament,
        "qr": qr,
    }
    return Engine(autoescape=True).from_string(html).render(Context(context))


def lines_html(lines: tuple[str, ...], size: float) -> SafeString:
    """Lines of one slot as HTML, text escaped."""
    body = format_html_join("", '<span class="line">{}</span>', ((line,) for line in lines))
    return format_html('<span class="line" style="font-size:{}pt">{}</span>', f"{size:g}", body)


def filled_html(sheet: Sheet, content: dict) -> str:
    """The whole certificate as one HTML text: what the plain way renders."""
    places = sheet.place(content)
    slots = {
        slot.name: lines_html(places[slot.name].lines, slot.steps[places[slot.name].step][0])
        for slot in sheet.slots
    }
    qr = qr_svg(value(content, sheet.qr[0]))
    return page_html(sheet.template, content, slots, qr=qr, ornament=ornament_svg())


def empty_html(template: str, *, title: str, sample: bool) -> str:
    """The template without any value: the background of every certificate."""
    return page_html(template, {"title": title, "sample": sample}, {}, ornament=ornament_svg())


@functools.lru_cache(maxsize=16)
def lay_out(template: str, title: str, *, sample: bool) -> Sheet:
    """The template laid out once per process: about a second of CPU, then kept."""
    steps = steps_of(template)
    content = {"title": title, "sample": sample}
    pages = []
    for number in range(max(map(len, steps.values()))):
        chosen = {name: given[min(number, len(given) - 1)] for name, given in steps.items()}
        slots = {
            name: lines_html((SENTINEL,) * lines, size) for name, (size, lines) in chosen.items()
        }
        pages.append(_boxes(page_html(template, content, slots)))
    return _sheet(template, title, sample, steps, pages)


def _boxes(html: str) -> tuple[dict, list]:
    """Boxes of the only page by slot name (and by "qr:key"), and the page box."""
    import weasyprint

    document: Document = weasyprint.HTML(string=html).render()
    if len(document.pages) != 1:
        raise ValueError(f"the template makes {len(document.pages)} pages instead of one")
    page = document.pages[0]._page_box
    found = {}
    for box in page.descendants(placeholders=True):
        attributes = getattr(getattr(box, "element", None), "attrib", {})
        name = attributes.get("data-slot") or attributes.get("data-qr")
        if name and type(box).__name__ == "BlockBox":
            found["qr" if "data-qr" in attributes else name] = (box, name)
    return found, page


def _sheet(template: str, title: str, sample: bool, steps: dict[str, Steps], pages: list) -> Sheet:
    first, page = pages[0]
    high = page.margin_height() * POINTS
    slots = tuple(
        _slot(name, steps[name], [found[name][0] for found, _ in pages], high) for name in steps
    )
    box, key = first["qr"]
    side = box.width * POINTS
    qr = (key, box.content_box_x() * POINTS, high - box.content_box_y() * POINTS - side, side)
    return Sheet(template, title, sample, (page.margin_width() * POINTS, high), slots, qr)


def _slot(name: str, steps: Steps, boxes: list, high: float) -> Slot:
    box = boxes[0]
    colour = box.style["color"].to("srgb").coordinates
    return Slot(
        name=name,
        left=box.content_box_x() * POINTS,
        width=box.width * POINTS,
        align=box.style["text_align_all"],
        bold=box.style["font_weight"] >= 600,
        colour=tuple(colour[:3]),
        steps=steps,
        baselines=tuple(_baselines(box, high) for box in boxes[: len(steps)]),
    )


def _baselines(box, high: float) -> tuple[float, ...]:
    texts = (child for child in box.descendants() if type(child).__name__ == "TextBox")
    return tuple(high - (text.position_y + text.baseline) * POINTS for text in texts)
