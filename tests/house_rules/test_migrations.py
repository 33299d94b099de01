"""The migrations lead to the rows the models describe, and what is locked is what is declared."""

import re

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from tests.house_rules.source import ROOT
from tracker.care.upgrade import MIGRATIONS
from tracker.database import Base, db

PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def of_the_models(_thing, _name, kind, reflected, compared_to):
    return not (kind in ("table", "index") and reflected and compared_to is None)


def test_there_is_a_first_migration():
    assert list((MIGRATIONS / "versions").glob("*.py")) != []


def test_an_upgraded_database_is_what_the_models_say(app):
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": of_the_models})
        assert compare_metadata(context, Base.metadata) == []


def test_tests_run_on_what_is_shipped():
    shipped, tested = (
        dict(PINNED.findall((ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert shipped
    assert shipped.items() <= tested.items()


def test_locks_name_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert len(PINNED.findall(text)) <= text.count("--hash=sha256:")
