"""Twenty at once ask for the dearest pages, each kind in turn; meanwhile others read their desk (AV-4).

    python3 start.py bench expensive [--size N] [--engine sqlite|postgresql] [--seconds S]

The application as it is delivered, in one process. "p95 ms" is of the desks of others, which are asked for one after
the other; "refused" were told to try again (tracker/web/busy.py); "PSS MB" is the most the process took.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Event, Thread
from urllib.parse import quote

from bench._both import asked, kinds
from bench._cities import City
from bench._measure import show
from bench._served import Client
from bench.start import _ended, _pss, _started, prepared

AT_ONCE, SECONDS, BUDGET_MS = 20, 15, 2_000
PAUSE_SECONDS = 1  # between an answer and the next press of the same person
PAGES = {
    "search": f"/suggestions?q={quote('停车')}",
    "figures": "/figures",
    "register as a file": "/suggestions/download",
    "register on paper": "/suggestions/print",
}


def measure(engine: str, n: int) -> list[dict[str, object]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory())).resolve()
        city = prepared(engine, n, folder, stack)
        running, port, _seconds = _started(city)
        stack.callback(_ended, running)
        return [_pressed(city, port, running.pid, name, path) for name, path in PAGES.items()]


def _pressed(city: City, port: int, pid: int, name: str, path: str) -> dict[str, object]:
    stop, answers = Event(), []

    def press() -> None:
        asking = HTTPConnection("127.0.0.1", port, timeout=120)
        while not stop.is_set():
            asking.request("GET", path, headers={"Cookie": city.cookie("clerk")})
            answer = asking.getresponse()
            answer.read()
            answers.append(answer.status)
            stop.wait(PAUSE_SECONDS)

    threads = [Thread(target=press) for _ in range(AT_ONCE)]
    for one in threads:
        one.start()
    desks, most = _desks(Client(port, city.cookie("handler")), pid, asked("seconds", SECONDS))
    stop.set()
    for one in threads:
        one.join()
    wrong = [one for one in answers if one not in (200, 409)]
    return {
        "page": name,
        "n": city.n,
        "engine": city.engine,
        "at once": AT_ONCE,
        "answered": answers.count(200),
        "refused": answers.count(409),
        "errors": len(wrong),
        "desks": len(desks),
        "p95 ms": round(quantiles(desks, n=20)[-1]) if len(desks) > 1 else "",
        "budget ms": BUDGET_MS,
        "PSS MB": most,
    }


def _desks(client: Client, pid: int, seconds: int) -> tuple[list[float], int]:
    took, most, until = [], 0, time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        client.get("/")
        took.append((time.perf_counter() - began) * 1000)
        most = max(most, _pss(pid))
        time.sleep(0.05)
    return took, most


def main() -> None:
    n = asked("size", 10_000)
    show("the desks of others meanwhile", [row for engine in kinds() for row in measure(engine, n)])


if __name__ == "__main__":
    main()
