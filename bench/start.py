"""From the start of the server to its first page, and its memory after a thousand pages.

    python3 start.py bench start [--size N] [--engine sqlite|postgresql] [--pages N] [--jobs]

The application as it is delivered (`flask serve`: waitress with eight threads, the timetable in the same process), over
a city that is set up. "first page s" is the median of several starts, from the command to the answer; "PSS MB" counts
what the process shares with others in part (/proc/PID/smaps_rollup), at the first page and after desks, registers,
inboxes and suggestions asked for by four at once. The office's clock stands shortly after midnight, so that no job of
the day is due; with --jobs in the late morning: the server then makes up for all of the day's beside the pages, and is
measured when the last of them is done (one start only, whose time says nothing).
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

import sqlalchemy as sa

from bench._both import asked, kinds
from bench._cities import ASKING, TODAY, City, _database, _signed_in
from bench._measure import show
from bench._served import Client
from tests.pgtemp import temporary_postgresql
from tracker import clock
from tracker.database import db
from tracker.people.models import User
from tracker.schedule.models import JobRun
from tracker.settings import ROOT

STARTS, PAGES, AT_ONCE = 5, 1_000, 4
BUDGET_S, BUDGET_MB = 2, 180
JOBS = "--jobs" in sys.argv
LAST_OF_THE_DAY = "send-digests"
READ = (("clerk", "/"), ("clerk", "/suggestions"), ("handler", "/inbox"), ("clerk", "/suggestions/{}"))


def measure(engine: str, n: int) -> dict[str, object]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory())).resolve()
        city = prepared(engine, n, folder, stack)
        starts, several = [], 1 if JOBS else STARTS
        for number in range(several):
            running, port, seconds = _started(city)
            starts.append(seconds)
            if number < several - 1:
                _ended(running)
        stack.callback(_ended, running)
        first = _pss(running.pid)
        _read(city, port, asked("pages", PAGES))
        while JOBS and not _are_done(city):
            _read(city, port, 100)
        return {
            "n": n,
            "engine": engine,
            "jobs": "done" if JOBS else "none",
            "first page s": round(median(starts), 2),
            "quickest s": round(min(starts), 2),
            "budget s": BUDGET_S,
            "PSS MB at first": first,
            "pages": asked("pages", PAGES),
            "PSS MB": _pss(running.pid),
            "budget MB": BUDGET_MB,
        }


def prepared(engine: str, n: int, folder: Path, stack: ExitStack) -> City:
    """A city that is set up, with people signed in today: the server's own clock goes right."""
    server = stack.enter_context(temporary_postgresql()) if engine == "postgresql" else None
    city = City(n, engine, folder, _database(server, "bench_start") if server else None)
    with clock.at(TODAY):
        city.open()
    with city.app.app_context():
        ids = {role: one for one, role in db.session.execute(sa.select(User.id, User.role))}
    city.clients = {who: _signed_in(city.app, ids[role]) for who, role in ASKING.items()}
    city.let_go()
    return city


def _started(city: City) -> tuple[subprocess.Popen[bytes], int, float]:
    """The server, where it listens, and how long its first page took."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    given = {
        "INSTANCE_PATH": str(city.folder),
        "TIMEZONE": _zone_where_it_is(10 if JOBS else 0),
        **({"DATABASE_URL": city.url} if city.url else {}),
    }
    command = [sys.executable, "-m", "flask", "--app", "app", "serve", "--empty", "--port", str(port)]
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(command, cwd=ROOT, env={**inherited, **given}, stdout=quiet, stderr=quiet)
    while True:
        with suppress(OSError):
            asking = HTTPConnection("127.0.0.1", port, timeout=30)
            asking.request("GET", "/sign-in")
            if asking.getresponse().status < 500:
                return running, port, time.perf_counter() - began
        if running.poll() is not None:
            raise SystemExit("the server ended")
        time.sleep(0.01)


def _zone_where_it_is(hour: int) -> str:
    """A zone whose clocks show this hour now."""
    ahead = hour - clock.now().hour
    ahead += 24 if ahead < -12 else 0
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def _are_done(city: City) -> bool:
    with city.app.app_context():
        done = db.session.scalar(sa.select(JobRun.finished_at).where(JobRun.job == LAST_OF_THE_DAY))
        db.session.remove()
    return done is not None


def _ended(running: subprocess.Popen[bytes]) -> None:
    running.terminate()
    running.wait(30)


def _read(city: City, port: int, pages: int) -> None:
    """So many pages, by four at once, every suggestion another one."""

    def read(place: int) -> None:
        by = {who: Client(port, city.cookie(who)) for who in city.clients}
        for number in range(place, pages, AT_ONCE):
            who, path = READ[number // AT_ONCE % len(READ)]
            by[who].get(path.format(number % city.n + 1))

    threads = [Thread(target=read, args=(place,)) for place in range(AT_ONCE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def _pss(pid: int) -> int:
    said = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    [line] = [one for one in said.splitlines() if one.startswith("Pss:")]
    return round(int(line.split()[1]) / 1024)


def main() -> None:
    n = asked("size", 10_000)
    show("start and memory", [measure(engine, n) for engine in kinds()])


if __name__ == "__main__":
    main()
