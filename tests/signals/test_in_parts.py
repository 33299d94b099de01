"""Looking at some suggestions finds of them what looking at all finds, for every kind, on both engines."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain
from typing import Any

import pytest
import sqlalchemy as sa

from bench import _answered, _city
from tracker import clock
from tracker.database import db
from tracker.signals import finding
from tracker.signals.choices import chosen
from tracker.signals.kind import Asked
from tracker.signals.models import Signal
from tracker.structure.models import Congress
from tracker.workdays.queries import calendar

TODAY = date(2026, 9, 15)
SUGGESTIONS, AT_ONCE = 120, 17
OWN = {
    *("no_contact_before", "contact_only_after", "written_before_contact", "contact_by_letter"),
    *("promise_overdue", "promise_moved", "sent_back", "class_changed", "came_back", "silent"),
    *("dated_before_sent", "filed_at_the_last", "written_before_given"),
    *("request_unanswered", "undated", "solved_ahead", "nothing_to_check", "co_handler_unnamed"),
    *("copied", "last_years_words", "tried_late"),
}


@pytest.fixture
def congress(session) -> Congress:
    """The congress of the benchmarks, small: everything weak comes round in it by number."""
    with clock.at(TODAY):
        _city.build(SUGGESTIONS, today=TODAY)
        _answered.answer(TODAY, drawn=12)
    return db.session.scalars(sa.select(Congress)).one()


def told(kind: str, thing_id: int, facts: dict[str, Any]) -> str:
    return f"{kind} {thing_id} {sorted(facts.items())}"


def found(congress: Congress) -> Counter[str]:
    """Each finding of each kind when all is looked at in one."""
    days = calendar(congress.id)
    asked = ((one.kind, Asked(congress.id, TODAY, one.set_at, days)) for one in chosen(congress.id))
    rows = chain.from_iterable(finding.found(kind, what) for kind, what in asked)
    return Counter(told(row["kind"], row["thing_id"], row["facts"]) for row in rows)


def test_part_by_part_raises_once_what_all_at_once_finds(congress):
    ids = finding.watched(congress.id, TODAY)
    for start in range(0, len(ids), AT_ONCE):
        finding.look(congress, on=TODAY, at=clock.now(), suggestion_ids=ids[start : start + AT_ONCE])
    raised = Counter(told(one.kind, one.thing_id, one.facts) for one in db.session.scalars(sa.select(Signal)))
    assert raised == found(congress)
    assert {line.split()[0] for line in raised} >= OWN
