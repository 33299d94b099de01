"""kill -9 at five hundred random moments while people record, hand over, contact, reply with files, and rate.

It goes on until ten thousand acts were answered as saved; between two kills up to --apart milliseconds pass.
python3 start.py bench crashing [--rounds N] [--acts N] [--apart N] [--pressers N] [--minutes N] [--engine E]
"""

from __future__ import annotations

import random
import time

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.drills.crashing import crash_often


def main() -> None:
    rows = []
    for kind in kinds():
        with an_application(kind) as (app, given, sink):
            begun = time.monotonic()
            how = {
                "rounds": asked("rounds", 500),
                "pressers": asked("pressers", 4),
                "most_minutes": asked("minutes", 90),
                "acts": asked("acts", 10_000),
                "longest": asked("apart", 3_000) / 1000,
            }
            told = crash_often(app, given, sink, webs=1 if kind == "sqlite" else 2, chance=random.Random(8), **how)
            rows.append({"engine": kind, **told, "seconds": round(time.monotonic() - begun)})
    show("killed at any moment", rows)


if __name__ == "__main__":
    main()
