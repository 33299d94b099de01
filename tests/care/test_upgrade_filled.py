"""An instance of the first release, with a row in every table, becomes today's and loses nothing."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from tests import databases
from tests.databases import let_go
from tests.drills.upgrading import bare_app
from tracker.care import upgrade
from tracker.database import db

ALSO = {"deadline": {"suggestion_id": 1}}  # a clock belongs to exactly one thing
VALUES: dict[type, Any] = {
    sa.Boolean: False,
    sa.Integer: 1,
    sa.BigInteger: 1,
    sa.Date: date(2026, 3, 2),
    sa.DateTime: datetime(2026, 3, 2, 8, tzinfo=UTC),
    sa.JSON: {},
    sa.String: "x",
}


@pytest.fixture
def first_release(engine_kind, tmp_path, request, monkeypatch):
    """The schema of the first release, filled; its migrations are the shipped ones up to 0001."""
    folder, shipped = tmp_path / "migrations", upgrade.MIGRATIONS
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("versions", "__pycache__"))
    (folder / "versions").mkdir()
    shutil.copy(shipped / "versions" / "0001_first_schema.py", folder / "versions")
    server = request.getfixturevalue("pg_url") if engine_kind == "postgresql" else ""
    with databases.empty(tmp_path, server) as url:
        made = bare_app(url)
        with monkeypatch.context() as earlier:
            earlier.setattr(upgrade, "MIGRATIONS", folder)
            upgrade.upgrade_database(made)
        yield made
        let_go(made)


def value(column: sa.Column) -> Any:
    return next(found for kind, found in VALUES.items() if isinstance(column.type, kind))


def fill() -> dict[str, int]:
    """One row in every table, those it points to first; how many there are then."""
    schema = sa.MetaData()
    schema.reflect(db.engine)
    tables = [table for table in schema.sorted_tables if table.name != "alembic_version"]
    for table in tables:
        row = {column.name: value(column) for column in table.columns if not column.nullable}
        db.session.execute(table.insert().values(**row, **ALSO.get(table.name, {})))
    db.session.commit()
    return counts([table.name for table in tables])


def counts(tables: list[str]) -> dict[str, int]:
    found = {name: db.session.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0 for name in tables}
    db.session.rollback()
    return found


def test_a_filled_instance_of_the_first_release_is_upgraded(first_release) -> None:
    with first_release.app_context():
        before = fill()
    assert set(before.values()) == {1}
    assert upgrade.upgrade_database(first_release) is True
    with first_release.app_context():
        after = counts(list(before))
        assert {name: count for name, count in after.items() if count < before[name]} == {}
        link = sa.table("link", sa.column("digest"), sa.column("suggestion_id"))
        assert db.session.execute(sa.select(link.c.digest, link.c.suggestion_id)).one() == ("x", None)
        db.session.rollback()
