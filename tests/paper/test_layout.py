"""The official layout (GB/T 9704-2012) in both formats, and the fonts that come along."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime

import docx
import pypdf
import pytest

from tests.paper.read_back import docx_parts, docx_text, pdf_pages, pdf_text
from tracker.paper import pdf
from tracker.paper.document import Document, Form, Line, Paragraph, Table, paragraphs
from tracker.paper.pdf import as_pdf
from tracker.paper.word import as_docx

AT = datetime(2026, 6, 18, tzinfo=UTC)
# What the page of the package states for the files of noto-cjk.
DIGESTS = {
    pdf.SANS: "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9",
    pdf.SERIF: "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3",
}
LETTER = Document(
    head="临江市交通运输局文件",
    number="临交函〔2026〕47号",
    signer="周局长",
    corner="A",
    heading="关于市十七届人大五次会议第047号建议的答复",
    addressee="王秀英等3名代表：",
    blocks=[*paragraphs("一、基本情况\n　　我市共有公交线路68条。\n\n二、下一步措施\n开行学生专线。")],
    signature="临江市交通运输局",
    day=date(2026, 6, 18),
    remarks=["（联系人：林承办；联系电话：0871-123）"],
    copies_to="市人大常委会代表工作委员会，市政府办公室。",
    code="DF-2026-0042",
    address="https://jianyi.example.gov.cn/papers/DF-2026-0042",
)
LIST = Document(
    heading="代表建议交办清单",
    landscape=True,
    blocks=[Table(["编号", "题目"], [[str(place), "关于拓宽道路的建议"] for place in range(1, 61)], [1, 4])],
    code="QD-2026-0001",
    address="https://jianyi.example.gov.cn/papers/QD-2026-0001",
)
FORM = Document(
    heading="代表建议办理沟通（面商）记录",
    blocks=[Form([Line([("建议编号", "047"), ("承办单位", "市交通局")]), Line([("沟通内容", "")], 70, "代表签名：")])],
)
SAID = (
    "DF-2026-0042", "临江市交通运输局文件", "临交函〔2026〕47号", "签发人：周局长", "答复", "王秀英等3名代表：",
    "一、基本情况", "我市共有公交线路68条。", "2026年6月18日", "联系电话：0871-123", "抄送：市人大常委会代表工作委员会",
)  # fmt: skip


@pytest.mark.parametrize("font", DIGESTS, ids=lambda font: font.stem)
def test_the_fonts_are_those_of_the_package(font) -> None:
    assert hashlib.sha256(font.read_bytes()).hexdigest() == DIGESTS[font]


def test_both_formats_say_everything() -> None:
    printed, written = pdf_text(as_pdf([LETTER], at=AT)), docx_text(as_docx([LETTER], at=AT))
    for said in SAID:
        assert said in printed, said
        assert said in written, said


def test_the_pdf_is_a4_and_numbers_its_pages_anew_for_each_document() -> None:
    made = as_pdf([LETTER, LIST, FORM], at=AT)
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    assert [round(float(box.width) / 72 * 25.4) for box in boxes] == [210, *[297] * (len(boxes) - 2), 210]
    pages = pdf_pages(made)
    assert [page[-3:] for page in pages] == ["—1—", *[f"—{number}—" for number in range(1, len(pages) - 1)], "—1—"]


def test_the_headings_of_a_list_stand_on_each_of_its_pages() -> None:
    pages = pdf_pages(as_pdf([LIST], at=AT))
    assert len(pages) > 1
    assert all("编号题目" in page for page in pages)
    assert "w:tblHeader" in docx_parts(as_docx([LIST], at=AT))["word/document.xml"]


def test_the_word_file_has_the_margins_the_fonts_and_the_red_head() -> None:
    made = as_docx([LETTER], at=AT)
    section = docx.Document(io.BytesIO(made)).sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    body = docx_parts(made)["word/document.xml"]
    for said in ('w:eastAsia="仿宋_GB2312"', 'w:eastAsia="方正小标宋简体"', 'w:val="D7000F"', 'w:linePitch="579"'):
        assert said in body
    assert [said for said in docx_parts(made).values() if "python-docx" in said] == []


def test_a_word_file_of_several_documents_turns_the_page_for_a_list() -> None:
    sections = docx.Document(io.BytesIO(as_docx([LETTER, LIST, FORM], at=AT))).sections
    assert [round(section.page_width.mm) for section in sections] == [210, 297, 210]
    assert all('w:start="1"' in section._sectPr.xml for section in sections)
    heads = [section.first_page_header.paragraphs[0].text.strip() for section in sections]
    assert heads == ["DF-2026-0042\tA", "QD-2026-0001", ""]


def test_a_heading_inside_the_text_is_told_from_the_text() -> None:
    made = paragraphs("一、基本情况\n一、我们做了很多事；还要做更多的事。\n  \n　第二段 ")
    assert [(one.text, one.is_heading) for one in made] == [
        ("一、基本情况", True),
        ("一、我们做了很多事；还要做更多的事。", False),
        ("第二段", False),
    ]
    assert not Paragraph("十分感谢。").is_heading


def test_the_same_document_of_the_same_moment_is_the_same_file() -> None:
    assert as_pdf([LETTER], at=AT) == as_pdf([LETTER], at=AT)
