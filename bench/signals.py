"""What a night of looking for signals takes, kind by kind, and a minute of looking at what changed.

    python3 start.py bench signals [--size N]... [--engine sqlite|postgresql]... [--keep FOLDER]

Seconds over all suggestions, in the parts the night looks at; "first night" raises everything there is and reads all
letters, "again" is the same night rung once more, "next night" that of a working day which finds all as it was, "a
minute" looks at the suggestions of as many lines of history as a minute takes. "cpu" is this process and, on
PostgreSQL, the server's for it: on a machine that others use too it says more. Letters go round in this city, so what
is known of their lines is forgotten after every part. By kind: of the first suggestions, as many as KINDS_OF.
"""

from __future__ import annotations

import os
import resource
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench import _answered
from bench._cities import TODAY, City, cities
from bench._measure import show
from tracker import clock
from tracker.database import db
from tracker.handling.models import Reply
from tracker.search import framing
from tracker.signals import finding, jobs
from tracker.signals.choices import chosen
from tracker.signals.kind import Asked
from tracker.signals.models import Dismissal, Signal, SignalAnswer, SignalMark
from tracker.suggestion.models import Entry
from tracker.workdays.queries import calendar

SIZES = (10_000,)
KINDS_OF = 10_000
CONGRESS = 1


def measure(city: City) -> tuple[dict[str, object], dict[str, object]]:
    """The row of the jobs, and that of the kinds."""
    with city.app.app_context():
        if not db.session.scalar(sa.select(Reply.id).limit(1)):
            _answered.answer(TODAY)
        for model in (Dismissal, SignalAnswer, Signal, SignalMark):
            db.session.execute(sa.delete(model))
        db.session.commit()
        before = _memory()
        kinds = _kinds()
        sa.event.listen(db.session, "after_commit", lambda _session: framing.forget_lines())
        first, found = _timed(lambda: jobs.find_signals(TODAY))
        again, _looked = _timed(lambda: jobs.find_signals(TODAY))
        with clock.at(TODAY + timedelta(days=1)):
            following, changed = _timed(lambda: jobs.find_signals(TODAY + timedelta(days=1)))
        minute, _looked = _timed(_a_minute)
        row = {
            "city": city.name,
            "replies": db.session.scalar(sa.select(sa.func.count(Reply.id))),
            "signals": found["raised"],
            "first night s": round(first[0], 1),
            "first night cpu s": round(first[1], 1),
            "again s": round(again[0], 2),
            "again cpu s": round(again[1], 2),
            "next night s": round(following[0], 1),
            "next night cpu s": round(following[1], 1),
            "changed": changed["rows"],
            "a minute s": round(minute[0], 2),
            "a minute cpu s": round(minute[1], 2),
            "memory MB": round(_memory() - before),
        }
    return row, {"city": city.name, **kinds}


def _kinds() -> dict[str, object]:
    """Milliseconds of this process for a thousand suggestions, and how many were found."""
    took: Counter[str] = Counter()
    many: Counter[str] = Counter()
    ids, days = finding.watched(CONGRESS, TODAY)[:KINDS_OF], calendar(CONGRESS)
    for start in range(0, len(ids), jobs.SUGGESTIONS_AT_ONCE):
        some = tuple(ids[start : start + jobs.SUGGESTIONS_AT_ONCE])
        for one in chosen(CONGRESS):
            asked = Asked(CONGRESS, TODAY, one.set_at, days, some)
            began = time.process_time()
            many[one.kind.key] += sum(1 for _row in finding.found(one.kind, asked))
            took[one.kind.key] += time.process_time() - began
    db.session.rollback()
    return {key: f"{took[key] / len(ids) * 1e6:.0f} ms, {many[key]}" for key in took}


def _a_minute() -> Any:
    last = db.session.scalar(sa.select(sa.func.max(Entry.id))) or 0
    db.session.get_one(SignalMark, 1).entry_id = last - jobs.MOST_LINES
    db.session.commit()
    return jobs.look_again(TODAY)


def _timed(act: Any) -> tuple[tuple[float, float], Any]:
    """Seconds, and those worked for it."""
    began, own = time.perf_counter(), _worked()
    found = act()
    return (time.perf_counter() - began, _worked() - own), found


def _worked() -> float:
    """Of this process, and of the one that PostgreSQL keeps for its connection."""
    if db.engine.dialect.name != "postgresql":
        return time.process_time()
    server = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
    told = Path(f"/proc/{server}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return time.process_time() + (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    with cities(*SIZES) as made:
        told = [measure(city) for city in made]
    show("signals by night", [row for row, _kinds in told])
    kinds = [row for _row, row in told]
    names = [name for name in kinds[0] if name != "city"]
    by_kind: list[dict[str, object]] = [
        {"kind": name, **{str(row["city"]): row[name] for row in kinds}} for name in names
    ]
    show("by kind: ms for 1,000 suggestions, and how many were found", by_kind)


if __name__ == "__main__":
    main()
