"""What a file tells besides what it shows is found with little, and a file that is none tells nothing."""

import struct
import zipfile

import docx
import pytest

from tracker.files import hidden, rules
from tracker.files.hidden import AUTHOR, CHANGES, PLACE

DOCX = rules.ZIPPED["word/document.xml"]
BODY = '<w:document xmlns:w="w"><w:body><w:p>{}</w:p></w:body></w:document>'


def a_document(path, inside="<w:r/>", core="", **parts):
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("word/document.xml", BODY.format(inside))
        if core:
            made.writestr("docProps/core.xml", core)
        for name, text in parts.items():
            made.writestr(f"word/{name}.xml", text)
    return path


def exif(order: str, tag: int) -> bytes:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(f"{order}IHHHII", 8, 1, tag, 4, 1, 26) + b"\0" * 8


def a_jpeg(tiff: bytes) -> bytes:
    inside = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(inside) + 2) + inside + b"\xff\xd9"


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({}, []),
        ({"core": "<cp:coreProperties><dc:creator>李明</dc:creator></cp:coreProperties>"}, [AUTHOR]),
        ({"core": "<cp:coreProperties><dc:creator></dc:creator><cp:revision>1</cp:revision></cp:coreProperties>"}, []),
        ({"core": '<p><cp:lastModifiedBy xml:lang="zh">王</cp:lastModifiedBy></p>'}, [AUTHOR]),
        ({"inside": '<w:ins w:id="1" w:author="李明"><w:r/></w:ins>'}, [CHANGES]),
        ({"inside": '<w:del w:id="1"><w:r/></w:del>'}, [CHANGES]),
        ({"inside": "<w:insideH/><w:delText/>"}, []),
        ({"comments": "<w:comments/>"}, [CHANGES]),
    ],
)
def test_a_word_file(tmp_path, how, told):
    assert hidden.told_by(a_document(tmp_path / "a.docx", **how), DOCX) == told


def test_a_file_of_an_office_program_names_its_writer(tmp_path):
    made = docx.Document()
    made.core_properties.author = "李明"
    made.save(tmp_path / "a.docx")
    assert hidden.told_by(tmp_path / "a.docx", DOCX) == [AUTHOR]


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_with_a_place(tmp_path, order):
    (tmp_path / "a.jpg").write_bytes(a_jpeg(exif(order, 0x8825)))
    (tmp_path / "b.jpg").write_bytes(a_jpeg(exif(order, 0x0110)))
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x22eXIf" + exif(order, 0x8825))
    assert hidden.told_by(tmp_path / "a.jpg", rules.JPEG) == [PLACE]
    assert hidden.told_by(tmp_path / "b.jpg", rules.JPEG) == []
    assert hidden.told_by(tmp_path / "c.png", rules.PNG) == [PLACE]


def test_a_pdf_with_its_writer(tmp_path):
    for name, text in {"a": b"<</Author (Li Ming)>>", "b": b"<</Author <FEFF>>>", "c": b"<</Author ()>>"}.items():
        (tmp_path / name).write_bytes(b"%PDF-1.4\n" + text)
    assert [hidden.told_by(tmp_path / name, rules.PDF) for name in "abc"] == [[AUTHOR], [AUTHOR], []]


@pytest.mark.parametrize("kind", [DOCX, rules.JPEG, rules.PNG, rules.PDF, rules.TEXT])
@pytest.mark.parametrize("content", [b"", b"PK\3\4 broken", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM"])
def test_what_is_broken_tells_nothing(tmp_path, kind, content):
    (tmp_path / "x").write_bytes(content)
    assert hidden.told_by(tmp_path / "x", kind) == []
