"""Suggestions written as letters, without a form; and files that say little of themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.documents.forms_made import HEADING, paragraph
from tests.documents.wordings import Wording

CHINESE = "〇一二三四五六七八九"


def chinese_day(w: Wording) -> str:
    def small(n: int) -> str:
        tens, ones = divmod(n, 10)
        return ("" if not tens else "十" if tens == 1 else f"{CHINESE[tens]}十") + (CHINESE[ones] if ones else "")

    return f"{''.join(CHINESE[int(d)] for d in str(w.on.year))}年{small(w.on.month)}月{small(w.on.day)}日"


def body(document: Any, w: Wording) -> None:
    for line in w.paragraphs:
        paragraph(document, f"  {line}")


def plain(w: Wording) -> Any:
    document = Document()
    paragraph(document, w.title, centred=True, bold=True)
    body(document, w)
    paragraph(document, f"建议人:{w.lead}", right=True)
    if w.co_signers:
        paragraph(document, f"附议人:{'、'.join(w.co_signers)}", right=True)
    paragraph(document, w.written_day, right=True)
    return document


def with_byline(w: Wording) -> Any:
    document = Document()
    paragraph(document, HEADING, centred=True)
    paragraph(document, w.title, centred=True, bold=True)
    paragraph(document, f"(领衔代表 {w.lead})", centred=True)
    body(document, w)
    paragraph(document, f"联名代表:{' '.join(w.co_signers)}")
    paragraph(document, chinese_day(w), right=True)
    return document


def labelled_lines(w: Wording) -> Any:
    document = Document()
    paragraph(document, "代表建议", centred=True)
    paragraph(document, f"标    题:{w.title}")
    paragraph(document, f"领衔代表:{w.lead}    代表团:{w.delegation}")
    paragraph(document, f"代表证号:{w.card}    联系电话:{w.phone}")
    paragraph(document, f"附议代表:{'、'.join(w.co_signers)}")
    paragraph(document, "建议内容:")
    body(document, w)
    return document


def title_over_two_lines(w: Wording) -> Any:
    """Title in two centred lines, signature with delegation and name and no label."""
    document = Document()
    cut = len(w.title) // 2
    paragraph(document, w.title[:cut], centred=True)
    paragraph(document, w.title[cut:], centred=True)
    body(document, w)
    paragraph(document, f"{w.delegation}  {w.lead}", right=True)
    paragraph(document, w.written_day, right=True)
    return document


def pushed_by_blanks(w: Wording) -> Any:
    """Centred with blanks, names written apart, everything in one font."""
    document = Document()
    document.add_paragraph(f"            {w.title}")
    document.add_paragraph("市人大常委会:")
    body(document, w)
    apart = w.lead[0] + "  " + w.lead[1:] if len(w.lead) == 2 else w.lead
    document.add_paragraph("  此致\n敬礼")
    document.add_paragraph(f"                              市人大代表:{apart}")
    document.add_paragraph(f"                              {w.on.year}.{w.on.month}.{w.on.day}")
    return document


def with_count(w: Wording) -> Any:
    document = Document()
    paragraph(document, w.title, centred=True)
    paragraph(document, f"{w.lead}等{len(w.co_signers) + 1}名代表", centred=True)
    body(document, w)
    paragraph(document, w.written_day, right=True)
    return document


def only_title_and_text(w: Wording) -> Any:
    """Who it is from is told by the file's name only."""
    document = Document()
    paragraph(document, w.title, centred=True, bold=True)
    body(document, w)
    return document


def of_a_delegation(w: Wording) -> Any:
    document = Document()
    paragraph(document, w.title, centred=True)
    paragraph(document, w.delegation, centred=True)
    body(document, w)
    paragraph(document, w.written_day, right=True)
    return document


def conspicuous(w: Wording) -> Any:
    """A title that does not begin and end as titles do, in the style for titles."""
    document = Document()
    document.add_heading(short_title(w), level=0)
    body(document, w)
    paragraph(document, f"领衔代表:{w.lead}")
    paragraph(document, f"附议代表:{'、'.join(w.co_signers)}")
    return document


def short_title(w: Wording) -> str:
    return w.title.removeprefix("关于").removesuffix("的建议") + "刻不容缓"


def corrected(w: Wording) -> Any:
    """With tracked changes: what was put in counts, what was struck out does not."""
    document = plain(w)
    struck = parse_xml(
        f"<w:del {nsdecls('w')} w:id='1' w:author='x'><w:r><w:delText>原来的话</w:delText></w:r></w:del>"
    )
    put_in = parse_xml(f"<w:ins {nsdecls('w')} w:id='2' w:author='x'><w:r><w:t>特此说明。</w:t></w:r></w:ins>")
    document.paragraphs[1]._p.append(struck)
    document.paragraphs[1]._p.append(put_in)
    return document


def in_text_box(w: Wording) -> Any:
    """The title stands in a text box, as it does on letterheads."""
    document = Document()
    box = (
        f"<w:p {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
        "xmlns:v='urn:schemas-microsoft-com:vml'><w:r><mc:AlternateContent><mc:Choice Requires='v'><w:pict><v:textbox>"
        f"<w:txbxContent><w:p><w:r><w:t>{w.title}</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>{w.title}</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    document.element.body.insert(0, parse_xml(box))
    body(document, w)
    paragraph(document, f"{w.lead} {w.written_day}", right=True)
    return document


LETTERS: tuple[Callable[[Wording], Any], ...] = (
    plain, with_byline, labelled_lines, title_over_two_lines, pushed_by_blanks, with_count, only_title_and_text,
    of_a_delegation, conspicuous, corrected, in_text_box,
)  # fmt: skip
