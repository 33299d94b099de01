"""PostgreSQL goes away while people work: restarted, killed, its connections cut, its answers lost on the way.

The application reaches it through a relay that can lose the answer to a COMMIT: then nobody knows whether it was done.
"""

from __future__ import annotations

import random
import selectors
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests import databases
from tests.drills.crashing import after_each_act, finish, prepare
from tests.drills.kept import Drill, look
from tests.drills.pressing import Inside
from tests.pgtemp import Server, restartable_postgresql
from tests.reader import Reader
from tracker import create_app
from tracker.database import db
from tracker.people.models import User

PEOPLE = 3
SAYS = "the database does not answer"
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"


@dataclass
class Relay:
    """Carries bytes between the application and PostgreSQL; `loses` may hold how the next COMMIT is treated."""

    target: str
    loses: str = ""
    lost: int = 0
    closing: bool = False
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=100))

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    def run(self) -> None:
        while not self.closing:
            with suppress(OSError):
                client, _address = self.listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX)
        with client, server, suppress(OSError), selectors.DefaultSelector() as waits:
            server.connect(self.target)
            waits.register(client, selectors.EVENT_READ, server)
            waits.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _events in waits.select():
                    said = key.fileobj.recv(65_536)  # type: ignore[union-attr]
                    if not said or (key.fileobj is client and self._hangs_up(said, server)):
                        return
                    key.data.sendall(said)

    def _hangs_up(self, said: bytes, server: socket.socket) -> bool:
        """On a COMMIT, if one is to be lost: before it arrives, or after it was done and before that is told."""
        if not self.loses or b"COMMIT" not in said:
            return False
        how, self.loses = self.loses, ""
        self.lost += 1
        if how == "answer":
            server.sendall(said)
            server.recv(65_536)
        return True


@dataclass
class Trouble:
    """All that is at hand to make some."""

    server: Server
    relay: Relay
    name: str

    def kinds(self) -> dict[str, Callable[[float], None]]:
        return {
            "answer to COMMIT lost": lambda seconds: self.lose("answer", seconds),
            "COMMIT lost": lambda seconds: self.lose("question", seconds),
            "connections cut": self.cut,
            "restarted": lambda seconds: self.restart(signal.SIGINT, seconds),
            "killed": lambda seconds: self.restart(signal.SIGQUIT, seconds),
        }

    def lose(self, how: str, seconds: float) -> None:
        """Each of the next COMMITs for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.relay.loses = how
            time.sleep(0.05)
        self.relay.loses = ""

    def cut(self, seconds: float) -> None:
        with sa.create_engine(self.server.url, poolclass=sa.NullPool).connect() as connection:
            connection.execute(sa.text(CUT), {"name": self.name})
        time.sleep(seconds)

    def restart(self, how: int, seconds: float) -> None:
        self.server.stop(how)
        time.sleep(seconds)
        self.server.start()


@contextmanager
def reached_by_relay(folder: Path) -> Iterator[tuple[dict[str, Any], Trouble]]:
    """The settings of an application on a database of its own, behind a relay."""
    with restartable_postgresql() as server:
        for said in ("CREATE DATABASE drill", "ALTER DATABASE drill SET synchronous_commit = on"):
            databases.PostgresqlServer(server.url).say(said)  # the tests' own server would lose what it had answered
        databases.fill(folder, databases.PostgresqlServer(server.url).address("drill"))
        relay = Relay(f"{server.folder}/.s.PGSQL.5432")
        thread = threading.Thread(target=relay.run, daemon=True)
        thread.start()
        url = f"postgresql+psycopg://postgres@127.0.0.1:{relay.port}/drill?sslmode=disable&gssencmode=disable"
        try:
            yield databases.settings(folder, url), Trouble(server, relay, "drill")
        finally:
            relay.closing = True
            relay.listening.close()


def away_often(given: dict[str, Any], trouble: Trouble, *, rounds: int, chance: random.Random, longest: float) -> Any:
    """In each round one trouble for a while, then a moment without; at the end everything is looked at."""
    told: Counter[str] = Counter()
    app = create_app(given)
    with app.app_context():
        office = prepare(app, PEOPLE)
        reader = Reader(app).signed_in_as(db.session.get_one(User, 1))
    drill = Drill(app, office, [Inside(app, office, n) for n in range(PEOPLE)], after_each_act(office, app))
    kinds = list(trouble.kinds().items())
    for presser in drill.pressers:
        presser.start()
    for number in range(rounds):
        name, make = kinds[number % len(kinds)]
        busy = threading.Thread(target=make, args=(chance.uniform(0.1, longest),))
        busy.start()
        while busy.is_alive():
            told.update(meanwhile(reader))
        told[name] += 1
        time.sleep(chance.uniform(0.1, 0.3))
        assert (wrong := drill.wrong()) == [], wrong
    finish(drill)
    seen = look(drill)
    databases.let_go(app)
    return {"rounds": rounds, "COMMITs lost": trouble.relay.lost, **told, **seen}


def meanwhile(reader: Reader) -> list[str]:
    """One page: it is there, or it says that the database does not answer."""
    answer = reader.client.get(
        "/suggestions", base_url=reader.app.config["BASE_URL"], headers={"Accept-Language": "en"}
    )
    assert answer.status_code == 200 or (answer.status_code == 503 and SAYS in answer.get_data(as_text=True))
    return ["read" if answer.status_code == 200 else "not read (503)"]
