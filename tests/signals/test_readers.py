"""Who reads a signal: those who look after the matter, the body its own, no other body, and no deputy."""

import pytest

from tests.signals.looking import signs
from tests.signals.world import KIND, TODAY
from tracker.database import db
from tracker.errors import NotFound
from tracker.signals import queries
from tracker.signals.models import Signal
from tracker.signals.queries import Asked

READ_IT = {"clerk", "head", "lead", "hub", "committee", "leader", "auditor"}


def readers(world, sign) -> set[str]:
    found = set()
    for who, user in world.users.items():
        listed = queries.page_of(user, Asked(kind=sign.kind), TODAY, 1).total
        try:
            queries.get_signal(sign.id, user)
        except NotFound:
            assert listed == 0, who
        else:
            assert listed == 1, who
            found.add(who)
    return found


def test_who_reads_what_hints_at_a_body(world):
    assert readers(world, world.sign()) == READ_IT


def test_an_internal_matter_stays_inside(world):
    sign = world.sign()
    world.case.suggestion.internal = True
    db.session.commit()
    assert readers(world, sign) == READ_IT - {"committee", "leader", "auditor"}


def test_what_is_not_about_the_body_is_not_the_body_s_to_read(world):
    """How a rating came about, or how long our office held it: the rated is not told who is asked about it."""
    sign = world.sign()
    facts = {name: getattr(sign, name) for name in ("congress_id", "suggestion_id", "assignment_id", "body_id")}
    other = Signal(kind="of_a_rating", thing_id=1, facts={}, raised_on=TODAY, raised_at=sign.raised_at, **facts)
    db.session.add(other)
    db.session.commit()
    assert readers(world, other) == READ_IT - {"lead", "hub"}


@pytest.mark.parametrize(("who", "may"), [("clerk", True), ("lead", True), ("leader", False), ("hub", False)])
def test_who_may_answer(world, who, may):
    from tracker.signals.readers import may_answer

    assert may_answer(world.sign(), world.users[who]) is may


def test_counts_name_signs_items_and_parts(world):
    world.sign()
    [row] = [one for one in queries.counts(world.users["clerk"], Asked(), TODAY) if one.kind == KIND]
    assert (row.signs, row.items, row.parts) == (1, 1, 1)
    assert len(signs(KIND)) == 1


def test_no_figure_differs_from_a_straight_count(world, session):
    import sqlalchemy as sa

    world.sign()
    plain = session.execute(
        sa.text("SELECT kind, count(*) FROM signal WHERE cleared_on IS NULL GROUP BY kind ORDER BY kind")
    )
    mine = sorted((one.kind, one.signs) for one in queries.counts(world.users["clerk"], Asked(), TODAY))
    assert mine == [tuple(row) for row in plain]
