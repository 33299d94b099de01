"""Small files of every kind, made for the tests."""

from __future__ import annotations

import io
import zipfile

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (8).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)
DOC = OLE + bytes(600)
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml", "ofd": "OFD.xml"}


def zipped(kind: str, parts: dict[str, bytes] | None = None) -> bytes:
    """A document of that kind, with further parts or other ones in place of its own."""
    made = io.BytesIO()
    whole = {"[Content_Types].xml": b"<Types/>", MAIN[kind]: b"<document/>", **(parts or {})}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return made.getvalue()


def locked(document: bytes) -> bytes:
    """The same zip with the mark of encryption on every part."""
    content = bytearray(document)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(mark)
        while found >= 0:
            content[found + place] |= 1
            found = content.find(mark, found + 4)
    return bytes(content)
