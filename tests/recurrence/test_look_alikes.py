"""What is like a suggestion is found by the index, with the passage, the class and the promise of that time."""

from __future__ import annotations

from datetime import date

import pytest

from tests.recurrence.conftest import AGAIN, AGAIN_TEXT, LAST_YEAR, THIS_YEAR, TITLE, recorded
from tests.register.test_list import statements
from tracker.database import db
from tracker.deadlines.clauses import Outcome
from tracker.recurrence.queries import look_alikes
from tracker.recurrence.rules import has_come_back
from tracker.roles import Role

SOLVED_THEN = (Outcome.SOLVED, date(2025, 5, 6))


def found_by(town, title=AGAIN, text=AGAIN_TEXT, *, by=None, **more):
    return look_alikes(title, text, by or town.user(), recorded_on=THIS_YEAR, own_id=town.now.id, **more)


def test_the_same_matter_of_last_year_is_found_with_what_was_answered_and_promised(town):
    [one] = found_by(town)
    assert one.suggestion.title == TITLE
    assert one.same_places
    [answer] = one.answers
    assert (answer.class_label, answer.outcome, answer.on) == ("A", Outcome.SOLVED, date(2025, 5, 6))
    [promised] = answer.promises
    assert (promised.what, promised.due_on, promised.kept_on) == (
        "年底前完成三个单元加装电梯",
        date(2025, 12, 31),
        None,
    )
    assert one.came_back


def test_the_passage_that_is_alike_is_marked(town):
    [one] = found_by(town)
    marked = [piece for passage in one.passages for piece, is_marked in passage.pieces if is_marked]
    assert any("加装电梯" in piece for piece in marked)


def test_a_title_alone_finds_it_too(town):
    assert [one.suggestion.title for one in found_by(town, text="", by_text=False)] == [TITLE]


def test_a_draft_and_what_is_elsewhere_are_not_found(town):
    recorded(town.city, TITLE.replace("幸福里", "翠湖花园"), "翠湖花园小区没有电梯。", LAST_YEAR)
    assert [one.suggestion.title for one in found_by(town)] == [TITLE]


def test_who_may_not_see_it_does_not_find_it(town):
    assert found_by(town, by=town.user(Role.BODY_HANDLER, "schools")) == []
    assert len(found_by(town, by=town.user(Role.BODY_HANDLER, "roads"))) == 1


def test_nothing_typed_finds_nothing(town):
    assert found_by(town, "", "") == []


@pytest.mark.engines("sqlite")
def test_it_asks_as_often_for_many_as_for_few(town, app):
    clerk = town.user()
    few = statements(app, lambda: found_by(town, by=clerk))
    for n in range(12):
        recorded(town.city, f"{TITLE}之{n}", AGAIN_TEXT, LAST_YEAR)
    db.session.commit()
    many = statements(app, lambda: found_by(town, by=clerk))
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= 7


@pytest.mark.parametrize(
    ("answered", "is_back"),
    [
        ([SOLVED_THEN], True),
        ([(Outcome.PLANNED, date(2025, 5, 6))], False),
        ([(Outcome.SOLVED, date(2026, 5, 6))], False),
        ([(Outcome.SOLVED, None)], True),
        ([], False),
    ],
)
def test_what_was_solved_and_is_raised_afterwards_has_come_back(answered, is_back):
    assert has_come_back(answered, THIS_YEAR) is is_back
