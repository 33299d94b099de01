"""What a database held before it had an index is found after the upgrade; a step back and again changes nothing."""

import pytest
import sqlalchemy as sa
from alembic import command

from tests import databases
from tests.care.test_upgrade import bare_app
from tests.databases import let_go
from tests.structure.test_migration import go
from tracker.database import db, writing
from tracker.search.queries import found
from tracker.search.rules import Kind, sought

FILLED = """
insert into congress (id, name, office_name, level, rules_name, is_demo, version)
    values (1, '临江市人大', '', 'city', 'default', {no}, 1);
insert into meeting (id, congress_id, kind, name, year, last_number, number_pattern, version)
    values (1, 1, 'meeting', '三次会议', 2026, 1, '{{year}}-{{n:03d}}', 1);
insert into body
    (id, congress_id, name, short_name, former_names, branch, is_hub, is_committee, document_prefix, sort_key, version)
    values (7, 1, '市交通运输局', '', '市公路局', 'government', {no}, {no}, '', 0, 1);
insert into deputy (id, congress_id, name, language, active, version) values (5, 1, '王秀英', 'zh_Hans_CN', {yes}, 1);
insert into suggestion (id, congress_id, meeting_id, number, number_key, title, text, origin, category, publicity,
    survey_method, lead_deputy_id, long_unsolved, contact_wanted, reference_only, internal, key, remark, recorded_on,
    stage, round, version)
    values (3, 1, 1, '2026-001', '2026-1', '关于养老的建议', '就餐困难。', 'meeting', '', 'unknown',
    '', 5, {no}, {no}, {no}, {no}, {no}, '', '2026-01-02', 'recorded', 1, 1)
"""
HELD = [("养老", Kind.TITLE, 3), ("就餐", Kind.TEXT, 3), ("031", Kind.NUMBER, None), ("001", Kind.NUMBER, 3)]
HELD += [("wxy", Kind.DEPUTY, 5), ("公路", Kind.BODY, 7)]


@pytest.fixture
def old(engine_kind, tmp_path, request):
    """A database as it was before, with one of each."""
    server = request.getfixturevalue("pg_url") if engine_kind == "postgresql" else ""
    with databases.empty(tmp_path, server) as url:
        app = bare_app(url)
        with app.app_context(), writing():
            go(lambda config: command.upgrade(config, "0004"))
            words = {"no": "false", "yes": "true"} if engine_kind == "postgresql" else {"no": "0", "yes": "1"}
            for statement in FILLED.format(**words).split(";\n"):
                db.session.execute(sa.text(statement.replace(":03d", "\\:03d")))
            db.session.commit()
            yield
        let_go(app)


def ids(question: str, kind: Kind) -> list[int]:
    [word] = sought(question)
    held = list(db.session.scalars(found(word, kind, 1)))
    db.session.rollback()
    return held


def test_all_that_was_there_is_found(old):
    go(lambda config: command.upgrade(config, "0050"))
    for question, kind, thing_id in HELD:
        assert ids(question, kind) == ([thing_id] if thing_id else []), question


def test_the_way_back_and_again_finds_the_same(old):
    go(lambda config: command.upgrade(config, "0050"))
    for way, where in ((command.downgrade, "0049"), (command.upgrade, "0050")):
        go(lambda config, way=way, where=where: way(config, where))
        assert ids("养老", Kind.TITLE) == [3]
