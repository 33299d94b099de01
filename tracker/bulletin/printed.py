"""An issue on paper and as a file: the whole of one reader's part, and the page a leader gets to read (呈阅件).

`scope` is a reader's part of an issue, as `Reader.scope` keeps it; `language` is zh_Hans_CN or en; `detail` how much it
may say outside the house (MAIL_DETAIL: numbers, titles, full). What is made follows from the frozen issue alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from tracker.bulletin import table
from tracker.bulletin.charts import charts
from tracker.bulletin.models import Issue
from tracker.bulletin.parts import Part
from tracker.bulletin.sheet import one_page, whole_issue
from tracker.paper.document import Document
from tracker.paper.pdf import as_pdf
from tracker.paper.printing import OWN_FONTS
from tracker.web.sheets import Sheet, book

Scope = dict[str, Any]


def issue_pdf(issue: Issue, scope: Scope, language: str, *, detail: str = "full") -> bytes:
    """The reader's part of the issue: the page for leaders, then the list, the figures by body, what we cannot see."""
    with force_locale(language):
        return _set([whole_issue(issue, Part(issue, scope), detail=detail)], issue)


def one_page_pdf(issue: Issue, scope: Scope, language: str, *, to: str = "", detail: str = "full") -> bytes:
    """The reader's part on one page with room for what he writes on it; `to` is who it is laid before."""
    with force_locale(language):
        return _set([one_page(issue, Part(issue, scope), to=to, detail=detail)], issue)


def issue_docx(issue: Issue, scope: Scope, language: str, *, detail: str = "full") -> bytes:
    """As `issue_pdf`, as a text that can be worked on."""
    from tracker.paper.word import as_docx  # here: what writes .docx takes 5 MB

    with force_locale(language):
        return as_docx([whole_issue(issue, Part(issue, scope), detail=detail)], at=issue.frozen_at)


def issue_xlsx(issue: Issue, scope: Scope, language: str, *, detail: str = "full") -> bytes:
    """The reader's part as tables: the list, the figures by body, and both drawn, with the weeks before."""
    with force_locale(language):
        part = Part(issue, scope)
        items = Sheet(_("The list"), table.headers(), table.cells(part, detail))
        bodies = Sheet(_("By body"), table.body_headers(), table.body_cells(part))
        return book([items, bodies, *charts(issue, part)])


def _set(documents: Sequence[Document], issue: Issue) -> bytes:
    return as_pdf(documents, at=issue.frozen_at, own_fonts=Path(current_app.instance_path) / OWN_FONTS)
