"""A question of a page that takes too long is given up (AV-4): what was typed is there, and jobs take their time."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import date

import pytest
import sqlalchemy as sa

from tests.makers import a_case, a_handling_link
from tests.web.test_outage import CONTACT, TYPED, count
from tracker import database
from tracker.database import ahead, columns, db, reading, writing
from tracker.handling.models import Contact

NUMBER = sa.bindparam("number", type_=sa.Integer)
COUNTED = sa.select(sa.literal(1).label("i")).cte("counted", recursive=True)
COUNTED = COUNTED.union_all(sa.select(COUNTED.c.i + 1).where(COUNTED.c.i < NUMBER))
LONG = sa.select(sa.func.count()).select_from(COUNTED)  # much work for either database, and nothing else
A_LITTLE, FAR_TOO_MUCH = 10, 1_000_000_000
A_MOMENT = 0.05  # seconds


@contextmanager
def limited(seconds: float):
    token = database.begin_limited(seconds)
    try:
        yield
    finally:
        database.end_limited(token)
        db.session.rollback()


def asked(number: int) -> int:
    return columns(LONG, {"number": number}).scalar_one()


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(date(2026, 3, 5))
    made = a_case()
    session.commit()
    return made


def test_it_is_given_up_and_the_connection_works_on(session):
    for manner in (reading, writing):
        with manner(), limited(A_MOMENT):
            assert [asked(A_LITTLE) for _ in range(3)] == [A_LITTLE] * 3
            began = time.monotonic()
            for _again in range(2):
                with pytest.raises(sa.exc.OperationalError):
                    asked(FAR_TOO_MUCH)
                db.session.rollback()
            assert time.monotonic() - began < 10
            assert asked(A_LITTLE) == A_LITTLE


def test_what_was_sent_ahead_is_given_up_too_and_not_asked_again(session, engine_kind):
    with reading(), limited(A_MOMENT):
        assert [asked(A_LITTLE) for _ in range(3)] == [A_LITTLE] * 3
        ahead(LONG, {"number": FAR_TOO_MUCH})
        with pytest.raises(sa.exc.OperationalError):
            asked(FAR_TOO_MUCH)
        assert asked(A_LITTLE) == A_LITTLE


def test_jobs_and_commands_take_their_time_on_the_same_connection(session, engine_kind):
    work = 3_000_000 if engine_kind == "sqlite" else 400_000  # more than a moment's
    with reading():
        with limited(A_MOMENT), pytest.raises(sa.exc.OperationalError):
            asked(work)
        assert asked(work) == work
        session.rollback()


def test_the_page_says_so_and_keeps_what_was_typed(app, case, reader):
    app.config["STATEMENT_SECONDS"] = A_MOMENT
    path = f"{a_handling_link(case.lead)}/contact"
    data = {**reader.read(path).hidden(path), **CONTACT}

    def take_long(session, *_told) -> None:
        session.execute(LONG, {"number": FAR_TOO_MUCH})

    sa.event.listen(db.session, "after_flush", take_long)
    try:
        page = reader.send(path, data, expect=503)
    finally:
        sa.event.remove(db.session, "after_flush", take_long)
    assert "took too long" in page.text
    assert TYPED in page.text
    again = {field["name"]: field["value"] for field in page.all("input")}
    assert count(Contact) == 0
    reader.send(path, again, expect=302)
    assert count(Contact) == 1
