"""A migrated database per engine, made once, and a fresh copy of it for each test."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests import pgtemp
from tracker import create_app
from tracker.care.upgrade import upgrade_database
from tracker.database import db

_numbers = itertools.count(1)
TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
SEQUENCES = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'"
OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'tracker' AND pid <> pg_backend_pid()
"""


def missing_postgresql() -> str:
    """Why PostgreSQL tests cannot run here; empty if they can."""
    return "" if pgtemp.find_binaries() else "PostgreSQL: no binaries for this machine in the package index"


def settings(folder: Path, url: str) -> dict[str, object]:
    """What every application of the tests is given."""
    return {
        "INSTANCE_PATH": str(folder),
        "DATABASE_URL": url,
        "SECRET_KEY": "a key for tests, long enough to sign with",
        "CONTACT_KEY": "of-the-tests-for-the-telephones-in-the-database",
        "BASE_URL": "http://127.0.0.1:8000",
        "SCHEDULER": False,
        "TESTING": True,
    }


class SqliteDatabases:
    """One migrated file; a test gets a copy."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.db"
        fill(folder, f"sqlite:///{self.template}")

    @contextmanager
    def fresh(self, folder: Path) -> Iterator[str]:
        file = folder / "tracker.db"
        shutil.copyfile(self.template, file)
        yield f"sqlite:///{file}"


class PostgresqlDatabases:
    """One migrated database per worker, emptied after each test: that takes a hundredth of the time a copy takes."""

    def __init__(self, folder: Path, server: str) -> None:
        self.server = PostgresqlServer(server)
        self.server.say("CREATE DATABASE tracker")
        self.url = self.server.address("tracker")
        fill(folder, self.url)
        self.version = self._version()
        self.inside = sa.create_engine(self.url, isolation_level="AUTOCOMMIT", pool_size=1, pool_pre_ping=True)
        sa.event.listen(self.inside, "connect", _can_empty)

    @contextmanager
    def fresh(self, _folder: Path) -> Iterator[str]:
        yield self.url
        with self.inside.connect() as connection:
            connection.exec_driver_sql(OTHERS)
            connection.exec_driver_sql("SELECT pg_temp.be_empty()")
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{self.version}'")

    def _version(self) -> str:
        with sa.create_engine(self.url, poolclass=sa.NullPool).connect() as connection:
            return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()


def _can_empty(connection: Any, _record: Any) -> None:
    """Give a connection the function that empties the database: written out table by table, it is planned once.

    Triggers and foreign keys rest meanwhile, and numbers begin at 1 again as in a new file of SQLite.
    """
    with connection.cursor() as cursor:
        tables = [name for (name,) in cursor.execute(TABLES).fetchall()]
        sequences = [name for (name,) in cursor.execute(SEQUENCES).fetchall()]
        emptied = [f"IF EXISTS (SELECT 1 FROM {one}) THEN DELETE FROM {one}; END IF;" for one in tables]
        again = [f"PERFORM setval('{one}', 1, false) FROM {one} WHERE is_called;" for one in sequences]
        body = "\n".join(["BEGIN", *emptied, *again, "END"])
        cursor.execute(
            "CREATE FUNCTION pg_temp.be_empty() RETURNS void LANGUAGE plpgsql"
            f" SET session_replication_role = replica AS $$ {body} $$"
        )


class PostgresqlServer:
    """Makes databases and drops them again."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)
        self.engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    def address(self, name: str) -> str:
        return self.url.set(database=name).render_as_string(hide_password=False)

    def say(self, statement: str) -> None:
        with self.engine.connect() as connection:
            connection.exec_driver_sql(statement)

    @contextmanager
    def database(self, options: str = "") -> Iterator[str]:
        name = f"test_{next(_numbers)}"
        self.say(f"CREATE DATABASE {name} {options}")
        try:
            yield self.address(name)
        finally:
            self.say(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def empty(folder: Path, server: str) -> Iterator[str]:
    """A database without tables: on that server, or a file."""
    if server:
        with PostgresqlServer(server).database() as url:
            yield url
    else:
        yield f"sqlite:///{folder / 'empty.db'}"


def fill(folder: Path, url: str) -> None:
    """The schema as an upgrade leaves it."""
    app = create_app(settings(folder, url))
    upgrade_database(app)
    let_go(app)


def let_go(app) -> None:
    """Close every connection, so that the file may be copied and the database dropped."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            if engine.dialect.name == "sqlite":
                with engine.connect() as connection:
                    connection.connection.dbapi_connection.execute("pragma wal_checkpoint(truncate)")
            engine.dispose()
