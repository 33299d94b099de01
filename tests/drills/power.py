"""The power goes while people work: what had been answered is on the disk, and the database is whole.

What SQLite did to the disk is kept; then the disk is put together as it may be after a cut at any moment, and read.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.databases import let_go, settings
from tests.drills.crashing import after_each_act, prepare
from tests.drills.faulty import Disk, Done, after_the_cut, faulty_disk, on_disk
from tests.drills.kept import what_there_is
from tests.drills.pressing import Chain, Inside
from tracker import create_app, sqlite
from tracker.care.doctor import examine
from tracker.database import db


class Marking(Inside):
    """Notes among what the disk did that an act was answered as saved."""

    disk: Disk

    def press(self, chain: Chain, *of: Any, **more: Any) -> str:
        led_to = super().press(chain, *of, **more)
        self.disk.mark(chain.title)
        return led_to


def cut_often(
    given: dict[str, Any], database: Path, *, cuts: int, chains: int, chance: random.Random
) -> dict[str, Any]:
    """Let two people bring so many suggestions to their end, then cut the power at so many moments of it."""
    with faulty_disk() as disk:
        app = create_app(given)
        with app.app_context():
            office = prepare(app, 2)
        expected = after_each_act(office, app)
        let_go(app)
        begun, disk.keeps = on_disk(database), True
        pressers = [Marking(app, office, number, most=chains) for number in range(2)]
        for presser in pressers:
            presser.disk = disk
            presser.start()
        for presser in pressers:
            presser.join(600)
            assert presser.wrong == []
        disk.keeps = False
        let_go(app)
    told: Counter[str] = Counter()
    folder = database.parent / "after"
    folder.mkdir()
    (folder / "files").symlink_to(database.parent / "files")
    other = create_app(settings(folder, f"sqlite:///{folder / database.name}"))
    for _cut in range(cuts):
        until = chance.randrange(len(disk.kept))
        _lay_down(after_the_cut(begun, disk.kept, until, chance), folder)
        told.update(_read(other, disk.kept[:until], expected))
    return {"things done to the disk": len(disk.kept), "cuts": cuts, **told}


def cut_plain(file: Path, journal: str, synchronous: str, *, acts: int, cuts: int, chance: random.Random) -> Any:
    """The same with a bare table: what a way of writing loses, whatever the application does."""
    with faulty_disk() as disk:
        connection = sqlite.driver.connect(str(file), isolation_level=None)
        for said in (f"journal_mode={journal}", f"synchronous={synchronous}"):
            connection.execute(f"pragma {said}")
        connection.execute("create table act (number integer primary key, content blob)")
        connection.execute("pragma wal_checkpoint(truncate)")
        begun, disk.keeps = on_disk(file), True
        for number in range(acts):
            connection.execute("insert into act values (?, zeroblob(?))", (number, chance.randrange(4000)))
            disk.mark(str(number))
        disk.keeps = False
        connection.close()
    folder, told = file.parent / "after", Counter({"answered": 0, "lost": 0, "damaged": 0})
    folder.mkdir()
    for _cut in range(cuts):
        until = chance.randrange(len(disk.kept))
        _lay_down(after_the_cut(begun, disk.kept, until, chance), folder)
        answered = {int(one.path) for one in disk.kept[:until] if one.what == "mark"}
        found, sound = _numbers(folder / file.name)
        told.update({"answered": len(answered), "lost": len(answered - found), "damaged": not sound})
    return told


def _numbers(file: Path) -> tuple[set[int], bool]:
    connection = sqlite.driver.connect(str(file))
    try:
        sound = connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        return {number for (number,) in connection.execute("select number from act")}, sound
    except sqlite.driver.DatabaseError:
        return set(), False
    finally:
        connection.close()


def _lay_down(files: dict[str, bytes], folder: Path) -> None:
    for old in folder.glob("*.db*"):
        old.unlink()
    for path, content in files.items():
        (folder / Path(path).name).write_bytes(content)


def _read(app: Any, done: list[Done], expected: list[Counter[str]]) -> Counter[str]:
    """What was lost, halved or doubled of each suggestion; and what the doctor says of it all."""
    answered = Counter(one.path for one in done if one.what == "mark")
    told = Counter({"answered": answered.total(), "lost": 0})
    with app.app_context():
        damaged = db.session.execute(sa.text("pragma integrity_check")).scalar() != "ok"
        for title, saved in answered.items():
            told["lost"] += what_there_is(title) not in expected[saved : saved + 2]
        told["damaged"] = damaged + len([one.kind for one in examine() if one.kind != "file_without_row"])
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()
    return told
