"""Two roles in PostgreSQL: the owner upgrades; the application runs under one that can neither drop nor alter."""

import shutil
import subprocess

import psycopg
import pytest
import sqlalchemy as sa

from tests import pgtemp
from tests.databases import PostgresqlServer, let_go, settings
from tests.deploy.site import ROOT
from tests.reader import Reader
from tests.small_city import small_city
from tracker import clock, create_app
from tracker.care.upgrade import is_current, upgrade_database
from tracker.cli.start import prepare
from tracker.database import db
from tracker.schedule.jobs import seal_history

ROLES = ROOT / "deploy/postgresql/roles.sql"
NAMES = {"database": "tracker_of_two", "owner": "tracker_owner", "app": "tracker_app"}
REFUSED = (
    "DROP TABLE suggestion",
    "TRUNCATE attempt",
    "DELETE FROM trace",
    "UPDATE trace SET act = 'x'",
    "DELETE FROM entry",
    "UPDATE seal SET digest = 'x'",
    "ALTER TABLE trace DISABLE TRIGGER ALL",
    "DROP TRIGGER trace_refuse ON trace",
    "DROP FUNCTION refuse_change() CASCADE",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'",
    "SET session_replication_role = replica",
    "CREATE TABLE mine (x int)",
    "UPDATE alembic_version SET version_num = '0001'",
    "ALTER ROLE tracker_app SUPERUSER",
    "SET ROLE tracker_owner",
    "COPY trace TO PROGRAM 'cat'",
)


def psql():
    beside = pgtemp.find_binaries()
    return shutil.which("psql") or (str(beside / "psql") if beside and (beside / "psql").exists() else None)


@pytest.fixture
def two_roles(pg_url, tmp_path):
    """The addresses of owner and application; the database is gone afterwards."""
    server = PostgresqlServer(pg_url)
    say_roles(server)
    yield [server.url.set(database=NAMES["database"], username=NAMES[who]) for who in ("owner", "app")], server
    server.say(f"DROP DATABASE {NAMES['database']} WITH (FORCE)")
    for role in ("app", "owner"):
        server.say(f"DROP ROLE {NAMES[role]}")


def say_roles(server):
    given = [part for name, value in NAMES.items() for part in ("-v", f"{name}={value}")]
    where = ["-h", server.url.query["host"], "-U", "postgres", "-q", "-f", str(ROLES), "postgres"]
    done = subprocess.run([psql(), "-X", *given, *where], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.postgres
@pytest.mark.skipif(psql() is None, reason="psql: not on this machine")
def test_the_application_runs_under_a_role_that_can_undo_nothing(two_roles, tmp_path):
    (owner, role), server = two_roles
    address = role.render_as_string(hide_password=False)
    upgrading = create_app(settings(tmp_path, owner.render_as_string(hide_password=False)))
    upgrade_database(upgrading)
    let_go(upgrading)
    say_roles(server)
    app = create_app(settings(tmp_path, address))
    with app.app_context():
        assert is_current(db.engine)
        prepare()  # what every start does
        city = small_city()
        clerk = Reader(app).signed_in_as(city.clerk)
        clerk.read("/account")
        clerk.send("/account/sessions/end")
        assert seal_history(clock.today())["rows"] > 0
        assert db.session.scalar(sa.text("select count(*) from seal")) > 0
        db.session.rollback()
    let_go(app)
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in REFUSED:
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
        assert connection.execute("SELECT count(*) FROM trace").fetchone()[0] > 0
