"""Tables as .xlsx: no cell is live, nothing is cut, every browser learns the name."""

import zipfile
from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from tracker.web.sheets import CELL_UNITS, Sheet, book, cell_text, download


def opened(content):
    return CalamineWorkbook.from_filelike(BytesIO(content))


def cells(headers, rows):
    return opened(book([Sheet("表", headers, rows)])).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    "payload", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", '=HYPERLINK("http://a.example")', "%0A=1"]
)
def test_nothing_a_person_typed_becomes_a_formula(payload):
    content = book([Sheet("表", ["题目"], [[payload]])])
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert opened(content).get_sheet_by_index(0).to_python() == [["题目"], [payload]]


def test_an_address_does_not_become_a_link():
    content = book([Sheet("表", ["网址"], [["http://a.example/"]])])
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert b"hyperlink" not in parts.read("xl/worksheets/sheet1.xml")


def test_numbers_with_leading_zeros_keep_them():
    assert cells(["编号"], [["0076"]])[1] == ["0076"]


def test_a_sign_that_would_spoil_the_file_is_left_out():
    assert cells(["题目"], [["路\x0b灯\x00"], ["坏\ud800字"]])[1:] == [["路灯"], ["坏字"]]


@pytest.mark.parametrize("sign", ["路", "𠮷", "a"])
def test_a_text_too_long_for_a_cell_goes_on_beside_it_and_nothing_is_lost(sign):
    text = sign * 40_000
    head, row = cells(["正文", "备注"], [[text, "end"]])
    assert head[0] == "正文"
    assert head[-1] == "备注"
    assert "".join(row[:-1]) == text
    assert all(len(part.encode("utf-16-le")) <= 2 * CELL_UNITS for part in row)


def test_two_sheets_of_one_name_are_told_apart():
    assert opened(book([Sheet("a/b", ["x"], []), Sheet("A b", ["x"], [])])).sheet_names == ["a b", "A b 2"]


def test_a_table_without_rows_is_still_a_table():
    assert cells(["题目"], []) == [["题目"]]


def test_a_chinese_name_reaches_every_browser():
    with Flask("files").test_request_context():
        said = download('机构\r\nX: y"', b"").headers["Content-Disposition"]
    assert "\n" not in said
    assert said.startswith("attachment; filename=\"table.xlsx\"; filename*=UTF-8''%E6%9C%BA%E6%9E%84")


def test_nothing_is_an_empty_cell():
    assert cell_text(None) == ""
