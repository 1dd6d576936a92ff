"""Which font prints which character, how values fit, and what the system must have."""

import io

import pytest
from fontTools.cffLib import CFFFontSet

from tests.torch_portal.certificates.sample import CONTENT
from torch_portal.certificates import checks
from torch_portal.certificates.fit import TooLong, fit, pieces
from torch_portal.certificates.fonts import (
    MissingGlyph,
    gb2312,
    installed,
    song_face,
    song_family,
    uncovered,
)
from torch_portal.certificates.render import render_pdf, render_reference

NOWHERE = "\U000e0101\U0010fffd"  # a private-use code point, and one outside every script
STEPS = ((12.0, 1), (10.0, 1), (9.0, 2), (8.0, 3))


def cids(program: bytes) -> set[int]:
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    return {int(name[3:]) for name in fonts.topDictIndex[0].charset if name != ".notdef"}


def test_song_face_is_installed():
    assert song_family() is not None
    assert song_face(bold=False).name != song_face(bold=True).name


def test_gb2312_has_the_common_characters_only():
    assert {ord("技"), ord("伍"), ord("〔"), ord("0")} <= gb2312()
    assert not {ord("喆"), ord("堃"), ord("䶮"), ord("𠮷")} & gb2312()


@pytest.mark.parametrize("character", ["喆", "堃", "㛃", "䶮", "𠮷", "𬭊", "𫖯"])
def test_rare_character_outside_gb2312_is_in_the_whole_face(character):
    assert ord(character) not in gb2312()
    assert song_face(bold=False).has(character)
    assert uncovered(character) == ""


@pytest.mark.parametrize("text", ["技术合同认定", "张喆堃 𠮷野", "AVATAR — 5,230,000.00"])
def test_program_keeps_exactly_the_glyphs_and_their_ids(text):
    face = song_face(bold=False)
    wanted = {glyph.cid for glyph in face.shape(text)}

    assert cids(face.program(wanted)) == wanted


def test_shape_kerns_latin_and_sets_han_square():
    face = song_face(bold=False)

    assert [glyph.advance for glyph in face.shape("技术")] == [1000, 1000]
    assert face.width("AVA") < sum(face.width(letter) for letter in "AVA")


def test_uncovered_names_each_character_once():
    assert uncovered("甲乙" + NOWHERE + NOWHERE[0]) == NOWHERE
    assert uncovered("张三 李四\n") == ""


def test_missing_glyph_stops_both_renderers():
    content = CONTENT | {"registrar": "张" + NOWHERE[1]}

    for render in (render_pdf, render_reference):
        with pytest.raises(MissingGlyph) as caught:
            render(content)
        assert caught.value.characters == NOWHERE[1]
        assert "U+10FFFD" in str(caught.value)


def test_installed_reads_families_and_ranges():
    found = [face for face in installed() if song_family() in face.families and not face.bold]

    assert found
    assert found[0].has(ord("技"))
    assert not found[0].has(0x10FFFD)


def test_fit_prefers_one_smaller_size_to_a_wrap():
    width = 120.0

    assert fit("name", "技" * 10, STEPS, width, bold=False).step == 0
    assert fit("name", "技" * 11, STEPS, width, bold=False).step == 1
    assert fit("name", "技" * 12, STEPS, width, bold=False).step == 1
    wrapped = fit("name", "技" * 14, STEPS, width, bold=False)
    assert (wrapped.step, len(wrapped.lines)) == (2, 2)


def test_fit_makes_lines_of_even_length():
    lines = fit("name", "技" * 14, STEPS, 120.0, bold=False).lines

    assert [len(line) for line in lines] == [7, 7]


def test_fit_refuses_what_no_step_holds():
    assert fit("name", "技" * 45, STEPS, 120.0, bold=False).step == 3
    with pytest.raises(TooLong) as caught:
        fit("name", "技" * 46, STEPS, 120.0, bold=False)
    assert caught.value.name == "name"


def test_fit_breaks_a_word_that_is_longer_than_a_line():
    found = fit("name", "x" * 50, STEPS, 100.0, bold=False)

    assert "".join(found.lines) == "x" * 50
    assert len(found.lines) > 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲，乙", ["甲，", "乙"]),
        ("甲（乙）", ["甲", "（乙）"]),
        ("Wuhan Rail 公司", ["Wuhan ", "Rail ", "公", "司"]),
        ("至2021年12月31日止", ["至", "2021年12月31日", "止"]),
        ("电子信息 › 软件", ["电", "子", "信", "息 › ", "软", "件"]),
    ],
)
def test_pieces_follow_the_rules_of_punctuation(text, expected):
    assert pieces(text) == expected


def test_system_problems_are_none_here():
    assert checks.system_problems() == []
    assert checks.check_system(None) == []


def test_system_problems_name_the_debian_packages(monkeypatch):
    monkeypatch.setattr(checks, "PANGO", ("libno-pango.so",))
    monkeypatch.setattr(checks, "SUBSET", ("libno-subset.so",))

    problems = checks.system_problems()

    assert [problem.rsplit(" ", 1)[1] for problem in problems] == [
        "libpangoft2-1.0-0",
        "libharfbuzz-subset0",
    ]
    assert [error.id for error in checks.check_system(None)] == [
        "certificates.E001",
        "certificates.E002",
    ]
