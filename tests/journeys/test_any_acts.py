"""Whatever is done in whatever order: everything that must hold holds after every act, and the doctor finds nothing.

60 runs on SQLite and 15 on PostgreSQL; `python3 start.py test tests/journeys/test_any_acts.py --runs 5000` makes more.
"""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from random import Random

import pytest
from werkzeug.datastructures import FileStorage

from tests.dispatch.office import an_office
from tests.journeys.acts import machine
from tests.journeys.acts.machine import ACTS, CHAPTERS, RULES, Machine
from tests.journeys.acts.signs import Signs
from tests.makers import a_user, an_officer
from tracker import clock
from tracker.actor import SYSTEM
from tracker.files import store
from tracker.roles import Role
from tracker.structure.models import Rank
from tracker.suggestion.journey import MOVES

AT_ONCE = 30
BEFORE = {"draft"}  # the machine begins with what is recorded


@pytest.fixture
def desk(session, stopped_clock) -> Signs:
    """An office on its first day, committed; what a run does is rolled back after it."""
    stopped_clock(date(2027, 12, 31))
    office = an_office()
    for body in office.bodies.values():
        an_officer(body, Rank.HEAD)
    upload = FileStorage(io.BytesIO(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"), filename="测评表.pdf")
    scan = store.keep(upload, by=SYSTEM, at=clock.now())
    made = Signs(office, a_user(office.congress, Role.OFFICE_LEADER), scan)
    session.commit()
    return made


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Many runs are many tests, so that workers share them and each has its own time."""
    if "runs" in metafunc.fixturenames:
        whole, rest = divmod(metafunc.config.getoption("runs"), AT_ONCE)
        metafunc.parametrize("runs", [AT_ONCE] * whole + [rest] * (rest > 0))


@pytest.mark.timeout(900)
@pytest.mark.engines("sqlite")
def test_any_acts_in_any_order(desk, runs):
    machine.run(desk, runs)


@pytest.mark.engines("postgresql")
def test_any_acts_in_any_order_on_postgresql(desk):
    machine.run(desk, 15)


@pytest.mark.engines("sqlite")
def test_every_move_of_the_procedure_is_made(desk):
    """What can be done really happens in the machine; here what has not been done yet goes first."""
    random, made = Random(1), Counter()
    for number in range(240):
        one = Machine(desk, RULES[number % len(RULES)])
        one.begin(sorted(CHAPTERS)[number % len(CHAPTERS)])
        for _ in range(20):
            there = one.possible()
            new = [name for name in there if not all(made[move] + one.watch.made[move] for move in ACTS[name].moves)]
            one.attempt(random.choice(new if new and random.random() < 0.7 else there), random.randrange(1_000))
        one.end()
        made += one.watch.made
        if len(made) == len(MOVES) - len(BEFORE):
            break
    assert set(MOVES) - set(made) == BEFORE
