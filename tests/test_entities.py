"""Entities read prepared and rows written at once are what the session itself would have made of them."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from tests import makers
from tracker import clock
from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.entities import Cells, change, put, read
from tracker.handling.models import Reply
from tracker.search import keeping
from tracker.structure.models import Body, Congress, Meeting
from tracker.suggestion.models import Suggestion

MEETING = Cells(Meeting)
BESIDE = Cells(Meeting, Congress, Body)
ALL = sa.select(*MEETING.columns).order_by(Meeting.id)
WITH_CONGRESS = (
    sa.select(*BESIDE.columns).join(Congress, Congress.id == Meeting.congress_id).outerjoin(Body, Body.id < 0)
)


@pytest.fixture
def meeting(session):
    return makers.a_meeting(makers.a_congress())


def again(statement, cells):
    """Read twice: as it is written, and prepared."""
    db.session.expunge_all()
    list(read(cells, statement, {}))
    db.session.expunge_all()
    return list(read(cells, statement, {}))


def test_what_is_read_stands_in_the_session_as_loaded(meeting):
    db.session.commit()
    [[found]] = again(ALL, MEETING)
    assert db.session.get(Meeting, found.id) is found
    assert (found in db.session.dirty, sa.inspect(found).persistent) == (False, True)
    found.name = "第二次会议"
    db.session.commit()
    assert db.session.scalar(sa.select(Meeting.name)) == "第二次会议"


def test_an_outer_join_that_found_nothing_is_none(meeting):
    db.session.commit()
    [[found, congress, body]] = again(WITH_CONGRESS, BESIDE)
    assert (found.congress_id, body) == (congress.id, None)


def test_what_was_changed_and_not_saved_is_not_read_over(meeting):
    db.session.commit()
    [[found]] = again(ALL, MEETING)
    with db.session.no_autoflush:
        found.name = "还没保存"
        [[same]] = read(MEETING, ALL, {})
    assert (same is found, same.name) == (True, "还没保存")


def test_a_row_written_at_once_has_its_defaults_and_its_number(meeting):
    for year in (2027, 2028, 2029):
        made = put(Meeting(congress_id=meeting.congress_id, name=f"{year}年会议", year=year))
        assert (made.version, made.last_number, made.closed_on) == (1, 0, None)
        assert db.session.get(Meeting, made.id) is made
    db.session.commit()
    assert list(db.session.scalars(sa.select(Meeting.year).order_by(Meeting.id)))[1:] == [2027, 2028, 2029]


def test_what_a_savepoint_takes_back_was_not_written(meeting):
    db.session.commit()
    attempt = db.session.begin_nested()
    made = put(Meeting(congress_id=meeting.congress_id, name="不成立的会议", year=2030))
    change(meeting, last_number=7)
    attempt.rollback()
    assert (made in db.session, meeting.last_number, meeting.version) == (False, 0, 1)
    assert put(Meeting(congress_id=meeting.congress_id, name="另一次会议", year=2031)).name == "另一次会议"


def test_a_change_is_written_at_once_and_only_over_what_was_read(session, stopped_clock):
    stopped_clock(date(2026, 6, 22))
    lead = makers.a_case().lead
    db.session.commit()
    before = lead.version
    for pending in (True, False, True):
        change(lead, pending_case=pending)
    assert (lead in db.session.dirty, lead.version) == (False, before + 3)
    stored = sa.select(Assignment.pending_case, Assignment.version).where(Assignment.id == lead.id)
    assert db.session.execute(stored).one() == (True, before + 3)
    db.session.execute(sa.update(Assignment.__table__).values(version=99))
    with pytest.raises(StaleDataError):
        change(lead, pending_case=False)


def test_a_change_joins_those_that_wait(meeting):
    db.session.commit()
    with db.session.no_autoflush:
        meeting.name = "改名的会议"
        change(meeting, last_number=3)
        assert db.session.execute(sa.select(Meeting.last_number)).scalar_one() == 0
    db.session.commit()
    assert db.session.execute(sa.select(Meeting.name, Meeting.last_number)).one() == ("改名的会议", 3)


def test_what_is_written_at_once_is_found_by_its_words(session, stopped_clock):
    stopped_clock(date(2026, 6, 22))
    case = makers.a_case()
    put(Reply(assignment_id=case.lead.id, text="道路已经拓宽", saved_at=clock.now()))
    db.session.flush()
    change(case.suggestion, title="另一个题目")
    db.session.commit()
    assert list(keeping.differences()) == []
    assert db.session.scalar(sa.select(Suggestion.title)) == "另一个题目"
