"""The daily digest: one a person and day, chases first, nothing for leaders, nothing on days off."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from tests.escalation.city import add, assigned, build, clock_of, owed
from tests.escalation.test_ladder import STEPS
from tracker import clock
from tracker.deadlines import actions as clocks
from tracker.escalation import jobs
from tracker.escalation.models import Alarm, Told
from tracker.handling.models import Reply
from tracker.mail.models import Letter
from tracker.people.actions import digest as link_digest
from tracker.people.models import Link, Purpose
from tracker.suggestion.journey import Stage, Standing


@pytest.fixture
def city(session):
    return build()


def day(today):
    """The two daily jobs as the timetable rings them; returns how many digests were written."""
    with clock.at(today):
        jobs.raise_alarms(today)
        return jobs.send_digests(today)["letters"]


def letters(city, session):
    wanted = sa.select(Letter).where(Letter.kind == "digest").order_by(Letter.id)
    return {city.names().get(letter.person_key, letter.person_key): letter for letter in session.scalars(wanted)}


def test_a_step_is_told_to_those_it_concerns_and_to_nobody_else(city, session):
    owed(city)
    assert day(STEPS[0]) == 1
    assert set(letters(city, session)) == {"roads handler"}


def test_the_same_day_gives_no_second_digest(city, session):
    owed(city)
    assert day(STEPS[0]) == 1
    assert day(STEPS[0]) == 0
    owed(city, "roads")
    assert day(STEPS[0]) == 0, "a step found later the same day waits for the next digest"
    assert day(date(2026, 5, 13)) == 1
    assert session.scalar(sa.select(sa.func.count()).where(Letter.kind == "digest")) == 2


def test_many_items_of_one_day_are_one_letter(city, session):
    for _number in range(5):
        owed(city)
    assert day(STEPS[1]) == 2
    letter = letters(city, session)["roads handler"]
    assert letter.body_text.count("/links/") == 5
    assert session.scalar(sa.select(sa.func.count()).where(Told.letter_id == letter.id)) == 10


def test_a_clock_is_one_line_however_many_rungs_were_missed(city, session):
    owed(city)
    day(STEPS[1])
    assert letters(city, session)["roads handler"].body_text.count("last day 2026-06-02") == 1


def test_leaders_get_nothing_daily(city, session):
    owed(city)
    day(STEPS[5])
    leaders = {"mayors vice_mayor", "mayors mayor", "office directors_meeting"}
    assert "committee committee" in letters(city, session)  # the paired committee is told at the third step
    assert not leaders & set(letters(city, session))
    untold = set(session.scalars(sa.select(Told.person_key).where(Told.letter_id.is_(None))))
    assert {city.names()[key] for key in untold} == leaders


def test_nothing_is_written_on_a_day_off_and_nothing_is_lost(city, session):
    owed(city)
    saturday, monday = date(2026, 6, 6), date(2026, 6, 8)
    assert day(saturday) == 0
    assert day(monday) == 4


def test_a_clock_met_meanwhile_is_not_told(city, session):
    reply = owed(city)
    with clock.at(STEPS[2]):
        jobs.raise_alarms(STEPS[2])
        clocks.meet(reply, on=STEPS[2])
        session.commit()
        assert jobs.send_digests(STEPS[2])["letters"] == 0


def test_the_handler_gets_a_link_of_his_own_for_the_item(city, session):
    reply = owed(city)
    day(STEPS[0])
    text = letters(city, session)["roads handler"].body_text
    secret = text.split("/links/")[1].split()[0]
    link = session.scalar(sa.select(Link).where(Link.digest == link_digest(secret)))
    assert (link.purpose, link.assignment_id, link.body_id) == (
        Purpose.HANDLE,
        reply.assignment_id,
        city.body("roads").id,
    )


def test_the_deputy_gets_a_link_to_rate(city, session):
    assignment = assigned(city)
    reply = add(Reply(assignment_id=assignment.id, saved_at=clock.now()))
    clock_of(city, assignment, "evaluate", reply_id=reply.id, holder="deputy", holder_body_id=None)
    day(date(2026, 3, 24))
    letter = letters(city, session)["deputy"]
    link = session.scalar(sa.select(Link))
    assert "/links/" in letter.body_text
    assert (link.purpose, link.reply_id, link.deputy_id) == (Purpose.RATE, reply.id, city.deputy.id)


def test_an_internal_suggestion_is_not_named_not_even_by_its_number(city, session):
    owed(city, internal=True, title="内部事项")
    day(STEPS[2])
    for letter in letters(city, session).values():
        assert "内部事项" not in letter.body_text + letter.body_html + letter.subject
        assert re.search(r"2026-\d{3}", letter.body_text + letter.subject) is None
        assert "a matter not named in mail" in letter.body_text


def test_how_much_leaves_the_building_is_a_setting(city, session, app):
    owed(city)
    app.config["MAIL_DETAIL"] = "numbers"
    day(STEPS[0])
    assert "路灯" not in letters(city, session)["roads handler"].body_text


def test_what_is_chased_comes_first(city, session):
    late, soon = owed(city, "roads"), clock_of(city, assigned(city), on=date(2026, 3, 12))
    day(STEPS[2])
    day(date(2026, 6, 5))
    assert late.due_on < soon.due_on
    letter = letters(city, session)["hub hub_office"]
    assert letter.subject.startswith("1 overdue")


def test_late_is_told_against_the_first_day_too(city, session):
    reply = owed(city)
    clocks.move(reply, date(2026, 6, 16), on=date(2026, 6, 1), reason={"kind": "extension"})
    session.commit()
    day(date(2026, 6, 17))
    text = letters(city, session)["roads head"].body_text
    assert "1 working day over · last day 2026-06-16 · first last day 2026-06-02, 11 working days over" in text
    assert session.scalar(sa.select(sa.func.max(Alarm.step))) == 2


def test_what_is_overdue_is_never_told_as_due_soon(city, session):
    owed(city)
    day(date(2026, 6, 5))
    letter = letters(city, session)["roads handler"]
    assert letter.subject.startswith("1 overdue")
    assert "Due within days" not in letter.body_text


def test_who_stands_there_under_two_ranks_gets_one_letter_with_each_clock_once(city, session):
    head, second = city.officers["roads handler"], city.officers["hub hub_office"]
    second.name, second.email = head.name, head.email
    owed(city)
    owed(city, "schools")
    assert day(STEPS[2]) == 5, "the twofold person, deputy head and head of roads, handler and head of schools"
    mine = letters(city, session)["hub hub_office"]
    assert mine.to_address == head.email
    assert mine.body_text.count("last day 2026-06-02") == 2
    assert day(STEPS[2]) == 0


@pytest.mark.parametrize(("stage", "told"), [(Stage.RATED, {"hub hub_office"}), (Stage.CLOSED, set())])
@pytest.mark.engines("sqlite")
def test_who_was_not_satisfied_again_is_told_though_the_clock_was_met(city, session, stage, told):
    met = clock_of(city, assigned(city, round=2, standing=Standing.RATED, stage=stage), "rehandle")
    met.met_on = STEPS[0]
    days = {"due_on": met.due_on, "reached_on": STEPS[1], "raised_on": STEPS[1]}
    about = {"congress_id": city.congress.id, "deadline_id": met.id, "assignment_id": met.assignment_id}
    alarm = add(Alarm(**about, **days, step=3, form="request_letter"))
    add(Told(alarm_id=alarm.id, person_key=city.key("hub hub_office"), word="hub_office"))
    day(STEPS[1])
    assert set(letters(city, session)) == told
    assert all("not satisfied again" in one.body_text for one in letters(city, session).values())
