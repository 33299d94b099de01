"""Where a benchmark's cities stand: sizes and engines side by side, so that one interleaved run compares them all.

--size N                         a size; may be given several times
--engine sqlite|postgresql       an engine; may be given several times
--postgres URL                   a server on which databases `bench_N` may be made (else a temporary one is started)
--sync-ms N                      every sync takes so much longer, where the benchmark asks `_disk` for it
--keep FOLDER                    leave the cities in place and use them again: a large one takes minutes to write
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench import _city, _load
from tests.pgtemp import temporary_postgresql
from tracker import clock, create_app
from tracker.care.upgrade import upgrade_database
from tracker.database import db
from tracker.people.actions import begin_session
from tracker.people.models import User
from tracker.roles import Role
from tracker.web.plumbing import settle

ENGINES = ("sqlite", "postgresql")
TODAY = date(2026, 9, 15)
ASKING = {"clerk": Role.OFFICE_CLERK, "handler": Role.BODY_HANDLER}


@dataclass(eq=False)
class City:
    """One city of N suggestions on one engine, and the application over it."""

    n: int
    engine: str
    folder: Path
    url: str | None
    app: Flask = field(init=False)
    clients: dict[str, FlaskClient] = field(init=False)
    megabytes: int = field(init=False)

    @property
    def name(self) -> str:
        return f"{self.engine} {self.n}"

    @property
    def settings(self) -> dict[str, object]:
        settings = {"INSTANCE_PATH": str(self.folder), "SCHEDULER": False, "TESTING": True, "SESSION_HOURS": 9_999}
        return settings | ({"DATABASE_URL": self.url} if self.url else {})

    def open(self) -> None:
        """Write it if it is not there yet, and sign in those who ask."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.app = create_app(self.settings)
        with self.app.app_context():
            upgrade_database(self.app)
            if not db.session.scalar(sa.select(User.id).limit(1)):
                _city.build(self.n, today=TODAY)
            self.megabytes = _load.megabytes()
            ids: dict[Role, int] = {role: one for one, role in db.session.execute(sa.select(User.id, User.role))}
        self.clients = {who: _signed_in(self.app, ids[role]) for who, role in ASKING.items()}
        self.let_go()

    def let_go(self) -> None:
        """Close all connections: another process opens its own."""
        with self.app.app_context():
            db.engine.dispose()

    def cookie(self, who: str) -> str:
        kept = self.clients[who].get_cookie("session")
        assert kept is not None
        return f"session={kept.value}"

    def serve(self, port: int) -> Any:
        """The application in another process, whose clock stands at the day of the data in whatever thread is asked."""
        app = create_app(self.settings)
        app.extensions["hosts"] |= {f"127.0.0.1:{port}"}
        settle()

        def answer(environ: Any, start_response: Any) -> Any:
            with clock.at(TODAY):
                return app(environ, start_response)

        return answer

    def counted(self, who: str, path: str) -> tuple[int, TestResponse]:
        """How many statements a page takes, and the page; asked here, without a server."""
        with self.app.app_context():
            engine = db.engine
        counted: list[object] = []

        def count(*told: object) -> None:
            counted.append(told[2])

        sa.event.listen(engine, "before_cursor_execute", count)
        answer = got(self.clients[who], path)
        sa.event.remove(engine, "before_cursor_execute", count)
        return len(counted), answer


def got(client: FlaskClient, path: str) -> TestResponse:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return answer


@contextmanager
def cities(*sizes: int, **options: str) -> Iterator[list[City]]:
    """The cities asked for on the command line, opened; `sizes` if none is named, `options` for a server started."""
    asked = _asked(sizes)
    with ExitStack() as stack:
        folder = Path(asked.keep or stack.enter_context(tempfile.TemporaryDirectory())).resolve()
        server = asked.postgres
        if "postgresql" in asked.engine and server is None:
            server = stack.enter_context(temporary_postgresql(**options))
        stack.enter_context(clock.at(TODAY))
        made = []
        for n in sorted(asked.size):
            for engine in asked.engine:
                url = _database(server, f"bench_{n}") if engine == "postgresql" else None
                made.append(City(n, engine, folder / f"{engine}-{n}", url))
                made[-1].open()
        yield made


def _asked(sizes: tuple[int, ...]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, action="append")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--postgres", metavar="URL")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--sync-ms", type=float, default=0)
    asked = parser.parse_args()
    asked.size = asked.size or sizes
    asked.engine = asked.engine or (["postgresql"] if asked.postgres else ["sqlite"])
    return asked


def _database(server: str, name: str) -> str:
    """The address of a database of this name on the server; made if it is not there."""
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        if not connection.scalar(sa.text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    return engine.url.set(database=name).render_as_string(hide_password=False)


def _signed_in(app: Flask, user_id: int) -> FlaskClient:
    client = app.test_client()
    with app.app_context():
        user = db.session.get_one(User, user_id)
        secret = begin_session(user, source="127.0.0.1", agent="bench", at=clock.now())
        db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = secret
        session["_fresh"] = True
    return client
