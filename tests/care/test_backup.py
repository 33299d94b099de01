"""The whole state in one file, taken while people work, and brought back into an empty instance."""

import gzip
import io
import json
import tarfile
import threading

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests import databases, makers
from tests.handling.papers import SCAN
from tracker import clock, create_app
from tracker.actor import SYSTEM
from tracker.audit.actions import seal, trace
from tracker.care.backup import read_backup, write_backup
from tracker.care.doctor import examine
from tracker.database import Base, db
from tracker.errors import RuleBroken
from tracker.files import store

pytestmark = pytest.mark.engines("sqlite")


def a_paper(number: int = 0):
    upload = FileStorage(io.BytesIO(SCAN + b"\n" * number), filename=f"答复{number}.pdf")
    return store.keep(upload, by=SYSTEM, at=clock.now())


def rows() -> dict[str, int]:
    counts = {name: sa.select(sa.func.count()).select_from(table) for name, table in Base.metadata.tables.items()}
    return {name: db.session.scalar(count) for name, count in counts.items()}


def files(folder) -> dict[str, bytes]:
    kept = (path for path in (folder / "files").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def problems() -> list[str]:
    return [one.kind for one in examine() if one.kind != "letters_stuck"]


@pytest.fixture
def filled(app, session, tmp_path):
    """An office with a suggestion handed over, a sealed history and two papers."""
    with clock.at(makers.HANDED_OVER_ON):
        makers.a_case()
        a_paper(1)
        a_paper(2)
        seal(at=clock.now())
        session.commit()
    return app


@pytest.fixture
def elsewhere(migrated, tmp_path):
    """Another instance without anything in it."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with migrated("sqlite").fresh(folder) as url:
        made = create_app(databases.settings(folder, url))
        yield made, folder
        databases.let_go(made)


@pytest.fixture
def taken(filled, tmp_path):
    file = tmp_path / "monday.tar.gz"
    write_backup(file)
    return file


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


def changed(name: str, content: bytes | None, source, target) -> None:
    """A copy of a backup in which one member is another, or missing."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            said = old.extractfile(member).read()
            if member.name == name:
                if content is None:
                    continue
                said = content
            member.size = len(said)
            new.addfile(member, io.BytesIO(said))


def note(**of: object) -> bytes:
    return json.dumps(of).encode()


FOREIGN = {
    "empty": lambda taken, to: to.write_bytes(b""),
    "text": lambda taken, to: to.write_text("not a backup"),
    "another archive": lambda taken, to: tarfile.open(to, "w:gz").close(),
    "zipped text": lambda taken, to: to.write_bytes(gzip.compress(b"not a tar" * 99)),
    "cut off": lambda taken, to: to.write_bytes(taken.read_bytes()[: taken.stat().st_size // 2]),
    "without a note": lambda taken, to: changed("note.json", None, taken, to),
    "without a database": lambda taken, to: changed("tracker.db", None, taken, to),
    "with another database": lambda taken, to: changed("tracker.db", b"SQLite format 3", taken, to),
    "with a note that says nothing": lambda taken, to: changed("note.json", note(form=1), taken, to),
    "with a note that names no database": lambda taken, to: changed("note.json", note(form=1, digests={}), taken, to),
    "with a list for a note": lambda taken, to: changed("note.json", b"[1]", taken, to),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_a_damaged_or_foreign_file_changes_nothing(taken, elsewhere, tmp_path, what):
    foreign = tmp_path / "foreign.tar.gz"
    FOREIGN[what](taken, foreign)
    other, folder = elsewhere
    with other.app_context():
        with pytest.raises(RuleBroken, match="damaged or is none"):
            read_backup(foreign)
        assert set(rows().values()) == {0}
    assert files(folder) == {}


def test_one_flipped_bit_anywhere_is_noticed(taken, elsewhere, tmp_path):
    content = bytearray(taken.read_bytes())
    other, _folder = elsewhere
    with other.app_context():
        for place in range(64, len(content), len(content) // 25):
            flipped = bytearray(content)
            flipped[place] ^= 0x10
            file = tmp_path / "flipped.tar.gz"
            file.write_bytes(flipped)
            with pytest.raises(RuleBroken, match="damaged or is none|another version"):
                read_backup(file)


def test_a_backup_of_another_form_says_so(taken, elsewhere, tmp_path):
    foreign = tmp_path / "foreign.tar.gz"
    changed("note.json", note(form=2, digests={}), taken, foreign)
    with elsewhere[0].app_context(), pytest.raises(RuleBroken, match="another version"):
        read_backup(foreign)


def test_no_name_in_the_file_leads_out_of_the_instance(taken, elsewhere, tmp_path):
    foreign, outside = tmp_path / "foreign.tar.gz", tmp_path / "escaped"
    with tarfile.open(foreign, "w:gz") as archive:
        member = tarfile.TarInfo("../../escaped")
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    with elsewhere[0].app_context(), pytest.raises(RuleBroken, match="damaged or is none"):
        read_backup(foreign)
    assert not outside.exists()


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
