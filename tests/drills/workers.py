"""Real processes on one database: let go together, or killed at any moment."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from tracker import clock, create_app
from tracker.schedule import ring
from tracker.schedule.timetable import TIMETABLE, Slot

WAIT_SECONDS = 120
# Forked from a clean process that has everything imported: a worker begins in a tenth of a second.
CONTEXT: Any = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.drills.preloaded"])

WRITERS = ("ask-yearly", "send-digests", "weekly-bulletin")
Settings = dict[str, Any]


def patience(days: int) -> float:
    """Seconds after which processes that ring so many days are taken for stuck, on a busy machine too."""
    return WAIT_SECONDS + 60.0 * days


def bells(first: datetime, days: int) -> list[tuple[datetime, tuple[str, ...]]]:
    """Every moment of so many days at which a bell rings; letter carriers go round with those that write letters."""
    carriers = tuple(job.name for job in TIMETABLE if job.slot is Slot.MINUTE)
    lines = sorted((job.rings_at(), job.name) for job in TIMETABLE if job.slot is not Slot.MINUTE)
    found = []
    for number in range(days):
        for at, name in lines:
            moment = datetime.combine(first.date() + timedelta(days=number), at, first.tzinfo)
            found.append((moment, (name, *carriers) if name in WRITERS else (name,)))
    return found


def ring_all(settings: Settings, moments: list[tuple[datetime, tuple[str, ...]]], together: Any, counts: Any) -> None:
    """Ring every bell at its moment, at the same time as all the others."""
    app, ran = create_app(settings), 0
    for moment, names in moments:
        together.wait(WAIT_SECONDS)
        with app.app_context(), clock.at(moment):
            for name in names:
                rung = ring.run(name)
                assert rung.why != "failed", (name, moment, rung.error)
                ran += rung.ran
    counts.put(ran)


def ring_together(settings: Settings, first: datetime, days: int, processes: int) -> list[int]:
    """So many processes ring every bell of so many days; how many slots each of them did."""
    together, counts = CONTEXT.Barrier(processes), CONTEXT.Queue()
    with working(ring_all, [(settings, bells(first, days), together, counts)] * processes) as workers:
        done = sorted(counts.get(timeout=patience(days)) for _ in workers)
        for worker in workers:
            worker.join(WAIT_SECONDS)
            assert worker.exitcode == 0
    return done


def run_week(settings: Settings, moment: datetime, ready: Any) -> None:
    """What a started server does: rings the week, or takes it over from one that died, and sends."""
    app = create_app(settings)
    with app.app_context(), clock.at(moment):
        ready.set()
        ring.run("weekly-bulletin")
        while ring.run("send-letters").ran:
            pass


def killed(settings: Settings, moment: datetime, after_seconds: float | None) -> float | None:
    """Run the week and kill it after so long (None: let it end); answers how long it took if it ended by itself."""
    ready = CONTEXT.Event()
    with working(run_week, [(settings, moment, ready)]) as (worker,):
        assert ready.wait(WAIT_SECONDS)
        begun = time.monotonic()
        worker.join(after_seconds if after_seconds is not None else WAIT_SECONDS)
        if worker.exitcode is None:
            assert after_seconds is not None, "the run did not end"
            worker.kill()
            worker.join(WAIT_SECONDS)
        if worker.exitcode == -signal.SIGKILL:
            return None
        assert worker.exitcode == 0
        return time.monotonic() - begun


@contextmanager
def working(does: Callable[..., None], each: list[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """Processes, one for each set of arguments; none is left behind."""
    workers = [CONTEXT.Process(target=does, args=arguments, daemon=True) for arguments in each]
    for worker in workers:
        worker.start()
    try:
        yield workers
    finally:
        for worker in workers:
            if worker.exitcode is None:
                worker.kill()
            worker.join(10)
