"""Layouts written after the recognition stood, without looking at it: how it does on what it was not made for."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from docx import Document

from tests.documents.forms_made import paragraph, table
from tests.documents.forty import Made
from tests.documents.wordings import Wording, wording


def long_labels(w: Wording) -> Any:
    document = Document()
    paragraph(document, "人大代表建议意见征集表", centred=True)
    table(
        document,
        [
            ["建议标题\n(一事一议)", w.title],
            ["代表姓名(领衔)", w.lead, "代表证\n号码", w.card],
            ["所在\n代表团", w.delegation, "联系\n电话", w.phone],
            ["附议代表\n签名", "、".join(w.co_signers)],
            ["建议内容(请说明背景、存在问题和具体建议,可另附页)", w.text],
            ["备注", ""],
        ],
    )
    return document


def grouped_head(w: Wording) -> Any:
    """A label for a group of rows at the left."""
    document = Document()
    paragraph(document, "编号:                 类别:")
    made = table(
        document,
        [
            ["标题", w.title],
            ["建议人基本情况", "姓名", w.lead, "代表团", w.delegation],
            ["", "单位职务", "市一中教师", "电话", w.phone],
            ["附议人", "、".join(w.co_signers)],
            ["内容", w.text],
        ],
        columns=5,
    )
    made.cell(1, 0).merge(made.cell(2, 0))
    return document


def dash_byline(w: Wording) -> Any:
    document = Document()
    paragraph(document, f"“{w.title}”", centred=True)
    paragraph(document, f"——{w.delegation} {w.lead}", centred=True)
    for line in w.paragraphs:
        paragraph(document, line)
    paragraph(document, "附议人(签名):")
    for one in w.co_signers:
        paragraph(document, one)
    return document


def lead_among_all(w: Wording) -> Any:
    document = Document()
    paragraph(document, "代 表 建 议", centred=True)
    paragraph(document, f"建议题目:{w.title}")
    paragraph(document, f"建议代表:{w.lead}(领衔) {' '.join(w.co_signers)}")
    paragraph(document, f"联系电话:{w.phone}")
    paragraph(document, "具体内容:")
    for line in w.paragraphs:
        paragraph(document, f"  {line}")
    paragraph(document, w.written_day, right=True)
    return document


def with_tabs(w: Wording) -> Any:
    document = Document()
    paragraph(document, f"标题\t{w.title}")
    paragraph(document, f"领衔代表\t{w.lead}\t代表团\t{w.delegation}")
    paragraph(document, f"附议代表\t{'、'.join(w.co_signers)}")
    for line in w.paragraphs:
        paragraph(document, line)
    return document


def label_over_value(w: Wording) -> Any:
    """One column, label and value by turns."""
    document = Document()
    rows = [
        ["标题"],
        [w.title],
        ["领衔代表"],
        [w.lead],
        ["附议代表"],
        ["、".join(w.co_signers)],
        ["建议内容"],
        [w.text],
    ]
    table(document, rows, columns=1)
    return document


def names_in_a_grid(w: Wording) -> Any:
    document = Document()
    paragraph(document, w.title, centred=True, bold=True)
    paragraph(document, f"领衔代表:{w.lead}   {w.delegation}", centred=True)
    for line in w.paragraphs:
        paragraph(document, line)
    paragraph(document, "附议代表:")
    names = [*w.co_signers, "", "", ""][:3]
    table(document, [names], columns=3)
    return document


def title_in_the_text_again(w: Wording) -> Any:
    document = Document()
    table(
        document,
        [
            ["案 由", w.title],
            ["领衔人", f"{w.lead} ({w.delegation})", "联系方式", w.phone],
            ["联名人", " ".join(w.co_signers)],
            [
                "内  容",
                f"{w.title}\n市人大常委会:\n{w.text}\n                 建议人:{w.lead}\n          {w.written_day}",
            ],
        ],
    )
    return document


def as_a_motion(w: Wording) -> Any:
    """Reasons and plan under headings of their own in running text."""
    document = Document()
    paragraph(document, f"案由:{w.title}")
    paragraph(document, f"提案人:{w.lead}等{len(w.co_signers) + 1}名代表")
    for line in w.paragraphs:
        paragraph(document, line)
    paragraph(document, f"附议人:{'、'.join(w.co_signers)}")
    return document


def title_in_many_words(w: Wording) -> Any:
    document = Document()
    paragraph(document, several(w), centred=True, bold=True)
    paragraph(document, f"临江市人大代表  {w.lead}", centred=True)
    for line in w.paragraphs:
        paragraph(document, line)
    return document


def several(w: Wording) -> str:
    return w.title.replace("的建议", "的几点意见建议")


ODD: tuple[Callable[[Wording], Any], ...] = (
    long_labels, grouped_head, dash_byline, lead_among_all, with_tabs, label_over_value, names_in_a_grid,
    title_in_the_text_again, as_a_motion, title_in_many_words,
)  # fmt: skip


def odd() -> list[Made]:
    """Twenty files in the ten odd layouts."""
    return [_made(layout, wording(number)) for number, layout in enumerate(ODD * 2, start=50)]


def _made(layout: Callable[[Wording], Any], w: Wording) -> Made:
    stream = io.BytesIO()
    layout(w).save(stream)
    says_little = layout is title_in_many_words
    title, signers = (several(w), []) if says_little else (w.title, w.co_signers)
    return Made(f"{w.number}.docx", layout.__name__, stream.getvalue(), title, w.lead, signers, w.text)
