"""F5: one row written and committed by the driver alone, as durably as the application commits."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from tracker import sqlite

DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}  # of a temporary server
ROW = "尊敬的代表：您提出的建议收悉，现答复如下。" * 3


def one_commit(url: str | None, folder: Path, stack: ExitStack) -> Callable[[], object]:
    """Writes one row and commits it: in this database of PostgreSQL, or in a file of its own in this folder."""
    if url:
        address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        connection: Any = stack.enter_context(psycopg.connect(address, autocommit=True))
        connection.execute("CREATE TABLE IF NOT EXISTS floor_row (id serial PRIMARY KEY, said text)")
        return lambda: connection.execute("INSERT INTO floor_row (said) VALUES (%s)", (ROW,), prepare=True)
    database = sqlite.driver.connect(str(folder / "floor.db"), isolation_level=None)
    stack.callback(database.close)
    journal, synchronous = sqlite.manners()
    database.execute(f"pragma journal_mode={journal}")
    database.execute(f"pragma synchronous={synchronous}")
    database.execute("create table if not exists floor_row (id integer primary key, said text)")
    return lambda: database.execute("insert into floor_row (said) values (?)", (ROW,))


def milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000
