"""kill -9 at two hundred random moments of the weekly run; after each the run is started again.

python3 start.py bench dying [--kills N] [--readers N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import random
import time
from datetime import date

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.drills.city import fill
from tests.drills.dying import die_often

FIRST = date(2026, 6, 8)


def main() -> None:
    rows = []
    for kind in kinds():
        with an_application(kind) as (app, given, sink):
            with app.app_context():
                fill(clocks=12, readers=asked("readers", 4))
            begun = time.monotonic()
            told = die_often(app, given, sink, kills=asked("kills", 200), chance=random.Random(6), first=FIRST)
            rows.append({"engine": kind, **told, "seconds": round(time.monotonic() - begun)})
    show("the weekly run, killed", rows)


if __name__ == "__main__":
    main()
