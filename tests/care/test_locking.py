"""A backup that only the holder of a key can read."""

import shutil
import subprocess

import pytest

from tests.care.instances import content, rows
from tracker.care import locking
from tracker.care.backup import write_backup
from tracker.care.restore import read_backup
from tracker.errors import RuleBroken

pytestmark = pytest.mark.engines("sqlite")
GUARDED = """-----BEGIN AGE ENCRYPTED FILE-----
YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCA5T3JXd1VrTHd2MENYdWVl
K2VQdnBBIDE5Cmt1dXVtbEcyQlB1UUpPLzlFSW9GR3hOWVFRN3N3V0pJQnF2R00r
bWFTQm8KLS0tIEJxcGpnYmQ1cStTZ2phRi9aUkpRblBNbm1yN3NMQnIvcWFRWHdz
WmRJV2sKFSEBedzhGnwzYa+KSFhWy7NzyiZg4uI2HLdM2EijVEYf07OtId5sDEct
ejOgqsqNs+VsVb/dOTC5m3MdEY8jxABMGFeGXsa1PdHKsNsOBc8Uw4IfZ7MDpufE
i1ibRy0DnwvBU+9FjgJY5Yc=
-----END AGE ENCRYPTED FILE-----
"""  # a key made for this test, as `age -p -a` writes it


@pytest.fixture
def key(tmp_path):
    file = tmp_path / "key.txt"
    return file, locking.recipient(locking.new_key(file))


@pytest.fixture
def locked(filled, tmp_path, key):
    file = tmp_path / "monday.tar.gz.age"
    write_backup(file, to=[key[1]])
    return file


def test_only_the_key_opens_it(filled, session, locked, key, elsewhere, tmp_path):
    before = content()
    assert locking.is_locked(locked)
    locking.new_key(tmp_path / "another.txt")
    with elsewhere[0].app_context():
        with pytest.raises(RuleBroken, match="encrypted: name the file"):
            read_backup(locked)
        with pytest.raises(RuleBroken, match="encrypted to another key"):
            read_backup(locked, locking.identities(tmp_path / "another.txt"))
        assert set(rows().values()) == {0}
        read_backup(locked, locking.identities(key[0]))
        assert content() == before


def test_one_flipped_bit_in_it_is_noticed(locked, key, elsewhere, tmp_path):
    whole, keys = locked.read_bytes(), locking.identities(key[0])
    with elsewhere[0].app_context():
        for place in range(40, len(whole), len(whole) // 20):
            flipped = bytearray(whole)
            flipped[place] ^= 1
            (tmp_path / "wrong.age").write_bytes(flipped)
            with pytest.raises(RuleBroken, match="damaged"):
                read_backup(tmp_path / "wrong.age", keys)


def test_a_key_may_itself_have_a_passphrase(tmp_path):
    (tmp_path / "guarded").write_text(GUARDED, encoding="ascii")
    assert locking.needs_passphrase(tmp_path / "guarded")
    assert len(locking.identities(tmp_path / "guarded", "four words of ours")) == 1


def test_a_key_is_its_owners_alone_and_never_overwritten(key):
    assert key[0].stat().st_mode & 0o777 == 0o600
    with pytest.raises(RuleBroken, match="never overwritten"):
        locking.new_key(key[0])


def test_the_program_age_opens_it_too(locked, key, tmp_path):
    if not (age := shutil.which("age")):
        pytest.skip("the program age is not on this machine")
    opened = subprocess.run([age, "-d", "-i", key[0], locked], capture_output=True, check=True)
    assert opened.stdout.startswith(b"\x1f\x8b")


def test_the_commands_make_keys_and_use_them(filled, session, elsewhere, tmp_path):
    session.rollback()
    run = filled.test_cli_runner().invoke
    key, file = str(tmp_path / "mine.txt"), str(tmp_path / "tuesday.age")
    public = run(args=["backup-key", key]).stdout.strip()
    assert public.startswith("age1")
    assert run(args=["backup", file, "--encrypt-to", public]).exit_code == 0
    assert run(args=["backup", file, "--encrypt-to", "age1nobody"]).exit_code == 2
    with elsewhere[0].app_context():
        restored = elsewhere[0].test_cli_runner().invoke(args=["restore", file, "--key", key])
    assert "Restored" in restored.stdout
