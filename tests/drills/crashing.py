"""Killed at any moment while people work: what was answered as saved is there, once, whole, with its files."""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from contextlib import suppress
from functools import partial
from typing import Any

import sqlalchemy as sa

from tests import makers
from tests.drills.kept import ACTS, Drill, await_letters, letters, look, what_there_is
from tests.drills.pressing import Chain, Inside, Office, Presser
from tests.drills.served import running
from tests.drills.workers import Settings
from tests.outside import MailSink
from tests.reader import Reader
from tracker import clock
from tracker.database import db
from tracker.roles import Role

log = logging.getLogger("drill")


def prepare(app: Any, pressers: int) -> Office:
    """A congress with a meeting for each presser, and the three who act; the office reads what is delivered."""
    congress = makers.a_congress()
    makers.with_reading_by("office", congress)
    body, deputy = makers.a_body(congress), makers.a_deputy(congress)
    meetings = [makers.a_meeting(congress).id for _ in range(pressers + 1)]
    users = {
        "clerk": makers.a_user(congress, Role.OFFICE_CLERK),
        "handler": makers.a_user(congress, Role.BODY_HANDLER, body_id=body.id),
        "deputy": makers.a_user(congress, Role.DEPUTY, deputy_id=deputy.id),
    }
    db.session.commit()
    visitors = {who: Reader(app).signed_in_as(user) for who, user in users.items()}
    tokens = {who: one.token() for who, one in visitors.items()}
    cookies = {who: one.client.get_cookie("session", domain="127.0.0.1").value for who, one in visitors.items()}
    return Office([], cookies, tokens, meetings, deputy.id, body.id, clock.today().isoformat(), None)


class Finder:
    """The number of a suggestion's assignment or of its reply."""

    def __init__(self, app: Any) -> None:
        with app.app_context():
            self.engine = db.engine

    def __call__(self, what: str, suggestion: str) -> int:
        wanted = "select id from assignment where suggestion_id = :id"
        if what == "reply":
            wanted = f"select id from reply where assignment_id in ({wanted})"
        for _try in range(600):
            with suppress(sa.exc.OperationalError), self.engine.connect() as connection:
                return int(connection.execute(sa.text(wanted), {"id": int(suggestion)}).scalar_one())
            time.sleep(0.1)
        raise AssertionError("the database does not come back")


def crash_often(
    app: Any, given: Settings, sink: MailSink, *, rounds: int, pressers: int, webs: int, chance: random.Random,
    most_minutes: float = 60, longest: float = 0.6, acts: int = 0,
) -> dict[str, Any]:  # fmt: skip
    """Kill one of the processes in each round, start it again, and look at all that was saved since the last look.

    It ends after so many rounds and so many acts answered as saved, or when the time is over.
    """
    with app.app_context():
        office = prepare(app, pressers)
    begun, done, killed = time.monotonic(), 0, Counter[str]()
    with running(given, webs, partial(after_each_act, office)) as (expected, ports, servers):
        office.ports, office.find = ports, Finder(app)
        drill = Drill(app, office, [Presser(office, n) for n in range(pressers)], expected)
        for presser in drill.pressers:
            presser.start()
        while (done < rounds or drill.saved() < acts) and time.monotonic() < begun + 60 * most_minutes:
            time.sleep(chance.uniform(0, longest))
            victim = chance.choice(servers)
            killed["the one that rings" if victim.rings else "a process that answers"] += 1
            victim.kill()
            victim.start()
            done += 1
            assert (wrong := drill.wrong()) == [], wrong
            if done % 50 == 0:
                log.warning("%s rounds: %s", done, look(drill))
        finish(drill)
        await_letters(app, sink)
    return {"rounds": done, **killed, **look(drill), **letters(app, sink)}


def after_each_act(office: Office, app: Any) -> list[Counter[str]]:
    """Lead one suggestion through undisturbed, and note what there is of it after each act."""
    office.find = Finder(app)
    quiet = Noting(app, office)
    quiet.run()
    assert quiet.wrong == [], quiet.wrong
    assert tuple(quiet.chains[0].saved) == ACTS
    return [Counter(), *quiet.noted]


class Noting(Inside):
    def __init__(self, app: Any, office: Office) -> None:
        super().__init__(app, office, len(office.meetings) - 1, most=1)
        self.noted: list[Counter[str]] = []

    def press(self, chain: Chain, *of: Any, **more: Any) -> str:
        led_to = super().press(chain, *of, **more)
        with self.app.app_context():
            self.noted.append(what_there_is(chain.title))
        return led_to


def finish(drill: Drill) -> None:
    """Everybody brings his last suggestion to its end."""
    for presser in drill.pressers:
        presser.enough.set()
    for presser in drill.pressers:
        presser.join(120)
    assert (wrong := drill.wrong()) == [], wrong
