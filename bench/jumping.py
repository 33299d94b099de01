"""Two timetables whose clocks jump fifty times (an hour, nine days, thirty days, forth and back) and differ.

The steps taken are compared with those of one process that rang every day by a right clock.
python3 start.py bench jumping [--jumps N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.drills import workers
from tests.drills.city import FIRST_DAY, fill
from tests.drills.jumping import jump, latest, left

FROM = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=ZoneInfo("Asia/Shanghai"))


def main() -> None:
    rows, times = [], asked("jumps", 50)
    for kind in kinds():
        begun, found = time.monotonic(), []
        for jumps in (True, False):
            with an_application(kind) as (app, given, sink):
                with app.app_context():
                    fill()
                if jumps:
                    jump(given, FROM, times)
                else:
                    workers.ring_together(given, FROM, (latest(FROM, times) - FROM).days + 1, 1)
                found.append(left(app, sink))
        steps = [one.pop("steps") for one in found]
        told = {"steps": len(steps[0]), "steps missing or too many": len(steps[0] ^ steps[1])}
        rows.append({"engine": kind, "jumps": times, **found[0], **told, "seconds": round(time.monotonic() - begun)})
    show("clocks that jump and differ", rows)


if __name__ == "__main__":
    main()
