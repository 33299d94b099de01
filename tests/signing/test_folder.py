"""The folder to sign: nothing is done before the leader signs, and the day of the act is that of the signature."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.dispatch.office import DAY_0, an_office, by
from tests.makers import a_user, entered
from tracker import clock
from tracker.database import db
from tracker.dispatch import actions as dispatch
from tracker.dispatch import drafted, queries
from tracker.dispatch.actions.succeeding import succeed
from tracker.dispatch.models import BodyReturn, HandOver
from tracker.errors import RuleBroken
from tracker.handling import actions as handling
from tracker.handling import drafted as extensions
from tracker.handling.models import Extension
from tracker.mail.models import Letter
from tracker.roles import Role
from tracker.signing import actions
from tracker.signing import queries as folder
from tracker.signing.models import ToSign
from tracker.structure.models import SuccessionKind
from tracker.structure.reform import Reform, new_body_like
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Entry

SIGNED_ON = date(2026, 3, 5)


@pytest.fixture
def office(session, stopped_clock):
    """The office signs in two steps; its leader has an account."""
    stopped_clock(DAY_0)
    made = an_office()
    made.users["head"] = a_user(made.congress, Role.OFFICE_LEADER)
    actions.choose_mode(made.congress.id, True, by=made.users["head"].actor(), on=DAY_0, at=clock.now())
    session.commit()
    return made


@pytest.fixture
def asked(office, session):
    [assignment] = office.given("roads")
    made = dispatch.ask_return(assignment, "不属本局职责", office.bodies["schools"], by=by(assignment), on=DAY_0)
    session.commit()
    return made


def decide(office, kind, thing_id, facts, who="clerk", on=DAY_0):
    user = office.users[who]
    return actions.act_or_draw_up(kind, thing_id, facts, user, by=user.actor(), on=on)


def grant(office, asked, who="clerk", **changes):
    facts = {"granted": True, "to_id": office.bodies["schools"].id, "note": "同意改办", **changes}
    return decide(office, drafted.RETURN, asked.id, facts, who)


def sign(office, paper, on=SIGNED_ON):
    head = office.users["head"]
    with clock.at(on):
        actions.sign(paper, head, by=head.actor(), on=on)
    db.session.flush()


def in_the_folder(office) -> ToSign:
    db.session.flush()
    [paper] = folder.waiting(office.users["head"])
    return paper


def counts():
    kinds = (Entry, Letter, HandOver, BodyReturn, Extension)
    return [db.session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in kinds]


def test_a_clerks_decision_changes_nothing_until_it_is_signed(office, asked):
    before = counts()
    assert grant(office, asked) is False
    assert counts() == before
    again = queries.get_return(asked.id, office.users["clerk"])
    assert (again.granted, again.assignment.standing) == (None, Standing.RETURN_ASKED)


def test_the_day_of_the_act_is_the_day_of_the_signature_and_the_name_the_leaders(office, asked, session):
    grant(office, asked)
    paper = in_the_folder(office)
    sign(office, paper)
    session.expire_all()
    assert (asked.granted, asked.decided_on, asked.decided_by) == (True, SIGNED_ON, office.users["head"].name)
    assert (paper.signed_on, paper.drawn_up_on) == (SIGNED_ON, DAY_0)
    assert folder.waiting(office.users["head"]) == []


def test_the_leader_and_the_one_step_office_decide_at_once(office, asked, session):
    assert grant(office, asked, "head") is True
    assert asked.granted is True


def test_without_a_choice_a_clerk_decides_at_once(office, asked):
    actions.choose_mode(office.congress.id, False, by=office.clerk, on=DAY_0, at=clock.now())
    assert grant(office, asked) is True


def test_what_the_rule_refuses_today_is_not_drawn_up(office, asked):
    with pytest.raises(RuleBroken, match="Name the body it goes to"):
        grant(office, asked, to_id=0)
    assert folder.waiting(office.users["head"]) == []


def test_one_draft_about_one_thing(office, asked):
    grant(office, asked)
    with pytest.raises(RuleBroken, match="lies in the folder already"):
        grant(office, asked)


def test_given_back_it_says_why_and_is_drawn_up_anew(office, asked, session):
    grant(office, asked)
    paper, head = in_the_folder(office), office.users["head"]
    with pytest.raises(RuleBroken, match="Say what is to be changed"):
        actions.give_back(paper, " ", by=head.actor(), on=SIGNED_ON)
    actions.give_back(paper, "请写明依据", by=head.actor(), on=SIGNED_ON)
    session.flush()
    assert [one.remark for one in folder.given_back(office.users["clerk"])] == ["请写明依据"]
    with pytest.raises(RuleBroken, match="waits no more"):
        actions.sign(paper, head, by=head.actor(), on=SIGNED_ON)
    grant(office, asked, note="依据市编办文件")
    session.flush()
    assert folder.given_back(office.users["clerk"]) == []
    assert in_the_folder(office).facts["note"] == "依据市编办文件"


def test_a_case_that_moved_on_is_told_plainly(office, asked, session):
    grant(office, asked)
    again = queries.get_return(asked.id, office.users["clerk"])
    dispatch.decide_return(again, False, by=office.clerk, on=DAY_0, note="先行答复")
    session.flush()
    with pytest.raises(RuleBroken, match="decided already"):
        sign(office, in_the_folder(office))


def test_what_is_no_longer_there_is_told_plainly(office, session, stopped_clock):
    [assignment] = office.given("roads")
    longer = handling.ask_extension(assignment, "勘察未完", date(2026, 7, 1), by=by(assignment), on=DAY_0)
    session.flush()
    facts = {"granted": True, "to": "2026-07-01", "note": ""}
    assert decide(office, extensions.EXTENSION, longer.id, facts) is False
    assert longer.granted is None
    [assignment] = office.assignments()
    dispatch.recall(assignment, "误交办", by=office.clerk, on=DAY_0)
    session.flush()
    with pytest.raises(RuleBroken, match="moved on"):
        sign(office, in_the_folder(office))


def test_an_extension_is_granted_on_the_day_it_is_signed(office, session):
    [assignment] = office.given("roads")
    longer = handling.ask_extension(assignment, "勘察未完", date(2026, 7, 1), by=by(assignment), on=DAY_0)
    session.flush()
    decide(office, extensions.EXTENSION, longer.id, {"granted": True, "to": "2026-07-01", "note": ""})
    sign(office, in_the_folder(office))
    assert (longer.granted, longer.decided_on, longer.granted_to_on) == (True, SIGNED_ON, date(2026, 7, 1))


def hand_over_facts(office):
    named = queries.proposals([office.suggestion.id])
    bodies = drafted.bodies_as_drawn_up(named, [office.suggestion.id])
    return {"bodies": bodies, "document_number": "5", "through_hubs": False}


def test_a_hand_over_is_day_0_on_the_day_it_is_signed(office, session):
    office.propose("roads")
    session.flush()
    assert decide(office, drafted.HAND_OVER, office.meeting.id, hand_over_facts(office)) is False
    assert office.suggestion.stage is Stage.RECORDED
    sign(office, in_the_folder(office))
    assert office.suggestion.handed_over_on == SIGNED_ON


def test_a_hand_over_whose_bodies_changed_is_not_signed(office, session):
    office.propose("roads")
    session.flush()
    decide(office, drafted.HAND_OVER, office.meeting.id, hand_over_facts(office))
    office.propose("schools")
    with pytest.raises(RuleBroken, match="bodies of .* have changed"):
        sign(office, in_the_folder(office))
    assert office.suggestion.stage is Stage.RECORDED


def test_a_clerk_takes_his_own_draft_out(office, asked, session):
    grant(office, asked)
    actions.take_out(in_the_folder(office), on=DAY_0)
    session.flush()
    assert folder.waiting(office.users["head"]) == []
    assert grant(office, asked) is False


def test_a_body_that_became_another_meanwhile_is_followed_by_its_successor(office, asked, session):
    grant(office, asked)
    old = office.bodies["schools"]
    new = new_body_like(old, "市教育体育局", **entered())
    reform = Reform(SuccessionKind.RENAMED, [old], [new], DAY_0)
    succeed(reform, by=office.clerk, on=DAY_0, at=clock.now())
    session.commit()
    sign(office, in_the_folder(office))
    assert [one.body.name for one in office.assignments()] == ["市交通局", "市教育体育局"]
