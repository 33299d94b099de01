"""Documents as PDF, set by typst from one template; what people wrote reaches it as data, never as markup."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn

from tracker.paper.document import DRAFT, Bars, Block, Document, Form, Table
from tracker.paper.qr import picture
from tracker.paper.text import chinese_day, plain

TEMPLATE = Path(__file__).with_name("document.typ").read_bytes()
MUCH = 20_000  # signs of data
RUNS_REMEMBERED = 10
SERIF, SANS = pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()


def as_pdf(documents: Sequence[Document], *, at: datetime, own_fonts: Path | None = None) -> bytes:
    """The documents one after the other in one file, each with its pages numbered from 1.

    `own_fonts` is a folder of licensed fonts (仿宋, 小标宋, 黑体) that are preferred to the free ones.
    """
    import typst  # here, as it takes 2 MB: many a server never sets a paper

    data = json.dumps([_said(one) for one in documents], ensure_ascii=False)
    folder = str(own_fonts) if own_fonts is not None and own_fonts.is_dir() else ""
    with tempfile.TemporaryDirectory() as empty:  # nothing lies in the root a template could read
        options = {"root": empty, "font_paths": _fonts(folder), "timestamp": int(at.timestamp())}
        made = typst.compile(TEMPLATE, sys_inputs={"documents": data}, **options)
    if len(data) > MUCH:
        _forget()
    if not isinstance(made, bytes):
        raise TypeError("typst gave no file")
    return made


def _forget() -> None:
    """typst remembers what its last ten runs set, some 35 MB for the letters of a hand-over; empty runs end that."""
    import typst

    for _run in range(RUNS_REMEMBERED + 1):
        typst.compile(b"", font_paths=_fonts(""))


@lru_cache(maxsize=4)
def _fonts(own: str) -> Any:
    """Read once a process. Fonts of the machine are left alone: the same paper looks the same everywhere."""
    import typst

    folders = [str(SERIF.parent), *([own] if own else [])]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))


def _said(one: Document) -> dict[str, Any]:
    words = {name: plain(getattr(one, name)) for name in WORDS}
    return {
        **words,
        "day": chinese_day(one.day),
        "remarks": [plain(remark) for remark in one.remarks],
        "landscape": one.landscape,
        "compact": one.compact,
        "one_page": one.one_page,
        "small": not one.head,
        "draft": DRAFT if one.draft else "",
        "blocks": [_block(block) for block in one.blocks],
        "slip": [_block(block) for block in one.slip],
        "picture": picture(one.address, "svg").decode() if one.address else "",
    }


WORDS = ("heading", "head", "number", "signer", "corner", "addressee", "signature", "copies_to", "code", "address")
SHORT = 200


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        rows = [[plain(cell) for cell in row] for row in block.rows]
        headers = [plain(header) for header in block.headers]
        return {"kind": "table", "headers": headers, "rows": rows, "widths": list(block.widths)}
    if isinstance(block, Form):
        return {"kind": "form", "lines": [_line(line) for line in block.lines]}
    if isinstance(block, Bars):
        drawn = [{"label": plain(label), "said": plain(said), "share": share} for label, said, share in block.rows]
        return {"kind": "bars", "caption": plain(block.caption), "rows": drawn}
    words = {"text": plain(block.text), "indented": block.indented, "is_heading": block.is_heading}
    return {"kind": "paragraph", **words}


def _line(line: Any) -> dict[str, Any]:
    fields = [[plain(label), plain(said)] for label, said in line.fields]
    short = all(len(said) < SHORT and said.count("\n") < 4 for _label, said in fields)
    return {"fields": fields, "height": line.height, "foot": plain(line.foot), "short": short}
