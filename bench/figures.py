"""Counting a congress, and reading what was counted: the night's work and the pages of figures.

    python3 start.py bench figures [--size N …] [--engine sqlite --engine postgresql] [--postgres URL] [--keep FOLDER]

The cities of the other benchmarks with a reply, contact, rating or promise for most of what was answered. "count s" is
a whole count in its transaction, "processor s" what of it this process worked, "grew MB" by how much the process grew
while it counted. Pages are asked of the application in this process, each some times in turn; the budget of each is
300 ms.
"""

from __future__ import annotations

import resource
import time
from functools import partial

import sqlalchemy as sa

from bench._cities import TODAY, City, cities, got
from bench._measure import interleaved, show
from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.figures import actions
from tracker.figures.models import Counted, Figure
from tracker.structure.models import Congress, Delegation

SIZES = (1_000, 10_000)
ANSWERED = "a.standing = 'delivered'"
MADE = (
    "UPDATE suggestion SET delegation_id = 1 + id % 20, category = 'subject ' || (id % 30)",
    "INSERT INTO reply (assignment_id, class_label, document_number, signer, contact_person, contact_phone, text, way,"
    " paper_original, draft_promises, submitted_by, saved_at, version, outcome, submitted_on)"
    " SELECT a.id, 'A', '', '', '', '', '', 'system', {false}, '[]', '', '2026-06-01 00:00:00', 1,"
    " CASE a.id % 3 WHEN 0 THEN 'solved' WHEN 1 THEN 'planned' ELSE 'in_progress_this_year' END, '2026-06-20'"
    f" FROM assignment a WHERE {ANSWERED} AND NOT EXISTS (SELECT 1 FROM reply r WHERE r.assignment_id = a.id)",
    "INSERT INTO contact (assignment_id, \"on\", manner, person, place, note, noted_by)"
    f" SELECT a.id, '2026-06-30', 'visit', '', '', '', '' FROM assignment a WHERE {ANSWERED} AND a.id % 3 > 0",
    "INSERT INTO rating (reply_id, deputy_id, version, attitude, result, comment, reason, \"on\", entered_at, channel,"
    " entered_by) SELECT r.id, s.lead_deputy_id, 1, 'satisfied', CASE r.id % 9 WHEN 0 THEN 'dissatisfied' WHEN 1 THEN"
    " 'mostly' ELSE 'satisfied' END, '', '', '2026-09-01', '2026-09-01 00:00:00', 'link', '' FROM reply r"
    " JOIN assignment a ON a.id = r.assignment_id JOIN suggestion s ON s.id = a.suggestion_id"
    f" WHERE {ANSWERED} AND r.id % 4 > 0",
    "INSERT INTO promise (congress_id, reply_id, assignment_id, what, owner, due_on)"
    f" SELECT a.congress_id, r.id, a.id, '', '', '2026-08-01' FROM reply r JOIN assignment a ON a.id = r.assignment_id"
    f" WHERE {ANSWERED} AND r.id % 3 = 0",
    "INSERT INTO deadline (congress_id, kind, rule_set_id, promise_id, holder, started_on, original_due_on, due_on,"
    " unrolled_on, provisional, clause, explanation, met_on, moved_count) SELECT p.congress_id, 'promise', 1, p.id,"
    " 'body', '2026-06-20', p.due_on, p.due_on, p.due_on, {false}, '{{}}', '[]', CASE p.id % 2 WHEN 0 THEN {day} END, 0"
    " FROM promise p",
)  # fmt: skip


PAGES = {
    "bodies, in time": "/figures",
    "delegations, satisfaction": "/figures?by=delegation&group=satisfaction",
    "meetings of the year": "/figures?by=meeting&group=items&period=year:2026",
    "late of all": "/figures/items?measure=late_original&by=whole",
    "received of all": "/figures/items?measure=received&by=whole",
    "found nowhere": "/figures/items?measure=sent_back&by=whole",
    "late of a body": "/figures/items?measure=late_original&by=body&key=1",
    "unrated of a delegation": "/figures/items?measure=items_last_unrated&by=delegation&key=3",
    "one body": "/figures/bodies/1",
}
BUDGET_MS = 300


def pages(city: City) -> list[dict[str, object]]:
    asked = {name: partial(got, city.clients["clerk"], path) for name, path in PAGES.items()}
    times = interleaved(asked, rounds=7, each=2)
    city.let_go()
    return [
        {
            "page": name,
            "n": city.n,
            "engine": city.engine,
            "ms": round(times[name], 1),
            "least ms": round(times.least[name], 1),
            "statements": city.counted("clerk", path)[0],
            "budget ms": BUDGET_MS,
        }
        for name, path in PAGES.items()
    ]


def measure(city: City) -> dict[str, object]:
    with city.app.app_context():
        _fill()
        before, began, worked = _grown(), time.perf_counter(), time.process_time()
        congress = db.session.scalars(sa.select(Congress)).one()
        actions.count(congress, by=SYSTEM, on=TODAY, at=clock.now())
        db.session.commit()
        took, worked = time.perf_counter() - began, time.process_time() - worked
        rows = [db.session.scalar(sa.select(sa.func.count()).select_from(one)) for one in (Counted, Figure)]
    city.let_go()
    told = {
        "n": city.n,
        "engine": city.engine,
        "count s": round(took, 2),
        "processor s": round(worked, 2),
        "grew MB": round(_grown() - before, 1),
    }
    return {**told, "counted": rows[0], "figures": rows[1]}


def _fill() -> None:
    """What the other benchmarks' cities lack."""
    if db.session.scalar(sa.text("SELECT count(*) FROM contact")):
        return
    is_sqlite = db.engine.dialect.name == "sqlite"
    words = {"false": "0" if is_sqlite else "false", "day": "'2026-07-20'" if is_sqlite else "DATE '2026-07-20'"}
    db.session.add_all(Delegation(congress_id=1, name=f"第{number}团") for number in range(2, 21))
    db.session.flush()
    for statement in MADE:
        text = statement if is_sqlite else statement.replace("'2026-06-20'", "DATE '2026-06-20'")
        db.session.execute(sa.text(text.format(**words)))
    db.session.commit()


def _grown() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    with cities(*SIZES) as found:
        show("counting a congress", [measure(city) for city in found])
        show("pages of figures", [row for city in found for row in pages(city)])


if __name__ == "__main__":
    main()
