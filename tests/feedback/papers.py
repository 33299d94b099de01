"""A signed paper, scanned."""

from __future__ import annotations

import io

from werkzeug.datastructures import FileStorage

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def a_scan() -> tuple[io.BytesIO, str]:
    """As a browser sends it."""
    return io.BytesIO(PDF), "意见表.pdf"


def an_upload() -> FileStorage:
    """As the file store takes it."""
    return FileStorage(io.BytesIO(PDF), filename="意见表.pdf")
