"""The printed page: its words, fonts, QR code and standard; the quick way against the plain."""

import io
import json
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops

from tests.torch_portal.certificates.sample import CONTENT, LONGEST
from torch_portal.certificates.fit import TooLong
from torch_portal.certificates.fonts import installed, song_face
from torch_portal.certificates.layout import lay_out, steps_of
from torch_portal.certificates.qr import runs
from torch_portal.certificates.render import attachment, render_pdf, render_reference

PDFTOTEXT, PDFTOPPM = "pdftotext", "pdftoppm"  # poppler-utils, which make installs
# WeasyPrint leaves the handle of its colour profile to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")
LABELS = ("登记编号", "项目名称", "合同类别", "卖方", "买方", "合同成交总额", "其中技术交易额")


def text_of(pdf: bytes) -> str:
    done = subprocess.run([PDFTOTEXT, "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def picture_of(pdf: bytes, dpi: int = 100) -> Image.Image:
    command = [PDFTOPPM, "-png", "-r", str(dpi), "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout)).convert("L")


def squeezed(text: str) -> str:
    return "".join(text.split())


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def other_font_only() -> str:
    """A letter that some installed font has and the Song face has not, or nothing."""
    song = song_face(bold=False)
    for face in installed():
        for first, last in face.ranges:
            for code in range(max(first, 0x2D30), min(last, 0x2E7F) + 1):
                if not song.has(chr(code)) and chr(code).isprintable() and chr(code).isalpha():
                    return chr(code)
    return ""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(CONTENT)


@pytest.fixture(scope="module")
def reference() -> bytes:
    return render_reference(CONTENT)


def test_page_shows_every_value_and_label(pdf):
    text = text_of(pdf)

    for name, value in CONTENT.items():
        if isinstance(value, str):
            assert squeezed(value) in text, name
    for label in LABELS:
        assert label in text


def test_page_shows_capitals_beside_the_figures(pdf):
    text = text_of(pdf)

    assert "¥5,230,000.00人民币伍佰贰拾叁万元整" in text
    assert "¥4,870,000.00人民币肆佰捌拾柒万元整" in text


def test_sample_wording_only_on_a_sample(pdf):
    real = text_of(render_pdf(CONTENT | {"sample": False}))

    for words in ("样例·无法律效力", "电子印章待接入", "SAMPLE"):
        assert words in text_of(pdf)
        assert words not in real


def test_empty_value_prints_a_dash():
    assert "取代证明—" in text_of(render_pdf(CONTENT))
    assert "取代证明1234" in text_of(render_pdf(CONTENT | {"supersedes": "1234"}))


def test_quick_and_plain_way_say_the_same(pdf, reference):
    assert sorted(text_of(pdf)) == sorted(text_of(reference))


@pytest.mark.parametrize("content", [CONTENT, LONGEST], ids=["ordinary", "longest"])
def test_quick_and_plain_way_look_the_same(content):
    quick, plain = picture_of(render_pdf(content)), picture_of(render_reference(content))

    difference = ImageChops.difference(quick, plain)

    assert quick.size == plain.size
    assert sum(difference.histogram()[100:]) < 20
    assert quick.histogram()[0:100] != [0] * 100


def test_a_changed_value_is_seen_by_the_comparison(pdf):
    other = picture_of(render_pdf(CONTENT | {"registrar": "李四"}))

    assert sum(ImageChops.difference(picture_of(pdf), other).histogram()[100:]) > 20


def test_longest_values_stay_on_one_page():
    for render in (render_pdf, render_reference):
        assert len(opened(render(LONGEST)).pages) == 1


def test_longest_values_are_printed_whole():
    text = text_of(render_pdf(LONGEST))

    for name in ("project_name", "seller", "buyer", "agency", "total_capital", "subkind"):
        assert squeezed(LONGEST[name]) in text, name


def test_value_that_fits_nowhere_is_refused():
    with pytest.raises(TooLong) as caught:
        render_pdf(CONTENT | {"project_name": "技" * 400})
    assert caught.value.name == "project_name"


def test_no_step_moves_a_value_out_of_its_row():
    sheet = lay_out("technical_contract", CONTENT["title"], sample=True)

    assert {slot.name for slot in sheet.slots} == set(steps_of("technical_contract"))
    for slot in sheet.slots:
        middles = [sum(lines) / len(lines) for lines in slot.baselines]
        assert max(middles) - min(middles) < 4, slot.name
        assert [len(lines) for lines in slot.baselines] == [lines for _, lines in slot.steps]


def test_every_value_of_the_content_has_a_place():
    assert set(steps_of("technical_contract")) == set(CONTENT) - {"title", "sample"}


@pytest.mark.parametrize("render", [render_pdf, render_reference])
def test_rendering_twice_gives_the_same_bytes(render):
    assert render(CONTENT) == render(dict(reversed(CONTENT.items())))


def test_fonts_are_all_embedded_subsets(pdf):
    file = opened(pdf)
    fonts = [
        item
        for item in file.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
    ]
    parents = [font for font in fonts if font.Subtype == "/Type0"]

    assert len(parents) == 4
    for font in parents:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert len(descriptor.FontFile3.read_bytes()) < 100_000
        assert str(font.BaseFont)[7] == "+"
        assert b"beginbfchar" in font.ToUnicode.read_bytes()


def test_file_is_small(pdf):
    assert len(pdf) < 200_000


def test_file_says_what_pdf_a_asks(pdf, reference):
    for file in (opened(pdf), opened(reference)):
        with file.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
            assert metadata["dc:title"] == f"{CONTENT['title']} {CONTENT['number']}"
        assert str(file.docinfo.Title) == f"{CONTENT['title']} {CONTENT['number']}"
        assert str(file.Root.Lang) == "zh-Hans"
        assert file.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert len(file.trailer.ID) == 2
        assert "/Encrypt" not in file.trailer


def test_file_passes_the_check_of_qpdf(pdf):
    assert opened(pdf).check_pdf_syntax() == []


def test_content_is_attached_as_data(pdf, reference):
    for file in (opened(pdf), opened(reference)):
        spec = file.Root.AF[0]
        attached = file.attachments["certificate.json"].get_file()
        assert spec.AFRelationship == "/Data"
        assert attached.mime_type == "application/json"
        assert json.loads(attached.read_bytes()) == CONTENT
    assert json.loads(attachment(CONTENT)) == CONTENT


def test_qr_code_on_the_page_is_the_address(pdf):
    _, left, bottom, side = lay_out("technical_contract", CONTENT["title"], sample=True).qr
    picture, scale = picture_of(pdf, dpi=288), 4
    size, dark = runs(CONTENT["verify_url"])
    module = side / size
    expected = {(x + step, y) for x, y, length in dark for step in range(length)}
    top = picture.height - (bottom + side) * scale

    found = {
        (x, y)
        for x in range(size)
        for y in range(size)
        if picture.getpixel(
            (int((left + (x + 0.5) * module) * scale), int(top + (y + 0.5) * module * scale))
        )
        < 128
    }

    assert found == expected


def test_qr_symbol_has_a_quiet_zone_and_medium_correction():
    size, dark = runs("https://portal.example/verify/1")

    assert min(x for x, _, _ in dark) == 2
    assert max(x + length for x, _, length in dark) == size - 2


@pytest.mark.parametrize("name", ["喆", "堃", "㛃", "䶮", "𠮷", "𬭊"])
def test_rare_name_is_printed_by_the_quick_way(name):
    pdf = render_pdf(CONTENT | {"registrar": f"张{name}"})

    assert f"张{name}" in text_of(pdf)
    assert b"/V1" in pdf


@pytest.mark.skipif(not other_font_only(), reason="no font besides the Song face has more letters")
def test_letter_of_another_font_is_printed_by_the_plain_way():
    letter = other_font_only()

    pdf = render_pdf(CONTENT | {"registrar": f"张{letter}"})

    assert f"张{letter}" in text_of(pdf)
    assert b"/V1" not in pdf
    assert len(opened(pdf).pages) == 1


def test_markup_in_a_value_is_printed_as_it_is():
    for render in (render_pdf, render_reference):
        text = text_of(render(CONTENT | {"registrar": "<b>&amp;(\\)"}))
        assert "<b>&amp;(\\)" in text


def test_unknown_template_is_refused():
    for name in ("nothing", "../secret", ""):
        with pytest.raises(ValueError, match="no certificate template"):
            render_pdf(CONTENT, template=name)


def test_template_holds_no_drawing_that_looks_like_a_seal():
    folder = Path(__file__).resolve().parents[3] / "templates" / "certificates"
    template = (folder / "technical_contract.html").read_text(encoding="utf-8")

    assert "<img" not in template
    assert template.count("<circle") == 1
    assert template.index('{% if sample %}\n<div class="seal">') < template.index("<circle")


TEMPLATES = ["technical_contract", "income_statement", "sme_proof", "hitech_record"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_value_of_a_template_is_printed(template):
    given = {name: f"值{n}值" for n, name in enumerate(steps_of(template))}
    given |= {"title": "标题", "issued_on": "2020年3月2日", "verify_url": "https://example.org/v"}
    text = squeezed(text_of(render_pdf(given, template=template)))
    assert [name for name, value in given.items() if value not in text] == []


def test_a_value_without_steps_is_refused(monkeypatch):
    page = '<span data-slot="a" data-steps="9x1">{{ slots.a }}</span><i>{{ slots.b }}</i>'
    monkeypatch.setattr("torch_portal.certificates.layout.source", lambda template: (page, ""))
    with pytest.raises(ValueError, match="no steps for b"):
        steps_of("anything")
