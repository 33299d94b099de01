"""A file that is no sound backup changes nothing, and the operator is told so in a sentence."""

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile

import pytest
import sqlalchemy as sa

from tests.care.instances import content, files, problems, rows
from tracker.care.archive import unpack
from tracker.care.restore import read_backup
from tracker.database import db
from tracker.errors import RuleBroken

pytestmark = pytest.mark.engines("sqlite")
TRIALS = 20
A_TABLE = "tables/entry.jsonl"


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


def written(target, members: dict[str, bytes]) -> None:
    with tarfile.open(target, "w:gz") as new:
        for name, said in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(said)
            new.addfile(member, io.BytesIO(said))


def sealed_anew(source, target, **note: object) -> None:
    """A copy whose note says something else, with digests that fit it."""
    with tarfile.open(source) as old:
        said = {member.name: old.extractfile(member).read() for member in old.getmembers()}
    said["note.json"] = json.dumps({**json.loads(said["note.json"]), **note}).encode()
    told = json.loads(said.pop("digests.json"))
    told["digests"]["note.json"] = hashlib.sha256(said["note.json"]).hexdigest()
    written(target, {**said, "digests.json": json.dumps(told).encode()})


def note(**of: object) -> bytes:
    return json.dumps(of).encode()


FOREIGN = {
    "empty": lambda taken, to: to.write_bytes(b""),
    "text": lambda taken, to: to.write_text("not a backup"),
    "another archive": lambda taken, to: tarfile.open(to, "w:gz").close(),
    "zipped text": lambda taken, to: to.write_bytes(gzip.compress(b"not a tar" * 99)),
    "without a note": lambda taken, to: changed("note.json", None, taken, to),
    "without digests": lambda taken, to: changed("digests.json", None, taken, to),
    "without a table": lambda taken, to: changed(A_TABLE, None, taken, to),
    "with another table": lambda taken, to: changed(A_TABLE, b"{}", taken, to),
    "with another note": lambda taken, to: changed("note.json", note(form=2, revision="0001"), taken, to),
    "with digests of nothing": lambda taken, to: changed("digests.json", note(digests={}, rows={}), taken, to),
    "of the first form, without a database": lambda taken, to: written(to, {"note.json": note(form=1, digests={})}),
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
    content = taken.read_bytes()
    with elsewhere[0].app_context():
        for place in range(64, len(content), len(content) // TRIALS):
            flipped = bytearray(content)
            flipped[place] ^= 0x10
            refused(flipped, tmp_path)


def test_one_that_was_cut_off_anywhere_is_noticed(taken, elsewhere, tmp_path):
    content = taken.read_bytes()
    with elsewhere[0].app_context():
        for length in range(len(content) - 1, 0, -(len(content) // TRIALS)):
            refused(content[:length], tmp_path)


def refused(content: bytes, folder) -> None:
    file = folder / "wrong.tar.gz"
    file.write_bytes(content)
    with pytest.raises(RuleBroken, match="damaged or is none|another version"):
        read_backup(file)


def test_a_backup_of_another_form_says_so(taken, elsewhere, tmp_path):
    foreign = tmp_path / "foreign.tar.gz"
    sealed_anew(taken, foreign, form=3)
    with elsewhere[0].app_context(), pytest.raises(RuleBroken, match="another version"):
        read_backup(foreign)


@pytest.mark.parametrize("revision", ["0999", "", "0001_first"])
def test_a_backup_of_a_schema_we_do_not_know_says_so(taken, elsewhere, tmp_path, revision):
    newer = tmp_path / "newer.tar.gz"
    sealed_anew(taken, newer, revision=revision)
    with elsewhere[0].app_context():
        with pytest.raises(RuleBroken, match="newer version"):
            read_backup(newer)
        assert set(rows().values()) == {0}


def test_rows_that_do_not_fit_their_schema_change_nothing(taken, elsewhere, tmp_path):
    older = tmp_path / "older.tar.gz"
    sealed_anew(taken, older, revision="0001")
    other, folder = elsewhere
    with other.app_context():
        with pytest.raises(RuleBroken, match="do not fit"):
            read_backup(older)
        assert set(rows().values()) == {0}
    assert files(folder) == {}


def test_on_postgresql_they_change_nothing_either(taken, another, tmp_path):
    older = tmp_path / "older.tar.gz"
    sealed_anew(taken, older, revision="0001")
    with another("postgresql") as (other, folder):
        with other.app_context():
            with pytest.raises(RuleBroken, match="do not fit"):
                read_backup(older)
            assert sa.inspect(db.engine).get_table_names() == []
        assert files(folder) == {}


@pytest.mark.parametrize(
    "name", ["../../escaped", "files/../../../escaped", "files/..", "files/ab/../../../../escaped"]
)
def test_no_name_in_the_file_leads_out_of_the_instance(tmp_path, name):
    foreign, inside = tmp_path / "foreign.tar.gz", tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    written(foreign, {name: b"x"})
    with pytest.raises(RuleBroken, match="damaged or is none"):
        unpack(foreign, inside)
    assert list(tmp_path.rglob("escaped")) == []


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_nothing_in_the_file_is_anything_but_a_file(tmp_path, kind):
    foreign, inside = tmp_path / "foreign.tar.gz", tmp_path / "inside"
    inside.mkdir()
    with tarfile.open(foreign, "w:gz") as archive:
        member = tarfile.TarInfo("files/ab/abcd")
        member.type, member.linkname = kind, "/etc/passwd"
        archive.addfile(member)
    with pytest.raises(RuleBroken, match="damaged or is none"):
        unpack(foreign, inside)


def test_what_the_first_release_wrote_is_still_read(filled, session, elsewhere, tmp_path):
    """It held a copy of the database instead of rows."""
    before = content()
    copy, old = tmp_path / "copy.db", tmp_path / "sunday.tar.gz"
    with sqlite3.connect(tmp_path / "tracker.db") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    members = {"tracker.db": copy.read_bytes(), **files(tmp_path)}
    digests = {name: hashlib.sha256(said).hexdigest() for name, said in members.items()}
    written(old, {"note.json": note(form=1, digests=digests), **members})
    other, folder = elsewhere
    with other.app_context():
        read_backup(old)
        assert content() == before
        assert problems() == []
    assert files(folder) == files(tmp_path)
