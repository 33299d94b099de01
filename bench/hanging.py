"""What pages take while the mail server is well, and while it takes every call and never says a word.

    python3 start.py bench hanging [--size N] [--seconds N] [--engine sqlite|postgresql]

One process answers and carries letters, as `start.py` serves. Somebody reads and records without a pause, first beside
a server that is well, then beside one that hangs, each so many seconds; meanwhile there are always letters to send.
"""

from __future__ import annotations

import socket
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from jinja2 import ChoiceLoader, DictLoader

from bench import _city
from bench._both import an_application, asked, kinds
from bench._measure import show
from bench._served import Client, served
from tests.drills.badmail import write
from tests.mail.conftest import KIND
from tests.reader import Reader
from tracker import clock, create_app
from tracker.database import db
from tracker.mail.models import Letter
from tracker.people.models import User
from tracker.roles import Role
from tracker.schedule import ring

LETTERS, PAUSE_SECONDS = 2_000, 0.2
NEW = "/suggestions/new?secrecy=no"
PAGES = {"desk": "/", "register": "/suggestions", "suggestion": "/suggestions/1", "form": NEW}
FACTS = {
    "meeting_id": "1", "lead_deputy_id": "1", "delegation_id": "0", "category": "", "survey_method": "",
    "origin": "meeting", "publicity": "full", "text": _city.TEXT[:600],
}  # fmt: skip


@contextmanager
def deaf() -> Iterator[str]:
    """The address of a mail server that takes every call and says nothing."""
    kept: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listening:

        def take() -> None:
            with suppress(OSError):
                while True:
                    kept.append(listening.accept()[0])

        threading.Thread(target=take, daemon=True).start()
        yield f"smtp://127.0.0.1:{listening.getsockname()[1]}"
    for one in kept:
        one.close()


def site(given: dict[str, Any], port: int) -> Any:
    """The application, and beside its pages the letter carrier, who goes round again and again."""
    app = create_app(given)
    app.extensions["hosts"] |= {f"127.0.0.1:{port}"}

    def carry() -> None:
        while True:
            with app.app_context(), suppress(Exception):  # as the timetable does: he goes again in a moment
                ring.run("send-letters")
            time.sleep(PAUSE_SECONDS)

    threading.Thread(target=carry, daemon=True).start()
    return app


def measure(kind: str) -> list[dict[str, Any]]:
    size, seconds = asked("size", 1_000), asked("seconds", 60)
    with an_application(kind) as (app, given, sink), app.app_context(), deaf() as silent:
        _city.build(size, today=clock.today())
        app.jinja_env.loader = ChoiceLoader([DictLoader(KIND), app.jinja_env.loader])
        clerk = db.session.scalars(sa.select(User).where(User.role == Role.OFFICE_CLERK)).first()
        cookie = Reader(app).signed_in_as(clerk).client.get_cookie("session", domain="127.0.0.1")
        assert cookie is not None
        rows = []
        for name, url in (("well", sink.url), ("hangs", silent)):
            _letters_anew(datetime.fromisoformat("2026-03-02T08:00:00+08:00"))
            before = len(sink.letters)
            with served(lambda port, url=url: site({**given, "SMTP_URL": url}, port)) as port:  # type: ignore[misc]
                times = ask(Client(port, f"session={cookie.value}"), seconds)
            told = {"engine": kind, "server": name, "seconds": seconds, "letters sent": len(sink.letters) - before}
            rows.append({**told, "pages": sum(map(len, times.values())), **_said(times)})
    return rows


def ask(client: Client, seconds: float) -> dict[str, list[float]]:
    """One page after the other, and a suggestion recorded with each round; an answer that is none ends the bench."""
    times: dict[str, list[float]] = defaultdict(list)
    until, number = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        number += 1
        for name, path in PAGES.items():
            begun = time.perf_counter()
            client.get(path)
            times[name].append(time.perf_counter() - begun)
        fields = {**client.form(NEW), **FACTS, "title": f"关于第{number}处停车场的建议"}
        begun = time.perf_counter()
        assert client.post(NEW, fields), "a suggestion was not recorded"
        times["record"].append(time.perf_counter() - begun)
    return times


def _letters_anew(at: datetime) -> None:
    """So many letters wait, and none of those of before."""
    db.session.execute(sa.delete(Letter).where(Letter.kind == "trial"))
    db.session.commit()
    write(LETTERS, at)
    db.session.remove()


def _said(times: dict[str, list[float]]) -> dict[str, int]:
    told = {}
    for name, took in times.items():
        told[f"{name}, ms"] = round(statistics.median(took) * 1000)
        told[f"{name}, p95"] = round(statistics.quantiles(took, n=20)[-1] * 1000) if len(took) > 1 else 0
    told["longest, ms"] = round(max(map(max, times.values())) * 1000)
    return told


def main() -> None:
    show("pages beside a mail server", [row for kind in kinds() for row in measure(kind)])


if __name__ == "__main__":
    main()
