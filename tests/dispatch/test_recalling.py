"""The office takes an assignment back; what nobody answers any more is given to another body."""

from __future__ import annotations

import pytest

from tests import makers
from tests.intake.made import ON, WHY_RECALLED, Made, letters, made, moves
from tracker.database import db
from tracker.deadlines.queries import open_for
from tracker.dispatch import actions
from tracker.dispatch.desk import problems
from tracker.dispatch.models import Part
from tracker.errors import RuleBroken
from tracker.handling.actions import deliver
from tracker.roles import Role
from tracker.suggestion.journey import Stage, Standing


@pytest.fixture
def office(session, stopped_clock) -> Made:
    stopped_clock(ON)
    there = made()
    makers.with_reading_by("office", there.congress)
    session.commit()
    return there


@pytest.fixture
def bodies(office: Made):
    return [makers.a_body(office.congress, name) for name in ("市交通局", "市财政局", "市城建局")]


def recall(assignment) -> None:
    actions.recall(assignment, WHY_RECALLED, by=makers.CLERK, on=ON)
    db.session.flush()


def found() -> list[str]:
    return [one.kind for one in problems()]


def test_the_body_is_told_and_its_clocks_stop(office: Made, bodies) -> None:
    [assignment] = makers.an_assignment(office.suggestion(), bodies[0])
    recall(assignment)
    assert open_for(assignment_id=assignment.id) == []
    [letter] = letters("recalled")
    assert WHY_RECALLED in letter.body_text


def test_a_suggestion_nobody_answers_is_found_and_given_to_another(office: Made, bodies) -> None:
    suggestion = office.suggestion(office.second)
    lead, co = makers.an_assignment(suggestion, *bodies[:2])
    assert found() == []
    recall(lead)
    assert found() == ["no_lead"]
    [new] = actions.assign_again(suggestion, [(bodies[2], Part.LEAD)], by=makers.CLERK, on=ON)
    assert (new.part, new.round, new.handed_over_on) == (Part.LEAD, 1, ON)
    assert co.standing is Standing.ASSIGNED
    assert found() == []
    assert open_for(assignment_id=new.id)
    reply = makers.a_submitted_reply(makers.assignments_of(suggestion)[2], ON)
    deliver(reply, makers.assignments_of(suggestion)[2], by=makers.CLERK, on=ON)
    assert suggestion.stage is Stage.ANSWERED


def test_while_a_body_answers_no_other_is_named(office: Made, bodies) -> None:
    suggestion = office.suggestion()
    [assignment] = makers.an_assignment(suggestion, bodies[0])
    with pytest.raises(RuleBroken, match="recall that one first"):
        actions.assign_again(suggestion, [(bodies[1], Part.LEAD)], by=makers.CLERK, on=ON)
    recall(assignment)
    with pytest.raises(RuleBroken, match="at least one body"):
        actions.assign_again(suggestion, [], by=makers.CLERK, on=ON)
    [new] = actions.assign_again(suggestion, [(bodies[1], Part.LEAD)], by=makers.CLERK, on=ON)
    assert new.part is Part.SOLE


def test_who_helps_is_not_named_again(office: Made, bodies) -> None:
    suggestion = office.suggestion()
    lead, _co = makers.an_assignment(suggestion, *bodies[:2])
    recall(lead)
    with pytest.raises(RuleBroken, match="named twice"):
        actions.assign_again(suggestion, [(bodies[1], Part.LEAD)], by=makers.CLERK, on=ON)
    with pytest.raises(RuleBroken, match="do not fit"):
        actions.assign_again(
            suggestion, [(bodies[0], Part.SEPARATE), (bodies[2], Part.SEPARATE)], by=makers.CLERK, on=ON
        )


def test_where_the_others_have_all_answered_it_is_answered(office: Made, bodies) -> None:
    suggestion = office.suggestion()
    first, second = makers.an_assignment(suggestion, *bodies[:2], part=Part.SEPARATE)
    deliver(makers.a_submitted_reply(first, ON), first, by=makers.CLERK, on=ON)
    assert suggestion.stage is Stage.HANDED_OVER
    recall(second)
    assert suggestion.stage is Stage.ANSWERED
    assert moves(suggestion)[-1] == "answer"
    assert open_for(suggestion_id=suggestion.id) == []


def test_what_is_answered_is_not_taken_back(office: Made, bodies) -> None:
    [assignment] = makers.an_assignment(office.suggestion(), bodies[0])
    deliver(makers.a_submitted_reply(assignment, ON), assignment, by=makers.CLERK, on=ON)
    with pytest.raises(RuleBroken, match="not possible now"):
        recall(assignment)


def test_from_the_page_of_the_suggestion_to_the_next_body(office: Made, bodies, reader) -> None:
    suggestion = office.suggestion()
    [assignment] = makers.an_assignment(suggestion, bodies[0])
    clerk = reader.signed_in_as(office.clerk)
    page, path = f"/suggestions/{suggestion.id}", f"/assignments/{assignment.id}/recall"
    assert path in clerk.read(page).html
    assert "Nobody else answers it" in clerk.read(path).text
    assert "Please fill in" in clerk.send(path, {"reason": ""}).text
    assert clerk.send(path, {"reason": WHY_RECALLED}).heading == "Who answers it instead?"
    assert "Nobody answers it: to be assigned again" in clerk.read("/").text
    assert "Assign again" in clerk.read(page).text
    again = f"{page}/assignment"
    clerk.read(again)
    clerk.send(again, {"manner": "lead", "lead_id": bodies[1].id, "other_ids": []})
    assert "Nobody answers it" not in clerk.read("/").text
    assert "recall that one first" in clerk.read(again).text
    assert "nothing to take back" in clerk.read(path).text


def test_taking_back_is_the_offices(office: Made, bodies, reader) -> None:
    suggestion = office.suggestion()
    [assignment] = makers.an_assignment(suggestion, bodies[0])
    handler = makers.a_user(office.congress, Role.BODY_HANDLER, body_id=bodies[0].id)
    for path in (f"/assignments/{assignment.id}/recall", f"/suggestions/{suggestion.id}/assignment"):
        reader.signed_in_as(handler).read(path, expect=403)
        reader.signed_in_as(office.clerk).read(path.replace(str(suggestion.id), "999"), expect=404)
