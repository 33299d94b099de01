"""Whom the letters reach after all: months of a part, minds changed after the bell, letters shared, and the preview."""

from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa

from tests.bulletin.test_issue import MONDAY, WEEK
from tests.bulletin.test_letters import letters, ring
from tests.bulletin.test_reaching import HEAD, NEXT_MONDAY, readers
from tests.escalation.city import build, owed
from tracker import clock
from tracker.bulletin import arranging, jobs, preview
from tracker.bulletin.models import HoldEnd, Rhythm
from tracker.mail.models import Letter, LetterState
from tracker.structure.models import Channel


@pytest.fixture
def city(session):
    return build()


def test_who_reads_monthly_and_a_part_is_told_of_the_month_in_it(city, session):
    owed(city)
    owed(city, "court")
    arranging.set_rhythm(city.officers["mayors vice_mayor"], Rhythm.MONTHLY, by=HEAD, on=MONDAY)
    session.commit()
    ring(MONDAY)
    ring(date(2026, 7, 6))
    told = "Since the issue of 2026-W24, with which the month began: 0 newly overdue, 1 still overdue, 0 no longer."
    wrote = letters(city, session)
    assert told in wrote["mayors vice_mayor"].body_text
    assert "month began" not in wrote["court president"].body_text


def test_who_changes_his_mind_after_the_bell_has_an_issue_all_the_same(city, session):
    owed(city)
    tuesday, thursday = date(2026, 6, 9), date(2026, 6, 18)
    quiet = arranging.be_quiet(city.congress.id, WEEK, WEEK, "闭会", by=HEAD, on=MONDAY)
    session.commit()
    assert ring(MONDAY)["issues"] == 0
    with clock.at(tuesday):
        arranging.lift(quiet, by=HEAD, on=tuesday)
        session.commit()
        assert jobs.has_work()
        assert jobs.post_bulletins(tuesday)["issues"] == 1
        assert not jobs.has_work()
    arranging.set_habit(city.congress.id, 5, time(9, 0), by=HEAD, on=tuesday)
    session.commit()
    assert ring(NEXT_MONDAY)["issues"] == 0
    with clock.at(thursday):
        arranging.set_habit(city.congress.id, 1, time(8, 0), by=HEAD, on=thursday)
        session.commit()
        assert jobs.has_work()
        assert jobs.post_bulletins(thursday)["issues"] == 1


def test_who_shares_the_letter_of_one_who_left_still_gets_it(city, session):
    owed(city, "roads")
    handler, head = (city.officers[name] for name in ("roads handler", "roads head"))
    handler.email = head.email = "shared@city.example"
    held = arranging.hold(city.congress.id, WEEK, "数字待核", by=HEAD, at=clock.now())
    session.commit()
    ring(MONDAY)
    found = readers(city, session)
    [first] = [one for one in (found["roads handler"], found["roads head"]) if one.shared_with_id is None]
    left, stays = (handler, head) if first is found["roads handler"] else (head, handler)
    left.active = False
    arranging.end_hold(held, HoldEnd.RELEASED, by=HEAD, at=clock.now())
    session.commit()
    with clock.at(MONDAY):
        jobs.post_bulletins(MONDAY)
    letter = session.get_one(Letter, readers(city, session)[stays.name].letter_id)
    assert (letter.state, letter.to_address, letter.to_name) == (LetterState.WAITING, "shared@city.example", stays.name)


def test_of_two_who_share_a_page_through_the_hub_one_is_handed_on(city, session):
    owed(city)
    mayor, vice_mayor = city.officers["mayors mayor"], city.officers["mayors vice_mayor"]
    vice_mayor.channel = Channel.VIA_HUB
    mayor.substitute_id, mayor.absent_from_on = vice_mayor.id, date(2026, 6, 1)
    session.commit()
    ring(MONDAY)
    found = readers(city, session)
    assert found["mayors mayor"].letter_id == found["mayors vice_mayor"].letter_id
    [line] = [one for one in letters(city, session)["hub hub_office"].body_text.splitlines() if "hand on" in one]
    assert "," not in line


def test_what_the_preview_shows_is_what_is_then_written(city, session):
    owed(city, "roads", title="路灯太暗")
    owed(city, "court", internal=True)
    for name, facts in {
        "mayors vice_mayor": {"channel": Channel.VIA_HUB},
        "roads head": {"email": "Shared@city.example"},
        "roads handler": {"email": "shared@city.example"},
        "schools head": {"email": None},
    }.items():
        for key, value in facts.items():
            setattr(city.officers[name], key, value)
    session.commit()
    ring(MONDAY - timedelta(days=7))
    with clock.at(MONDAY):
        turn, _skipped = preview.coming_turn(city.congress.id, MONDAY)
        shown = preview.preview(city.congress.id, turn, today=MONDAY, at=clock.now())
        seen = {
            one.key: preview.letter(shown, one.key)[1] for one in shown.lines if one.way not in ("shared", "nothing")
        }
    ring(MONDAY)
    of_week = session.scalars(sa.select(Letter).where(Letter.key.contains(f":{WEEK}:"))).all()
    assert {one.person_key: (one.subject, one.body_text) for one in of_week} == {
        key: (one.subject, one.text) for key, one in seen.items()
    }


def test_of_internal_matters_alone_nobody_is_told_that_nothing_is_overdue(city, session):
    owed(city, "roads", internal=True)
    ring(MONDAY)
    said = letters(city, session)["roads head"].body_text
    assert "Nothing is overdue" not in said
    assert "1 internal matter is not in this letter" in said
