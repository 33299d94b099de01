"""Ten thousand requests nobody would send, as every role, on both engines: none may be a mistake of ours.

python3 start.py bench fuzz [--requests N] [--seed N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import Any

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.reader import Reader
from tests.security.city import ON, built
from tests.security.fuzzing import Fuzzer
from tracker import clock

FRESH_EVERY = 1_000  # requests; a city that has been fuzzed for long has little left to find


class Incidents(logging.Handler):
    """What broke, each kind with the place in our code and how often."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1]:
            trace, places = record.exc_info[1].__traceback__, []
            while trace:
                code = trace.tb_frame.f_code
                places.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
                trace = trace.tb_next
            said = str(record.exc_info[1]).partition("\n")[0][:150]
            what = f"{type(record.exc_info[1]).__name__}: {said} in {' < '.join(places[:-6:-1])}"
            self.found[what] += 1
            print(what, flush=True)


def fuzzed(kind: str, requests: int, seed: int, incidents: Incidents) -> dict[str, Any]:
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    begun, longest = time.monotonic(), 0.0
    while counted["requests"] < requests:
        with an_application(kind) as (app, _given, _sink), app.app_context(), clock.at(ON):
            city = built()
            visitors = {name: Reader(app).signed_in_as(user) for name, user in city.users.items()}
            fuzzer = Fuzzer(app, city, visitors, seed + len(counted) + counted["requests"])
            if counted:
                wrong += fuzzer.run(min(FRESH_EVERY, requests - counted["requests"]))
            else:
                wrong += fuzzer.sweep()
            counted += fuzzer.asked
            longest = max(longest, fuzzer.longest)
            print(f"{kind}: {counted['requests']} requests, {len(wrong)} mistakes of ours", flush=True)
    for one in wrong:
        print(one)
    for one, times in incidents.found.most_common():
        print(f"{times} × {one}")
    seconds = round(time.monotonic() - begun)
    told = {"mistakes of ours": len(wrong), "longest, processor s": round(longest, 1), "seconds": seconds}
    return {"engine": kind, **dict(sorted(counted.items())), **told}


def main() -> None:
    log = logging.getLogger("tracker")
    log.addHandler(incidents := Incidents())
    log.propagate = False
    rows = [fuzzed(kind, asked("requests", 10_000), asked("seed", 8), incidents) for kind in kinds()]
    show("requests nobody would send", rows)


if __name__ == "__main__":
    main()
