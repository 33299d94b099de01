"""The application as it runs in an office: processes that answer on a port, and one that rings; any may be killed.

All are forked from one process that has the application made and every page opened once, so that a killed one is back
in a moment. The sockets belong to that process: who connects meanwhile waits, who was being answered is cut off.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from tests.drills.workers import CONTEXT, WAIT_SECONDS, Settings
from tracker import create_app
from tracker.database import db
from tracker.schedule import ring
from tracker.web.plumbing import settle

BELLS = ("send-letters", "look-again", "reckon-held")
PAUSE_SECONDS = 0.3
RINGS = -1  # instead of the place of a socket


def nursery(settings: Settings, webs: int, warm: Callable[[Any], Any], pipe: Any) -> None:
    """Make the application, warm it, then fork and kill as told; sends what `warm` answered and the ports first."""
    app = create_app(settings)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets = [socket.create_server(("127.0.0.1", 0), backlog=100) for _ in range(webs)]
    ports = [one.getsockname()[1] for one in sockets]
    app.extensions["hosts"] |= {f"127.0.0.1:{port}" for port in ports}
    told = warm(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    settle()
    pipe.send((told, ports))
    while True:
        what, number = pipe.recv()
        if what == "kill":
            os.kill(number, signal.SIGKILL)
            os.waitpid(number, 0)
            pipe.send(number)
        elif pid := os.fork():
            pipe.send(pid)
        else:
            _live(app, sockets[number] if number != RINGS else None)


def _live(app: Any, listening: socket.socket | None) -> None:
    """What a forked process does until it is killed."""
    try:
        if listening is None:
            ring_on(app)
        else:
            import waitress

            waitress.create_server(app, sockets=[listening], threads=8, ident=None).run()
    finally:
        os._exit(1)


def ring_on(app: Any) -> None:
    """The bells of every minute, again and again."""
    while True:
        with app.app_context():
            for name in BELLS:
                with suppress(Exception):  # as the timetable does: it is rung again in a moment
                    ring.run(name)
        time.sleep(PAUSE_SECONDS)


@dataclass
class Server:
    """One process, forked again after it was killed."""

    pipe: Any
    place: int
    pid: int = 0

    @property
    def rings(self) -> bool:
        return self.place == RINGS

    def start(self) -> None:
        self.pid = self._told("start", self.place)

    def kill(self) -> None:
        self._told("kill", self.pid)

    def _told(self, what: str, number: int) -> int:
        self.pipe.send((what, number))
        assert self.pipe.poll(WAIT_SECONDS), f"nobody answered: {what}"
        return int(self.pipe.recv())


@contextmanager
def running(settings: Settings, webs: int, warm: Callable[[Any], Any]) -> Iterator[tuple[Any, list[int], list[Server]]]:
    """So many processes that answer, and one that rings; what `warm` answered, the ports, and the processes."""
    pipe, other = CONTEXT.Pipe()
    process = CONTEXT.Process(target=nursery, args=(settings, webs, warm, other))
    process.start()
    servers: list[Server] = []
    try:
        assert pipe.poll(WAIT_SECONDS), "the application did not start"
        told, ports = pipe.recv()
        servers = [Server(pipe, place) for place in (*range(webs), RINGS)]
        for server in servers:
            server.start()
        yield told, ports, servers
    finally:
        for server in servers:
            server.kill()
        process.kill()
        process.join(WAIT_SECONDS)
