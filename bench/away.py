"""PostgreSQL goes away two hundred times while people work: restarted, killed, cut off, its answers lost.

python3 start.py bench away [--rounds N]; then five times for up to a minute
"""

from __future__ import annotations

import logging
import random
import tempfile
import time
from pathlib import Path

from bench._both import asked
from bench._measure import show
from tests.drills.away import away_often, reached_by_relay

MINUTE = 60.0


def main() -> None:
    logging.getLogger("tracker").setLevel(logging.CRITICAL)  # every answer put off would tell where it broke
    rows = []
    for rounds, longest in ((asked("rounds", 200), 1.0), (5, MINUTE)):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder, reached_by_relay(Path(folder)) as (given, trouble):
            told = away_often(given, trouble, rounds=rounds, chance=random.Random(8), longest=longest)
        rows.append({**told, "longest seconds away": longest, "seconds": round(time.monotonic() - begun)})
    show("the database goes away", rows)


if __name__ == "__main__":
    main()
