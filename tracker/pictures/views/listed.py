"""The list behind the numbers: item-bodies that owe a reply, narrowed by light, lateness, age, branch and body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, TypeVar

from flask import render_template, request

from tracker import clock
from tracker.bulletin.text import branch_name
from tracker.deadlines.lamps import Lamps, lamps
from tracker.deadlines.rules import Light
from tracker.people.visitors import visitor
from tracker.pictures import queries
from tracker.pictures.names import in_words
from tracker.pictures.queries import Asked
from tracker.pictures.rules import OVER, SINCE
from tracker.pictures.views import READERS, pages
from tracker.structure.models import Branch
from tracker.web.filters import in_language
from tracker.web.gate import allow
from tracker.web.languages import gettext as _
from tracker.web.paging import ROWS, Page, asked_number, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

Word = TypeVar("Word", bound=StrEnum)


@pages.get("/pictures/open")
@allow(*READERS)
def open_replies() -> Any:
    """What was longest ago to be answered first."""
    asking, asked = visitor(), _asked()
    shining = lamps(asking.congress_id, clock.today())
    if asked_for_sheet():
        return workbook(_("Owing a reply"), _headers(), _cells(queries.listed(asking, asked, shining), shining))
    total = queries.count(asking, asked, shining)
    number = min(asked_page(), max(1, -(-total // ROWS)))
    rows = list(queries.listed(asking, asked, shining, offset=(number - 1) * ROWS, limit=ROWS))
    return render_template(
        "pictures/open_replies.html",
        page=Page(rows, number, total),
        narrowed=in_words(asked),
        lamps=shining,
        days=lambda day: (shining.today - day).days,
        sheet_url=sheet_url(),
    )


def _asked() -> Asked:
    late = request.args.get("late", "")
    return Asked(
        light=_word(Light, "light"),
        late=late if late in queries.LATE else "",
        branch=_word(Branch, "branch"),
        body_id=asked_number("body"),
        since=_place("since", len(SINCE)),
        over=_place("over", len(OVER) + 1),
    )


def _word(of: type[Word], name: str) -> Word | None:
    given = request.args.get(name, "")
    return of(given) if given in set(of) else None


def _place(name: str, count: int) -> int | None:
    given = asked_number(name)
    return given if given is not None and given < count else None


def _headers() -> list[str]:
    return [
        _("Number"), _("Title"), _("Body"), _("Branch"), _("Handed over on"), _("Days since hand-over"), _("Last day"),
        _("First last day"), _("Days over the first last day"), _("How it stands"),
    ]  # fmt: skip


def _cells(rows: Iterable[Any], shining: Lamps) -> Iterator[list[Any]]:
    for row in rows:
        lamp = shining.of_days(row.due_on, row.original_due_on, row.rule_set_id, dissatisfied=row.round - 1)
        yield [
            row.number, row.title, in_language(row), branch_name(str(row.branch)), row.handed_over_on,
            (shining.today - row.handed_over_on).days, row.due_on, row.original_due_on,
            max(0, (shining.today - row.original_due_on).days), f"{lamp.word} {lamp.days_text}".strip(),
        ]  # fmt: skip
