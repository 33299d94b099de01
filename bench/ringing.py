"""Four processes ring every job for two hundred days; what they leave is compared with what one leaves alone.

python3 start.py bench ringing [--days N] [--processes N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.drills import ledger, workers
from tests.drills.city import FIRST_DAY, fill

FROM = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=ZoneInfo("Asia/Shanghai"))


def rung(kind: str, days: int, processes: int) -> tuple[dict[str, Any], dict[str, object]]:
    with an_application(kind) as (app, given, sink):
        with app.app_context():
            fill()
        begun = time.monotonic()
        done = workers.ring_together(given, FROM, days, processes)
        took = time.monotonic() - begun
        with app.app_context():
            left, twice = ledger.everything(), ledger.doubles()
    ids = [got["Message-ID"] for got in sink.letters]
    told = {
        "engine": kind,
        "processes": processes,
        "days": days,
        "seconds": round(took),
        "slots each did": "+".join(map(str, done)),
        **{name: sum(rows.values()) for name, rows in left.items()},
        "twice": sum(twice.values()),
        "delivered": len(ids),
        "delivered twice": len(ids) - len(set(ids)),
    }
    return left, told


def main() -> None:
    days, processes = asked("days", 200), asked("processes", 4)
    rows = []
    for kind in kinds():
        alone, told_alone = rung(kind, days, 1)
        together, told = rung(kind, days, processes)
        differ = ledger.differences(alone, together)
        rows += [told_alone, {**told, "differences": str(differ) if differ else "none"}]
    show("every bell, one process and several", rows)


if __name__ == "__main__":
    main()
