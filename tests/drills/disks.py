"""A disk that is full, broken or does not sync, and a process that may open no more files, while people work.

Who saves is told so and presses again; who reads goes on reading; and when the trouble is over all goes on by itself.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.databases import let_go
from tests.drills.crashing import after_each_act, finish, prepare
from tests.drills.faulty import WAYS, faulty_disk
from tests.drills.kept import Drill, look
from tests.drills.pressing import Inside
from tests.reader import Reader
from tracker import clock, create_app
from tracker.database import db
from tracker.people.actions import set_password
from tracker.people.models import User

PASSWORD = "plum river lantern oak"
PAGES = ("/", "/suggestions", "/replies", "/hand-overs")
MEGABYTE = 1024 * 1024
PEOPLE = 3
LONGEST_SECONDS = 0.5


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of so many megabytes; only root may have one made."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def may_mount() -> bool:
    return os.geteuid() == 0 and subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode == 0


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """No byte more finds room."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        for size in (MEGABYTE, 4096, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def nothing_more_opened(app: Any) -> Iterator[None]:
    """The process has as many files open as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with app.app_context():
        db.engine.dispose()
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def trouble_often(
    given: dict[str, Any], folder: Path, *, rounds: int, chance: random.Random, is_small: bool = False
) -> dict[str, Any]:  # fmt: skip
    """In each round one trouble for a moment, then a moment without; at the end everything is looked at."""
    told: Counter[str] = Counter()
    with faulty_disk() as disk:
        app = create_app(given)
        with app.app_context():
            office = prepare(app, PEOPLE)
            user = db.session.get_one(User, 1)
            set_password(user, PASSWORD, at=clock.now())
            email = user.email
            db.session.commit()
            reader = Reader(app).signed_in_as(user)
        expected = after_each_act(office, app)
        drill = Drill(app, office, [Inside(app, office, number) for number in range(PEOPLE)], expected)
        troubles: dict[str, Any] = {way: lambda way=way: disk.unwell(way) for way in WAYS}
        troubles["no file opened"] = lambda: nothing_more_opened(app)
        if is_small:
            troubles["no room"] = lambda: filled(folder)
        for presser in drill.pressers:
            presser.start()
        for number in range(rounds):
            way = list(troubles)[number % len(troubles)]
            with troubles[way]():
                until = time.monotonic() + chance.uniform(0.1, LONGEST_SECONDS)
                while time.monotonic() < until:
                    told.update(meanwhile(reader, way, chance.choice(PAGES)))
                told.update(signing_in(app, way, email))
            time.sleep(chance.uniform(0.1, LONGEST_SECONDS))
            assert (wrong := drill.wrong()) == [], wrong
        finish(drill)
        answer = Reader(app).client.get("/sign-in", base_url=app.config["BASE_URL"])
        assert answer.status_code == 200
        seen = look(drill)
        let_go(app)
        return {"rounds": rounds, "refused by the disk": disk.refused, **told, **seen}


def meanwhile(reader: Reader, way: str, page: str) -> list[str]:
    """One page is read: it is there, and where no file can be opened it says so."""
    answer = reader.client.get(page, base_url=reader.app.config["BASE_URL"])
    assert answer.status_code in ((200, 503) if way == "no file opened" else (200,)), (way, page, answer.status_code)
    return ["read" if answer.status_code == 200 else "not read (503)"]


def signing_in(app: Any, way: str, email: str) -> list[str]:
    """Somebody tries to come in: he does, or is told why not."""
    visitor = Reader(app)
    base = app.config["BASE_URL"]
    data = {"csrf_token": visitor.token(), "email": email, "password": PASSWORD}
    answer = visitor.client.post("/sign-in", base_url=base, data=data)
    assert answer.status_code in (303, 503), (way, answer.status_code)
    return ["signed in" if answer.status_code == 303 else "not signed in (503)"]
