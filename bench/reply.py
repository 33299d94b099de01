"""Saving a reply: submitted with its history, clock, letters and search, against F5, one row written and committed.

    python3 start.py bench reply [--size N …] [--engine sqlite --engine postgresql] [--postgres URL] [--sync-ms N]

Both wait for the disk (a temporary server is started so; of one that is named, see `SHOW fsync`), with `--sync-ms` for
one whose every sync takes so much longer. One writer presses
"submit" again and again, between his presses F5 commits; then eight write at once, each his own replies, and all
together one draft that only one of them may save. "lost" is what was acknowledged and is not there, or there twice;
"growth" against the smallest size of the engine. Writes into the cities: keep none of them for other benchmarks.
"""

from __future__ import annotations

import statistics
import time
from contextlib import ExitStack
from threading import Barrier, Thread

import sqlalchemy as sa

from bench._cities import City, cities
from bench._commits import DURABLE, milliseconds, one_commit
from bench._disk import begun_anew_on_it
from bench._measure import show
from bench._served import Client, served
from tracker.database import db
from tracker.deadlines.models import Deadline
from tracker.dispatch.models import ANSWERING, Assignment
from tracker.handling.models import Reply
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry

SIZES = (1_000, 10_000)
BUDGET, GROWTH = 8, 1.2
ROUNDS, WRITERS, EACH = 60, 8, 8
TEXT = "道路已于六月底拓宽完毕，新增停车位八十个，由城建局负责日常管理。" * 19
REPLY = {
    "act": "submit", "class_label": "A", "letter_on": "2026-09-10", "signer": "周局长", "contact_person": "林承办",
    "publicity": "full", "text": TEXT[:600], "way": "system", "acting_name": "林",
    "promises-0-what": "安装路灯", "promises-0-owner": "林承办", "promises-0-due_on": "2027-03-01",
}  # fmt: skip


def measure(city: City, smallest: dict[str, float]) -> dict[str, object]:
    ids = _to_answer(city)
    alone, draft, shared = ids[:ROUNDS], ids[ROUNDS], ids[ROUNDS + 1 :]
    city.let_go()
    with ExitStack() as stack:
        port = stack.enter_context(served(city.serve))
        commit = one_commit(city.url, city.folder, stack)
        client = Client(port, city.cookie("handler"))
        floor, ours = [], []
        for one in alone:
            said, filled = f"/assignments/{one}/reply", {**client.form(f"/assignments/{one}/reply"), **_written(one)}
            floor.append(milliseconds(commit))
            ours.append(milliseconds(lambda said=said, filled=filled: _taken(client.post(said, filled))))  # type: ignore[misc]
        seconds, wrong, first = _all_at_once(city, port, shared, draft)
    lost = _lost(city, [*alone, *shared]) + _overwritten(city, draft, first)
    f5, reply = statistics.median(floor), statistics.median(ours)
    smallest.setdefault(city.engine, reply)
    return {
        "n": city.n,
        "engine": city.engine,
        "F5 /s": round(1000 / f5),
        "replies /s": round(1000 / reply, 1),
        "F5 ms": round(f5, 2),
        "ms": round(reply, 2),
        "x F5": round(reply / f5, 1),
        "least x F5": round(min(ours) / min(floor), 1),
        "budget": BUDGET,
        "growth": round(reply / smallest[city.engine], 2),
        "most": GROWTH,
        "eight at once /s": round(len(shared) / seconds, 1),
        "errors": len(wrong),
        "lost": lost,
    }


def _to_answer(city: City) -> list[int]:
    """So many open assignments become the handler's own."""
    with city.app.app_context():
        open_ones = sa.select(Assignment.id).where(
            Assignment.standing == Standing.RECEIVED, Assignment.part.in_(ANSWERING)
        )
        ids = list(db.session.scalars(open_ones.order_by(Assignment.id).limit(ROUNDS + WRITERS * EACH + 1)))
        db.session.execute(sa.update(Assignment).where(Assignment.id.in_(ids)).values(body_id=1))
        of_them = sa.update(Deadline).where(Deadline.assignment_id.in_(ids)).values(holder_body_id=1)
        db.session.execute(of_them)
        db.session.commit()
    return ids


def _written(number: int) -> dict[str, str]:
    return {**REPLY, "document_number": str(number), "text": f"{number}号：{REPLY['text']}"}


def _taken(where: str) -> None:
    if not where:
        raise SystemExit("a reply was not taken")


def _all_at_once(city: City, port: int, ids: list[int], draft: int) -> tuple[float, list[BaseException], list[int]]:
    """Eight press: all the same draft first, then each his own replies. Seconds for those, and what went wrong."""
    start, wrong = Barrier(WRITERS), []
    took: list[float] = []
    first: list[int] = []

    def write(place: int) -> None:
        try:
            client = Client(port, city.cookie("handler"))
            saved = client.form(f"/assignments/{draft}/reply") | _written(draft)
            saved |= {"act": "draft", "press": f"{place}" * 20, "text": f"writer {place}"}
            start.wait(60)
            if client.post(f"/assignments/{draft}/reply", saved):
                first.append(place)
            start.wait(60)
            began = time.perf_counter()
            for one in ids[place::WRITERS]:
                path = f"/assignments/{one}/reply"
                _taken(client.post(path, {**client.form(path), **_written(one)}))
            took.append(time.perf_counter() - began)
        except BaseException as one:
            wrong.append(one)
            start.abort()

    threads = [Thread(target=write, args=(place,)) for place in range(WRITERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return max(took, default=float("inf")), wrong, first


def _lost(city: City, ids: list[int]) -> int:
    """What is not there once and whole: the reply, its line of history, its clock met."""
    with city.app.app_context():
        replies = sa.select(Reply.assignment_id, Reply.text).where(Reply.assignment_id.in_(ids))
        texts = dict(db.session.execute(replies.where(Reply.submitted_on.is_not(None))).tuples().all())
        lines = sa.select(Entry.assignment_id).where(Entry.assignment_id.in_(ids), Entry.move == "submit")
        told = list(db.session.scalars(lines))
        unmet = sa.select(Deadline.assignment_id).where(Deadline.assignment_id.in_(ids), Deadline.met_on.is_(None))
        running = set(db.session.scalars(unmet))
        lost = [one for one in ids if texts.get(one) != _written(one)["text"] or told.count(one) != 1 or one in running]
        return len(lost)


def _overwritten(city: City, draft: int, first: list[int]) -> int:
    """How many saved the same draft without being told of the one who saved before: none may."""
    with city.app.app_context():
        kept = sa.select(Reply).where(Reply.assignment_id == draft).options(sa.orm.undefer(Reply.text))
        text = db.session.scalars(kept).one().text
    return len(first) - 1 + (text != f"writer {first[0]}")


def main() -> None:
    if begun_anew_on_it("bench.reply"):
        return
    smallest: dict[str, float] = {}
    with cities(*SIZES, **DURABLE) as found:
        show("saving a reply against one row committed", [measure(city, smallest) for city in found])


if __name__ == "__main__":
    main()
