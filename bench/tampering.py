"""The sealed trail is altered in eight ways, so many times each; what neither `check` nor the verifier names is told.

python3 start.py bench tampering [--rounds N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import random
import time

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.drills.tampering import ANCHORED, NAMED, attacked, sealed_chain


def main() -> None:
    rows, rounds = [], asked("rounds", 100)
    for kind in kinds():
        with an_application(kind) as (app, _given, _sink), app.app_context():
            sealed_chain(seals=6, rows=8)
            chance = random.Random(41)
            for way in (*NAMED, *ANCHORED):
                begun = time.monotonic()
                missed = [said for _round in range(rounds) if (said := attacked(way, chance))]
                told = {"engine": kind, "way": way, "rounds": rounds, "not found": len(missed)}
                rows.append(
                    {**told, "seconds": round(time.monotonic() - begun, 1), "first": missed[0] if missed else ""}
                )
    show("the trail, altered", rows)


if __name__ == "__main__":
    main()
