"""Whatever people write stays what they wrote: no markup, no field, nothing that stops a document."""

from __future__ import annotations

import time
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.paper.read_back import docx_parts, docx_text, pdf_text
from tracker.files import rules as files
from tracker.files import secrecy
from tracker.paper.document import Document, Form, Line, Table, paragraphs
from tracker.paper.pdf import as_pdf
from tracker.paper.text import plain
from tracker.paper.word import as_docx

AT = datetime(2026, 6, 18, tzinfo=UTC)
HOSTILE = (
    "{{7*7}}", "{%import os%}", '#read("/etc/passwd")', "#sys.inputs", "$x^2$", "*b*", "_i_", "=标题", "@ref",
    "<label>", r"\u{1F600}", "//注", "`raw`", "[#x]", "MERGEFIELD", 'INCLUDETEXT"c:\\x"', "<w:t>&amp;</w:t>", "]]>",
    "%d%s", "\\n", "=1+1", "&#0;",
)  # fmt: skip


def everywhere(text: str) -> Document:
    """A document that says it in every part it has."""
    return Document(
        head=text,
        number=text,
        signer=text,
        corner=text,
        heading=text,
        addressee=text,
        blocks=[
            *paragraphs(text),
            Table([text, "列"], [[text, text]], [1, 1]),
            Form([Line([(text, text)], 20, text), Line([("甲", text), ("乙", text)])]),
        ],
        signature=text,
        remarks=[text],
        copies_to=text,
        code="DF-2026-0001",
        address="https://jianyi.example.gov.cn/papers/DF-2026-0001",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_it_stays_text_in_every_part(text: str) -> None:
    printed = pdf_text(as_pdf([everywhere(text)], at=AT))
    assert printed.count("".join(text.split())) >= 13
    made = as_docx([everywhere(text)], at=AT)
    assert docx_text(made).count(text) >= 13
    body = docx_parts(made)["word/document.xml"]
    assert "w:instrText" not in body
    assert "w:fldSimple" not in body
    assert "root:" not in printed


@pytest.mark.parametrize(
    "text", ["\x00甲\x07乙\x1b\x85", "甲\ud800乙", "甲\ufffe乙\uffff", "\u202e甲\u2066乙", "甲\u2028乙"]
)
def test_signs_no_paper_can_hold_are_left_out(text: str) -> None:
    assert pdf_text(as_pdf([everywhere(text)], at=AT)).count("甲") >= 10
    assert "乙" in docx_text(as_docx([everywhere(text)], at=AT))
    assert "\u202e" not in docx_text(as_docx([everywhere(text)], at=AT))


@pytest.mark.parametrize("text", ["𠮷", "𬀩王镕堃", "😀👩‍👩‍👧", "é̀́̂̃", "ﷺ", "a" * 3000, "国" * 3000])
def test_rare_signs_and_long_words_stop_nothing(text: str) -> None:
    assert as_pdf([everywhere(text)], at=AT).startswith(b"%PDF")
    assert text in docx_text(as_docx([everywhere(text)], at=AT))


@pytest.mark.parametrize("text", ["国家" * 20_000, "第一条。\n" * 8_000, "\n" * 40_000, "a b " * 10_000])
def test_forty_thousand_signs_stop_nothing(text: str) -> None:
    begun = time.process_time()
    one = Document(heading="长文", blocks=[*paragraphs(text), Form([Line([("内容", text)], 70, "签名")])])
    assert as_pdf([one], at=AT).startswith(b"%PDF")
    assert as_docx([one], at=AT).startswith(b"PK")
    assert time.process_time() - begun < 60


@given(st.text(max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_makes_a_document_in_both_formats(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert as_pdf([everywhere(text)], at=AT).startswith(b"%PDF")
        assert plain(text).replace("\n", "") in docx_text(as_docx([everywhere(text)], at=AT)).replace("\n", "")


def test_our_own_papers_would_be_taken_in_again(tmp_path: Path) -> None:
    """Nothing we print looks like a secrecy marking or like a file with something in it."""
    for name, content in (
        ("x.pdf", as_pdf([everywhere("建议")], at=AT)),
        ("x.docx", as_docx([everywhere("建议")], at=AT)),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        secrecy.must_carry_no_mark(path, files.accept(path, name), name)
