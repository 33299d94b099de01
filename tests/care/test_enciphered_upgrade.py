"""The upgrade enciphers the telephones that are there, and nothing of them stays readable in the database's files."""

import pytest
import sqlalchemy as sa

from tests import databases
from tests.databases import let_go
from tests.drills.filled import a_row, bring_to, filled, tables
from tests.drills.upgrading import bare_app
from tracker.care.upgrade import foreign_keys, upgrade_database
from tracker.cipher import is_locked
from tracker.database import db, writing
from tracker.enciphered import open_value, place_of

BEFORE = "0041"
ROWS = 1_203  # more than one batch
WHOLE = {"deputy": "phone", "officer": "phone", "reply": "contact_phone", "sheet": "contact_phone"}
PARTLY = {"draft": "said", "document": "found", "ledger_row": "cells"}
UNIQUE = {"draft": "key", "document": "place"}
ONE = ("reply", "sheet")  # each of another assignment, another suggestion


def phone(place: int, number: int) -> str:
    return f"139{place}{number:07}"


@pytest.fixture
def full(engine_kind, tmp_path, request):
    """The last schema in which telephones stood readable, with many of them, some written over."""
    server = request.getfixturevalue("pg_url") if engine_kind == "postgresql" else ""
    with databases.empty(tmp_path, server) as url:
        made = bare_app(url)
        with made.app_context():
            bring_to(BEFORE)
            filled()
            with writing(), db.engine.connect() as connection:
                foreign_keys(connection, on=False)
                with connection.begin():
                    _fill(connection)
                foreign_keys(connection, on=True)
        yield made
        let_go(made)


def count(name: str) -> int:
    return 1 if name in ONE else ROWS


def _fill(connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("set local session_replication_role = replica")
    stored = {table.name: table for table in tables(connection)}
    for place, (name, column) in enumerate({**WHOLE, **PARTLY}.items()):
        table = stored[name]
        connection.execute(sa.delete(table))
        rows = [_row(table, column, place, number) for number in range(1, count(name) + 1)]
        connection.execute(table.insert(), rows)
        if name in WHOLE:  # the first numbers stand in the file, but in no row any more
            connection.execute(sa.update(table).values({column: "0" + sa.func.substr(table.c[column], 2)}))
            connection.execute(sa.update(table).values({column: "1" + sa.func.substr(table.c[column], 2)}))


def _row(table, column, place, number):
    [key] = table.primary_key.columns.keys()
    said = phone(place, number)
    row = {**a_row(table), key: number, column: said if table.name in WHOLE else {"电话": [said], "题目": "路灯"}}
    if unique := UNIQUE.get(table.name):
        row[unique] = str(number) if isinstance(table.c[unique].type, sa.String) else number
    return row


def test_every_telephone_is_enciphered_and_says_the_same(full, tmp_path):
    assert upgrade_database(full) is True
    with full.app_context(), db.engine.connect() as connection:
        stored = {table.name: table for table in tables(connection)}
        for place, (name, column) in enumerate({**WHOLE, **PARTLY}.items()):
            table = stored[name]
            [key] = table.primary_key.columns
            rows = connection.execute(sa.select(key, table.c[column]).order_by(key)).all()
            assert len(rows) == count(name)
            for number, kept in rows:
                text = kept if name in WHOLE else kept["电话"][0]
                assert is_locked(text)
                assert open_value(place_of(name, column, (number,)), text) == phone(place, number)
            assert name in WHOLE or kept["题目"] == "路灯"
        connection.rollback()
        written = b"".join(_files(connection, tmp_path))
        numbers = (phone(place, number) for place in range(7) for number in range(1, ROWS + 1))
        assert len(written) > 500_000
        assert [one for one in numbers if one.encode() in written] == []


def _files(connection, folder):
    """The bytes of the file, or of the files of these tables and what they keep aside."""
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute("pragma wal_checkpoint(passive)")
        yield from (file.read_bytes() for file in folder.glob("empty.db*"))
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as alone:
        alone.exec_driver_sql("checkpoint")
        for name in {**WHOLE, **PARTLY}:
            for of in (f"'{name}'::regclass", f"(select reltoastrelid from pg_class where oid = '{name}'::regclass)"):
                yield bytes(alone.exec_driver_sql(f"select pg_read_binary_file(pg_relation_filepath({of}))").scalar())
