"""Documents as .docx, in the same layout as the PDF; the fonts are those of the reader's office program."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor

from tracker.paper.document import DRAFT, Bars, Block, Document, Form, Table
from tracker.paper.qr import picture
from tracker.paper.text import chinese_day, plain
from tracker.paper.word_parts import A4, FANG, HEI, RED, SONG, edge, field_of_page, font_of, grid_of, repeat_on_pages

CENTER, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
ROOM = 15  # millimetres from which a line of a form is written from its top
FULL, MOST_SIGNS = "█", 18  # a bar of signs: every office program shows it
PITCH, SIZE, SMALL = Pt(28.95), Pt(16), Pt(10.5)
UPRIGHT, FLAT, COMPACT = (37, 35, 28, 26), (28, 26, 35, 37), (20, 20, 22, 22)  # top, bottom, left, right in millimetres


def as_docx(documents: Sequence[Document], *, at: datetime) -> bytes:
    """The documents one after the other in one file, each in a section of its own with pages numbered from 1."""
    file = docx.Document()
    facts = file.core_properties
    facts.title, facts.author, facts.comments = plain(documents[0].heading)[:250], "", ""
    facts.created = facts.modified = at
    file.settings.odd_and_even_pages_header_footer = True
    _basic(file.styles["Normal"])
    for place, one in enumerate(documents):
        section = file.sections[0] if place == 0 else file.add_section(WD_SECTION.NEW_PAGE)
        _page(section, one)
        _Writer(file).write(one)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _basic(style: Any) -> None:
    font_of(style, FANG, SIZE)
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH


def _page(section: Any, one: Document) -> None:
    width, height = A4
    top, bottom, left, right = COMPACT if one.compact else FLAT if one.landscape else UPRIGHT
    section.orientation = WD_ORIENT.LANDSCAPE if one.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if one.landscape else (width, height)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.header_distance, section.footer_distance = Mm(11), Mm(bottom - 12)
    grid_of(section)
    section.different_first_page_header_footer = True
    for part in (section.header, section.even_page_header):
        part.is_linked_to_previous = False
        if one.draft:
            part.paragraphs[0].alignment = RIGHT
            font_of(part.paragraphs[0].add_run(DRAFT), HEI, SIZE)
    _margin(section.first_page_header, one, Mm(297 if one.landscape else 210) - Mm(left + right))
    for footer, side in ((section.first_page_footer, RIGHT), (section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        field_of_page(footer.paragraphs[0], side)


def _margin(header: Any, one: Document, width: Any) -> None:
    """The number with its QR code at the left, the class of a reply at the right."""
    header.is_linked_to_previous = False
    line = header.paragraphs[0]
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    if one.code:
        line.add_run().add_picture(io.BytesIO(picture(one.address, "png")), width=Mm(16))
        font_of(line.add_run(f" {one.code}"), FANG, Pt(10.5))
    if one.corner:
        font_of(line.add_run(f"\t{plain(one.corner)}"), HEI, SIZE)


class _Writer:
    """Writes the parts of one document at the end of the file."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def write(self, one: Document) -> None:
        self._head(one)
        self._add(one.heading, CENTER, font=SONG, size=Pt(22) if one.head else Pt(18), pitch=Pt(33))
        if one.number and not one.head:
            self._add(one.number, RIGHT, size=Pt(12))
        elif one.head:
            self._add("")
        if one.addressee:
            self._add(one.addressee)
        for block in one.blocks:
            self._block(block, Pt(12) if one.compact else SIZE)
        self._end(one)
        for block in one.slip:
            self._add("")
            self._block(block)
        self._copies(one)

    def _add(
        self,
        text: str,
        side: Any = None,
        *,
        font: str = FANG,
        size: Any = SIZE,
        indented: bool = False,
        pitch: Any = None,
    ) -> Any:
        added = self.file.add_paragraph()
        if side is not None:
            added.alignment = side
        if indented:
            added.paragraph_format.first_line_indent = Pt(32)
        if pitch is not None:
            added.paragraph_format.line_spacing = pitch
        font_of(added.add_run(plain(text)), font, size)
        return added

    def _head(self, one: Document) -> None:
        if not one.head:
            return
        size = min(30, 440 / max(len(one.head), 1) / 1.04)
        head = self._add(one.head, CENTER, font=SONG, size=Pt(size), pitch=Pt(44))
        head.runs[0].font.color.rgb = RGBColor(*RED)
        head.paragraph_format.space_after = PITCH
        last = self._add(one.number, CENTER)
        if one.signer:
            last.alignment = LEFT
            last.paragraph_format.left_indent = SIZE
            last.paragraph_format.tab_stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT)
            last.add_run(f"\t签发人：{plain(one.signer)}")
        edge(last, "bottom", 10, "D7000F")
        last.paragraph_format.space_after = PITCH

    def _block(self, block: Block, size: Any = SIZE) -> None:
        if isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Form):
            self._form(block)
        elif isinstance(block, Bars):
            self._bars(block)
        else:
            look = {"size": size, "pitch": Pt(18) if size < SIZE else None}
            self._add(block.text, font=HEI if block.is_heading else FANG, indented=block.indented, **look)

    def _table(self, block: Table) -> None:
        table = self.file.add_table(rows=1, cols=len(block.headers), style="Table Grid")
        section = self.file.sections[-1]
        width = section.page_width - section.left_margin - section.right_margin
        widths = [int(width * share / sum(block.widths)) for share in block.widths]
        table.autofit = False
        _fill_row(table.rows[0], block.headers, widths, font=HEI, side=CENTER)
        repeat_on_pages(table.rows[0])
        for row in block.rows:
            _fill_row(table.add_row(), row, widths)

    def _bars(self, block: Bars) -> None:
        self._add(block.caption, font=HEI, size=Pt(12))
        table = self.file.add_table(rows=0, cols=3, style="Table Grid")
        table.autofit = False
        for label, said, share in block.rows:
            drawn = FULL * -(-share * MOST_SIGNS // 100)
            _fill_row(table.add_row(), (label, drawn, said), [Mm(40), Mm(76), Mm(40)])

    def _form(self, block: Form) -> None:
        table = self.file.add_table(rows=0, cols=4, style="Table Grid")
        table.autofit = False
        widths = [Mm(30), Mm(48), Mm(30), Mm(48)]
        for line in block.lines:
            row = table.add_row()
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
            cells = list(row.cells)
            if len(line.fields) == 1:
                cells = [cells[0], cells[1].merge(cells[3])]
            for (label, said), name, value in zip(line.fields, cells[::2], cells[1::2], strict=True):
                _write_cell(name, label, font=HEI, side=CENTER, size=Pt(12))
                _write_cell(value, said, size=Pt(12), upright=line.height < ROOM)
                if line.foot:
                    _write_cell(value, line.foot, side=RIGHT, size=Pt(12), upright=False, more=True)
            if line.height:
                row.height, row.height_rule = Mm(line.height), WD_ROW_HEIGHT_RULE.AT_LEAST

    def _end(self, one: Document) -> None:
        for place, words in enumerate(filter(None, (one.signature, chinese_day(one.day)))):
            line = self._add(words, RIGHT)
            line.paragraph_format.right_indent = SIZE * 4
            line.paragraph_format.keep_with_next = place == 0
            if place == 0:
                line.paragraph_format.space_before = PITCH
        for remark in one.remarks:
            self._add(remark, indented=True)

    def _copies(self, one: Document) -> None:
        if one.copies_to:
            line = self._add(f"抄送：{one.copies_to}", size=Pt(14))
            line.paragraph_format.space_before = PITCH
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
            edge(line, "top", 8, "000000")
            edge(line, "bottom", 8, "000000")


def _fill_row(row: Any, words: Sequence[str], widths: Sequence[int], *, font: str = FANG, side: Any = None) -> None:
    for cell, said, width in zip(row.cells, words, widths, strict=True):
        cell.width = width
        _write_cell(cell, said, font=font, side=side)


def _write_cell(
    cell: Any,
    text: str,
    *,
    font: str = FANG,
    side: Any = None,
    size: Any = SMALL,
    upright: bool = True,
    more: bool = False,
) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER if upright else WD_CELL_VERTICAL_ALIGNMENT.TOP
    line = cell.add_paragraph() if more else cell.paragraphs[0]
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if side is not None:
        line.alignment = side
    font_of(line.add_run(plain(text)), font, size)
