"""Thirty, then a hundred people sign in at once: memory, mistakes, and how long somebody else waits meanwhile.

python3 start.py bench crowded_door [--engine sqlite|postgresql]
"""

from __future__ import annotations

import http.client
import logging
import multiprocessing
import re
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench._both import an_application, kinds
from bench._measure import show
from bench._served import served
from tests.makers import a_congress, a_user
from tests.security.signing import PASSWORD
from tracker import create_app
from tracker.database import db
from tracker.people.passwords import hashed
from tracker.roles import Role

TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')
BURSTS = (30, 100)
EVERY_SECONDS = 0.05


def people(app: Any) -> list[str]:
    with app.app_context():
        congress, mark = a_congress(), hashed(PASSWORD)
        made = [a_user(congress, Role.OFFICE_CLERK) for _ in range(max(BURSTS))]
        for user in made:
            user.password_hash = mark
        db.session.commit()
        return [user.email for user in made]


def ask(port: int, method: str, path: str, cookie: str = "", data: dict[str, str] | None = None) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body=urlencode(data or {}) if data else None, headers=headers)
    answer = connection.getresponse()
    told = answer.status, answer.read(), (answer.headers.get("Set-Cookie") or "").split(";")[0]
    connection.close()
    return told


def enter(port: int, email: str, statuses: list[int], start: threading.Barrier) -> None:
    _status, page, cookie = ask(port, "GET", "/sign-in")
    found = TOKEN.search(page)
    start.wait(60)
    data = {"csrf_token": found[1].decode() if found else "", "email": email, "password": PASSWORD}
    statuses.append(ask(port, "POST", "/sign-in", cookie, data)[0])


def memory_mb(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1_048_576


def watched(pid: int, port: int, stop: threading.Event, sizes: list[float], waits: list[float]) -> None:
    """Somebody else opens a page again and again, and looks how large the server is."""
    while not stop.is_set():
        begun = time.perf_counter()
        ask(port, "GET", "/healthz")
        waits.append((time.perf_counter() - begun) * 1000)
        sizes.append(memory_mb(pid))
        stop.wait(EVERY_SECONDS)


def burst(port: int, pid: int, emails: list[str]) -> dict[str, Any]:
    statuses: list[int] = []
    sizes, waits, stop = [memory_mb(pid)], [], threading.Event()
    start = threading.Barrier(len(emails))
    other = threading.Thread(target=watched, args=(pid, port, stop, sizes, waits))
    crowd = [threading.Thread(target=enter, args=(port, email, statuses, start)) for email in emails]
    begun = time.perf_counter()
    other.start()
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    stop.set()
    other.join()
    return {
        "at once": len(emails),
        "signed in": statuses.count(303),
        "5xx": sum(status >= 500 for status in statuses),
        "memory +MB": round(max(sizes) - sizes[0]),
        "others' p95 ms": round(sorted(waits)[int(len(waits) * 0.95)]),
        "seconds": round(time.perf_counter() - begun, 1),
    }


def main() -> None:
    logging.getLogger("waitress.queue").setLevel(logging.CRITICAL)
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    rows = []
    for kind in kinds():
        with an_application(kind) as (app, given, _sink):
            emails = people(app)
            make = lambda port, given=given: create_app({**given, "BASE_URL": f"http://127.0.0.1:{port}"})  # noqa: E731
            with served(make) as port:
                [pid] = [one.pid for one in multiprocessing.active_children() if one.pid]
                rows += [{"engine": kind, **burst(port, pid, emails[:number])} for number in BURSTS]
    show("the crowded door", rows)


if __name__ == "__main__":
    main()
