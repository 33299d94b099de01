"""A file that is no sound backup changes nothing, and the operator is told so in a sentence."""

import gzip
import io
import json
import tarfile

import pytest

from tests.care.instances import files, rows
from tracker.care.backup import read_backup
from tracker.errors import RuleBroken

pytestmark = pytest.mark.engines("sqlite")


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
