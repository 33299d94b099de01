"""Which meeting the rows of a ledger go to (docs/decisions/020-ledger-meeting.md)."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from tests.ledgers.sheets_made import TODAY, WHOLE, xlsx
from tests.small_city import MEETING, SmallCity
from tracker import clock
from tracker.ledgers import meetings
from tracker.ledgers.actions import import_ledger
from tracker.ledgers.rows import read
from tracker.structure.models import Meeting

SECOND = ("第2号", "钱乙", "架桥", "交通局", "2026-03-15", "", "", "", "", "")


def count(session, kind) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(kind))


def why(report) -> list[str]:
    return [question.why for question in report.sorted_questions()]


def test_the_meeting_is_the_one_the_title_row_names(bring_in, session, city: SmallCity, tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [("某市十五届人大三次会议代表建议目录",) + ("",) * 9, WHOLE, SECOND], ["A1:J1"])
    report = import_ledger(read(path), city.congress, None, by=city.by, on=TODAY, at=clock.now())
    assert (report.meeting, report.questions) == (MEETING, [])


def test_a_meeting_that_could_only_be_presumed_is_a_question(bring_in) -> None:
    report = bring_in(SECOND, meeting=None)
    assert (report.meeting, why(report)) == (MEETING, [meetings.PRESUMED])


def test_no_meeting_at_all_is_a_question_and_the_rows_still_count(bring_in, session, city: SmallCity) -> None:
    row = (*SECOND[:4], "2019-03-15", *SECOND[5:])
    report = bring_in(row, meeting=None)
    assert (report.meeting, why(report), report.imported) == ("台账", [meetings.TO_BE_NAMED], 1)
    again = bring_in(row, meeting=None)
    assert (again.meeting, again.imported, count(session, Meeting)) == ("台账", 0, 2)
