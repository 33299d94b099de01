"""A page that only reads asks PostgreSQL by the names of what it has prepared, and hears the same as ever."""

from datetime import date

import pytest
import sqlalchemy as sa

from tracker import postgresql
from tracker.database import ahead, columns, db, reading, writing
from tracker.structure.models import Congress, Level, Meeting

pytestmark = pytest.mark.engines("postgresql")
YEARS = (
    sa.select(Meeting.year, Meeting.closed_on)
    .where(Meeting.year >= sa.bindparam("year", type_=sa.Integer))
    .order_by(Meeting.year)
)
WRONG = sa.select(100 / sa.bindparam("by", type_=sa.Integer))


@pytest.fixture
def asking(session):
    congress = Congress(name="临江市人大", level=Level.CITY, rules_name="default")
    session.add(congress)
    session.flush()
    session.add_all(
        Meeting(congress_id=congress.id, name=f"{year}年会议", year=year, closed_on=date(year, 1, 20))
        for year in (2024, 2025, 2026)
    )
    session.commit()
    with reading():
        yield lambda statement, **values: [tuple(row) for row in columns(statement, values)]
    session.rollback()


def names() -> list[str]:
    wanted = "SELECT name FROM pg_prepared_statements WHERE name LIKE 'page_%'"
    return list(db.session.scalars(sa.text(wanted)))


def test_it_finds_the_same_and_is_prepared(asking):
    found = [asking(YEARS, year=2025) for _ in range(4)]
    assert found[0] == [(2025, date(2025, 1, 20)), (2026, date(2026, 1, 20))]
    assert found == [found[0]] * 4
    assert len(names()) == 1
    assert asking(YEARS, year=100_000) == []  # a larger number is another type, and prepared anew
    assert len(names()) == 2


def test_names_the_database_has_forgotten_are_made_again(asking):
    found = [asking(YEARS, year=2025) for _ in range(3)]
    db.session.execute(sa.text("DEALLOCATE ALL"))
    assert [asking(YEARS, year=2025) for _ in range(3)] == found
    assert len(names()) == 1


def test_what_goes_wrong_is_told_as_sqlalchemy_tells_it(asking):
    assert [asking(WRONG, by=50) for _ in range(3)] == [[(2,)]] * 3
    with pytest.raises(sa.exc.DataError):
        asking(WRONG, by=0)
    assert asking(WRONG, by=25) == [(4,)]


def test_only_so_many_are_kept(asking, monkeypatch):
    monkeypatch.setattr(postgresql, "PREPARED", 1)
    for year in (2025, 100_000, 2025, 100_000, 2025):
        asking(YEARS, year=year)
    assert len(names()) == 1


def test_what_is_sent_ahead_is_found_whatever_is_asked_between(asking):
    whole = [asking(YEARS, year=2024), asking(WRONG, by=50)]
    for _ in range(3):
        asking(YEARS, year=2024), asking(WRONG, by=50)
    for year in (2024, 2025, 2026):
        ahead(YEARS, {"year": year})
    ahead(WRONG, {"by": 0})
    assert asking(YEARS, year=2025) == whole[0][1:]
    assert db.session.scalar(sa.select(sa.func.count(Meeting.id))) == 3  # by a cursor: waits for all
    assert asking(WRONG, by=50) == whole[1]
    with pytest.raises(sa.exc.DataError):
        asking(WRONG, by=0)
    assert asking(YEARS, year=2026) == whole[0][2:]
    ahead(YEARS, {"year": 2024})


def test_what_was_sent_and_never_asked_for_harms_nobody_after(asking):
    for _ in range(3):
        asking(YEARS, year=2024)
    ahead(YEARS, {"year": 2024})
    db.session.rollback()
    with writing():
        db.session.add(Congress(name="宁安市人大", level=Level.CITY, rules_name="default"))
        db.session.commit()
    assert len(asking(YEARS, year=2024)) == 3


def test_a_server_that_goes_while_something_is_on_its_way_is_told_and_replaced(asking):
    for _ in range(3):
        asking(YEARS, year=2024)
    ahead(YEARS, {"year": 2024})
    ahead(YEARS, {"year": 2025})
    own = db.session.connection().connection.dbapi_connection.info.backend_pid
    with db.engine.connect() as other:
        other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
        while other.scalar(sa.text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid"), {"pid": own}):
            pass
    with pytest.raises(sa.exc.DBAPIError):
        asking(YEARS, year=2026)
    db.session.rollback()
    assert len(asking(YEARS, year=2024)) == 3
