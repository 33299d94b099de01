from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.ledgers.sheets_made import HEADER, csv_file, ods, with_part, xlsx
from tracker.ledgers.parts import UNPACKED_BYTES, LedgerUnreadable
from tracker.ledgers.rows import read
from tracker.ledgers.sheets import open_grids

ROW = ("第1号", "赵甲一", "关于修整东坡路的建议", "城建局", "2025-03-15", "2025-06-01")
SHEET = "xl/worksheets/sheet1.xml"


def worksheet(data: str, before: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{space}"><sheetData>{data}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_each_usual_encoding(tmp_path: Path, encoding: str) -> None:
    ledger = read(csv_file(tmp_path / "a.csv", [HEADER, ROW], encoding))
    assert [row.title for row in ledger.rows] == ["关于修整东坡路的建议"]


def test_a_named_encoding_wins_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [HEADER, ROW], "gb18030")
    assert len(read(path, encoding="gb18030").rows) == 1
    for wrong in ("utf-8", "no-such-encoding"):
        with pytest.raises(LedgerUnreadable, match="cannot be read as"):
            read(path, encoding=wrong)


def test_an_ods_is_read(tmp_path: Path) -> None:
    cells = ("".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
                     for text in row) for row in (HEADER, ROW))  # fmt: skip
    path = ods(tmp_path / "a.ods", "".join(f"<table:table-row>{row}</table:table-row>" for row in cells))
    assert read(path).rows[0].lead_deputy == "赵甲一"


def test_an_ods_cell_repeated_beyond_reason_is_refused(tmp_path: Path) -> None:
    repeated = 'office:value-type="string" table:number-columns-repeated="200"'
    cell = f"<table:table-cell {repeated}><text:p>x</text:p></table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="60000">{cell}</table:table-row>'
    with pytest.raises(LedgerUnreadable, match="too wide"):
        open_grids(ods(tmp_path / "a.ods", row))


def test_an_empty_file_a_foreign_type_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04")
    for name, why in (("a.xlsx", "empty"), ("b.docx", "is none"), ("c.xlsx", "cannot be opened")):
        with pytest.raises(LedgerUnreadable, match=why):
            open_grids(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 torn"),
        ("a.xlsx", b"<html><table><tr><td>x</td></tr></table></html>"),
        ("a.xls", bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)),
        ("a.csv", b"%PDF-1.7"),
        ("a.csv", b"PK\x03\x04"),
        ("a.csv", b"a,b\0c"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LedgerUnreadable, match="damaged"):
        open_grids(tmp_path / name)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(LedgerUnreadable, match="damaged"):
        open_grids(tmp_path / "a.xlsx")


def test_a_zip_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    small = xlsx(tmp_path / "a.xlsx", [HEADER, ROW])
    bomb = with_part(small, tmp_path / "b.xlsx", "xl/media/image1.png", bytes(UNPACKED_BYTES + 1))
    assert bomb.stat().st_size < 1_000_000
    with pytest.raises(LedgerUnreadable, match="once unpacked"):
        open_grids(bomb)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADER, ROW])
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(500):
            archive.writestr(f"xl/media/{number}", b"")
    with pytest.raises(LedgerUnreadable, match="parts"):
        open_grids(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    small = xlsx(tmp_path / "a.xlsx", [HEADER, ROW])
    with pytest.raises(LedgerUnreadable, match="document type"):
        open_grids(with_part(small, tmp_path / "b.xlsx", "docProps/core.xml", declared.encode(encoding)))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ('<row r="65537"><c r="A65537" t="str"><v>x</v></c></row>', "more than"),
        ('<row r="1048576"><c r="A1048576"><is><t>x</t></is></c></row>', "more than"),
        ('<row r="2"><c r="XFD2"><v>1</v></c></row>', "too wide"),
        ('<row r="1"><c r="IV1"><v>1</v></c></row><row r="60000"><c r="A60000"><v>1</v></c></row>', "too wide"),
    ],
)
def test_a_cell_far_out_is_refused_before_the_sheet_is_laid_out(tmp_path: Path, data: str, why: str) -> None:
    small = xlsx(tmp_path / "a.xlsx", [HEADER, ROW])
    with pytest.raises(LedgerUnreadable, match=why):
        open_grids(with_part(small, tmp_path / "b.xlsx", SHEET, worksheet(data)))


def test_one_long_text_pointed_to_by_many_cells_is_refused(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{space}"><si><t>{"x" * 32_000}</t></si></sst>'.encode()
    data = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 5000))
    small = xlsx(tmp_path / "a.xlsx", [HEADER, ROW])
    heavy = with_part(small, tmp_path / "b.xlsx", SHEET, worksheet(data))
    with pytest.raises(LedgerUnreadable, match="once unpacked"):
        open_grids(with_part(heavy, tmp_path / "c.xlsx", "xl/sharedStrings.xml", strings))


def test_a_csv_with_too_many_rows_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("建议编号,建议标题\n" + "1,a\n" * 65_536, "utf-8")
    with pytest.raises(LedgerUnreadable, match="more than 65536 rows"):
        open_grids(tmp_path / "a.csv")


@pytest.mark.parametrize(
    "mark", ["秘密", "机 密", "绝密★10年", "密级：秘密", "【机密】", "秘密★长期", "（内部）机密★1年 某市建议目录"]
)
def test_a_secrecy_marking_stops_everything(tmp_path: Path, mark: str) -> None:
    with pytest.raises(LedgerUnreadable, match="secrecy marking") as refused:
        read(xlsx(tmp_path / "a.xlsx", [(mark,), HEADER, ROW]))
    assert refused.value.values == {"row": 1}


@pytest.mark.parametrize("level", ["秘密", "机密级", "绝密", "是"])
def test_a_secret_row_stops_everything(tmp_path: Path, level: str) -> None:
    with pytest.raises(LedgerUnreadable, match="secrecy marking"):
        read(xlsx(tmp_path / "a.xlsx", [(*HEADER, "密级"), (*ROW, level)]))


def test_a_marking_on_a_hidden_sheet_counts_too(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = xlsx(tmp_path / "a.xlsx", [HEADER, ROW])
    book = load_workbook(path)
    hidden = book.create_sheet("b")
    hidden.append(["机密★5年"])
    hidden.sheet_state = "hidden"
    book.save(path)
    with pytest.raises(LedgerUnreadable, match="secrecy marking"):
        read(path)


def test_the_word_inside_a_sentence_is_no_marking(tmp_path: Path) -> None:
    row = ("1", "赵甲一", "关于加强商业秘密保护、严守国家机密的建议", "市监局", "", "")
    assert len(read(xlsx(tmp_path / "a.xlsx", [HEADER, row])).rows) == 1


def test_what_is_internal_is_read_and_marked_so(tmp_path: Path) -> None:
    rows = [
        (*HEADER, "密级"),
        (*ROW, "内部"),
        ("2", *ROW[1:2], "另一件", *ROW[3:], "非密"),
        ("3", *ROW[1:2], "三", *ROW[3:], "工作秘密"),
    ]
    assert [row.internal for row in read(xlsx(tmp_path / "a.xlsx", rows)).rows] == [True, False, True]


def test_a_sheet_can_be_named_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = xlsx(tmp_path / "a.xlsx", [HEADER, ROW], sheet="一")
    book = load_workbook(path)
    second = book.create_sheet("二")
    second.append(list(HEADER))
    second.append(["第2号", *ROW[1:]])
    book.save(path)
    assert [row.number for row in read(path, sheet="二").rows] == ["第2号"]
    first = read(path)
    assert [row.number for row in first.rows] == ["第1号"]
    assert [question.value for question in first.questions] == ["二"]
    with pytest.raises(LedgerUnreadable, match="no sheet"):
        read(path, sheet="三")
