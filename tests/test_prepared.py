"""A statement that is written once is prepared once, and finds what SQLAlchemy finds."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from tracker.database import columns, db, written
from tracker.people.models import SignIn, User
from tracker.prepared import Found
from tracker.roles import Role
from tracker.structure.models import Congress, Level, Meeting

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
NAMES = sa.select(Meeting.name).where(Meeting.year.in_(sa.bindparam("years", expanding=True))).order_by(Meeting.year)
EARLY = (
    sa.select(Meeting.id, Meeting.name, Meeting.closed_on)
    .where(Meeting.closed_on < sa.bindparam("day", type_=sa.Date), Meeting.year.in_([2024, 2025, 2026]))
    .order_by(Meeting.closed_on)
    .limit(2)
)
SIGNED_IN = (
    sa.select(User.role, User.demo_only, SignIn.seen_at, Congress.level)
    .join(SignIn, SignIn.user_id == User.id)
    .join(Congress, Congress.id == User.congress_id)
)


@pytest.fixture
def meetings(session):
    congress = Congress(name="临江市人大", level=Level.CITY, rules_name="default")
    session.add(congress)
    session.flush()
    for year in (2024, 2025, 2026):
        made = Meeting(congress_id=congress.id, name=f"{year}年会议", year=year, closed_on=date(year, 1, 20))
        session.add(made)
    session.commit()
    return congress


def told(statement, **values):
    """The same statement three times: as SQLAlchemy asks it, then prepared, then from what was kept."""
    found = [[tuple(row) for row in columns(statement, values)] for _ in range(3)]
    assert found[0] == found[1] == found[2]
    assert found[0] == [tuple(row) for row in db.session.connection().execute(statement, values)]
    return found[0]


def test_what_is_prepared_finds_the_same(meetings):
    assert [row[1] for row in told(EARLY, day=date(2026, 1, 1))] == ["2024年会议", "2025年会议"]
    assert [row[2] for row in told(EARLY, day=date(2025, 1, 1))] == [date(2024, 1, 20)]
    assert told(EARLY, day=date(2020, 1, 1)) == []


def test_lists_of_any_length_find_the_same(meetings):
    assert told(NAMES, years=[2024]) == [("2024年会议",)]
    assert told(NAMES, years=[2026, 2025]) == [("2025年会议",), ("2026年会议",)]
    assert told(NAMES, years=[]) == []
    assert told(NAMES, years=[1999]) == []


def test_cells_are_what_their_types_say(meetings, session):
    user = User(congress_id=meetings.id, email="a@b.example", name="周文静", role=Role.OFFICE_CLERK, created_at=AT)
    session.add(user)
    session.flush()
    session.add(SignIn(user_id=user.id, digest="x" * 64, began_at=AT, seen_at=AT))
    session.commit()
    assert told(SIGNED_IN) == [(Role.OFFICE_CLERK, False, AT, Level.CITY)]
    [row] = columns(SIGNED_IN)
    assert (row.role, row.seen_at.tzinfo, row.level) == (Role.OFFICE_CLERK, UTC, Level.CITY)


def test_what_is_not_written_yet_is_written_first(meetings, session):
    told(NAMES, years=[2027])
    session.add(Meeting(congress_id=meetings.id, name="新", year=2027))
    assert columns(NAMES, {"years": [2027]}).scalars() == ["新"]


def test_who_listens_to_the_engine_hears_it_once(meetings):
    told(NAMES, years=[2024])
    heard = []
    listen = lambda _c, _cursor, statement, *_more: heard.append(statement)  # noqa: E731
    sa.event.listen(db.engine, "before_cursor_execute", listen)
    columns(NAMES, {"years": [2024]})
    sa.event.remove(db.engine, "before_cursor_execute", listen)
    assert len(heard) == 1
    assert "meeting" in heard[0]


def test_what_goes_wrong_is_told_as_sqlalchemy_tells_it(meetings, session):
    """A prepared statement whose table is gone."""
    gone = sa.table("gone", sa.column("id", sa.Integer))
    wanted = sa.select(gone.c.id)
    session.execute(sa.text("create table gone (id integer)"))
    session.commit()
    assert told(wanted) == []
    session.rollback()
    session.execute(sa.text("drop table gone"))
    session.commit()
    with pytest.raises(sa.exc.DBAPIError):
        columns(wanted)
    session.rollback()


def test_what_is_written_by_a_prepared_statement_comes_in_and_is_counted(meetings, session):
    noted = sa.table("noted", sa.column("name", sa.String))
    session.execute(sa.text("create temporary table noted (name varchar(60))"))
    named = sa.select(Meeting.name + sa.bindparam("more", type_=sa.String))
    before = named.where(Meeting.year < sa.bindparam("before", type_=sa.Integer), Meeting.year > 2000)
    made = sa.insert(noted).from_select(["name"], before, include_defaults=False)
    assert [written(made, {"more": more, "before": 2026}) for more in ("甲", "乙", "丙")] == [2, 2, 2]
    assert written(made, {"more": "丁", "before": 1900}) == 0
    assert set(session.scalars(sa.select(noted.c.name))) == {
        f"{y}年会议{more}" for y in (2024, 2025) for more in "甲乙丙"
    }
    session.rollback()


def test_one_row_is_one_row():
    assert Found([(1, 2)]).one() == (1, 2)
    assert Found([(1, 2)]).scalar_one() == 1
    assert Found().one_or_none() is None
    for several in (Found(), Found([(1,), (2,)])):
        with pytest.raises(ValueError, match="values to unpack"):
            several.one()
