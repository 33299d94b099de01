"""The pages of the structure ask as often for many rows as for few."""

from datetime import date

import pytest

from tests.house_rules.test_statements import statements
from tests.structure.conftest import ACTING
from tracker.structure import actions, cards
from tracker.structure.models import Rank, SuccessionKind
from tracker.structure.reform import record_one

pytestmark = pytest.mark.engines("sqlite")


def fill(city, start):
    """One more of each: an officer with a substitute, a predecessor, a card of an earlier term."""
    names = [f"王{start}", f"李{start}"]
    first, second = (
        actions.add_officer(city.id, name, Rank.HANDLER, body_id=city.schools.id, **ACTING) for name in names
    )
    actions.amend_officer(first, substitute_id=second.id, absent_from_on=date(2026, 1, 1), **ACTING)
    old = actions.add_body(city.id, f"旧局{start}", "government", **ACTING)
    record_one(old, city.schools, SuccessionKind.MERGED, date(2025, 1, start), **ACTING)
    term = actions.add_term(city.id, start, date(1990 + start, 1, 1), **ACTING)
    if start == 1:
        return actions.add_deputy(city.id, "赵一", term_id=term.id, **ACTING)
    return cards.new_card(city.first, term, **ACTING)


def asked(app, act):
    """Without the line of the trail, written from five people on (tracker/web/personal.py)."""
    return [one for one in statements(app, act) if not one.startswith("INSERT INTO trace")]


@pytest.mark.parametrize(
    ("endpoint", "most"),
    [("structure.body", 16), ("structure.officers", 10), ("structure.cards", 10), ("structure.deputies", 10)],
)
def test_more_rows_ask_no_more(city, clerk, app, session, endpoint, most):
    city.first = fill(city, 1)
    fill(city, 2)
    session.commit()
    values = {"structure.body": {"body_id": city.schools.id}, "structure.cards": {"deputy_id": city.first.id}}
    few = asked(app, lambda: clerk.read(endpoint, **values.get(endpoint, {})))
    for start in range(3, 7):
        fill(city, start)
    session.commit()
    many = asked(app, lambda: clerk.read(endpoint, **values.get(endpoint, {})))
    assert len(many) == len(few) <= most, "\n".join(many)
