"""Every night a backup that was tried out; those whose time is over go, and the last good one never does."""

import hashlib
import os
import resource
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests import makers
from tests.care.instances import content, problems
from tracker import clock, sqlite
from tracker.care import locking, retention
from tracker.care.backup import MINE
from tracker.care.jobs import back_up
from tracker.care.models import KeptBackup
from tracker.care.restore import read_backup
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.people.models import User
from tracker.roles import Role
from tracker.schedule import ring
from tracker.structure.models import Congress

FULL = (OSError, sqlite.driver.Error, sa.exc.SQLAlchemyError)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SUM_OF_GOOD = hashlib.sha256(b"good").hexdigest()
ON_SQLITE = pytest.mark.engines("sqlite")


@pytest.fixture
def folder(filled, tmp_path):
    made = tmp_path / "backups"
    made.mkdir()
    filled.config.update(BACKUP_DIR=str(made), BACKUP_KEEP=(1, 0, 0))
    return made


@pytest.fixture
def night(filled, folder, session):
    """`night(3)` is the backup of the third night."""
    first = clock.at(makers.HANDED_OVER_ON)
    with first:
        begun = clock.now()

    def of(number):
        with clock.at(begun + number * DAY):
            return back_up(clock.today())

    of.begun = begun
    return of


def named(folder) -> list[str]:
    return sorted(path.name[8:18] for path in folder.iterdir())


def kept() -> list[str]:
    there = sa.select(KeptBackup.name).where(KeptBackup.removed_at.is_(None)).order_by(KeptBackup.id)
    return [name[8:18] for name in db.session.scalars(there)]


@ON_SQLITE
def test_without_a_folder_none_is_made(filled, session):
    assert back_up(clock.today()) == {}
    assert [kind for kind in problems() if kind == "backup"] == []


@ON_SQLITE
def test_a_night_leaves_a_backup_that_comes_back(night, folder, elsewhere):
    assert night(0)["files"] == 2
    [file] = folder.iterdir()
    [row] = db.session.scalars(sa.select(KeptBackup))
    assert (row.name, row.size) == (file.name, file.stat().st_size)
    before = {name: rows for name, rows in content().items() if name not in ("kept_backup", "trace")}
    with elsewhere[0].app_context():
        read_backup(file)
        assert {name: rows for name, rows in content().items() if name != "trace"} == before


@ON_SQLITE
def test_those_whose_time_is_over_go(night, folder):
    assert [night(number)["removed"] for number in range(2)] == [0, 1]
    assert named(folder) == kept() == ["2026-03-03"]


@ON_SQLITE
def test_none_goes_while_the_newest_is_not_as_it_was_written(night, folder, session):
    for number in range(2):
        made = {"name": f"tracker-{number}", "made_at": night.begun + number * DAY, "digest": SUM_OF_GOOD}
        session.add(KeptBackup(**made, size=4, revision="", rows=1, files=0))
    (folder / "tracker-0").write_bytes(b"good")
    (folder / "tracker-1").write_bytes(b"bad!")
    session.flush()
    assert retention.let_go(folder, at=night.begun + 2 * DAY) == 0
    (folder / "tracker-1").write_bytes(b"good")
    assert retention.let_go(folder, at=night.begun + 2 * DAY) == 1
    assert [path.name for path in folder.iterdir()] == ["tracker-1"]


@ON_SQLITE
def test_a_disk_that_is_full_costs_no_earlier_backup(night, folder, filled):
    night(0)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = (folder.parent / "tracker.db").stat().st_size
    for room in (1_000, size // 2, size + 4_096):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            with pytest.raises(FULL):
                night(1)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        db.session.rollback()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert list((folder.parent).glob(".backing-up-*")) == []
    assert len(kept()) == 1


@ON_SQLITE
def test_a_folder_that_is_not_there_is_said(night, folder, filled):
    filled.config["BACKUP_DIR"] = str(folder / "not_mounted")
    with pytest.raises(RuleBroken, match="is not there"):
        night(0)
    assert kept() == []


@ON_SQLITE
def test_it_is_encrypted_to_the_key_of_the_settings(night, folder, filled, tmp_path):
    filled.config["BACKUP_RECIPIENT"] = locking.new_key(tmp_path / "key.txt")
    night(0)
    [file] = folder.iterdir()
    assert file.name.endswith(".age")
    assert locking.is_locked(file)


@ON_SQLITE
def test_what_a_killed_one_left_is_swept_away_a_day_later(night, folder, tmp_path):
    scratch, part = tmp_path / ".backing-up-x", folder / "tracker-2026.tar.gz.part"
    scratch.mkdir()
    (scratch / "plain.tar.gz").write_bytes(b"half")
    part.write_bytes(b"half")
    for path in (scratch, part):
        os.utime(path, (night.begun.timestamp(), night.begun.timestamp()))
    for hours, there in ((-1, True), (1, False)):
        retention.sweep(folder, tmp_path, [MINE], before=night.begun + hours * HOUR)
        assert (scratch.exists(), part.exists()) == (there, there)


@ON_SQLITE
def test_one_that_is_too_old_or_gone_is_said(night, folder):
    def said(days):
        with clock.at(night.begun + days * DAY):
            return [kind for kind in problems() if kind == "backup"]

    assert said(0) == ["backup"]
    night(0)
    assert (said(1), said(3)) == ([], ["backup"])
    next(folder.iterdir()).unlink()
    assert said(1) == ["backup"]


@ON_SQLITE
def test_the_administrators_desk_says_that_the_last_is_too_old(filled, session, reader, tmp_path):
    filled.config["BACKUP_DIR"] = str(tmp_path)
    makers.a_user(session.scalar(sa.select(Congress)), Role.ADMIN)
    session.commit()
    admin = reader.signed_in_as(session.scalar(sa.select(User).where(User.role == Role.ADMIN)))
    said = "No good backup for too long"
    assert said in admin.read("/").text
    session.add(KeptBackup(name="x", made_at=clock.now(), size=1, digest="", revision="", rows=1, files=0))
    session.commit()
    assert said not in admin.read("/").text


@ON_SQLITE
def test_a_rehearsal_writes_no_backup_and_lets_none_go(night, folder):
    night(0)
    with clock.at(night.begun + 40 * DAY):
        assert ring.rehearse("back-up").outcome == {"backups": 1}
    assert len(named(folder)) == len(kept()) == 1
