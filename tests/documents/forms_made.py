"""Suggestion forms made with python-docx: tables in the layouts offices print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.documents.wordings import Wording

HEADING = "临江市第十五届人民代表大会第六次会议"


def put(cell: Any, text: str) -> None:
    """Each line of the text as a paragraph of the cell."""
    first, *others = text.split("\n")
    cell.paragraphs[0].text = first
    for line in others:
        cell.add_paragraph(line)


def paragraph(document: Any, text: str, *, centred: bool = False, right: bool = False, bold: bool = False) -> Any:
    made = document.add_paragraph()
    made.add_run(text).bold = bold
    if centred or right:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT
    return made


def table(document: Any, rows: list[list[str]], columns: int = 4) -> Any:
    """A table in which the last cell of a short row reaches to the right edge."""
    made = document.add_table(rows=len(rows), cols=columns)
    made.style = "Table Grid"
    for place, texts in enumerate(rows):
        for at, text in enumerate(texts):
            cell = made.cell(place, at)
            if at == len(texts) - 1 and at < columns - 1:
                cell = cell.merge(made.cell(place, columns - 1))
            put(cell, text)
    return made


def begun(title: str = "代表建议、批评和意见专用纸") -> Any:
    document = Document()
    paragraph(document, HEADING, centred=True, bold=True)
    paragraph(document, title, centred=True, bold=True)
    return document


def classic(w: Wording) -> Any:
    document = begun()
    table(
        document,
        [
            ["标题", w.title],
            ["领衔代表", w.lead, "代表团", w.delegation],
            ["代表证号", w.card, "联系电话", w.phone],
            ["通讯地址", "临江市人民路18号", "邮编", "341000"],
            ["附议代表", "、".join(w.co_signers)],
            ["建议内容", f"{w.text}\n代表签名:{w.lead}\n{w.written_day}"],
            ["公开意见", "☑同意全文公开 □仅公开标题"],
            ["交办意见", ""],
        ],
    )
    return document


def by_case(w: Wording) -> Any:
    """案由 for the title, the text below its label in a cell of its own."""
    document = begun("代表建议登记表")
    table(
        document,
        [
            ["案  由", w.title],
            ["提建议人", w.lead, "工作单位及职务", "临江市第一中学教师"],
            ["联系方式", w.phone, "所在代表团", w.delegation],
            ["联名代表", "  ".join(w.co_signers)],
            [f"建议内容:\n{w.text}"],
            [f"提交时间:{w.written_day}"],
        ],
    )
    return document


def upright_labels(w: Wording) -> Any:
    """Labels written downwards, one sign in a paragraph."""
    document = begun()
    table(
        document,
        [
            ["编 号", "", "类 别", "城建环保"],
            ["标\n题", w.title],
            ["领衔\n代表", w.lead, "代表证\n编  号", w.card],
            ["附\n议\n人", "\n".join(w.co_signers)],
            ["建\n议\n内\n容", w.text],
            ["日 期", w.written_day, "手 机", w.phone],
        ],
    )
    return document


def text_below(w: Wording) -> Any:
    """The table says who; the text follows on the page."""
    document = begun()
    table(
        document,
        [
            ["建议标题", w.title],
            ["领衔人", w.lead, "联系电话", w.phone],
            ["代表团", w.delegation, "代表证号", w.card],
            ["附议人", ",".join(w.co_signers)],
        ],
    )
    paragraph(document, "建议正文:")
    for line in w.paragraphs:
        paragraph(document, line)
    paragraph(document, w.written_day, right=True)
    paragraph(document, "填表说明:1.一事一议;2.请用钢笔或打印;3.联名代表应当亲笔签名。")
    return document


def signers_in_rows(w: Wording) -> Any:
    """Co-signers in rows of their own under a heading row."""
    document = begun()
    table(
        document,
        [["题目", w.title], ["领衔代表", w.lead, "代表团", w.delegation], ["手机", w.phone, "代表证号", w.card]],
    )
    rows = [["附议代表", "姓名", "代表证号", "联系电话"]]
    rows += [["", one, f"1600{place}", f"1380000000{place}"] for place, one in enumerate(w.co_signers)]
    made = table(document, rows)
    if w.co_signers:
        made.cell(0, 0).merge(made.cell(len(rows) - 1, 0))
        put(made.cell(0, 0), "附议代表")
    table(document, [["建议内容"], [w.text], [f"提出日期  {w.on.isoformat()}"]], columns=1)
    return document


def reasons_and_proposals(w: Wording) -> Any:
    """Reasons and proposals in two cells."""
    document = begun("人大代表建议表")
    half = w.paragraphs.index("二、具体建议")
    table(
        document,
        [
            ["建议名称", w.title],
            ["建议人", w.lead, "电话", w.phone],
            ["选举单位", w.delegation, "时间", w.written_day],
            ["附议", "、".join(w.co_signers) or "无"],
            ["事由", "\n".join(w.paragraphs[:half])],
            ["具体建议", "\n".join(w.paragraphs[half:])],
        ],
    )
    return document


def people_in_rows(w: Wording) -> Any:
    """All who sign in one table, the first leads."""
    document = begun()
    paragraph(document, f"标题:{w.title}")
    people = [[one, w.delegation, f"17{place:03}", w.phone] for place, one in enumerate([w.lead, *w.co_signers])]
    table(document, [["姓名", "代表团", "代表证号", "联系电话"], *people])
    paragraph(document, "建议内容:")
    for line in w.paragraphs:
        paragraph(document, line)
    return document


def with_cover(w: Wording) -> Any:
    """A cover with a table, and on the next page the title once more over the text."""
    document = begun()
    table(document, [["标 题", w.title], ["领衔代表", w.lead, "代表团", w.delegation], ["建议内容", "(附后)"]])
    document.add_page_break()
    paragraph(document, w.title, centred=True, bold=True)
    for line in w.paragraphs:
        paragraph(document, line)
    paragraph(document, f"附议代表:{'、'.join(w.co_signers)}")
    paragraph(document, w.written_day, right=True)
    return document


def ticked(w: Wording) -> Any:
    """Ticks and a nested table in the cell of the co-signers."""
    document = begun("代表建议提交表")
    made = table(
        document,
        [
            ["标题", w.title],
            ["领衔代表姓名", w.lead, "所属代表团", w.delegation],
            ["附议代表", ""],
            ["是否公开", "□全文公开  ☑仅公开标题  □不公开", "调研方式", "☑座谈 □走访"],
            ["☑多年多次提出未解决  □仅供研究参考,不需书面答复  ☑希望承办单位加强联系沟通"],
            ["主要内容", w.text],
        ],
    )
    inner = made.cell(2, 1).add_table(rows=1, cols=3)
    for place, one in enumerate(w.co_signers):
        inner.cell(0, place).text = one
    return document


FORMS: tuple[Callable[[Wording], Any], ...] = (
    classic, by_case, upright_labels, text_below, signers_in_rows, reasons_and_proposals, people_in_rows, with_cover,
    ticked,
)  # fmt: skip
