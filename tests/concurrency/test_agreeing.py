"""Deputies answer at the same moment, clerks type the same number: each counts once, and nothing is lost between."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tests import makers
from tests.concurrency.crowd import at_once
from tests.intake.made import ON, PAPER, Made, made
from tracker import clock
from tracker.database import db
from tracker.deadlines.queries import rule_set_in_force
from tracker.errors import RuleBroken
from tracker.intake import actions as intake
from tracker.intake.models import Answer
from tracker.structure.models import Deputy, Meeting
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Entry, Merger, Suggestion

TURNS = 6


@pytest.fixture
def office(session, stopped_clock) -> Made:
    stopped_clock(ON)
    there = made()
    session.commit()
    return there


def told(act: Callable[[], object]) -> str:
    """What came of it: done, or what the rule said."""
    try:
        act()
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        return broken.message
    return "done"


def record(meeting_id: int, **how) -> Callable[[], str]:
    def act() -> str:
        def write() -> None:
            meeting = db.session.get_one(Meeting, meeting_id)
            content = intake.Content(title="关于路灯的建议", text="夜间昏暗。")
            rules = rule_set_in_force("default", ON)
            intake.record(meeting, content, by=makers.CLERK, on=ON, rules_in_force=rules, check=False, **how)

        return told(write)

    return act


def numbers() -> list[str]:
    db.session.rollback()
    found = sorted(number or "" for number in db.session.scalars(sa.select(Suggestion.number)))
    db.session.rollback()
    return found


def test_the_last_two_agree_at_once_and_it_is_withdrawn_once(app, office: Made) -> None:
    suggestion = office.suggestion(office.second, office.third)
    intake.withdraw(suggestion, "已解决", by=makers.CLERK, on=ON)
    ids = suggestion.id, office.second.id, office.third.id

    def agree(deputy_id: int) -> Callable[[], str]:
        def answer() -> None:
            found, deputy = db.session.get_one(Suggestion, ids[0]), db.session.get_one(Deputy, deputy_id)
            intake.answer_withdrawal(found, deputy, Answer.YES, **PAPER)

        return lambda: told(answer)

    assert at_once(app, ON, [agree(ids[1]), agree(ids[2])]) == ["done", "done"]
    db.session.rollback()
    assert db.session.scalar(sa.select(Suggestion.stage)) is Stage.WITHDRAWN
    assert list(db.session.scalars(sa.select(Entry.move).where(Entry.move == "withdraw"))) == ["withdraw"]
    db.session.rollback()


def test_two_who_merge_the_same_one_merge_it_once(app, office: Made) -> None:
    merged, first, second = (office.suggestion().id for _ in range(3))

    def merge(into: int) -> Callable[[], str]:
        def act() -> None:
            one, other = db.session.get_one(Suggestion, merged), db.session.get_one(Suggestion, into)
            intake.merge(one, other, "同一事项", by=makers.CLERK, on=ON)

        return lambda: told(act)

    answers = at_once(app, ON, [merge(first), merge(second)])
    assert answers.count("done") == 1
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Merger)) == 1
    db.session.rollback()


def test_a_number_typed_by_two_is_given_to_one(app, office: Made) -> None:
    answers = at_once(app, ON, [record(office.meeting.id, number="第88号") for _ in range(TURNS)])
    assert sorted(set(answers)) == ["The number %(number)s is taken in this meeting.", "done"]
    assert answers.count("done") == 1
    assert numbers() == ["第88号"]


def test_a_pattern_changed_meanwhile_leaves_no_gap(app, office: Made) -> None:
    meeting_id = office.meeting.id

    def change() -> str:
        def act() -> None:
            meeting = db.session.get_one(Meeting, meeting_id)
            intake.set_pattern(meeting, "第{n:03d}号", by=makers.CLERK, at=clock.now())

        return told(act)

    answers = at_once(app, ON, [*[record(meeting_id) for _ in range(TURNS)], change])
    assert set(answers) == {"done"}
    running = sorted(int(number.removeprefix("2026-").strip("第号")) for number in numbers())
    assert running == list(range(1, TURNS + 1))


def test_typed_and_given_numbers_meet_without_a_clash(app, office: Made) -> None:
    meeting_id = office.meeting.id
    typed = [record(meeting_id, number=f"2026-{n:03d}") for n in (2, 4)]
    answers = at_once(app, ON, [*[record(meeting_id) for _ in range(TURNS)], *typed])
    assert answers[:TURNS] == ["done"] * TURNS
    given = numbers()
    assert len(given) == len(set(given)) == answers.count("done")
    assert [int(number[5:]) for number in given] == list(range(1, len(given) + 1))
