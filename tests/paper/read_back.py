"""What a paper says, read back from its file as anybody's program would."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pypdf


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page, without the blanks and line ends the layout puts in."""
    return [re.sub(r"\s+", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def pdf_text(content: bytes) -> str:
    return "".join(pdf_pages(content))


def docx_text(content: bytes) -> str:
    """Paragraphs, tables and the head of the first page, in the order of the file."""
    file = docx.Document(io.BytesIO(content))
    heads = [line.text for section in file.sections for line in section.first_page_header.paragraphs]
    texts = ["".join(part.text or "" for part in file.element.body.iter() if part.tag.endswith("}t"))]
    return "\n".join([*heads, *texts])


def docx_parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
