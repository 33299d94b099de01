from __future__ import annotations

import io
import zlib

import docx
import openpyxl
import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.files.papers import DOC, zipped
from tracker import clock
from tracker.actor import SYSTEM
from tracker.files import marks, store
from tracker.files.models import File
from tracker.files.zips import Refused

SLIDE = "<s><a:p xmlns:a='a'><a:r><a:t>机</a:t></a:r><a:r><a:t>密★</a:t></a:r></a:p></s>".encode()
HARMLESS = "要依法保护企业的商业秘密，推进机密文件管理。"


def word(*paragraphs: str, header: str = "") -> bytes:
    paper, made = docx.Document(), io.BytesIO()
    for said in paragraphs:
        paper.add_paragraph(said)
    paper.sections[0].header.paragraphs[0].text = header
    paper.save(made)
    return made.getvalue()


def sheet(*cells: str) -> bytes:
    book, made = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(cells))
    book.save(made)
    return made.getvalue()


def pdf(said: str) -> bytes:
    """A page written as office programs write it: codes, and a table of the characters they are."""
    table = "".join(f"<{code:04X}> <{ord(letter):04X}>\n" for code, letter in enumerate(said, start=1))
    codes = "".join(f"{code:04X}" for code in range(1, len(said) + 1))
    page = zlib.compress(f"BT /F1 12 Tf 50 700 Td <{codes}> Tj ET".encode())
    spelled = zlib.compress(f"begincmap {len(said)} beginbfchar\n{table}endbfchar endcmap".encode())
    return (
        b"%PDF-1.7\n1 0 obj<</Font<</F1 2 0 R>>>>endobj\n2 0 obj<</Type/Font/ToUnicode 4 0 R>>endobj\n"
        b"3 0 obj<</Filter/FlateDecode>>stream\n" + page + b"\nendstream endobj\n"
        b"4 0 obj<</Filter/FlateDecode>>stream\n" + spelled + b"\nendstream endobj\n%%EOF\n"
    )


MARKED = [
    ("方案.txt", "机密★1年\n关于某项工作的方案".encode()),
    ("方案.txt", "秘 密\n关于某项工作的方案".encode("gb18030")),
    ("方案.docx", word("绝密★", "关于某项工作的方案")),
    ("方案.docx", word("关于某项工作的方案", header="秘密★3年")),
    ("方案.docx", word("关于某项工作的方案（机密）")),
    ("台账.xlsx", sheet("序号", "秘密")),
    ("汇报.pptx", zipped("pptx", {"ppt/slides/slide1.xml": SLIDE})),
    ("公文.ofd", zipped("ofd", {"Doc_0/Pages/Page_0/Content.xml": "<p><TextCode>秘密★</TextCode></p>".encode()})),
    ("方案.pdf", pdf("机密★1年关于某项工作的方案")),
    ("旧文.doc", DOC + "机密★".encode("utf-16-le") + bytes(40)),
    ("秘密★方案.txt", "方案".encode()),
]  # fmt: skip


def keep(name: str, content: bytes) -> File:
    return store.keep(FileStorage(io.BytesIO(content), filename=name), by=SYSTEM, at=clock.now())


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("name", "content"), MARKED)
def test_a_marked_file_is_refused_and_nothing_of_it_kept(app, session, name: str, content: bytes) -> None:
    with pytest.raises(Refused, match="secrecy marking"):
        keep(name, content)
    assert session.scalar(sa.select(sa.func.count()).select_from(File)) == 0
    assert [path for path in (store._folder()).rglob("*") if path.is_file()] == []


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("说明.txt", HARMLESS.encode()),
        ("说明.docx", word(HARMLESS, "二、其他")),
        ("台账.xlsx", sheet(HARMLESS, "商业秘密保护")),
        ("说明.pdf", pdf(HARMLESS)),
        ("商业秘密保护.txt", "方案".encode()),
    ],
)
def test_the_words_in_a_sentence_are_no_marking(session, name: str, content: bytes) -> None:
    assert keep(name, content).name == name


@pytest.mark.parametrize("line", ["秘密", "机 密 ★", "密级：机密★1年", "〔绝密〕", "秘密级★长期"])
def test_a_line_that_is_nothing_but_the_marking_is_one_wherever_it_stands(line: str) -> None:
    assert marks.is_marked(line, at_top=False)


@pytest.mark.parametrize("line", [HARMLESS, "国家秘密☆", "严守机密，遵守纪律", ""])
def test_what_only_speaks_of_secrets_is_none(line: str) -> None:
    assert not marks.is_marked(line, at_top=True)
