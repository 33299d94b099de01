"""A suggestion is taken back at once by one, and with the consent of all by several; bodies that have it are told."""

from __future__ import annotations

import pytest

from tests import makers
from tests.intake.made import ON, Made, agrees, letters, link_in, moves, told
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of, open_for
from tracker.dispatch.models import Part
from tracker.errors import RuleBroken
from tracker.handling.actions import deliver
from tracker.intake import actions, together
from tracker.intake.models import Answer
from tracker.roles import Role
from tracker.suggestion.journey import Stage, Standing

WHY = "问题已经解决"


def withdraw(suggestion):
    return actions.withdraw(suggestion, WHY, by=makers.CLERK, on=ON)


def test_what_one_deputy_made_is_withdrawn_at_once(office: Made) -> None:
    suggestion = office.suggestion()
    assert withdraw(suggestion).done
    assert suggestion.stage is Stage.WITHDRAWN
    assert open_for(suggestion_id=suggestion.id) == []
    assert told("withdrawn") == {"赵领衔"}


def test_what_several_made_goes_once_all_have_agreed(office: Made) -> None:
    suggestion = office.suggestion(office.second, office.third)
    assert withdraw(suggestion).done is None
    assert told("asked_to_withdraw") == {"钱附议", "孙附议"}
    agrees(suggestion, office.second)
    assert suggestion.stage is Stage.RECORDED
    agrees(suggestion, office.third)
    assert suggestion.stage is Stage.WITHDRAWN
    assert moves(suggestion)[-4:] == ["ask_withdrawal", "agree_to_withdraw", "agree_to_withdraw", "withdraw"]
    assert told("withdrawn") == {"赵领衔", "钱附议", "孙附议"}


def test_one_no_ends_it_and_it_may_be_asked_again(office: Made) -> None:
    suggestion = office.suggestion(office.second, office.third)
    withdraw(suggestion)
    with pytest.raises(RuleBroken, match="under way already"):
        withdraw(suggestion)
    agrees(suggestion, office.second, Answer.NO)
    assert suggestion.stage is Stage.RECORDED
    with pytest.raises(RuleBroken, match="No withdrawal is under way"):
        agrees(suggestion, office.third)
    assert withdraw(suggestion).settled_on is None


def test_only_who_is_asked_agrees_and_only_once(office: Made) -> None:
    suggestion = office.suggestion(office.second, office.third)
    withdraw(suggestion)
    with pytest.raises(RuleBroken, match="not asked to agree"):
        agrees(suggestion, office.other)
    agrees(suggestion, office.second)
    with pytest.raises(RuleBroken, match="has answered already"):
        agrees(suggestion, office.second, Answer.NO)


def test_after_the_hand_over_the_bodies_are_told_and_their_clocks_stop(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    bodies = makers.a_body(office.congress), makers.a_body(office.congress, "市财政局")
    assigned = makers.an_assignment(suggestion, *bodies)
    handler = reader.signed_in_as(makers.a_user(office.congress, Role.BODY_HANDLER, body_id=bodies[0].id))
    page = f"/suggestions/{suggestion.id}"
    withdraw(suggestion)
    assert handler.read(page).status == 200
    agrees(suggestion, office.second)
    db.session.commit()
    assert {one.standing for one in assigned} == {Standing.RECALLED}
    assert [one for one in assigned if open_for(assignment_id=one.id)] == []
    assert {one.void_reason for one in deadlines_of(assignment_id=assigned[0].id)} == {"recalled"}
    assert len(letters("recalled")) == 2
    assert {WHY in letter.body_text for letter in letters("recalled")} == {True}
    handler.read(page, expect=404)


def test_a_reply_being_read_is_read_no_more(office: Made) -> None:
    makers.with_reading_by("office", office.congress)
    suggestion = office.suggestion()
    [assignment] = makers.an_assignment(suggestion, makers.a_body(office.congress))
    reply = makers.a_submitted_reply(assignment, ON)
    assert open_for(reply_id=reply.id)
    withdraw(suggestion)
    assert open_for(reply_id=reply.id) == []
    assert assignment.standing is Standing.RECALLED


def test_what_was_delivered_before_is_rated_no_more(office: Made) -> None:
    makers.with_reading_by("office", office.congress)
    suggestion = office.suggestion()
    bodies = makers.a_body(office.congress), makers.a_body(office.congress, "市财政局")
    first, _second = makers.an_assignment(suggestion, *bodies, part=Part.SEPARATE)
    reply = makers.a_submitted_reply(first, ON)
    deliver(reply, first, by=makers.CLERK, on=ON)
    assert open_for(kind=Kind.EVALUATE, reply_id=reply.id)
    withdraw(suggestion)
    assert open_for(kind=Kind.EVALUATE, reply_id=reply.id) == []


def test_what_is_answered_is_withdrawn_no_more(office: Made) -> None:
    makers.with_reading_by("office", office.congress)
    suggestion = office.suggestion()
    [assignment] = makers.an_assignment(suggestion, makers.a_body(office.congress))
    deliver(makers.a_submitted_reply(assignment, ON), assignment, by=makers.CLERK, on=ON)
    with pytest.raises(RuleBroken, match="not possible now"):
        withdraw(suggestion)


def test_the_pages_from_asking_to_the_last_agreement(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second, office.third)
    clerk = reader.signed_in_as(office.clerk)
    path = f"/suggestions/{suggestion.id}/withdrawal"
    assert "钱附议, 孙附议" in clerk.read(path).text
    assert "Please fill in" in clerk.send(path, {"reason": ""}).text
    page = clerk.send(path, {"reason": WHY})
    assert "All whose suggestion it is have been asked" in page.text
    assert "A withdrawal is under way" in clerk.read(f"/suggestions/{suggestion.id}").text
    assert "Withdrawals that wait for agreement" in clerk.read("/").text
    link = link_in(letters("asked_to_withdraw")[0])
    assert WHY in reader.read(link).text
    assert "You agreed on 2026-03-05" in reader.send(link, {"answer": "yes"}).text
    agreements = f"/suggestions/{suggestion.id}/agreements"
    assert "by mailed link" in clerk.read(agreements).text
    clerk.send(agreements, {"answer": "yes", "deputy_id": office.third.id, "on": "2026-03-05"})
    db.session.expire_all()
    assert suggestion.stage is Stage.WITHDRAWN


def test_a_deputy_agrees_from_his_account(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    withdraw(suggestion)
    deputy = reader.signed_in_as(office.user(office.second))
    path = f"/suggestions/{suggestion.id}/agreement"
    assert path in deputy.read("/").html
    deputy.read(path)
    assert "You did not agree" in deputy.send(path, {"answer": "no", "note": "仍需办理"}).text
    reader.signed_in_as(office.user(office.lead)).read(path, expect=404)


def test_the_office_drops_a_withdrawal_the_lead_no_longer_wants(office: Made, reader) -> None:
    suggestion = office.suggestion(office.second)
    withdraw(suggestion)
    clerk = reader.signed_in_as(office.clerk)
    clerk.read(f"/suggestions/{suggestion.id}/agreements")
    assert "it is handled on" in clerk.send(f"/suggestions/{suggestion.id}/agreements/end").text
    db.session.expire_all()
    assert together.find_withdrawal(suggestion.id) is None
    assert suggestion.stage is Stage.RECORDED


def test_whose_suggestion_comes_back_is_told_why(office: Made, reader) -> None:
    clerk = reader.signed_in_as(office.clerk)
    for decision, kind in (("return_to_deputy", "returned_to_deputy"), ("treat_as_letter", "treated_as_letter")):
        suggestion = office.suggestion(office.second)
        page = f"/suggestions/{suggestion.id}"
        clerk.read(page)
        clerk.send(f"{page}/check", {"decision": decision, "reason": "一事一议"})
        assert told(kind) == {"赵领衔", "钱附议"}
        assert "一事一议" in letters(kind)[0].body_text
