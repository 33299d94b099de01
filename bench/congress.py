"""The week of the congress: sixty people at work, suggestions coming in, strangers looking, through nginx and gunicorn.

    python3 start.py bench congress [--size N] [--seconds N] [--people N] [--strangers N] [--engine sqlite|postgresql]

People open desk, register, suggestions, search and record one suggestion now and then (600 an hour together); strangers
ask the door's page a hundred times a second together. The client runs on the same machine, so its work is in the times.
Memory (PSS of all web processes) and the rows of every table are told before and after, and each kind of failure with
how often it was met: --seconds 3600 is the soak.
"""

from __future__ import annotations

import random
import re
import ssl
import statistics
import threading
import time
from collections import Counter, defaultdict
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from bench import _city
from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.deploy.site import NAME, Site, a_site, nginx_missing, pages
from tests.drills.browser import HIDDEN
from tests.reader import Reader
from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import Base, db
from tracker.people.actions import add_user
from tracker.roles import Role
from tracker.structure.models import Congress

SUBMISSIONS_AN_HOUR, STRANGERS_A_SECOND, THINK_SECONDS = 600, 100, 2.0
NEW = "/suggestions/new?secrecy=no"
WALK = (
    ("desk", "/"),
    ("register", "/suggestions"),
    ("register", "/suggestions?page=2"),
    ("suggestion", "/suggestions/{n}"),
    ("suggestion", "/suggestions/{n}"),
    ("search", "/suggestions?q=%E5%81%9C%E8%BD%A6"),
)
Times = dict[str, list[float]]
SAYS = re.compile(r"<h1[^>]*>.*?</h1>|<[^>]*role=\"alert\"[^>]*>.*?</", re.DOTALL)


class Person:
    """Somebody with a kept connection of his own, from an address of his own."""

    def __init__(self, site: Site, number: int, cookie: str = "") -> None:
        self.chance = random.Random(number)
        source = (f"127.0.{1 + number // 200}.{1 + number % 200}", 0)
        trusting = ssl._create_unverified_context()
        self.connection = HTTPSConnection("127.0.0.1", site.https, timeout=60, context=trusting, source_address=source)
        self.head = {"Host": NAME, "Accept-Language": "zh-CN", **({"Cookie": cookie} if cookie else {})}

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.connection.request(method, path, body=body, headers=self.head | kind)
        answer = self.connection.getresponse()
        if given := answer.headers.get("Set-Cookie"):  # the form's token lies in the session
            self.head["Cookie"] = given.partition(";")[0]
        return answer.status, answer.read().decode("utf-8", "replace")


class Load:
    """What is asked, how long it took, and what went wrong."""

    def __init__(self, site: Site, n: int, facts: dict[str, str]) -> None:
        self.site, self.n, self.facts = site, n, facts
        self.enough, self.times = threading.Event(), defaultdict(list)  # type: ignore[var-annotated]
        self.wrong: Counter[str] = Counter()

    def work(self, number: int, cookie: str, each_seconds: float) -> None:
        """One clerk: a page, a thought, a page; and now and then a new suggestion."""
        person, record_at = Person(self.site, number, cookie), time.monotonic() + random.random() * each_seconds
        while not self.enough.wait(person.chance.uniform(0.5, 1.5) * THINK_SECONDS):
            if time.monotonic() > record_at:
                record_at += each_seconds
                self._record(person)
            else:
                page, path = person.chance.choice(WALK)
                self._timed(page, person, "GET", path.format(n=person.chance.randint(1, self.n)))

    def look(self, number: int, a_second: float) -> None:
        """A stranger at the door, at an even pace."""
        person, due = Person(self.site, 1_000 + number), time.monotonic()
        while not self.enough.wait(max(0.0, due - time.monotonic())):
            due += 1 / a_second
            self._timed("stranger", person, "GET", "/healthz" if person.chance.random() < 0.5 else "/account")

    def _record(self, person: Person) -> None:
        _status, page = self._timed("form", person, "GET", NEW)
        title = f"关于老旧小区停车的建议{person.chance.random()}"
        self._timed(
            "record", person, "POST", NEW, urlencode({**dict(HIDDEN.findall(page)), **self.facts, "title": title})
        )

    def _timed(self, kind: str, person: Person, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        begun = time.perf_counter()
        try:
            status, page = person.ask(method, path, body)
        except (OSError, HTTPException) as wrong:
            person.connection.close()
            status, page = 0, f"{type(wrong).__name__}: {wrong}"
        self.times[kind].append(time.perf_counter() - begun)
        if status not in (200, 302) or (kind == "record" and status != 302):
            self.wrong[f"{kind}: {page[:80] if status == 0 else _heading(status, page)}"] += 1
        return status, page


def _heading(status: int, page: str) -> str:
    """The status of an answer that was not wanted, and what its page says on top or as an error."""
    said = [re.sub(r"<[^>]*>", "", one).strip() for one in SAYS.findall(page)]
    return f"{status} {' / '.join(one for one in said if one)[:120]}"


def measure(kind: str) -> tuple[dict[str, object], list[dict[str, object]]]:
    """What it was like, then what went wrong and which tables grew."""
    n, people, seconds = asked("size", 10_000), asked("people", 60), asked("seconds", 120)
    https = {"BASE_URL": f"https://{NAME}", "PROXIES": 1}
    with an_application(kind, **https) as (app, given, _sink), app.app_context():
        _city.build(n, today=clock.today())
        cookies = _signed_in(app, people)
        facts = {"meeting_id": "1", "lead_deputy_id": "1", "delegation_id": "0", "category": "", "survey_method": ""}
        facts |= {"origin": "meeting", "publicity": "full", "text": _city.TEXT[:600]}
        bytes_each, rows_before = _bytes(kind, given) / n, _rows()
        db.session.remove()
        with a_site() as site, pages(site.socket, given, workers=2) as served:
            load = Load(site, n, facts)
            threads = _crowd(load, cookies)
            for one in threads:
                one.start()
            time.sleep(min(20, seconds / 4))  # what is read for the first time is read by now
            memory = _watched(served.pid, seconds - min(20, seconds / 4))
            load.enough.set()
            for one in threads:
                one.join(90)
            wal, rows = _wal(given), _rows()
    failures = [{"engine": kind, "what": f"failed, {one}", "times": times} for one, times in load.wrong.most_common()]
    grew = [{"engine": kind, "what": f"more rows in {one}", "times": rows[one] - rows_before[one]} for one in rows]
    told = {
        "engine": kind,
        "n": n,
        "seconds": seconds,
        "requests/s": round(sum(map(len, load.times.values())) / seconds, 1),
        **{f"{name} p95 ms": _p95(took) for name, took in load.times.items()},
        "recorded": len(load.times["record"]),
        "failed": load.wrong.total(),
        "MB": " ".join(map(str, memory)),
        "WAL MB": wal,
        "kB a suggestion": round(bytes_each / 1000, 1),
    }
    return told, [*failures, *(one for one in grew if one["times"])]


def _crowd(load: Load, cookies: list[str]) -> list[threading.Thread]:
    """The people at work and the strangers at the door, not yet begun."""
    each = len(cookies) / (SUBMISSIONS_AN_HOUR / 3600)
    found = [threading.Thread(target=load.work, args=(i, one, each)) for i, one in enumerate(cookies)]
    strangers = asked("strangers", STRANGERS_A_SECOND)
    return found + [threading.Thread(target=load.look, args=(i, strangers / 10)) for i in range(10 if strangers else 0)]


def _signed_in(app: Any, people: int) -> list[str]:
    congress_id = db.session.scalars(sa.select(Congress.id)).first()
    who = {"congress_id": congress_id, "by": SYSTEM, "at": clock.now()}
    clerks = [add_user(f"p{number}@bench.example", "某人", Role.OFFICE_CLERK, **who) for number in range(people)]
    db.session.commit()
    found = [Reader(app).signed_in_as(one).client.get_cookie("__Host-session", domain=NAME) for one in clerks]
    return [f"__Host-session={one.value}" for one in found if one]


def _p95(took: list[float]) -> int:
    return round(statistics.quantiles(took, n=20)[-1] * 1000) if len(took) > 1 else 0


def _watched(master: int, seconds: float) -> list[int]:
    """Megabytes at the beginning and after every eighth of the time: what grows on, and what stops growing."""
    found = [_megabytes(master)]
    for _eighth in range(8):
        time.sleep(seconds / 8)
        found.append(_megabytes(master))
    return found


def _megabytes(master: int) -> int:
    """PSS of a process and its children: what they share is counted once."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
    return round(sum(_pss(int(one)) for one in (master, *children)) / 1024)


def _pss(process: int) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _bytes(kind: str, given: dict[str, Any]) -> int:
    if kind == "postgresql":
        return int(db.session.scalar(sa.text("select pg_database_size(current_database())")) or 0)
    return Path(given["DATABASE_URL"].removeprefix("sqlite:///")).stat().st_size


def _rows() -> dict[str, int]:
    """How many rows every table has."""
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    found = {one.name: db.session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in tables}
    db.session.remove()
    return found


def _wal(given: dict[str, Any]) -> float:
    file = Path(given["DATABASE_URL"].removeprefix("sqlite:///") + "-wal")
    return round(file.stat().st_size / 1e6, 1) if file.is_file() else 0.0


def main() -> None:
    if why := nginx_missing():
        raise SystemExit(why)
    found = [measure(kind) for kind in kinds()]
    show("the week of the congress", [told for told, _more in found])
    show("failures by kind, and tables that grew", [one for _told, more in found for one in more])


if __name__ == "__main__":
    main()
