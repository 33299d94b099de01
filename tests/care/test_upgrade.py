"""An upgrade keeps every row, on both databases, however many processes start at once."""

import multiprocessing
import shutil

import pytest
import sqlalchemy as sa

from tests import databases
from tests.databases import let_go
from tests.drills.upgrading import bare_app
from tracker.care import upgrade
from tracker.database import db, take_stock
from tracker.errors import RuleBroken

FIRST = """
revision, down_revision = "0001", None
import sqlalchemy as sa
from alembic import op
def upgrade():
    op.create_table("shelf", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(9)))
    op.create_table("book", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("shelf_id", sa.Integer, sa.ForeignKey("shelf.id", ondelete="CASCADE", name="fk_book_shelf_id")))
"""
COPIES = """
revision, down_revision = "0002", "0001"
import sqlalchemy as sa
from alembic import op
def upgrade():
    with op.batch_alter_table("shelf", recreate="auto") as shelf:
        shelf.alter_column("name", existing_type=sa.String(9), nullable=False, type_=sa.String(20))
"""
DROPS = """
revision, down_revision = "0002", "0001"
from alembic import op
{declared}
def upgrade():
    op.drop_table("book")
"""
INDEXES = """
revision, down_revision = "0002", "0001"
from alembic import op
def upgrade():
    op.create_index("ix_book_shelf_id", "book", ["shelf_id"])
"""
FAILS = """
revision, down_revision = "0002", "0001"
from alembic import op
def upgrade():
    op.execute("update shelf set name = 'changed'")
    raise RuntimeError("half way")
"""


@pytest.fixture
def empty_url(engine_kind, tmp_path, request):
    """The address of a database without any table."""
    server = request.getfixturevalue("pg_url") if engine_kind == "postgresql" else ""
    with databases.empty(tmp_path, server) as url:
        yield url


@pytest.fixture
def revisions(tmp_path, monkeypatch):
    """A folder of migrations of our own, beside the real env.py."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, folder, ignore=shutil.ignore_patterns("versions", "__pycache__"))
    (folder / "versions").mkdir()
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
    return folder / "versions"


@pytest.fixture
def bare(empty_url):
    """The database handle alone: no stage, no page."""
    made = bare_app(empty_url)
    yield made
    let_go(made)


@pytest.fixture
def filled(bare, revisions):
    """Schema 0001 with one shelf of two books."""
    (revisions / "one.py").write_text(FIRST)
    upgrade.upgrade_database(bare)
    with bare.app_context():
        db.session.execute(sa.text("insert into shelf (id, name) values (1, 'law')"))
        db.session.execute(sa.text("insert into book (id, shelf_id) values (1, 1), (2, 1)"))
        db.session.commit()
    return bare


def ask(app, question):
    with app.app_context():
        answer = db.session.execute(sa.text(question)).scalar_one()
        db.session.rollback()
        return answer


def test_a_second_start_finds_nothing_to_do(filled):
    assert upgrade.upgrade_database(filled) is False


def test_copying_a_table_keeps_the_rows_that_point_to_it(filled, revisions):
    (revisions / "two.py").write_text(COPIES)
    assert upgrade.upgrade_database(filled) is True
    assert ask(filled, "select count(*) from book") == 2


@pytest.mark.engines("sqlite")
def test_a_new_index_is_counted_at_once_where_the_others_were(filled, revisions):
    with filled.app_context():
        take_stock()
    (revisions / "two.py").write_text(INDEXES)
    upgrade.upgrade_database(filled)
    assert ask(filled, "select count(*) from sqlite_stat1 where idx = 'ix_book_shelf_id'") == 1


def test_foreign_keys_are_guarded_again_after_an_upgrade(filled, revisions):
    (revisions / "two.py").write_text(COPIES)
    upgrade.upgrade_database(filled)
    with pytest.raises(sa.exc.IntegrityError):
        ask(filled, "insert into book (id, shelf_id) values (3, 99) returning id")


def test_an_upgrade_that_would_lose_rows_is_undone(filled, revisions):
    (revisions / "two.py").write_text(DROPS.format(declared=""))
    with pytest.raises(RuleBroken, match="book 2 → 0"):
        upgrade.upgrade_database(filled)
    assert ask(filled, "select count(*) from book") == 2
    assert ask(filled, "select version_num from alembic_version") == "0001"


def test_a_table_dropped_on_purpose_is_declared(filled, revisions):
    (revisions / "two.py").write_text(DROPS.format(declared='ROWS_MAY_CHANGE = ("book",)'))
    assert upgrade.upgrade_database(filled) is True


def test_an_upgrade_that_fails_half_way_leaves_nothing(filled, revisions):
    (revisions / "two.py").write_text(FAILS)
    with pytest.raises(RuntimeError, match="half way"):
        upgrade.upgrade_database(filled)
    assert ask(filled, "select name from shelf") == "law"


@pytest.mark.engines("sqlite")
def test_a_trigger_lost_by_copying_undoes_the_upgrade(filled, revisions):
    with filled.app_context():
        db.session.execute(sa.text("create trigger kept before delete on shelf begin select raise(abort, 'no'); end"))
        db.session.commit()
    (revisions / "two.py").write_text(COPIES)
    with pytest.raises(RuleBroken, match="kept"):
        upgrade.upgrade_database(filled)


def test_a_database_of_a_newer_program_is_refused(filled, revisions):
    with filled.app_context():
        db.session.execute(sa.text("update alembic_version set version_num = '0009'"))
        db.session.commit()
    with pytest.raises(RuleBroken, match="newer version"):
        upgrade.upgrade_database(filled)


def start(url, folder, results):
    upgrade.MIGRATIONS = folder
    app = bare_app(url)
    results.put(upgrade.upgrade_database(app))
    let_go(app)


def test_of_four_processes_that_start_at_once_one_upgrades(empty_url, revisions):
    (revisions / "one.py").write_text(FIRST)
    (revisions / "two.py").write_text(COPIES)
    apart = multiprocessing.get_context("spawn")
    results = apart.Queue()
    starts = [apart.Process(target=start, args=(empty_url, revisions.parent, results)) for _ in range(4)]
    for process in starts:
        process.start()
    done = [results.get(timeout=60) for _ in starts]
    for process in starts:
        process.join(20)
    assert sorted(done) == [False, False, False, True]
