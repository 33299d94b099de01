"""Fixtures: both databases, a fresh one per test, a reader of pages, a clock that stands, a mail sink, a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings as hypothesis_settings

from tests import databases, pgtemp, quick
from tests.outside import LiveServer, MailSink, browser_missing, browser_page, open_browser
from tests.reader import Reader
from tracker import STAGES, clock, create_app
from tracker.database import db

STORIES = {"drills", "journeys", "security", "demo", "deploy", "release", "paper"}

hypothesis_settings.register_profile("office", deadline=None)
hypothesis_settings.load_profile("office")
quick.keep_addresses()
for stage in STAGES:  # a model names others of later stages, whichever test is asked for alone
    import_module(f"tracker.{stage}").offer()


@sa.event.listens_for(sa.Engine, "connect")
def rows_come_the_other_way_round(raw: Any, _record: object) -> None:
    """On SQLite what nobody asked to be in order comes backwards, so that nothing leans on luck."""
    if type(raw).__module__.startswith(("sqlite3", "pysqlite3")):
        raw.execute("pragma reverse_unordered_selects=on")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--runs", type=int, default=60, help="runs of the machine that does any acts in any order")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that touch a database run on both, browser tests on SQLite; `@pytest.mark.engines` says otherwise."""
    if "engine_kind" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker("engines")
        in_browser = [pytest.mark.browser] if "browser" in metafunc.fixturenames else []
        kinds = marked.args if marked else ("sqlite",) if in_browser else ("sqlite", "postgresql")
        marks = {"sqlite": in_browser, "postgresql": [*in_browser, pytest.mark.postgres]}
        params = [pytest.param(kind, marks=marks[kind]) for kind in kinds]
        metafunc.parametrize("engine_kind", params, indirect=True, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole stories go first: what is left at the end is short, and the workers end together."""
    items.sort(key=lambda item: item.path.parent.name not in STORIES)


def pytest_collection_finish() -> None:
    quick.keep_loaded()


@pytest.fixture(scope="session")
def engine_kind(request: pytest.FixtureRequest) -> str:
    if request.param == "postgresql" and (why := databases.missing_postgresql()):
        pytest.skip(why)
    return request.param


@pytest.fixture(scope="session")
def pg_url() -> Iterator[str]:
    """A PostgreSQL server for this run (one per worker of pytest-xdist)."""
    with pgtemp.temporary_postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def migrated(tmp_path_factory, request) -> Callable[[str], Any]:
    """The migrated template of each engine, made when first asked for."""

    @cache
    def of(kind: str):
        folder = tmp_path_factory.mktemp(f"template_{kind}")
        if kind == "postgresql":
            made = databases.PostgresqlDatabases(folder, request.getfixturevalue("pg_url"))
        else:
            made = databases.SqliteDatabases(folder)
        quick.keep_loaded()
        return made

    return of


@pytest.fixture
def database_url(engine_kind, migrated, tmp_path) -> Iterator[str]:
    """The address of a fresh, migrated, empty database."""
    with migrated(engine_kind).fresh(tmp_path) as url:
        yield url


@pytest.fixture
def app(database_url, tmp_path) -> Iterator[Any]:
    """The application on a fresh database, once per engine."""
    made = create_app(databases.settings(tmp_path, database_url))
    quick.keep_compiled(made)
    yield made
    databases.let_go(made)


@pytest.fixture
def session(app) -> Iterator[Any]:
    """db.session in an open application context; what is not committed is rolled back."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def reader(app) -> Reader:
    """Somebody who reads pages and is not signed in; `reader.signed_in_as(user)` gives one who is."""
    return Reader(app)


@pytest.fixture
def stopped_clock() -> Iterator[Callable[[date], None]]:
    """The clock stands at the last day given: `stopped_clock(date(2026, 3, 2))`."""
    with ExitStack() as moved:
        yield lambda moment: moved.enter_context(clock.at(moment))


@pytest.fixture
def mail_sink() -> Iterator[MailSink]:
    """A real SMTP server that keeps what it is sent: `.url`, `.letters`."""
    with MailSink.listening() as sink:
        yield sink


@pytest.fixture
def live(app) -> Iterator[LiveServer]:
    """The application on a real port: `str(live)` is its address, `live.stand_at(day)` moves its clock."""
    with LiveServer.serving(app) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if why := browser_missing():
        pytest.skip(why)
    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser, live) -> Iterator[Any]:
    """A Chinese browser's page on the live server; a message in its console fails the test."""
    with browser_page(browser, live) as opened:
        yield opened
