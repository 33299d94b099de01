"""Many rows written together are what the session would have made of them one by one."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests import makers
from tracker import clock
from tracker.cipher import is_locked
from tracker.database import db
from tracker.many import change_all, put_all, write_all
from tracker.search import keeping
from tracker.structure.models import Deputy, Meeting
from tracker.suggestion.models import Entry

YEARS = range(2027, 2031)


@pytest.fixture
def congress(session):
    made = makers.a_congress()
    makers.a_meeting(made)
    session.commit()
    return made


def meetings(congress) -> list[Meeting]:
    return [Meeting(congress_id=congress.id, name=f"{year}年\t\\会议", year=year) for year in YEARS]


def test_new_rows_have_their_numbers_and_defaults(congress):
    made = meetings(congress)
    put_all(made)
    assert [(one.version, one.last_number, one.closed_on) for one in made] == [(1, 0, None)] * len(made)
    assert all(db.session.get(Meeting, one.id) is one and one not in db.session.dirty for one in made)
    db.session.add(Meeting(congress_id=congress.id, name="下一次会议", year=2031))
    db.session.commit()
    stored = db.session.execute(sa.select(Meeting.name, Meeting.year).order_by(Meeting.id)).all()[1:]
    assert stored == [*((f"{year}年\t\\会议", year) for year in YEARS), ("下一次会议", 2031)]


def test_what_a_savepoint_takes_back_was_not_written(congress):
    made, attempt = meetings(congress), db.session.begin_nested()
    put_all(made)
    attempt.rollback()
    assert not any(one in db.session for one in made)
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 1


def test_what_the_database_refuses_is_told_as_ever(congress):
    with pytest.raises(sa.exc.IntegrityError):
        put_all([Meeting(congress_id=number, name="会议", year=2027) for number in (congress.id, None)])


def test_they_are_found_and_their_telephones_are_locked(congress):
    put_all([Deputy(congress_id=congress.id, name=name, phone="13800000000") for name in ("赵甲一", "钱乙二")])
    db.session.commit()
    assert list(keeping.differences()) == []
    kept = db.session.execute(sa.select(Deputy.__table__.c.phone)).scalars().all()
    assert (len(kept), all(map(is_locked, kept))) == (2, True)
    assert [one.phone for one in db.session.scalars(sa.select(Deputy))] == ["13800000000"] * 2


def test_lines_nobody_asks_for_by_name_stand_in_their_order(session, stopped_clock):
    stopped_clock(date(2026, 6, 22))
    case = makers.a_case()
    session.commit()
    line = {"suggestion_id": case.suggestion.id, "move": "amend", "on": clock.today(), "at": clock.now()}
    line |= {"actor_kind": "user", "actor_id": 1, "actor_name": "某人"}
    write_all(Entry, [{**line, "facts": {"place": place, "said": "“引号”\n"}} for place in range(3)])
    last = sa.select(Entry).where(Entry.move == "amend").order_by(Entry.id)
    assert [one.facts for one in session.scalars(last)] == [{"place": place, "said": "“引号”\n"} for place in range(3)]


def test_rows_given_the_same_are_changed_together(congress):
    made = meetings(congress)
    put_all(made)
    change_all(made, [{"last_number": number, "name_en": "Session"} for number in (7, 7, 9, 7)])
    assert [one.last_number for one in made] == [7, 7, 9, 7]
    db.session.commit()
    stored = sa.select(Meeting.last_number).where(Meeting.name_en == "Session").order_by(Meeting.id)
    assert list(db.session.scalars(stored)) == [7, 7, 9, 7]
