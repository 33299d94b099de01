"""What a leader instructed climbs like a promise: told once a step, in the digest, until it is answered."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.escalation.city import add, build, owed
from tests.escalation.test_by_hand import CLERK, part
from tests.escalation.test_digest import day, letters
from tests.escalation.test_ladder import NOON
from tests.escalation.test_pages import user
from tracker import clock
from tracker.escalation import by_hand, jobs, queries
from tracker.escalation.actions import raise_alarms
from tracker.escalation.models import Alarm, Told
from tracker.roles import Role
from tracker.structure.models import Branch
from tracker.suggestion.models import Entry
from tracker.supervision import actions as supervision
from tracker.supervision.models import Duty, Instruction
from tracker.supervision.queries import get_duty

ON, DUE_ON = date(2026, 3, 4), date(2026, 3, 18)
# A Wednesday: one working day before, one, five and ten after it.
STEPS = {0: date(2026, 3, 17), 1: date(2026, 3, 19), 2: date(2026, 3, 25), 3: date(2026, 4, 1)}


@pytest.fixture
def city(session):
    return build()


def instructed(city, session, body="roads", *, due_on=DUE_ON, **facts):
    """The vice-mayor wrote on one suggestion; the duty of the body, or of the office."""
    one = part(session, owed(city, body or "roads", **facts)) if body != "bulletin" else None
    made = add(
        Instruction(
            congress_id=city.congress.id, leader="冯副市长", on=ON, text="请抓紧", bulletin="", recorded_by="林"
        )
    )
    of_body = {"assignment_id": one.id, "body_id": one.body_id} if body not in ("", "bulletin") else {}
    about = {"suggestion_id": one.suggestion_id} if one else {}
    return add(Duty(instruction_id=made.id, due_on=due_on, **about, **of_body))


def alarms(session, duty):
    wanted = sa.select(Alarm.step, Alarm.reached_on).where(Alarm.duty_id == duty.id).order_by(Alarm.id)
    return dict(session.execute(wanted).all())


def told(city, session, duty):
    wanted = sa.select(Alarm.step, Told.person_key).join(Told).where(Alarm.duty_id == duty.id)
    found = {}
    for step, key in session.execute(wanted):
        found.setdefault(step, set()).add(city.names()[key])
    return found


def test_it_climbs_to_the_head_the_hub_and_our_director_each_step_once(city, session):
    duty = instructed(city, session)
    for today in (date(2026, 3, 16), STEPS[0], STEPS[0], date(2026, 3, 26), date(2026, 4, 8)):
        raise_alarms(city.congress, today, at=NOON)
    assert alarms(session, duty) == STEPS
    assert told(city, session, duty) == {
        0: {"roads handler"},
        1: {"roads handler", "roads head"},
        2: {"hub hub_office", "office our_clerk"},
        3: {"office our_director"},
    }


def test_our_own_office_climbs_too_also_for_what_was_written_on_a_bulletin(city, session):
    for body in ("", "bulletin"):
        duty = instructed(city, session, body)
        raise_alarms(city.congress, STEPS[3], at=NOON)
        assert told(city, session, duty) == {
            0: {"office our_clerk"}, 1: {"office our_director"}, 2: {"office secretary_general"},
        }  # fmt: skip


def test_answered_it_stops_at_once_also_in_tomorrows_digest(city, session):
    duty = instructed(city, session)
    number = duty.id
    with clock.at(STEPS[1]):
        jobs.raise_alarms(STEPS[1])
        session.commit()
        clerk = user(city, Role.OFFICE_CLERK)
        session.expunge(duty)
        supervision.answer(get_duty(number, clerk), "已办", by=CLERK, on=STEPS[1])
        session.commit()
        assert jobs.send_digests(STEPS[1])["letters"] == 0
    assert raise_alarms(city.congress, STEPS[3], at=NOON).alarms == 0


def test_the_digest_says_who_instructed_and_leads_to_it(city, session):
    duty = instructed(city, session)
    assert day(STEPS[1]) == 2
    text = letters(city, session)["roads head"].body_text
    assert "leader's instruction (冯副市长)" in text
    assert f"/instructions/{duty.id}" in text


def test_an_instruction_without_a_day_and_one_begun_later_raise_nothing_early(city, session):
    instructed(city, session, due_on=None)
    short = instructed(city, session, due_on=ON)
    raise_alarms(city.congress, STEPS[1], at=NOON)
    assert 0 not in alarms(session, short), "a reminder before it was written"
    assert session.scalar(sa.select(sa.func.count()).where(Alarm.duty_id.is_not(None))) == len(alarms(session, short))


def test_it_is_a_line_of_the_history_of_the_body_it_was_addressed_to(city, session):
    instructed(city, session)
    raise_alarms(city.congress, STEPS[0], at=NOON)
    lines = session.scalars(sa.select(Entry).where(Entry.move == "alarm")).all()
    assert [(one.facts["clock"], one.facts["step"]) for one in lines] == [("instruction", 0)]


def test_a_pending_case_is_not_chased_by_an_instruction_either(city, session, stopped_clock):
    stopped_clock(STEPS[0])
    duty = instructed(city, session, "court")
    one = part(session, duty)
    by_hand.mark_pending(one, Branch.COURT, "审理中", by=CLERK, on=STEPS[0])
    raise_alarms(city.congress, STEPS[3], at=NOON)
    assert alarms(session, duty) == {}


def test_the_suggestions_ladder_shows_its_steps_to_whom_the_instruction_is_shown(city, session, reader, stopped_clock):
    duty = instructed(city, session)
    ours = instructed(city, session, "", title="办公室自己办")
    raise_alarms(city.congress, STEPS[2], at=NOON)
    stopped_clock(STEPS[2])
    clerk = user(city, Role.OFFICE_CLERK)
    who = (clerk, user(city, Role.BODY_HANDLER, "roads"), user(city, Role.COMMITTEE, "committee"))
    assert [len(queries.rungs_of(duty.suggestion_id, one)) for one in who] == [3, 3, 0]
    page = reader.signed_in_as(clerk).read(f"/suggestions/{duty.suggestion_id}")
    [first] = [row for row in page.rows() if "roads handler, handler" in row and "roads head" not in row]
    assert f"last day {DUE_ON}" in first
    steps = [row.name for row, _hearers in queries.rungs_of(ours.suggestion_id, clerk)]
    assert steps == [None, None, None], "what the office itself owes is no body's"
    reader.signed_in_as(clerk).read(f"/suggestions/{ours.suggestion_id}")
