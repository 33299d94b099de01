"""Hosts with gunicorn and timetable on one PostgreSQL, clerks at work, sixty blows: processes killed, server restarted.

python3 start.py bench many [--blows N] [--hosts N] [--clerks N] [--seed N]
"""

from __future__ import annotations

import random
import time

from bench._both import asked
from bench._measure import show
from tests.drills.many import drill


def main() -> None:
    begun = time.monotonic()
    how = {"blows": asked("blows", 60), "clerks": asked("clerks", 4), "count": asked("hosts", 2)}
    told = drill(pause_seconds=2.0, chance=random.Random(asked("seed", 8)), **how)
    show("several hosts, struck", [{**told, "seconds": round(time.monotonic() - begun)}])


if __name__ == "__main__":
    main()
