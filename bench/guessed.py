"""Every role asks every page that takes a number for the numbers 1 … N: nothing of others may open or be told.

python3 start.py bench guessed [--ids N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import sys
import time
from typing import Any

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.security.city import ITEMS, ON, built
from tests.security.crawl import SEES
from tests.security.guessed import guess
from tracker import clock
from tracker.database import db
from tracker.escalation.jobs import raise_alarms, send_digests

IDS = 500


def measured(kind: str, most: int) -> list[dict[str, Any]]:
    with an_application(kind) as (app, _given, _sink), app.app_context(), clock.at(ON):
        city = built()
        for job in (raise_alarms, send_digests):
            job(ON)
        db.session.commit()
        rows = []
        for name in city.users:
            if SEES[name] == set(ITEMS):
                continue  # there is nothing that is not the office's to see
            begun = time.monotonic()
            told = guess(app, city, name, most)
            rows.append({"engine": kind, **told, "seconds": round(time.monotonic() - begun)})
            counted = f"{told['asked']:,} asked, {len(told['crossed'])} crossed"
            print(f"{kind}, {name}: {counted}", file=sys.stderr, flush=True)
    return rows


def main() -> None:
    rows = [row for kind in kinds() for row in measured(kind, asked("ids", IDS))]
    crossed = [line for row in rows for line in row.pop("crossed")]
    show("numbers guessed", rows)
    print(f"asked {sum(row['asked'] for row in rows)}, crossed {len(crossed)}")
    if crossed or any(row["mistakes"] for row in rows):
        raise SystemExit("\n".join(crossed[:20]) or "mistakes of ours")


if __name__ == "__main__":
    main()
