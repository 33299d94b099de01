"""Small ledgers made for the tests."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

TODAY = date(2026, 11, 22)
HEADER = ("建议编号", "领衔代表", "建议标题", "承办单位", "交办日期", "答复日期")
WHOLE = (*HEADER, "答复内容", "等级", "满意度", "联系人")


def xlsx(path: Path, rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), sheet: str = "台账") -> Path:
    book = Workbook()
    active = book.active
    active.title = sheet
    for row in rows:
        active.append(list(row))
    for merge in merges:
        active.merge_cells(merge)
    book.save(path)
    return path


def csv_file(path: Path, rows: Sequence[Sequence[str]], encoding: str = "gb18030") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def ods(path: Path, rows_xml: str) -> Path:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows_xml}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"/>')
    return path


def with_part(source: Path, target: Path, name: str, content: bytes) -> Path:
    """A copy of a workbook with one part replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return target
