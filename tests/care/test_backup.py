"""The whole state in one file, taken while people work, and brought back into an empty instance."""

import tarfile
import threading

import pytest

from tests.care.instances import a_paper, files, problems, rows
from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit.actions import trace
from tracker.care.backup import read_backup, write_backup
from tracker.database import db
from tracker.errors import RuleBroken

pytestmark = pytest.mark.engines("sqlite")


def test_what_comes_back_is_what_went_in(filled, session, taken, elsewhere, tmp_path):
    before = rows()
    other, folder = elsewhere
    with other.app_context():
        read_backup(taken)
        assert rows() == before
        assert problems() == []
    assert files(folder) == files(tmp_path)
    assert len(files(folder)) == 2
    assert before["entry"] > 0


def test_the_backup_is_its_owners_alone(taken):
    assert taken.stat().st_mode & 0o777 == 0o600
    assert list(taken.parent.glob("*.part")) == []


def test_it_holds_no_secret_of_the_settings(filled, tmp_path, taken):
    (tmp_path / "secret_key").write_text("the key")
    (tmp_path / "tracker.toml").write_text('SMTP_URL = "smtp://a:secret@b"')
    again = tmp_path / "tuesday.tar.gz"
    write_backup(again)
    with tarfile.open(again) as archive:
        names = {name.split("/")[0] for name in archive.getnames()}
    assert names == {"note.json", "tracker.db", "files"}


def test_it_is_taken_while_a_writer_works(filled, session, elsewhere, tmp_path):
    stop, wrote = threading.Event(), threading.Event()

    def work():
        with filled.app_context():
            for number in range(10_000):
                trace("tried", SYSTEM, at=clock.now(), number=number)
                a_paper(number)
                db.session.commit()
                wrote.set()
                if stop.is_set():
                    break

    session.rollback()
    before = rows()
    session.rollback()
    writer = threading.Thread(target=work)
    writer.start()
    try:
        assert wrote.wait(20)
        for day in range(3):
            write_backup(tmp_path / f"{day}.tar.gz")
    finally:
        stop.set()
        writer.join(30)
    after = rows()
    other, _folder = elsewhere
    with other.app_context():
        read_backup(tmp_path / "2.tar.gz")
        assert problems() == []
        for table in ("trace", "file"):
            assert before[table] < rows()[table] <= after[table]
        assert rows()["entry"] == before["entry"]


def test_what_is_only_half_uploaded_stays_out(filled, tmp_path):
    (tmp_path / "files" / "tmp" / "half").write_bytes(b"half")
    whole = tmp_path / "monday.tar.gz"
    assert write_backup(whole) == 2
    with tarfile.open(whole) as archive:
        assert [name for name in archive.getnames() if "tmp" in name] == []


def test_a_paper_missing_on_the_disk_does_not_stop_the_backup(filled, session, tmp_path, elsewhere):
    next((tmp_path / "files").glob("[0-9a-f][0-9a-f]/*")).unlink()
    assert write_backup(tmp_path / "monday.tar.gz") == 1
    other, _folder = elsewhere
    with other.app_context():
        read_backup(tmp_path / "monday.tar.gz")
        assert problems() == ["file_missing"]


def test_a_backup_never_overwrites(filled, taken):
    content = taken.read_bytes()
    with pytest.raises(RuleBroken, match="never overwrites"):
        write_backup(taken)
    assert taken.read_bytes() == content


def test_an_instance_with_something_in_it_is_left_alone(filled, session, taken):
    before = rows()
    session.rollback()
    with pytest.raises(RuleBroken, match="not empty"):
        read_backup(taken)
    assert rows() == before


def test_the_commands_say_what_they_did(filled, session, elsewhere, tmp_path):
    file = str(tmp_path / "monday.tar.gz")
    session.rollback()
    done = filled.test_cli_runner().invoke(args=["backup", file])
    assert (done.exit_code, "2 files and the database" in done.stdout) == (0, True)
    assert filled.test_cli_runner().invoke(args=["backup", file]).exit_code == 1
    refused = filled.test_cli_runner().invoke(args=["restore", file])
    assert (refused.exit_code, "not empty" in refused.stderr) == (1, True)
    assert filled.test_cli_runner().invoke(args=["restore", f"{file}.none"]).exit_code == 2


@pytest.mark.engines("postgresql")
def test_postgresql_has_tools_of_its_own(session, tmp_path):
    with pytest.raises(RuleBroken, match="pg_dump"):
        write_backup(tmp_path / "monday.tar.gz")
    with pytest.raises(RuleBroken, match="pg_restore"):
        read_backup(tmp_path / "monday.tar.gz")
