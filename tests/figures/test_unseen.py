"""“What we cannot see”: each kind found, each line with its act, and nothing shown to who may not see it."""

from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from tests.makers import a_body, a_case, a_deputy, a_submitted_reply, a_suggestion, a_user, assignments_of
from tracker import clock
from tracker.deadlines import actions as clocks
from tracker.deadlines import queries as clocks_of
from tracker.deadlines.models import Deadline
from tracker.deadlines.queries import IS_OPEN
from tracker.dispatch.actions import ask_return, recall, sign_for
from tracker.figures import queries
from tracker.handling.actions import deliver, reach
from tracker.handling.models import Way
from tracker.mail.actions import put_aside
from tracker.mail.models import Letter, LetterState, Stopped
from tracker.roles import Role
from tracker.structure.models import Body, Officer

HANDED_OVER_ON = date(2026, 3, 2)
MONDAY_AFTER = date(2026, 3, 9)
PROMISE = {"what": "安装路灯", "owner": "林承办", "due_on": "2026-09-01"}


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(HANDED_OVER_ON)
    return a_case()


def kinds(case, on=HANDED_OVER_ON):
    return {one.kind: one.count for one in queries.unseen(case.clerk, on)}


def test_what_is_in_order_is_not_shown(case):
    assert kinds(case) == {}


def test_nobody_signed_in_time(case):
    assert kinds(case, MONDAY_AFTER) == {"unsigned": 2}
    sign_for(case.lead, by=case.by_body, on=HANDED_OVER_ON)
    assert kinds(case, MONDAY_AFTER) == {"unsigned": 1}


def test_no_clock_says_by_when(case, session):
    [clock_] = clocks_of.open_for(kind="reply", assignment_id=case.lead.id)
    clocks.void(clock_, on=HANDED_OVER_ON, reason="lost")
    session.flush()
    assert kinds(case) == {"clockless": 1}


def test_all_bodies_were_recalled(case):
    [lead, _co] = assignments_of(case.suggestion)
    recall(lead, "交错了", by=case.by_office, on=HANDED_OVER_ON)
    assert kinds(case)["nobody"] == 1


def test_a_body_nobody_can_write_to(case, session):
    session.execute(sa.update(Officer).where(Officer.body_id == case.lead.body_id).values(email=None))
    assert kinds(case) == {"mute": 1}


def test_a_last_day_in_a_year_nobody_loaded(case, session):
    [clock_] = clocks_of.open_for(kind="reply", assignment_id=case.lead.id)
    session.execute(sa.update(Deadline).where(Deadline.id == clock_.id).values(provisional=True))
    assert kinds(case) == {"provisional": 1}


def test_an_uncertain_day_of_whatever_clock_is_found(case, session):
    """Not only of replies: of the check, the promise, the return asked, and what is not handed over."""
    reply = a_submitted_reply(case.lead, HANDED_OVER_ON, promises=[PROMISE])
    deliver(reply, case.lead, by=case.by_office, on=HANDED_OVER_ON)
    a_suggestion(case.suggestion.meeting, case.deputy, title="另一件")
    session.flush()
    ask_return(case.co, "不属本局职责", a_body(case.congress, "市园林局"), by=case.by_office, on=HANDED_OVER_ON)
    session.flush()
    session.execute(sa.update(Deadline).where(Deadline.met_on.is_(None)).values(provisional=True))
    open_now = list(session.scalars(sa.select(Deadline.kind).where(IS_OPEN)))
    assert {"evaluate", "promise", "redispatch", "hand_over"} <= set(open_now)
    assert kinds(case)["provisional"] == len(open_now)


def test_a_clock_of_a_body_that_was_closed(case, session):
    session.execute(sa.update(Body).where(Body.id == case.co.body_id).values(closed_on=HANDED_OVER_ON))
    open_now = len(clocks_of.open_for(assignment_id=case.co.id))
    assert kinds(case)["holderless"] == open_now > 0
    assert "holderless" not in kinds(case, date(2026, 3, 1))


def test_a_letter_that_reached_nobody(case, session):
    letter = session.scalars(sa.select(Letter)).first()
    letter.state = LetterState.FAILED
    session.flush()
    assert kinds(case) == {"dead_letter": 1}


def test_answered_but_not_with_the_deputy_and_then_not_rated(case, session):
    reply = a_submitted_reply(case.lead, HANDED_OVER_ON)
    assert kinds(case, date(2026, 3, 20))["undelivered"] == 1
    deliver(reply, case.lead, by=case.by_office, on=HANDED_OVER_ON)
    session.flush()
    later = kinds(case, date(2026, 4, 20))
    assert later["unrated"] == 1
    assert "undelivered" not in later


def test_released_on_paper_and_not_with_every_deputy(case, session):
    reply = a_submitted_reply(case.lead, HANDED_OVER_ON)
    lead, signer = deliver(reply, case.lead, by=case.by_office, on=HANDED_OVER_ON, way=Way.PAPER)
    session.flush()
    assert "unreached" not in kinds(case)
    [found] = [one for one in queries.unseen(case.clerk, MONDAY_AFTER) if one.kind == "unreached"]
    assert [row.name for row in found.rows] == ["赵代表", "钱附议"]
    reach(lead, Way.PAPER, by=case.by_office, on=HANDED_OVER_ON)
    session.flush()
    assert kinds(case, MONDAY_AFTER)["unreached"] == 1
    reach(signer, Way.PAPER, by=case.by_office, on=HANDED_OVER_ON)
    session.flush()
    assert "unreached" not in kinds(case, MONDAY_AFTER)


def test_a_deputy_whom_nothing_reaches(case, session):
    """A telephone is a way; who signed nothing that is open is not missed."""
    case.signer.email = None
    a_deputy(case.congress, "孙闲", email=None)
    session.flush()
    assert kinds(case)["faceless"] == 1
    case.signer.phone = "13900000000"
    session.flush()
    assert kinds(case) == {}


def test_an_address_stays_dead_when_its_letter_is_put_aside_until_it_is_mended(case, session):
    letter = session.scalars(sa.select(Letter).where(Letter.person_key == f"deputy:{case.deputy.id}")).first()
    letter.state, letter.stopped, letter.last_error = LetterState.FAILED, Stopped.ADDRESS, "550 no such user"
    session.flush()
    assert kinds(case) == {"dead_letter": 1, "dead_address": 1}
    put_aside(letter)
    assert kinds(case) == {"dead_address": 1}
    case.deputy.email = "zhao@city.example"
    session.flush()
    assert kinds(case) == {}


def test_an_address_that_took_a_later_letter_is_alive(case, session):
    first, later = session.scalars(sa.select(Letter).order_by(Letter.id).limit(2))
    first.state, first.stopped, first.last_error = LetterState.KEPT, Stopped.ADDRESS, "aside"
    session.flush()
    assert kinds(case) == {"dead_address": 1}
    later.person_key, later.to_address, later.state = first.person_key, first.to_address, LetterState.SENT
    session.flush()
    assert kinds(case) == {}


@pytest.mark.engines("sqlite")
def test_who_cannot_be_reached_is_mended_where_his_address_stands(case, reader, session):
    case.signer.email = None
    session.commit()
    page = reader.signed_in_as(case.clerk).read("figures.unseen")
    assert f"/structure/deputies/{case.signer.id}" in page.html
    leader = reader.signed_in_as(a_user(case.congress, Role.LEADER))
    assert "钱附议" not in leader.read("figures.unseen").text


@pytest.mark.engines("sqlite")
def test_the_page_has_an_act_for_every_line_and_a_table_with_all(case, reader):
    clerk = reader.signed_in_as(case.clerk)
    with clock.at(MONDAY_AFTER):
        clerk = reader.signed_in_as(case.clerk)
        page = clerk.read("figures.unseen")
        assert sum("Press the body" in row for row in page.rows()) == 2
        sheet = clerk.read("figures.unseen", format="xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.response.data)).get_sheet_by_index(0).to_python()
    assert sum("Not signed for in time" in row for row in rows) == 2


@pytest.mark.engines("sqlite")
def test_a_leader_sees_no_internal_matter_here_either(case, reader, session):
    case.suggestion.internal = True
    session.flush()
    with clock.at(MONDAY_AFTER):
        leader = reader.signed_in_as(a_user(case.congress, Role.LEADER))
        assert "Nothing is hidden." in leader.read("figures.unseen").text


@pytest.mark.engines("sqlite")
def test_nothing_hidden_is_said_too(case, reader):
    assert "Nothing is hidden." in reader.signed_in_as(case.clerk).read("figures.unseen").text
