"""Backups under load, brought back; and a city that moves from SQLite to PostgreSQL and back again.

python3 start.py bench backups [--times N] [--size N] [--engine sqlite|postgresql]

--times N    backups while somebody records suggestions with papers (10)
--size N     suggestions of the city that moves (50,000)
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psutil

from bench import _city
from bench._both import an_application, asked, kinds
from bench._measure import show
from tests import databases
from tests.drills.backing_up import back_up_often
from tracker import clock, create_app
from tracker.care.backup import write_backup
from tracker.care.doctor import examine
from tracker.care.lines import write_lines
from tracker.care.restore import read_backup
from tracker.database import db

TODAY = date(2026, 6, 8)


def main() -> None:
    rows = []
    for kind in kinds():
        with an_application(kind) as (app, _given, _sink), tempfile.TemporaryDirectory() as folder:
            rows.append({"engine": kind, **back_up_often(app, Path(folder), elsewhere, times=asked("times", 10))})
    show("backups under load", rows)
    if size := asked("size", 50_000):
        show("a city moves", moved(size))


@contextmanager
def elsewhere() -> Iterator[tuple[Any, Path]]:
    """Another instance with nothing in it."""
    with tempfile.TemporaryDirectory() as named:
        app = create_app(databases.settings(Path(named), f"sqlite:///{named}/tracker.db"))
        yield app, Path(named)
        databases.let_go(app)


def moved(size: int) -> list[dict[str, object]]:
    """From SQLite to PostgreSQL, and from there to another SQLite."""
    with (
        tempfile.TemporaryDirectory() as named,
        an_application("sqlite") as (first, _given, _sink),
        an_application("postgresql") as (second, _pg, _other),
        elsewhere() as (third, _folder),
        clock.at(TODAY),
    ):
        with first.app_context():
            _city.build(size, today=TODAY)
        there = step(first, second, Path(named) / "there.tar.gz", size)
        back = step(second, third, Path(named) / "back.tar.gz", size)
    return [{"from": "sqlite", "to": "postgresql", **there}, {"from": "postgresql", "to": "sqlite", **back}]


def step(source: Any, target: Any, file: Path, size: int) -> dict[str, object]:
    with source.app_context():
        before, wrong = content(), len(examine())
        db.session.remove()
        written = measured(lambda: write_backup(file))
        tried = measured(lambda: write_backup(file.with_suffix(".tried"), verify=True))
    with target.app_context():
        read = measured(lambda: read_backup(file))
        after, found = content(), len(examine())
        db.session.remove()
    return {
        "suggestions": size,
        "megabytes": round(file.stat().st_size / 1e6, 1),
        "tables that differ": sum(before[name] != after.get(name) for name in before),
        "problems before and after": f"{wrong}, {found}",
        "written, s (MB more)": written,
        "written and tried out": tried,
        "brought back": read,
    }


def measured(does: Callable[[], object]) -> str:
    """Seconds, and by how many megabytes the process was larger meanwhile than before."""
    process, stop = psutil.Process(), threading.Event()
    before = peak = process.memory_info().rss

    def watch() -> None:
        nonlocal peak
        while not stop.wait(0.05):
            peak = max(peak, process.memory_info().rss)

    watching = threading.Thread(target=watch)
    watching.start()
    begun = time.monotonic()
    does()
    seconds = time.monotonic() - begun
    stop.set()
    watching.join()
    return f"{seconds:.1f} ({(peak - before) / 1e6:.0f})"


def content() -> dict[str, str]:
    """A digest of every table: the same on both engines if every number, time and text is."""
    db.session.rollback()
    with tempfile.TemporaryDirectory() as named, db.engine.connect() as connection:
        write_lines(connection, Path(named))
        return {path.stem: digest(path) for path in sorted(Path(named).iterdir())}


def digest(path: Path) -> str:
    """Of the rows, whatever the order of keys within a value."""
    whole = hashlib.sha256()
    with path.open(encoding="utf-8") as lines:
        whole.update(json.dumps(json.loads(next(lines))["columns"]).encode())
        for line in lines:
            whole.update(json.dumps(json.loads(line), sort_keys=True).encode())
    return whole.hexdigest()


if __name__ == "__main__":
    main()
