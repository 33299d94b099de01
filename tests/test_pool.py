"""Connections that only read are kept apart from those that write."""

import sqlalchemy as sa

from tracker.database import db, reading, writing


def test_who_reads_and_who_writes_keep_connections_of_their_own(session):
    """A connection that turns from one to the other loses what it has compiled, or asks twice more."""

    def used(doing) -> object:
        with doing(), db.engine.connect() as connection:
            return connection.execute(sa.text("select 1")) and connection.connection.dbapi_connection

    session.rollback()
    first = [used(doing) for doing in (reading, writing)]
    assert first[0] is not first[1]
    assert [used(doing) for doing in (reading, writing, reading, reading)] == [*first, first[0], first[0]]


def test_where_as_many_are_open_as_are_kept_one_changes(session):
    session.rollback()
    with reading():
        readers = [db.engine.connect() for _ in range(db.engine.pool.size())]
        for one in readers:
            one.execute(sa.text("select 1"))
            one.close()
    with writing(), db.engine.connect() as connection:
        assert connection.connection.dbapi_connection is not None
    assert db.engine.pool.checkedin() == db.engine.pool.size()
