"""What python-docx has no word for: Chinese fonts, lines above and below, page numbers, the grid of signs."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

A4 = (Mm(210), Mm(297))
RED = (0xD7, 0x00, 0x0F)
FANG, SONG, HEI = "仿宋_GB2312", "方正小标宋简体", "黑体"
LATIN = "Times New Roman"
LINE_TWIPS = "579"  # 225 mm in 22 lines
SIGN_SPACE = "-849"  # 28 signs in 156 mm, in 1/4096 of a point


def font_of(thing: Any, name: str, size: Any) -> None:
    """The font of a run or a style; Chinese signs take theirs from `w:eastAsia`."""
    thing.font.name, thing.font.size = LATIN, size
    fonts = thing._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)


def edge(paragraph: Any, side: str, eighths: int, colour: str) -> None:
    """A line above or below a paragraph, in eighths of a point."""
    shape = paragraph._p.get_or_add_pPr()
    borders = shape.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        shape.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )
    borders.append(_with(f"w:{side}", val="single", sz=str(eighths), space="6", color=colour))


def grid_of(section: Any) -> None:
    """22 lines of 28 signs on a page, and pages counted from 1."""
    whole = section._sectPr
    for name in ("w:docGrid", "w:pgNumType"):
        for old in whole.findall(qn(name)):
            whole.remove(old)
    after = ("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:docGrid")
    whole.insert_element_before(_with("w:pgNumType", start="1"), *after)
    whole.append(_with("w:docGrid", type="linesAndChars", linePitch=LINE_TWIPS, charSpace=SIGN_SPACE))


def field_of_page(paragraph: Any, side: Any) -> None:
    """The number of the page between two dashes, at the outer edge."""
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    for part in ("— ", ("begin", "PAGE"), ("end", ""), " —"):
        run = paragraph.add_run(part if isinstance(part, str) else "")
        font_of(run, "宋体", Pt(14))
        if not isinstance(part, str):
            kind, code = part
            run._r.append(_with("w:fldChar", fldCharType=kind))
            if code:
                asked = OxmlElement("w:instrText")
                asked.text = code
                run._r.append(asked)


def repeat_on_pages(row: Any) -> None:
    """The headings of a table stand on each of its pages."""
    row._tr.get_or_add_trPr().append(_with("w:tblHeader", val="true"))


def _with(name: str, **values: str) -> Any:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
