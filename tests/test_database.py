"""Who reads cannot write, who writes loses nothing, and SQLite is set so that it keeps what it said it kept."""

import threading
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tracker import sqlite
from tracker.database import Instant, at_one_moment, columns, db, reading, writing
from tracker.structure.models import Congress, Level, Meeting

THREADS, TIMES = 8, 50
MANNERS = {
    (3, 40, 1): ("delete", "extra"),
    (3, 44, 5): ("delete", "extra"),
    (3, 44, 6): ("wal", "full"),
    (3, 45, 0): ("delete", "extra"),
    (3, 50, 6): ("delete", "extra"),
    (3, 50, 7): ("wal", "full"),
    (3, 51, 2): ("delete", "extra"),
    (3, 51, 3): ("wal", "full"),
    (3, 53, 4): ("wal", "full"),
}


@pytest.fixture
def meeting(session):
    congress = Congress(name="临江市人大", level=Level.CITY, rules_name="default")
    session.add(congress)
    session.flush()
    made = Meeting(congress_id=congress.id, name="一次会议", year=2026)
    session.add(made)
    session.commit()
    return made


@pytest.mark.parametrize("version", MANNERS)
def test_the_library_decides_how_the_journal_is_kept(version):
    assert sqlite.manners(version) == MANNERS[version]
    assert sqlite.wal_is_safe(version) is (MANNERS[version][0] == "wal")


@pytest.mark.engines("sqlite")
def test_the_manners_hold_on_every_connection(session):
    pragma = {name: session.scalar(sa.text(f"pragma {name}")) for name in ("journal_mode", "synchronous")}
    journal, synchronous = sqlite.manners()
    assert pragma == {"journal_mode": journal, "synchronous": {"full": 2, "extra": 3}[synchronous]}
    assert session.scalar(sa.text("pragma foreign_keys")) == 1
    assert session.scalar(sa.text("select sqlite_version()")) == sqlite.driver.sqlite_version


@pytest.mark.engines("postgresql")
def test_what_was_prepared_outlives_the_page_that_read(meeting, session):
    """psycopg forgets it at a ROLLBACK; a page that only reads has no transaction."""
    for _ in range(8):
        with reading():
            session.scalars(sa.select(Meeting.year)).all()
            session.rollback()
    with reading():
        kept = session.scalars(sa.text("select statement from pg_prepared_statements")).all()
        session.rollback()
    assert [text for text in kept if "meeting.year" in text]


@pytest.mark.engines("sqlite")
def test_who_finds_a_new_file_locked_waits_for_its_journal(database_url):
    """SQLite itself answers at once there, whatever patience it was given."""
    path = database_url.removeprefix("sqlite:///")
    other, own = (sqlite.driver.connect(path, isolation_level=None, check_same_thread=False) for _who in range(2))
    other.execute("pragma journal_mode=delete")
    other.execute("begin immediate")
    end = threading.Timer(0.2, other.execute, ["commit"])
    end.start()
    sqlite.connected(own, None)
    end.join()
    assert own.execute("pragma journal_mode").fetchone() == (sqlite.manners()[0],)


@pytest.mark.engines("postgresql")
def test_a_connection_the_server_closed_is_replaced_before_it_is_used(session):
    end = sa.text("select pg_terminate_backend(:pid, 5000)")
    with db.engine.connect() as one, db.engine.connect() as other:
        pid = one.scalar(sa.text("select pg_backend_pid()"))
        one.rollback()
        assert other.scalar(end, {"pid": pid})
    with db.engine.connect() as one, db.engine.connect() as other:
        assert pid not in {each.scalar(sa.text("select pg_backend_pid()")) for each in (one, other)}


@pytest.mark.engines("postgresql")
def test_what_is_fixed_is_planned_with_what_is_fixed(meeting, session):
    """`year IN (2025, 2026)` stands in the text; only what is asked for is a parameter."""
    wanted = sa.select(Meeting.id).where(Meeting.year.in_([2025, 2026]), Meeting.name == sa.bindparam("name"))
    heard: list[str] = []
    listen = lambda _c, _cursor, statement, *_more: heard.append(statement)  # noqa: E731
    sa.event.listen(db.engine, "before_cursor_execute", listen)
    found = [columns(wanted, {"name": "一次会议"}).scalars() for _time in range(3)]
    sa.event.remove(db.engine, "before_cursor_execute", listen)
    assert found == [[meeting.id]] * 3
    assert "IN (2025, 2026)" in heard[-1]
    assert heard[-1].count("$") == 1


@pytest.mark.engines("postgresql")
def test_what_a_page_asks_is_planned_once(meeting, session):
    session.commit()
    for begins, mode in ((reading, "force_generic_plan"), (writing, "auto")):
        with begins():
            assert session.scalar(sa.text("show plan_cache_mode")) == mode
            session.rollback()


@pytest.mark.engines("postgresql")
def test_what_was_written_and_not_kept_is_gone(meeting, session):
    session.execute(sa.update(Meeting).values(last_number=7))
    session.rollback()
    assert session.scalar(sa.select(Meeting.last_number)) == 0


def test_who_only_reads_is_refused_a_write_by_the_database(meeting, session):
    with reading():
        assert session.get(Meeting, meeting.id).last_number == 0
        with pytest.raises(sa.exc.DBAPIError, match=r"(?i)read.?only"):
            session.execute(sa.update(Meeting).values(last_number=7))
        session.rollback()
    assert session.get(Meeting, meeting.id).last_number == 0


def test_the_next_on_the_same_connection_may_write_again(meeting, session):
    with reading():
        session.get(Meeting, meeting.id)
        session.rollback()
    with reading(), writing():
        session.execute(sa.update(Meeting).values(last_number=7))
        session.commit()
    assert session.scalar(sa.select(Meeting.last_number)) == 7


def in_threads(app, act) -> list[BaseException]:
    """Everybody begins at once, each in a context of his own; answers what went wrong."""
    start, wrong = threading.Barrier(THREADS), []

    def work() -> None:
        with app.app_context():
            start.wait(20)
            try:
                for _time in range(TIMES):
                    act()
            except BaseException as error:
                wrong.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(120)
    return wrong


def test_eight_who_count_at_once_lose_nothing(app, meeting, session):
    number = meeting.id
    session.rollback()

    def count() -> None:
        row = db.session.get(Meeting, number, with_for_update=True)
        row.last_number += 1
        db.session.commit()

    assert in_threads(app, count) == []
    session.expire_all()
    assert session.get(Meeting, number).last_number == THREADS * TIMES


@pytest.mark.engines("sqlite")
def test_a_writer_holds_the_pen_from_its_first_look(app, meeting, session):
    """What was read is still true when it is written, without any lock asked for."""
    number = meeting.id
    session.rollback()

    def count() -> None:
        row = db.session.get(Meeting, number)
        row.last_number += 1
        db.session.commit()

    assert in_threads(app, count) == []
    session.expire_all()
    assert session.get(Meeting, number).last_number == THREADS * TIMES


@pytest.mark.skipif(sqlite.manners()[0] != "wal", reason="without WAL readers wait for the writer's last moment")
def test_readers_do_not_wait_for_a_writer(app, meeting, session):
    session.execute(sa.update(Meeting).values(last_number=7))
    seen = []

    def look() -> None:
        with app.app_context(), reading():
            seen.append(db.session.scalar(sa.select(Meeting.last_number)))
            db.session.rollback()

    reader = threading.Thread(target=look)
    reader.start()
    reader.join(5)
    assert seen == [0]


def test_an_instant_comes_back_aware_whatever_its_zone(session):
    kind = Instant()
    noon = datetime.fromisoformat("2026-03-02T12:00:00+08:00")
    stored = kind.process_bind_param(noon, session.bind)
    assert (stored.tzinfo, stored.hour) == (UTC, 4)
    assert kind.process_result_value(stored.replace(tzinfo=None), None) == noon
    with pytest.raises(ValueError, match="needs its zone"):
        kind.process_bind_param(datetime(2026, 3, 2), None)


@pytest.mark.engines("postgresql")
def test_what_is_looked_at_is_of_one_moment_whatever_is_saved_meanwhile(session, meeting):
    name = sa.select(Meeting.name)
    with at_one_moment():
        before = session.scalar(name)
        with db.engine.begin() as other:
            other.execute(sa.update(Meeting).values(name="二次会议"))
        assert session.scalar(name) == before == "一次会议"
    assert session.scalar(name) == "二次会议"
