"""Files nobody should open: bombs, tricks, macros, markings. Each with what the refusal must say (English)."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable

from docx import Document

from tests.files.papers import DOC, PDF, locked, zipped

XXE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
LAUGHS = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(*paragraphs: str, header: str = "", title: str = "") -> bytes:
    """A plain Word file with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def good(title: str = "关于整修东坡路的建议") -> bytes:
    return word(title, "东坡路路面破损,雨天积水,行人摔倒。", "建议尽快整修。", "建议人:赵甲一", "2026年1月12日")


def with_part(name: str, content: bytes) -> bytes:
    """A good file with one more part."""
    made = io.BytesIO(good())
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def of_body(body: str) -> bytes:
    return zipped("docx", {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()})


def parcel(files: dict[str, bytes], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compress) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def with_link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo("链接.docx")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return made.getvalue()


def many(count: int) -> bytes:
    return parcel({f"{number}.docx": b"PK" for number in range(count)}, zipfile.ZIP_STORED)


def nested_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


# What it is: the name it comes under, how it is made, and a piece of the sentence.
HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing in it": ("空.docx", lambda: b"", "is empty"),
    "no zip at all": ("一.docx", lambda: b"hello", "is not taken"),
    "a picture called docx": ("一.docx", lambda: b"\xff\xd8\xff\xe0" + bytes(40), "is by its content a jpg file"),
    "a program called docx": ("一.docx", lambda: b"MZ\x90\x00" + bytes(80), "is not taken"),
    "a PDF called docx": ("一.docx", lambda: PDF, "is by its content a pdf file"),
    "an old Word file": ("一.doc", lambda: DOC, "save it as .docx"),
    "a workbook called docx": ("一.docx", lambda: zipped("xlsx"), "is by its content a xlsx file"),
    "macros by their part": ("一.docx", lambda: with_part("word/vbaProject.bin", b"x"), "macros or programs"),
    "macros by their name": ("一.docm", good, "right name"),
    "macros in an embedded file": (
        "一.docx", lambda: with_part("word/embeddings/oleObject1.bin", "_VBA_PROJECT".encode("utf-16-le")), "macros",
    ),
    "a program in an embedded package": (
        "一.docx",
        lambda: with_part("word/embeddings/oleObject1.bin", "Ole10Native".encode("utf-16-le") + b"run.exe\0"),
        "macros or programs",
    ),
    "an entity from outside": ("一.docx", lambda: zipped("docx", {"word/document.xml": XXE}), "document type"),
    "an entity in a relation": ("一.docx", lambda: with_part("word/_rels/x.rels", XXE), "document type"),
    "a billion laughs": ("一.docx", lambda: zipped("docx", {"word/document.xml": LAUGHS}), "document type"),
    "a bomb": ("一.docx", lambda: with_part("word/media/image1.png", bytes(101 * 1024 * 1024)), "100 MB once unpacked"),
    "a locked file": ("一.docx", lambda: locked(good()), "protected by a password"),
    "a broken file": ("一.docx", lambda: good()[:-400], "damaged"),
    "XML that does not end": ("一.docx", lambda: zipped("docx", {"word/document.xml": b"<a>"}), "damaged"),
    "no body": ("一.docx", lambda: zipped("docx"), "damaged"),
    "far too many paragraphs": ("一.docx", lambda: of_body("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 6000), "far larger"),
    "far too long": ("一.docx", lambda: of_body(f"<w:p><w:r><w:t>{'长' * 100_001}</w:t></w:r></w:p>"), "far larger"),
    "far too much markup": ("一.docx", lambda: of_body("<w:p/>" * 1_500_000), "far larger"),
    "tables inside tables": ("一.docx", lambda: of_body(nested_tables(40)), "far larger"),
    "elements inside elements": ("一.docx", lambda: of_body("<w:sdt>" * 400 + "</w:sdt>" * 400), "damaged"),
    "a zip with nothing": ("一.zip", lambda: parcel({}), "no Word file"),
    "a zip bomb": ("一.zip", lambda: parcel({"一.docx": bytes(101 * 1024 * 1024)}), "100 MB once unpacked"),
    "a zip in a zip": ("一.zip", lambda: parcel({"二.zip": parcel({"一.docx": good()})}), "zip inside the zip"),
    "a way out of the folder": ("一.zip", lambda: parcel({"../../一.docx": good()}), "leads out of its folder"),
    "a way from the root": ("一.zip", lambda: parcel({"/etc/一.docx": good()}), "leads out of its folder"),
    "a drive": ("一.zip", lambda: parcel({"C:\\一.docx": good()}), "leads out of its folder"),
    "a way out with backslashes": ("一.zip", lambda: parcel({"a\\..\\..\\一.docx": good()}), "leads out of its folder"),
    "a link": ("一.zip", with_link, "leads out of its folder"),
    "a locked zip": ("一.zip", lambda: locked(parcel({"一.docx": good()})), "protected by a password"),
    "a broken zip": ("一.zip", lambda: parcel({"一.docx": good()})[:-30], "damaged"),
    "a packed file of another kind": ("一.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(40), "is not taken"),
    "a thousand files": ("一.zip", lambda: many(1000), "more than 500 parts"),
    "four hundred files": ("一.zip", lambda: many(400), "At most 100 documents"),
    "only pictures": ("一.zip", lambda: parcel({"一.jpg": b"\xff\xd8\xff" + bytes(40)}), "none of the documents"),
    "a marking with its star": ("一.docx", lambda: word("机密★5年", "关于某事的建议"), "secrecy marking"),
    "a marking in the header": ("一.docx", lambda: word("关于某事的建议", header="秘密★"), "secrecy marking"),
    "a marking in the title": ("一.docx", lambda: word("关于某事的建议", title="绝密★"), "secrecy marking"),
    "a marking in the name": ("关于某事的建议(机密).docx", good, "secrecy marking"),
    "a marking in a table": (
        "一.docx",
        lambda: of_body("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>秘 密 ★</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"),
        "secrecy marking",
    ),
    "a marking in a comment": (
        "一.docx",
        lambda: with_part("word/comments.xml", f"<w:c {W}><w:p><w:r><w:t>绝密★</w:t></w:r></w:p></w:c>".encode()),
        "secrecy marking",
    ),
    "a marking that was struck out": (
        "一.docx",
        lambda: of_body("<w:p><w:del><w:r><w:delText>机密★10年</w:delText></w:r></w:del></w:p>"),
        "secrecy marking",
    ),
    "a marking in an embedded workbook": (
        "一.docx",
        lambda: with_part(
            "word/embeddings/a.xlsx", zipped("xlsx", {"xl/sharedStrings.xml": "<s><t>秘密★</t></s>".encode()})
        ),
        "secrecy marking",
    ),
    "a marking in a file beside it": (
        "一.zip",
        lambda: parcel({"一.docx": good(), "一-附件.txt": "秘密★\n名单".encode()}),
        "secrecy marking",
    ),
    "a marking on the folder": ("一.zip", lambda: parcel({"机密/一.docx": good()}), "secrecy marking"),
    "a marking on the zip": ("机密★建议.zip", lambda: parcel({"一.docx": good()}), "secrecy marking"),
}  # fmt: skip
