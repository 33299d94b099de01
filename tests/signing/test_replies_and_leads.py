"""Recall, change of lead, delivery and sending back, drawn up by a clerk and signed by the leader."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.dispatch.office import DAY_0, an_office, by
from tests.makers import a_content, a_submitted_reply, a_user, assignments_of, with_reading_by
from tracker import clock
from tracker.database import db
from tracker.dispatch import actions as dispatch
from tracker.dispatch import drafted_changes
from tracker.dispatch.models import Part
from tracker.errors import RuleBroken
from tracker.handling import actions as handling
from tracker.handling import drafted_reading as reading
from tracker.handling.models import Delivery, SendingBack, Way
from tracker.roles import Role
from tracker.signing import actions
from tracker.signing import queries as folder
from tracker.suggestion.journey import Standing

SIGNED_ON = date(2026, 3, 5)


@pytest.fixture
def office(session, stopped_clock):
    """The office signs in two steps, and reads replies before they are delivered."""
    stopped_clock(DAY_0)
    made = an_office()
    with_reading_by("office", made.congress)
    made.users["head"] = a_user(made.congress, Role.OFFICE_LEADER)
    actions.choose_mode(made.congress.id, True, by=made.users["head"].actor(), on=DAY_0, at=clock.now())
    session.commit()
    return made


@pytest.fixture
def replied(office, session):
    """A reply that waits to be read."""
    [assignment] = office.given("roads")
    made = a_submitted_reply(assignment, DAY_0)
    session.commit()
    return made


def lay(office, kind, thing_id, facts):
    clerk = office.users["clerk"]
    done = actions.act_or_draw_up(kind, thing_id, facts, clerk, by=clerk.actor(), on=DAY_0)
    db.session.flush()
    return done


def sign_all(office):
    head = office.users["head"]
    with clock.at(SIGNED_ON):
        for paper in folder.waiting(head):
            actions.sign(paper, head, by=head.actor(), on=SIGNED_ON)
    db.session.flush()


def test_a_recall_waits_and_is_done_on_the_day_of_the_signature(office):
    [assignment] = office.given("roads")
    assert lay(office, drafted_changes.RECALL, assignment.id, {"reason": "误交办"}) is False
    assert office.assignments()[0].standing is Standing.ASSIGNED
    sign_all(office)
    assert office.assignments()[0].standing is Standing.RECALLED


def test_who_answers_after_a_recall_is_assigned_on_the_day_it_is_signed(office, reader, session):
    [assignment] = office.given("roads")
    dispatch.recall(assignment, "误交办", by=office.users["head"].actor(), on=DAY_0)
    session.commit()
    number, clerk = assignment.suggestion_id, reader.signed_in_as(office.users["clerk"])
    chosen = {"manner": "lead", "lead_id": office.bodies["schools"].id, "other_ids": [office.bodies["roads"].id]}
    assert "Laid into the folder" in clerk.send("dispatch.assign_again", chosen, suggestion_id=number).text
    assert [one.standing for one in office.assignments()] == [Standing.RECALLED]
    again = clerk.read("dispatch.assign_again", suggestion_id=number)
    assert "A draft about this lies in the folder" in again.text
    [paper] = folder.waiting(office.users["head"])
    read = reader.signed_in_as(office.users["head"]).read("signing.paper", to_sign_id=paper.id)
    assert "Assigning again" in read.text
    assert "市教育局" in read.text
    sign_all(office)
    given = [one for one in office.assignments() if one.standing is Standing.ASSIGNED]
    assert {one.body.name: str(one.part) for one in given} == {"市教育局": "lead", "市交通局": "co"}
    assert {one.assigned_on for one in given} == {SIGNED_ON}


def test_what_was_assigned_otherwise_meanwhile_is_not_assigned_by_an_old_draft(office):
    [assignment] = office.given("roads")
    head = office.users["head"].actor()
    dispatch.recall(assignment, "误交办", by=head, on=DAY_0)
    facts = {"bodies": [[office.bodies["schools"].id, "sole"]]}
    lay(office, drafted_changes.ASSIGN_AGAIN, assignment.suggestion_id, facts)
    dispatch.assign_again(assignment.suggestion, [(office.bodies["roads"], Part.LEAD)], by=head, on=DAY_0)
    db.session.flush()
    with pytest.raises(RuleBroken, match="recall that one first"):
        sign_all(office)


def test_one_assignment_is_not_taken_back_and_given_another_lead_at_once(office):
    [assignment] = office.given("roads")
    lay(office, drafted_changes.RECALL, assignment.id, {"reason": "误交办"})
    facts = {"to_id": office.bodies["schools"].id, "stays": True, "reason": "改由其主办"}
    with pytest.raises(RuleBroken, match="lies in the folder already"):
        lay(office, drafted_changes.CHANGE_LEAD, assignment.id, facts)


def test_the_lead_changes_when_it_is_signed(office):
    [assignment] = office.given("roads")
    facts = {"to_id": office.bodies["schools"].id, "stays": True, "reason": "改由其主办"}
    lay(office, drafted_changes.CHANGE_LEAD, assignment.id, facts)
    assert [one.body.name for one in office.assignments()] == ["市交通局"]
    sign_all(office)
    now = {one.body.name: str(one.part) for one in office.assignments() if one.standing is Standing.ASSIGNED}
    assert now == {"市教育局": "lead", "市交通局": "co"}


def test_a_lead_without_a_name_is_not_drawn_up(office):
    [assignment] = office.given("roads")
    with pytest.raises(RuleBroken, match="Name the body"):
        lay(office, drafted_changes.CHANGE_LEAD, assignment.id, {"to_id": 0, "stays": True, "reason": "改由其主办"})


def test_a_reply_is_delivered_on_the_day_it_is_signed(office, replied):
    lay(office, reading.DELIVER, replied.id, reading.facts_of_delivery(replied, Way.PAPER))
    assert db.session.scalars(sa.select(Delivery)).all() == []
    sign_all(office)
    assert {one.released_on for one in db.session.scalars(sa.select(Delivery))} == {SIGNED_ON}
    assert office.assignments()[0].standing is Standing.DELIVERED


def test_a_reply_written_anew_is_not_released_by_an_old_signature(office, replied):
    lay(office, reading.DELIVER, replied.id, reading.facts_of_delivery(replied, Way.PAPER))
    [assignment] = office.assignments()
    handling.send_back(replied, assignment, ["form"], "", by=office.clerk, on=DAY_0)
    content = a_content(text="道路明年拓宽。", letter_on=DAY_0)
    handling.save_draft(assignment, content, version=None, by=by(assignment), at=clock.now())
    handling.submit(assignment, replied, by=by(assignment), on=DAY_0)
    db.session.flush()
    with pytest.raises(RuleBroken, match="written anew"):
        sign_all(office)


def test_a_sending_back_tells_the_body_only_when_signed(office, replied):
    lay(office, reading.SEND_BACK, replied.id, reading.facts_of_sending_back(replied, ["form"], "请用公文格式"))
    assert db.session.scalars(sa.select(SendingBack)).all() == []
    sign_all(office)
    assert db.session.scalars(sa.select(SendingBack)).one().on == SIGNED_ON


def test_a_delivery_given_back_is_ended_by_the_sending_back_drawn_up_instead(office, replied):
    lay(office, reading.DELIVER, replied.id, reading.facts_of_delivery(replied, Way.PAPER))
    [paper] = folder.waiting(office.users["head"])
    actions.give_back(paper, "请退回补充时限", by=office.users["head"].actor(), on=DAY_0)
    lay(office, reading.SEND_BACK, replied.id, reading.facts_of_sending_back(replied, ["form"], ""))
    assert folder.given_back(office.users["clerk"]) == []
    assert [one.kind for one in folder.waiting(office.users["head"])] == [reading.SEND_BACK]


def test_many_replies_are_laid_into_the_folder_at_once_and_each_says_why_not(office, replied, reader, session):
    other = office.another(title="关于路灯的建议")
    office.propose("roads", to=other)
    office.hand_over(other)
    session.flush()
    unsigned = a_submitted_reply(assignments_of(other)[0], DAY_0, paper_original=False)
    session.commit()
    clerk = reader.signed_in_as(office.users["clerk"])
    clerk.read("/replies")
    page = clerk.send("/replies/deliveries", {"chosen": [replied.id, unsigned.id], "way": "system"})
    assert "Laid into the folder: 1" in page.text
    assert "Not delivered" in page.text
    assert "in the folder" in page.text
    head = reader.signed_in_as(office.users["head"])
    head.read("/folder")
    [paper] = folder.waiting(office.users["head"])
    assert "Signed: 1" in head.send("/folder/signatures", {"chosen": [paper.id]}).text
    assert office.assignments()[0].standing is Standing.DELIVERED
