"""A ledger's rows are written in groups: few statements, and what a rule says of one row is said of that row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from tracker.care.doctor import examine
from tracker.database import db
from tracker.ledgers import actions
from tracker.many import change_all
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Entry, Suggestion

ROWS = 60
ONCE, FOR_EACH = 120, 1  # a row alone took more than sixty statements


@contextmanager
def counted() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection, _cursor, statement: str, *_more) -> None:
        asked.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(db.engine, "before_cursor_execute", note)


def rows(count: int) -> list[tuple[str, ...]]:
    return [
        (f"第{n}号", "赵甲一、钱乙", f"修路{n}", "市城建局\n市财政局", "2026-03-15", f"2026-06-{n % 28 + 1:02}",
         f"已修好第{n}段。", "A", "满意", "周戊")
        for n in range(1, count + 1)
    ]  # fmt: skip


def test_sixty_rows_take_few_statements(bring_in) -> None:
    with counted() as asked:
        report = bring_in(*rows(ROWS))
    assert (report.imported, report.questions) == (ROWS, [])
    assert len(asked) <= ONCE + FOR_EACH * ROWS


def test_in_several_groups_every_row_has_its_history_in_order(bring_in, session, monkeypatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 5)
    assert bring_in(*rows(12)).imported == 12
    session.flush()
    for number in session.scalars(sa.select(Suggestion.id)).all():
        moves = list(session.scalars(sa.select(Entry.move).where(Entry.suggestion_id == number).order_by(Entry.id)))
        assert moves == [
            "record", "propose", "hand_over", "assign", "assign", "sign_for", "submit", "deliver", "answer",
            "rate_reply", "rate", "answer_without",
        ]  # fmt: skip
    assert [one.message for one in examine() if one.kind not in ("letters_stuck", "calendar")] == []


def test_progress_is_told_group_by_group(bring_in, monkeypatch) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 5)
    told: list[tuple[str, int, int]] = []
    bring_in(*rows(12), progress=lambda *one: told.append(one))
    assert told == [(what, done, 12) for what in ("rows", "outcomes") for done in (5, 10, 12)]


def test_what_somebody_else_changed_meanwhile_is_not_changed_with_the_others(bring_in, session) -> None:
    bring_in(*rows(2))
    session.flush()
    found = list(session.scalars(sa.select(Suggestion).order_by(Suggestion.id)))
    session.execute(sa.update(Suggestion.__table__).where(Suggestion.id == found[0].id).values(version=99))
    with pytest.raises(StaleDataError):
        change_all(found, [{"stage": Stage.CLOSED}] * 2)
