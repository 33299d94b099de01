"""A filled database goes from schema to schema, from the first to the present one, and loses nothing on the way.

At every schema each table that is new gets a row, so that every migration meets rows in all tables there are, and what
stands there at any schema has come through all migrations after it. `bench upgrades` fills each schema by itself.
"""

import pytest

from tests import databases
from tests.databases import let_go
from tests.drills.filled import bring_to, differences, filled, revisions
from tests.drills.upgrading import bare_app
from tracker.care.archive import unpack
from tracker.care.backup import write_backup
from tracker.care.restore import read_backup
from tracker.care.upgrade import is_current
from tracker.care.upgrading import bring_up_to_date
from tracker.database import db

EARLIER = "0033"
# What a migration says anew about rows that were there: on purpose, and nothing else.
SAID_ANEW: dict[str, set[str]] = {}


@pytest.fixture
def bare(engine_kind, tmp_path, request):
    server = request.getfixturevalue("pg_url") if engine_kind == "postgresql" else ""
    with databases.empty(tmp_path, server) as url:
        made = bare_app(url)
        yield made
        let_go(made)


@pytest.mark.engines("sqlite")
def test_every_schema_with_rows_in_all_its_tables_becomes_the_next(bare):
    changed, before = {}, {}
    with bare.app_context():
        for revision in revisions():
            bring_to(revision)
            after = filled()
            found = set(differences(before, after))
            if found != SAID_ANEW.get(revision, set()):
                changed[revision] = found
            before = after
    assert changed == {}
    assert len(before) > 100


@pytest.mark.engines("sqlite")
def test_before_an_upgrade_the_rows_are_kept_in_a_file(bare, tmp_path):
    """The last three such files stay; each is a backup of the schema it was written under."""
    folder = tmp_path / "before-upgrade"
    folder.mkdir()
    for day in range(3):
        (folder / f"2020-01-0{day + 1}-000000-schema-0001.tar.gz").touch()
    bare.instance_path = str(tmp_path)
    with bare.app_context():
        bring_to(EARLIER)
        before = filled()
    assert bring_up_to_date(bare) is True
    assert bring_up_to_date(bare) is False
    first, second, written = sorted(folder.iterdir())
    assert (first.stat().st_size, second.stat().st_size) == (0, 0)
    assert written.name.endswith(f"schema-{EARLIER}.tar.gz")
    (tmp_path / "opened").mkdir()
    found = unpack(written, tmp_path / "opened")
    assert (found.revision, found.files, dict(found.rows)) == (EARLIER, 0, dict.fromkeys(before, 1))


@pytest.mark.engines("sqlite")
def test_a_backup_of_an_earlier_schema_is_upgraded_where_it_is_brought_back(bare, another, tmp_path):
    bare.instance_path = str(tmp_path)
    with bare.app_context():
        bring_to(EARLIER)
        before = filled()
        write_backup(tmp_path / "older.tar.gz", with_files=False)
    with another("postgresql") as (other, _folder), other.app_context():
        read_backup(tmp_path / "older.tar.gz")
        assert is_current(db.engine)
        assert list(differences(before, filled())) == []
