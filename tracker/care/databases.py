"""How the database stands: whether what is saved stays saved, which version it is, what our role in it may do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from tracker import clock, database, sqlite
from tracker.care.upgrade import is_current
from tracker.database import db
from tracker.errors import N_
from tracker.stage import Finding, Weight

SYNCHRONOUS = {"0": "off", "1": "normal", "2": "full", "3": "extra"}
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
WITHOUT_SUPPORT = 13
SKEW = timedelta(minutes=1)
FINE, HINT, WARNING, BAD = Weight
OWNS = "select count(*) from pg_tables where schemaname = current_schema() and tableowner = current_user"


def checks() -> Iterator[Finding]:
    with database.reading(), db.engine.connect() as connection:
        yield _schema(is_current(db.engine))
        if db.engine.dialect.name == "sqlite":
            pragmas = [
                str(connection.exec_driver_sql(f"pragma {name}").scalar()) for name in ("journal_mode", "synchronous")
            ]
            yield of_pragmas(pragmas[0], SYNCHRONOUS.get(pragmas[1], pragmas[1]))
            yield of_library(sqlite.driver.sqlite_version_info)
        else:
            yield of_promises({name: str(connection.exec_driver_sql(f"show {name}").scalar()) for name in DURABLE})
            yield of_server(int(str(connection.exec_driver_sql("show server_version_num").scalar())))
            yield of_role(int(connection.exec_driver_sql(OWNS).scalar_one()))
            there: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
            yield of_clocks(abs(there - clock.now()) if not clock.is_moved() else timedelta(0))


def _schema(current: bool) -> Finding:
    about = N_("The schema")
    if current:
        return Finding("schema", about, FINE, N_("the one this program was written for"))
    to_do = N_("Run “init”; with PostgreSQL as the role that owns the tables.")
    return Finding("schema", about, BAD, N_("another one than this program was written for"), to_do=to_do)


def of_pragmas(journal: str, synchronous: str, version: tuple[int, ...] | None = None) -> Finding:
    about, values = N_("Whether what is saved stays saved"), {"journal": journal, "synchronous": synchronous}
    says = N_("journal_mode %(journal)s, synchronous %(synchronous)s")
    if journal == "memory" or (journal, synchronous) == sqlite.manners(version):
        return Finding("durability", about, FINE, says, values)
    to_do = N_("Start the program anew; another program must have changed the file.")
    return Finding("durability", about, BAD, says, values, to_do)


def of_library(version: Sequence[int]) -> Finding:
    about, values = N_("The database program"), {"version": ".".join(map(str, version))}
    if sqlite.wal_is_safe(tuple(version)):
        return Finding("version", about, FINE, N_("SQLite %(version)s"), values)
    to_do = N_("Install the locked packages on a machine they are made for; until then it is slower, not less safe.")
    says = N_("SQLite %(version)s, in which WAL can lose what was saved: it is not used.")
    return Finding("version", about, HINT, says, values, to_do)


def of_promises(shown: dict[str, str]) -> Finding:
    about = N_("Whether what is saved stays saved")
    loose = [f"{name} = {value}" for name, value in shown.items() if value == "off"]
    if not loose:
        return Finding("durability", about, FINE, N_("PostgreSQL waits for the disk."))
    to_do = N_("Set them to on in postgresql.conf and restart PostgreSQL.")
    says = N_("PostgreSQL may lose what was saved: %(what)s.")
    return Finding("durability", about, BAD, says, {"what": ", ".join(loose)}, to_do)


def of_server(number: int) -> Finding:
    about, major = N_("The database program"), number // 10_000
    values = {"version": f"{major}.{number % 10_000}"}
    if major >= WITHOUT_SUPPORT:
        return Finding("version", about, FINE, N_("PostgreSQL %(version)s"), values)
    to_do = N_("Move to a version that still gets corrections.")
    return Finding("version", about, WARNING, N_("PostgreSQL %(version)s, too old"), values, to_do)


def of_role(owned: int) -> Finding:
    about = N_("What our role in the database may do")
    if owned == 0:
        return Finding("role", about, FINE, N_("read and write rows; neither drop tables nor touch the trail"))
    to_do = N_("Use two roles, one for upgrades and one for pages (deploy/postgresql/roles.sql).")
    return Finding("role", about, HINT, N_("It owns the tables, and could drop them."), to_do=to_do)


def of_clocks(apart: timedelta) -> Finding:
    about, values = N_("System clocks"), {"seconds": round(apart.total_seconds())}
    if apart <= SKEW:
        return Finding("clocks", about, FINE, N_("ours and the database's agree"))
    to_do = N_("Let both machines keep their time by NTP.")
    return Finding("clocks", about, BAD, N_("ours and the database's are %(seconds)s seconds apart"), values, to_do)
