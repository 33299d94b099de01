"""Clerks print at the same moment: every paper has one number, and every number one paper."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.concurrency.crowd import at_once
from tests.makers import CLERK, a_congress
from tracker import clock
from tracker.database import db
from tracker.paper.actions import Printed, number
from tracker.paper.models import Paper, PaperKind
from tracker.structure.models import Congress

ON = date(2026, 3, 2)
CLERKS, EACH = 6, 8


@pytest.fixture
def congress(session, stopped_clock) -> Congress:
    stopped_clock(ON)
    made = a_congress()
    session.commit()
    return made


def test_six_clerks_print_the_same_and_their_own_at_once(app, congress: Congress) -> None:
    congress_id = congress.id

    def printing(place: int):
        def act() -> list[str]:
            codes = []
            for turn in range(EACH):
                shared = Printed(PaperKind.NOTICE, "hand_over", 1, turn)
                own = Printed(PaperKind.NOTICE, "assignment", place * EACH + turn)
                made = number([shared, own], congress_id=congress_id, by=CLERK, at=clock.now())
                codes += [one.code for one in made]
                db.session.commit()
            return codes

        return act

    given = at_once(app, ON, [printing(place) for place in range(CLERKS)])
    db.session.rollback()
    kept = sorted(db.session.scalars(sa.select(Paper.code)))
    assert kept == [f"JB-2026-{place:04d}" for place in range(1, EACH + CLERKS * EACH + 1)]
    assert {tuple(codes[::2]) for codes in given} == {tuple(given[0][::2])}
