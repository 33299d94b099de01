"""Processes start at the same moment on an empty database: all of them come up, and everything is there once."""

import pytest

from tests.databases import empty, settings
from tests.drills.starting import begin_together, loaded
from tracker import create_app
from tracker.cli.start import prepare
from tracker.database import db

PROCESSES = 4  # `python3 start.py bench starting` does so with eight, twenty times


def test_many_may_start_at_once_on_an_empty_database(engine_kind, request, tmp_path):
    server = request.getfixturevalue("pg_url") if engine_kind == "postgresql" else ""
    with empty(tmp_path, server) as url:
        given = settings(tmp_path, url)
        assert begin_together(given, PROCESSES) == []
        app = create_app(given)
        with app.app_context():
            once = loaded()
            db.session.rollback()
            prepare()
            assert loaded() == once
            assert min(once.values()) > 0


@pytest.mark.engines("sqlite")
def test_a_start_that_cannot_is_told(tmp_path, engine_kind):
    [said] = begin_together({**settings(tmp_path, f"sqlite:///{tmp_path}/nowhere/tracker.db")}, 1)
    assert "OperationalError" in said or "FileNotFoundError" in said
