"""History, trail and seals are only ever added to; what was altered all the same is seen in the chain."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests import makers
from tests.drills.tampering import let_alter
from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit import chain, verify, whole
from tracker.audit.actions import broken_seals, seal, trace
from tracker.audit.models import Seal, Trace
from tracker.database import db


def traced(count: int = 3) -> list[int]:
    before = set(db.session.scalars(sa.select(Trace.id)))
    for number in range(count):
        trace("tried", SYSTEM, at=clock.now() + timedelta(seconds=number), number=number)
    db.session.flush()
    return sorted(set(db.session.scalars(sa.select(Trace.id))) - before)


def seals(table: str) -> list[Seal]:
    return list(db.session.scalars(sa.select(Seal).where(Seal.table_name == table).order_by(Seal.id)))


@pytest.fixture
def history(session, stopped_clock):
    """A suggestion handed over: history and trail both have rows."""
    stopped_clock(makers.HANDED_OVER_ON)
    return makers.a_case()


def test_each_seal_names_the_one_before(session):
    first = traced()
    assert seal(at=clock.now()) == 3
    second = traced(2)
    assert seal(at=clock.now()) == 2
    one, two = seals("trace")
    assert two.previous == one.digest
    assert [(each.first_id, each.last_id, each.rows) for each in (one, two)] == [
        (first[0], first[-1], 3),
        (second[0], second[-1], 2),
    ]
    assert broken_seals() == []


def test_what_is_sealed_is_not_sealed_again(session):
    traced()
    seal(at=clock.now())
    assert seal(at=clock.now()) == 0


def test_history_is_sealed_beside_the_trail(history, session):
    seal(at=clock.now())
    assert seals("entry")[0].rows > 3
    assert seals("trace")[0].rows > 3
    session.commit()
    session.expire_all()
    assert broken_seals() == []


@pytest.mark.parametrize("table", ["entry", "trace", "seal"])
@pytest.mark.parametrize("act", ["update {table} set id = id", "delete from {table}"])
def test_the_database_itself_refuses_to_change_what_was_written(history, session, table, act):
    seal(at=clock.now())
    session.commit()
    counted = sa.text(f"select count(*) from {table}")
    before = session.scalar(counted)
    with pytest.raises(sa.exc.DBAPIError, match=f"{table} is append-only"):
        session.execute(sa.text(act.format(table=table)))
    session.rollback()
    assert session.scalar(counted) == before > 0


@pytest.mark.engines("postgresql")
def test_nor_may_a_table_be_emptied(session):
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        session.execute(sa.text("truncate trace cascade"))


def test_an_altered_row_breaks_its_seal_and_no_earlier_one(session):
    chained = [traced(), traced(), traced()]
    for ids in chained:
        assert ids
    seal(at=clock.now())
    chained.append(traced())
    seal(at=clock.now())
    chained.append(traced())
    seal(at=clock.now())
    let_alter("trace")
    session.execute(sa.text("update trace set actor_name = 'nobody' where id = :id"), {"id": chained[3][1]})
    session.execute(sa.text("update trace set actor_name = 'nobody' where id = :id"), {"id": chained[4][1]})
    [broken] = broken_seals()
    assert broken["table"] == "trace"
    assert (broken["first_id"], broken["last_id"]) == (chained[3][0], chained[3][-1])
    assert broken["seal"] == seals("trace")[1].id


def test_a_removed_row_is_missed(session):
    ids = traced()
    seal(at=clock.now())
    let_alter("trace")
    session.execute(sa.text("delete from trace where id = :id"), {"id": ids[-1]})
    assert [one["last_id"] for one in broken_seals()] == [ids[-1]]


def test_a_removed_seal_is_missed_by_the_next(session):
    for _day in range(3):
        traced()
        seal(at=clock.now())
    let_alter("seal")
    _first, second, third = seals("trace")
    session.execute(sa.text("delete from seal where id = :id"), {"id": second.id})
    session.expire_all()
    assert [one["seal"] for one in broken_seals()] == [third.id]


def test_a_row_slipped_in_between_is_found(session):
    ids = traced()
    let_alter("trace")
    session.execute(sa.text("delete from trace where id = :id"), {"id": ids[1]})
    seal(at=clock.now())
    assert broken_seals() == []
    session.add(Trace(id=ids[1], at=clock.now(), act="tried", actor_kind="system", actor_name="—", facts={}))
    session.flush()
    assert [one["first_id"] for one in broken_seals()] == [ids[0]]


MOST = 2**31 - 1  # of numbers, in PostgreSQL
ODD = "\"\\/'\b\f\n\r\t\x01\x1f\x7f\x85\u2028é王𬭎🚲%:,{}"


def test_the_database_writes_a_row_as_it_is_sealed(history, session):
    facts = {"乙": [1, 2.5, None, True, {"b": ODD, "a": ""}], "a": ODD}
    for number in range(2):
        at = clock.now() + timedelta(microseconds=number)
        row = {"at": at, "act": "tried", "actor_kind": "user", "actor_name": ODD, "facts": facts if number else {}}
        session.add(Trace(**row))
    session.flush()
    for name in chain.SEALED:
        sealed = [f"{row['id']}:{verify.mark(row)}" for row in chain.rows(name)]
        assert [one["mark"] for one in whole.marked(name, MOST)] == sealed != []


@pytest.mark.engines("sqlite")  # which keeps in a column what it is given
def test_a_word_where_nothing_stood_is_seen(session):
    _first, second, _third = traced()
    seal(at=clock.now())
    let_alter("trace")
    session.execute(sa.text("update trace set actor_id = 'null' where id = :id"), {"id": second})
    assert [one["row"] for one in broken_seals()] == [second]


@pytest.mark.engines("postgresql")  # on SQLite a second writer waits for the first
def test_a_row_still_being_written_is_left_for_the_next_seal(app, session):
    """Its number is lower than one already committed: sealing past it would make an honest row look slipped in."""
    trace("slow", SYSTEM, at=clock.now())
    session.flush()
    with app.app_context():
        trace("quick", SYSTEM, at=clock.now())
        db.session.commit()
        sealed = seal(at=clock.now())
        db.session.commit()
    session.commit()
    assert sealed + seal(at=clock.now()) == 2
    assert broken_seals() == []
