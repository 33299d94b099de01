"""A filled database goes from schema to schema, from the first to the present one, and loses nothing on the way.

At every schema each table that is new gets a row, so that every migration meets rows in all tables there are, and what
stands there at any schema has come through all migrations after it. `bench upgrades` fills each schema by itself.
"""

import pytest

from tests import databases
from tests.databases import let_go
from tests.drills.filled import bring_to, differences, filled, revisions
from tests.drills.upgrading import bare_app

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
