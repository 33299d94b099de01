"""A small demo city played up to a Monday, on which letters are written: nothing of it waits to be mailed."""

import json
from datetime import date

import pytest
import sqlalchemy as sa

from tests.care.instances import content
from tests.country import load_country
from tests.demo.three_clicks import walk
from tests.held.now import lasting, turns_now
from tracker.care.doctor import examine
from tracker.database import db
from tracker.demo.play import play
from tracker.held import jobs as held
from tracker.mail.models import Letter, LetterState
from tracker.structure.models import Deputy, Officer

MONDAY = date(2026, 11, 23)


@pytest.mark.engines("sqlite")
def test_on_a_monday_too_nothing_waits_and_the_doctor_finds_nothing(session, stopped_clock, reader):
    stopped_clock(MONDAY)
    load_country(MONDAY)
    assert play(on=MONDAY, n=40) == 40
    session.commit()
    waiting = sa.select(sa.func.count()).where(Letter.state == LetterState.WAITING)
    assert db.session.scalar(waiting) == 0
    assert db.session.scalar(sa.select(sa.func.count(Letter.id))) > 0
    assert [problem for problem in examine() if problem.kind != "calendar"] == []
    stored = json.dumps(content(), ensure_ascii=False)
    phones = {one.phone for kind in (Deputy, Officer) for one in session.scalars(sa.select(kind)) if one.phone}
    assert len(phones) > 50
    assert [one for one in phones if one in stored] == []
    held.reckon_held(MONDAY)
    assert lasting() == turns_now()
    assert walk(reader) <= 3  # from the Monday mail to what is handled weakest, and why
