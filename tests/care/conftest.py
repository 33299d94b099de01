"""An office with something in it, its backup, and instances with nothing in them."""

from contextlib import contextmanager

import pytest

from tests import databases, makers
from tests.care.instances import a_paper
from tracker import clock, create_app
from tracker.audit.actions import seal
from tracker.care.backup import write_backup
from tracker.roles import Role
from tracker.structure.models import Congress


@pytest.fixture
def filled(app, session, tmp_path):
    """An office with a suggestion handed over, a sealed history and two papers."""
    with clock.at(makers.HANDED_OVER_ON):
        case = makers.a_case()
        makers.a_user(session.get(Congress, case.suggestion.congress_id), Role.OFFICE_CLERK)
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
def another(request, tmp_path):
    """`with another(kind) as (app, folder)`: an instance on a database of that kind that has no table yet."""

    @contextmanager
    def of(kind):
        server = request.getfixturevalue("pg_url") if kind == "postgresql" else ""
        folder = tmp_path / f"another_{kind}"
        folder.mkdir()
        with databases.empty(folder, server) as url:
            made = create_app(databases.settings(folder, url))
            yield made, folder
            databases.let_go(made)

    return of


@pytest.fixture
def taken(filled, tmp_path):
    file = tmp_path / "monday.tar.gz"
    write_backup(file)
    return file
