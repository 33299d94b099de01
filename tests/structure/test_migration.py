"""A database filled before the structure knew terms and successions is brought up to date without losing a row."""

import pytest
import sqlalchemy as sa
from alembic import command

from tests import databases
from tests.care.test_upgrade import bare_app
from tests.databases import let_go
from tracker.care.upgrade import configuration, guarded
from tracker.database import db, writing

FILLED = """
insert into congress (id, name, office_name, level, rules_name, is_demo)
    values (1, '临江市人大', '', 'city', 'default', {no});
insert into term (id, congress_id, ordinal, opened_on) values (1, 1, 8, '2017-01-01'), (2, 1, 9, '2022-01-01');
insert into delegation (id, congress_id, name) values (1, 1, '江北代表团');
insert into body
    (id, congress_id, name, short_name, former_names, branch, is_hub, is_committee, document_prefix, sort_key)
    values (1, 1, '市农委', '', '', 'government', {no}, {no}, '', 0);
insert into deputy (id, congress_id, delegation_id, name, card_number, language, active, heads_body_id)
    values (1, 1, 1, '王一', '0001', 'zh_Hans_CN', {yes}, 1);
insert into officer (id, congress_id, body_id, name, title, rank, channel, language, active)
    values (1, 1, 1, '孙三', '', 'handler', 'mail', 'zh_Hans_CN', {yes})
"""


@pytest.fixture
def old(engine_kind, tmp_path, request):
    """A database as it was before, with one of each."""
    server = request.getfixturevalue("pg_url") if engine_kind == "postgresql" else ""
    with databases.empty(tmp_path, server) as url:
        app = bare_app(url)
        with app.app_context(), writing():
            go(lambda config: command.upgrade(config, "0003"))
            words = {"no": "false", "yes": "true"} if engine_kind == "postgresql" else {"no": "0", "yes": "1"}
            for statement in FILLED.format(**words).split(";\n"):
                db.session.execute(sa.text(statement))
            db.session.commit()
            yield
        let_go(app)


def go(act):
    with guarded(db.engine) as (connection, seen):
        act(configuration(connection, seen))


def rows(columns, table):
    found = [tuple(row) for row in db.session.execute(sa.text(f"select {columns} from {table} order by id"))]
    db.session.rollback()
    return found


def test_who_was_there_belongs_to_the_last_term(old):
    go(lambda config: command.upgrade(config, "0004"))
    assert rows("id, term_id, card_number, first_card_id, version, heads_body_id", "deputy") == [
        (1, 2, "0001", None, 1, 1)
    ]
    assert rows("id, term_id, version", "delegation") == [(1, 2, 1)]
    assert rows("id, substitute_id, absent_from_on, version", "officer") == [(1, None, None, 1)]
    assert rows("id, version", "body") == [(1, 1)]


def test_the_way_back_keeps_the_rows(old):
    go(lambda config: command.upgrade(config, "0004"))
    go(lambda config: command.downgrade(config, "0003"))
    assert rows("id, card_number", "deputy") == [(1, "0001")]
    assert rows("id, name", "delegation") == [(1, "江北代表团")]
