"""Upgrades of filled databases: from each schema there ever was, and killed at any moment."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import sqlalchemy as sa
from flask import Flask

from tests.databases import PostgresqlServer, let_go
from tests.drills.filled import Rows, bring_to, differences, filled, revisions
from tests.drills.workers import CONTEXT, WAIT_SECONDS, working
from tracker.care.upgrade import is_current, upgrade_database
from tracker.database import db, engine_options, tune

Copies = Callable[[], AbstractContextManager[str]]


def bare_app(url: str) -> Flask:
    """The database handle alone: no stage, no page."""
    app = Flask("bare")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    app.config.update(CONTACT_KEY="k" * 48, CONTACT_KEY_FALLBACKS=[])
    db.init_app(app)
    with app.app_context():
        tune(db.engine)
    return app


@contextmanager
def of_schema(revision: str, folder: Path, server: str) -> Iterator[tuple[Copies, Rows]]:
    """A database of that schema with a row in every table: copies of it, and its rows."""
    with _made(folder / "original.db", server) as url:
        app = bare_app(url)
        with app.app_context():
            bring_to(revision)
            rows = filled()
        let_go(app)
        yield (lambda: _copied(url, folder, server)), rows


@contextmanager
def _made(file: Path, server: str) -> Iterator[str]:
    if server:
        with PostgresqlServer(server).database() as url:
            yield url
    else:
        yield f"sqlite:///{file}"
        file.unlink()


@contextmanager
def _copied(url: str, folder: Path, server: str) -> Iterator[str]:
    if server:
        with PostgresqlServer(server).database(f"TEMPLATE {sa.make_url(url).database}") as copy:
            yield copy
        return
    file = folder / "copy.db"
    shutil.copyfile(folder / "original.db", file)
    yield f"sqlite:///{file}"
    for left in folder.glob("copy.db*"):
        left.unlink()


def upgraded(url: str, before: Rows) -> list[str]:
    """Upgrade what is there, whatever state it is in; what was lost or changed."""
    app = bare_app(url)
    upgrade_database(app)
    with app.app_context():
        wrong = list(differences(before, filled()))
        if not is_current(db.engine):
            wrong.append("the schema is not the present one")
    let_go(app)
    return wrong


def from_every_schema(folder: Path, server: str) -> dict[str, list[str]]:
    """Each schema filled by itself and upgraded at once to the present one: what was lost or changed, by schema."""
    found = {}
    for revision in revisions()[:-1]:
        with of_schema(revision, folder, server) as (copies, rows), copies() as url:
            found[revision] = upgraded(url, rows)
    return found


def begin(url: str, ready: Any) -> None:
    app = bare_app(url)
    ready.set()
    upgrade_database(app)


def died(url: str, after_seconds: float | None) -> bool:
    """Begin an upgrade and kill it after so long (None: let it end); whether it died before its end."""
    ready = CONTEXT.Event()
    with working(begin, [(url, ready)]) as (worker,):
        assert ready.wait(WAIT_SECONDS)
        worker.join(after_seconds if after_seconds is not None else WAIT_SECONDS)
        return worker.exitcode is None


def killed_often(
    folder: Path, server: str, *, kills: int, chance: random.Random, first: str = "0001"
) -> dict[str, Any]:
    """Upgrade a filled database of the first schema, kill it, and start it again, until so many have died."""
    with of_schema(first, folder, server) as (copies, rows):
        with copies() as url:
            begun = monotonic()
            assert not died(url, None)
            usual = monotonic() - begun
        dead, wrong = 0, []
        while dead < kills:
            with copies() as url:
                if not died(url, chance.uniform(0, usual)):
                    continue
                dead += 1
                wrong += upgraded(url, rows)
    return {"killed": dead, "tables lost or changed": len(wrong), "an upgrade, seconds": round(usual, 2)}
