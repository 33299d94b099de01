"""Eight processes start at the same moment on an empty database, again and again.

python3 start.py bench starting [--rounds N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench._both import asked, kinds, server_of
from bench._measure import show
from tests.databases import empty, settings
from tests.drills.starting import begin_together

PROCESSES = 8


def main() -> None:
    rows = []
    for kind in kinds():
        rounds, wrong, seconds = asked("rounds", 20), 0, []
        with server_of(kind) as server:
            for _round in range(rounds):
                with tempfile.TemporaryDirectory() as folder, empty(Path(folder), server) as url:
                    begun = time.monotonic()
                    wrong += len(begin_together(settings(Path(folder), url), PROCESSES))
                    seconds.append(time.monotonic() - begun)
        rows.append(
            {
                "engine": kind,
                "rounds": rounds,
                "starts": rounds * PROCESSES,
                "failed": wrong,
                "seconds": round(sum(seconds)),
            }
        )
    show("many starts at once", rows)


if __name__ == "__main__":
    main()
