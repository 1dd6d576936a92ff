"""Tables that people send: opened by content, cells and heads understood, dangers refused."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook

from torch_portal.common import sheets
from torch_portal.common.sheets import BadCell, BadSheet, Limits

HEADS = ["序号", "项目名称", "合作单位", "合同金额（万元）", "签订日期"]
KNOWN = {"项目名称", "合作单位", "合同金额", "签订日期"}


def xlsx(rows, change=None):
    """A workbook with these rows; `change` may add to its sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def department_list(**more):
    """A title, heads, three rows, a total, a signature."""
    day = datetime.date(2020, 3, 2)
    rows = [
        ["2020年技术合同登记汇总表"],
        HEADS,
        [1, " 红外测温算法 ", "甲公司", "12万", day],
        [2, "锂电池回收", "乙公司", "２１０．３７５６", "2020.3.2"],
        [3, "污水处理", "丙公司", 156.8966, "2020年3月2日"],
        ["合计", None, None, "=SUM(D3:D5)", None],
        ["填表人：李敏"],
    ]
    return xlsx(rows, **more)


def table_of(data):
    return sheets.find_table(sheets.read(data), KNOWN)


def test_title_total_and_signature_are_left_out():
    table = table_of(department_list())
    assert table.head == 2
    assert list(table.heads) == HEADS
    assert [number for number, _cells in table.rows] == [3, 4, 5]
    assert table.left_out == (
        (1, "2020年技术合同登记汇总表"), (6, "合计"), (7, "填表人：李敏"),
    )  # fmt: skip


def test_table_without_known_heads_is_found_by_its_words():
    data = xlsx([["甲", "乙", "丙"], ["1", "2", "3"]])
    assert sheets.find_table(sheets.read(data)).heads == ("甲", "乙", "丙")
    assert sheets.find_table(sheets.read(xlsx([[1, 2, 3], [4, 5, 6]]))) is None


def test_heads_repeated_on_every_page_are_left_out():
    data = xlsx([HEADS, [1, "a", "b", 1, 2], HEADS, [2, "c", "d", 1, 2]])
    assert [n for n, _c in table_of(data).rows] == [2, 4]


def test_merged_cells_hold_for_each_row():
    def merge(book):
        book.active.merge_cells("C2:C3")

    data = xlsx([HEADS, [1, "a", "甲公司", 1, ""], [2, "b", "", 2, ""]], merge)
    assert [cells[2] for _n, cells in table_of(data).rows] == ["甲公司", "甲公司"]


def test_hidden_rows_and_other_sheets_are_told():
    def hide(book):
        book.active.row_dimensions[2].hidden = True
        book.create_sheet("更多").append(["x"])
        book.create_sheet("暗").sheet_state = "hidden"

    sheet = sheets.read(xlsx([HEADS, [1, "a", "b", 1, ""]], hide))
    assert sheet.hidden == {2}
    assert sheet.others == ("更多",)


def test_trailing_blanks_and_empty_rows_are_no_rows():
    data = xlsx([HEADS, [1, "a", "b", 1, ""], [None] * 5, [" ", "　", "", None, ""]])
    assert len(table_of(data).rows) == 1


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("项目名称,合作单位\n算法,甲公司\n".encode(), ("项目名称", "合作单位")),
        ("项目名称,合作单位\n算法,甲公司\n".encode("gb18030"), ("项目名称", "合作单位")),
        ("\ufeff项目名称;合作单位\r\n算法;甲公司\r\n".encode(), ("项目名称", "合作单位")),
        ("项目名称\t合作单位\n算法\t甲公司\n".encode(), ("项目名称", "合作单位")),
    ],
)
def test_separated_text_is_read_in_the_codes_people_use(content, names):
    table = table_of(content)
    assert table.heads == names
    assert table.rows[0][1] == ("算法", "甲公司")


def repacked(data, **parts):
    """A package with further parts."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(f"xl/{name}.bin", content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空"),
        (b"%PDF-1.4 not a table", "Excel"),
        (b"\x00\x01\x02" * 50, "Excel"),
        (b"PK\x03\x04 broken", "损坏"),
        (OLE + b"rubbish" * 100, "损坏"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), "宏"),
        (repacked(department_list(), vbaProject=b"macro"), "宏"),
        (department_list()[:-200], "损坏"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_the_remedy(data, words):
    with pytest.raises(BadSheet, match=words):
        sheets.read(data)


def test_package_without_a_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", "hello")
    with pytest.raises(BadSheet, match="Excel"):
        sheets.read(out.getvalue())


def test_bomb_is_refused_before_it_goes_off():
    data = repacked(department_list(), media=b"\0" * 2_000_000)
    assert sheets.read(data).rows
    with pytest.raises(BadSheet, match="解压"):
        sheets.read(data, Limits(unpacked=1_000_000))


def test_limits_on_both_sides():
    rows = [["a", "b"]] * 61
    assert len(sheets.read(xlsx(rows[:60]), Limits(rows=10)).rows) == 60
    with pytest.raises(BadSheet, match="61"):
        sheets.read(xlsx(rows), Limits(rows=10))
    with pytest.raises(BadSheet, match="列"):
        sheets.read(xlsx([["a"] * 4]), Limits(columns=3))
    with pytest.raises(BadSheet, match="MB"):
        sheets.read(xlsx(rows), Limits(size=100))


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        ("12万", 10_000, "120000.00"),
        ("12.5 万元", 10_000, "125000.00"),
        ("２１０．３７５６", 10_000, "2103756.00"),
        (156.8966, 10_000, "1568966.00"),
        (156.8966, 1, None),
        (120000, 1, "120000.00"),
        (0.1 + 0.2, 1, "0.30"),
        ("1,200,000.50", 1, "1200000.50"),
        ("120000元", 10_000, "120000.00"),
        ("", 1, ""),
        ("-5", 1, None),
        ("面议", 10_000, None),
        ("#REF!", 1, None),
    ],
)
def test_amounts_in_the_unit_of_their_column(cell, unit, yuan):
    if yuan is None:
        with pytest.raises(BadCell):
            sheets.amount(cell, unit)
    else:
        assert sheets.amount(cell, unit) == (Decimal(yuan) if yuan else None)


@pytest.mark.parametrize(
    "cell",
    [
        "2020-03-02", "2020/3/2", "2020.3.2", "2020年3月2日", "２０２０．０３．０２",
        43892, 43892.0,
        "43892", "20200302", datetime.date(2020, 3, 2),
        datetime.datetime(2020, 3, 2, 8, 30, tzinfo=datetime.UTC),
        "2020-03-02 00:00:00",
    ],
)  # fmt: skip
def test_days_as_people_write_them(cell):
    assert sheets.day(cell) == datetime.date(2020, 3, 2)


@pytest.mark.parametrize(
    "cell", ["2020-02-30", "三月二日", "2020年3月", "3/2/2020", 2020, "፩", "#N/A"]
)
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(BadCell):
        sheets.day(cell)


@pytest.mark.parametrize(
    ("head", "unit", "plain"),
    [
        ("合同金额（万元）", 10_000, "合同金额"),
        ("合同金额(元)", 1, "合同金额"),
        ("合同金额", None, "合同金额"),
        (" 项目 名称* ", None, "项目名称"),
    ],
)
def test_heads_made_plain(head, unit, plain):
    assert sheets.unit_of(head) == unit
    assert sheets.plain_head(head) == plain


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("　甲\u200b 公司 ", "甲 公司"),
        (3.0, "3"),
        (1e16, "10000000000000000"),
        (True, "是"),
        (None, ""),
    ],
)
def test_texts_made_plain(cell, words):
    assert sheets.text(cell) == words
