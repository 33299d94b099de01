"""The floor: what this machine and server class can do with the same data and no application at all.

F1: bare Flask and Jinja, a page of 25 rows from memory through a fixed 40-line template.
F2: the same page with one prepared, indexed SELECT of 25 rows and no ORM, by the bare driver of the same engine.
F3: one SQL statement that finds and records every alarm due (measured in bench/alarms.py, on the same database).
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask, render_template
from jinja2 import DictLoader

from bench._measure import interleaved, show
from tracker import sqlite

TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ title }}</title>
<link rel="stylesheet" href="/static/a.css">
<link rel="stylesheet" href="/static/b.css">
</head>
<body>
<header>
<p>{{ title }}</p>
<nav>
<ul>
{% for name in menu %}
<li><a href="/{{ name }}">{{ name }}</a></li>
{% endfor %}
</ul>
</nav>
</header>
<main>
<h1>{{ title }}</h1>
<table>
<caption>{{ title }}</caption>
<thead>
<tr><th>Number</th><th>Title</th><th>Deputy</th><th>Body</th><th>Due</th></tr>
</thead>
<tbody>
{% for row in rows %}
<tr>
<td>{{ row[0] }}</td>
<td><a href="/suggestions/{{ row[0] }}">{{ row[1] }}</a></td>
<td>{{ row[2] }}</td>
<td>{{ row[3] }}</td>
<td>{{ row[4] }}</td>
</tr>
{% endfor %}
</tbody>
</table>
</main>
<footer>{{ title }}</footer>
</body>
</html>"""
MENU = ("desk", "register", "record", "import", "hand-overs", "replies", "ratings", "promises")
MADE = "id integer primary key, congress integer, title text, deputy text, body text, due text"
NAMES = "id, congress, title, deputy, body, due"
WRITE = f"insert into item ({NAMES}) values (?, 1, ?, ?, ?, ?)"
SELECT = "select id, title, deputy, body, due from item where congress = {} order by due desc limit 25"


F3 = """
insert into alarm (congress_id, deadline_id, assignment_id, step, due_on, reached_on, raised_on, form)
select clock.congress_id, clock.id, clock.assignment_id, step.step, clock.due_on, step.reached_on, :today, step.form
from deadline clock join floor_step step on step.due_on = clock.due_on
where clock.congress_id = 1 and clock.met_on is null and clock.voided_on is null and clock.due_on <= :today
and not exists (
  select 1 from alarm where deadline_id = clock.id and alarm.step = step.step and alarm.due_on = clock.due_on)
"""


def f3_steps(connection: sa.Connection, steps: list[dict[str, object]]) -> None:
    """The steps of the day as a table of the floor's own: step, due_on, reached_on, form."""
    connection.exec_driver_sql(
        "create table floor_step (step integer, due_on date, reached_on date, form varchar(30))",
    )
    connection.execute(sa.text("insert into floor_step values (:step, :due_on, :reached_on, :form)"), steps)


def floor_app(folder: Path, n: int, url: str | None = None) -> Flask:
    """The two floor pages over a table of n rows, on SQLite or on the PostgreSQL server of this address."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"floor.html": TEMPLATE})  # compiled once, as every application's templates are
    rows = _on_postgresql(url, n) if url else _on_sqlite(folder, n)
    kept = rows()

    @app.get("/f1")
    def f1() -> str:
        return render_template("floor.html", title="F1", menu=MENU, rows=kept)

    @app.get("/f2")
    def f2() -> str:
        return render_template("floor.html", title="F2", menu=MENU, rows=rows())

    return app


def _items(n: int) -> Iterator[tuple[Any, ...]]:
    for i in range(n):
        yield (i, f"关于第{i}件事项的建议", f"代表{i % 320}", f"单位{i % 90}", f"2026-{i % 12 + 1:02d}-01")


def _on_sqlite(folder: Path, n: int) -> Callable[[], list[Any]]:
    database = sqlite.driver.connect(str(folder / "floor.db"), check_same_thread=False)
    database.execute("drop table if exists item")
    database.execute(f"create table item ({MADE})")
    database.executemany(WRITE, _items(n))
    database.execute("create index item_due on item (congress, due)")
    database.commit()
    select = SELECT.format("?")
    return lambda: database.execute(select, (1,)).fetchall()


def _on_postgresql(url: str, n: int) -> Callable[[], list[Any]]:
    """In a temporary table, so that a database that is used again stays as it is."""
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    database = psycopg.connect(address, autocommit=True)
    database.execute(f"create temporary table item ({MADE})")
    with database.cursor() as cursor, cursor.copy(f"copy item ({NAMES}) from stdin") as copy:
        for i, title, deputy, body, due in _items(n):
            copy.write_row((i, 1, title, deputy, body, due))
    database.execute("create index item_due on item (congress, due)")
    database.execute("analyze item")
    select = SELECT.format("%s")
    return lambda: database.execute(select, (1,), prepare=True).fetchall()


def main() -> None:
    n = int(sys.argv[sys.argv.index("--size") + 1]) if "--size" in sys.argv else 10_000
    with tempfile.TemporaryDirectory() as folder:
        client = floor_app(Path(folder), n).test_client()
        times = interleaved({"F1": lambda: client.get("/f1"), "F2": lambda: client.get("/f2")})
    show(f"floor, {n} rows, sqlite", [{"what": name, "ms": round(ms, 3)} for name, ms in times.items()])


if __name__ == "__main__":
    main()
