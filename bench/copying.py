"""Replies compared with all others by the index: what one takes among N, what N take, and whether the taken are found.

    python3 start.py bench copying [--size N] [--engine sqlite|postgresql] [--sample N | --all]

The letters are put together from the demo city's sentences about invented places, so that each shares a sentence with
thousands of others; every twentieth is an earlier one with other names, numbers and frame. Without --all a sample of
them is compared, spread over all, and the whole is reckoned from it.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from bench._both import asked, kinds
from bench._city import SUGGESTION, _structure
from bench._measure import show
from tests.pgtemp import temporary_postgresql
from tracker import clock, create_app
from tracker.care.upgrade import upgrade_database
from tracker.database import Base, db, take_stock
from tracker.demo.wording import fill, slots, topics
from tracker.dispatch.models import HandOver
from tracker.handling.texts import TEXTS
from tracker.recurrence import copying
from tracker.recurrence.models import ReplyLikeness
from tracker.search import kept
from tracker.structure.models import Congress, Level

SIZES = (1_000, 10_000, 100_000)
TODAY = date(2026, 9, 15)
EVERY, BACK, SENTENCES, SAMPLE, WRITTEN_AT_ONCE = 20, 10, 5, 1_000, 2_000
SYLLABLES = "云岭松柏清泉石桥河湾梅溪东湖南山北塘西屏龙凤福安长乐永丰和平新华文昌桃李杏林竹园白沙青阳金银水月星光明秀丽"
HEAD = "代表{n}：\n您提出的《关于办好第{n}件实事的建议》（第{n}号）收悉，现答复如下：\n"
FOOT = "\n感谢您对我们工作的关心和支持。"


def letters(n: int) -> Iterator[str]:
    """N letters; every EVERY-th says what the one BACK before it says, elsewhere."""
    told = [topic[part] for topic in topics().values() for part in ("done", "plan", "problem", "refuse")]
    for number in range(n):
        of = number - BACK if _is_taken(number) else number
        which, rng = Random(of), Random(-number)  # nosec B311
        said = "\n".join(fill(one, _places(one, rng), rng).rstrip("。") + "。" for one in which.sample(told, SENTENCES))
        yield f"{HEAD.format(n=number)}{said}{FOOT}"


def _is_taken(number: int) -> bool:
    return number > BACK and number % EVERY == 0


def _places(sentence: str, rng: Random) -> dict[str, str]:
    return {name: "".join(rng.sample(SYLLABLES, 3)) for name in slots(sentence)}


def measure(engine: str, n: int, server: str, folder: Path) -> dict[str, object]:
    settings: dict[str, object] = {"INSTANCE_PATH": str(folder), "SCHEDULER": False, "TESTING": True}
    app = create_app(settings | ({"DATABASE_URL": server} if engine == "postgresql" else {}))
    with app.app_context(), clock.at(TODAY):
        upgrade_database(app)
        wrote = _timed(lambda: _write(n))
        marked = _timed(lambda: _mark(n))
        ids = _chosen(n)
        before = _memory()
        worked = time.process_time()
        seconds = _timed(lambda: _compare(ids))
        worked = time.process_time() - worked
        due = [one for one in ids if _is_taken(one - 1)]
        found = sa.select(sa.func.count(sa.distinct(ReplyLikeness.reply_id))).where(ReplyLikeness.reply_id.in_(due))
        rows = sa.select(sa.func.count()).select_from(ReplyLikeness)
        row = {
            "n": n,
            "engine": engine,
            "written s": round(wrote, 1),
            "marked s": round(marked, 1),
            "compared": len(ids),
            "ms each": round(1000 * seconds / len(ids), 2),
            "cpu ms each": round(1000 * worked / len(ids), 2),
            "all s": round(seconds / len(ids) * n),
            "one new ms": _one_new(n),
            "taken found": f"{db.session.scalar(found)} of {len(due)}",
            "pairs": db.session.scalar(rows),
            "MB more": round(_memory() - before),
        }
        db.session.remove()
        db.engine.dispose()
    return row


def _chosen(n: int) -> list[int]:
    step = 1 if "--all" in sys.argv else max(1, n // asked("sample", SAMPLE))
    return [one for one in range(1, n + 1) if one % step == 0 or (step > 1 and _is_taken(one - 1) and one % 7 == 0)]


def _mark(n: int) -> None:
    """What a first night does for every reply before it looks for others."""
    for at in range(1, n + 1, 500):
        copying.mark(copying.those(range(at, at + 500)))
        db.session.commit()
    take_stock()


def _compare(ids: list[int]) -> None:
    for at in range(0, len(ids), 200):
        copying.compare(ids[at : at + 200], on=TODAY)
        db.session.commit()


def _one_new(n: int) -> float:
    """The median of comparing one whose text was looked at never before."""
    times = []
    for one in range(n - 30, n, 2):
        copying.forget(db.session, [one])
        copying._letter.cache_clear()
        times.append(_timed(lambda one=one: copying.compare([one], on=TODAY)))  # type: ignore[misc]
        db.session.rollback()
    return round(1000 * sorted(times)[len(times) // 2], 1)


def _write(n: int) -> None:
    congress = Congress(name="测量市人大", level=Level.CITY, rules_name="default")
    db.session.add(congress)
    db.session.flush()
    _structure(congress.id, TODAY)
    handed = HandOver(congress_id=congress.id, meeting_id=1, on=TODAY, document_number="1", by_name="clerk")
    db.session.add(handed)
    db.session.commit()
    tables: dict[str, list[dict[str, Any]]] = {"suggestion": [], "assignment": [], "reply": []}
    words: list[tuple[int, Any]] = []
    for number, text in enumerate(letters(n), 1):
        for name, row in _rows(number, congress.id, text).items():
            tables[name].append(row)
        words += TEXTS[0].entries(number, congress.id, [text])
        if number % WRITTEN_AT_ONCE == 0 or number == n:
            for name, rows in tables.items():
                db.session.execute(sa.insert(Base.metadata.tables[name]), rows)
                rows.clear()
            kept.write(db.session, words)
            words.clear()
            db.session.commit()
    take_stock()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze")


def _rows(number: int, congress_id: int, text: str) -> dict[str, dict[str, Any]]:
    on = TODAY - timedelta(days=30)
    common = {"id": number, "congress_id": congress_id}
    title = {"number": f"2026-{number}", "number_key": f"2026-{number}", "title": f"关于办好第{number}件实事的建议"}
    return {
        "suggestion": SUGGESTION
        | common
        | title
        | {"lead_deputy_id": 1, "key": False, "recorded_on": on, "handed_over_on": on, "stage": "answered"},
        "assignment": common
        | {"suggestion_id": number, "hand_over_id": 1, "body_id": number % 90 + 1, "part": "sole", "round": 1}
        | {"standing": "delivered", "handed_over_on": on, "assigned_on": on, "version": 1},
        "reply": {"id": number, "assignment_id": number, "text": text, "submitted_on": on, "letter_on": on}
        | {"saved_at": clock.now(), "version": 1, "draft_promises": [], "way": "system", "paper_original": False},
    }


def _timed(act: Any) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    sizes = (asked("size", 0),) if "--size" in sys.argv else SIZES
    rows = []
    with ExitStack() as stack:
        for n in sizes:
            for engine in kinds():
                server = stack.enter_context(temporary_postgresql()) if engine == "postgresql" else ""
                folder = Path(stack.enter_context(TemporaryDirectory()))
                rows.append(measure(engine, n, server, folder))
                show(f"replies compared, {n} on {engine}", rows[-1:])
    show("replies compared with all others", rows)


if __name__ == "__main__":
    main()
