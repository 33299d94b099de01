"""The whole state in one file, taken while people work, and brought back into an empty instance of either kind."""

import tarfile

import pytest
import sqlalchemy as sa

from tests.care.instances import a_paper, content, files, problems, rows
from tests.reader import Reader
from tracker.care.backup import write_backup
from tracker.care.lines import tables, way_of
from tracker.care.restore import read_backup
from tracker.database import Base, db
from tracker.errors import RuleBroken
from tracker.files.models import File
from tracker.people.models import User
from tracker.roles import Role

ON_SQLITE = pytest.mark.engines("sqlite")


@pytest.mark.parametrize("onto", ["sqlite", "postgresql"])
def test_what_comes_back_is_what_went_in(filled, session, taken, another, tmp_path, onto):
    before = content()
    with another(onto) as (other, folder):
        with other.app_context():
            read_backup(taken)
            assert content() == before
            assert problems() == []
            assert a_paper(3).id == 3
            db.session.commit()
            clerk = Reader(other).signed_in_as(
                db.session.scalars(sa.select(User).where(User.role == Role.OFFICE_CLERK)).first()
            )
            assert "关于拓宽道路的建议" in clerk.read("/suggestions/1").heading
        assert len(files(tmp_path)) == 2
        assert {**files(tmp_path), **files(folder)} == files(folder)
    assert {"entry", "seal", "suggestion", "deadline", "file"} <= set(before)


@pytest.mark.engines("postgresql")
def test_a_number_once_given_is_not_given_again(filled, session, another, tmp_path):
    session.delete(session.get(File, 2))
    session.commit()
    write_backup(tmp_path / "monday.tar.gz")
    with another("postgresql") as (other, _folder), other.app_context():
        read_backup(tmp_path / "monday.tar.gz")
        assert a_paper(3).id == 3


def test_a_database_with_nothing_but_its_schema_is_empty(taken, elsewhere):
    with elsewhere[0].app_context():
        read_backup(taken)
        assert problems() == []


@ON_SQLITE
def test_every_kind_of_column_has_a_form_in_a_backup(session):
    stored = tables(session.connection())
    assert {table.name for table in stored} == set(Base.metadata.tables)
    assert all(way_of(column) for table in stored for column in table.columns)


@ON_SQLITE
def test_the_backup_is_its_owners_alone(taken):
    assert taken.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in taken.parent.iterdir() if "part" in path.name or path.name.startswith(".")] == []


@ON_SQLITE
def test_it_holds_no_secret_of_the_settings(filled, tmp_path):
    (tmp_path / "secret_key").write_text("the key")
    (tmp_path / "tracker.toml").write_text('SMTP_URL = "smtp://a:secret@b"')
    write_backup(tmp_path / "tuesday.tar.gz")
    with tarfile.open(tmp_path / "tuesday.tar.gz") as archive:
        names = {name.split("/")[0] for name in archive.getnames()}
    assert names == {"note.json", "tables", "files", "digests.json"}


@ON_SQLITE
def test_what_is_only_half_uploaded_stays_out(filled, tmp_path):
    (tmp_path / "files" / "tmp" / "half").write_bytes(b"half")
    whole = tmp_path / "monday.tar.gz"
    assert write_backup(whole).files == 2
    with tarfile.open(whole) as archive:
        assert [name for name in archive.getnames() if "tmp" in name] == []


@ON_SQLITE
def test_a_paper_missing_on_the_disk_does_not_stop_the_backup(filled, session, tmp_path, elsewhere):
    next((tmp_path / "files").glob("[0-9a-f][0-9a-f]/*")).unlink()
    assert write_backup(tmp_path / "monday.tar.gz").files == 1
    other, _folder = elsewhere
    with other.app_context():
        read_backup(tmp_path / "monday.tar.gz")
        assert problems() == ["file_missing"]


@ON_SQLITE
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


@ON_SQLITE
def test_a_backup_that_does_not_come_back_is_none(filled, session, tmp_path):
    """A row that breaks a rule of the schema, written behind the database's back."""
    session.execute(sa.text("pragma ignore_check_constraints = on"))
    session.execute(sa.text("update deadline set suggestion_id = 1"))
    session.commit()
    with pytest.raises(RuleBroken, match="do not fit"):
        write_backup(tmp_path / "monday.tar.gz", verify=True)
    assert not (tmp_path / "monday.tar.gz").exists()
    assert write_backup(tmp_path / "monday.tar.gz").files == 2


@ON_SQLITE
def test_the_commands_say_what_they_did(filled, session, elsewhere, tmp_path):
    file = str(tmp_path / "monday.tar.gz")
    session.rollback()
    done = filled.test_cli_runner().invoke(args=["backup", file, "--verify"])
    assert (done.exit_code, "2 files and the database" in done.stdout) == (0, True)
    assert filled.test_cli_runner().invoke(args=["backup", file]).exit_code == 1
    refused = filled.test_cli_runner().invoke(args=["restore", file])
    assert (refused.exit_code, "not empty" in refused.stderr) == (1, True)
    assert filled.test_cli_runner().invoke(args=["restore", f"{file}.none"]).exit_code == 2
