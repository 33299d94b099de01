"""The office hands over a meeting: what each body and each deputy gets, and which clocks run."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests import makers
from tests.dispatch.office import DAY_0, by, clock_of, kinds_of, letters, refused
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import RuleSet
from tracker.deadlines.queries import find_deadline
from tracker.dispatch import actions
from tracker.dispatch.models import HandOver, Part
from tracker.suggestion.journey import Stage, Standing
from tracker.suggestion.models import Suggestion

pytestmark = pytest.mark.usefixtures("sound")


def test_lead_and_co_handler_each_get_an_assignment_with_their_clocks(office):
    lead, co = office.given("roads", "money")
    assert [(one.part, one.standing, one.handed_over_on, one.round) for one in (lead, co)] == [
        (Part.LEAD, Standing.ASSIGNED, DAY_0, 1),
        (Part.CO, Standing.ASSIGNED, DAY_0, 1),
    ]
    assert kinds_of(lead) == {Kind.RECEIPT, Kind.REPLY, Kind.FIRST_CONTACT}
    assert kinds_of(co) == {Kind.RECEIPT, Kind.CO_OPINION}
    assert clock_of(lead, Kind.RECEIPT).due_on == date(2026, 3, 5)
    assert clock_of(lead, Kind.REPLY).due_on == date(2026, 6, 2)
    assert clock_of(co, Kind.CO_OPINION).due_on == date(2026, 4, 2)
    assert clock_of(lead, Kind.REPLY).holder_body_id == lead.body_id


def test_a_single_body_answers_alone(office):
    [assignment] = office.given("roads")
    assert assignment.part is Part.SOLE


def test_bodies_that_answer_apart_each_have_a_reply_clock(office):
    for one in office.given("roads", "schools", separate=True):
        assert one.part is Part.SEPARATE
        assert Kind.REPLY in kinds_of(one)


def test_the_suggestion_carries_its_day_and_its_law(office, session):
    waiting = find_deadline(Kind.HAND_OVER, suggestion_id=office.suggestion.id)
    office.given("roads")
    law = session.get_one(RuleSet, office.suggestion.rule_set_id)
    assert (office.suggestion.stage, office.suggestion.handed_over_on) == (Stage.HANDED_OVER, DAY_0)
    assert (law.name, law.version) == ("default", 1)
    assert waiting.met_on == DAY_0


def test_a_meeting_goes_out_in_one_act_with_one_letter_per_body_and_per_deputy(office, session):
    second = office.another(title="关于增加路灯的建议")
    office.propose("roads", "money")
    office.propose("roads", to=second)
    act = office.hand_over(office.suggestion, second)
    assert session.scalars(sa.select(HandOver)).all() == [act]
    to_bodies = {one.to_address: one for one in letters("handed_over")}
    assert len(to_bodies) == len(letters("handed_over")) == 2
    roads = next(one for one in to_bodies.values() if "市交通局" in one.body_text)
    assert "关于拓宽道路的建议" in roads.body_text
    assert "关于增加路灯的建议" in roads.body_text
    assert roads.body_text.count("/links/") == 2
    assert "临人办〔2026〕5号" in roads.body_text
    told = letters("handed_over_deputy")
    assert [one.to_name for one in told] == ["赵代表", "钱附议"]
    assert "关于增加路灯的建议" in told[0].body_text
    assert "关于增加路灯的建议" not in told[1].body_text


def test_of_an_internal_matter_the_letters_say_the_number_only(office):
    office.suggestion.internal = True
    office.given("roads")
    for letter in (*letters("handed_over"), *letters("handed_over_deputy")):
        assert "拓宽道路" not in letter.subject + letter.body_text + letter.body_html
        assert office.suggestion.number in letter.body_text


def test_nobody_is_told_where_nobody_should_be(office):
    office.given("roads", tell=False)
    assert letters("handed_over") == letters("handed_over_deputy") == []


def test_a_common_day_caps_the_reply_and_the_reason_is_kept(office):
    office.meeting.common_due_on = date(2026, 5, 29)
    lead, co = office.given("roads", "money")
    reply = clock_of(lead, Kind.REPLY)
    assert (reply.due_on, reply.fixed_on) == (date(2026, 5, 29), date(2026, 5, 29))
    assert "2026-06-02" in str(reply.explanation)
    assert clock_of(co, Kind.CO_OPINION).due_on == date(2026, 4, 2)


def test_a_later_common_day_gives_nobody_more_time(office):
    office.meeting.common_due_on = date(2026, 6, 30)
    [assignment] = office.given("roads")
    assert clock_of(assignment, Kind.REPLY).due_on == date(2026, 6, 2)


def test_what_has_no_proposed_body_is_not_handed_over(office):
    number = office.suggestion.number
    with refused(f"No body is proposed for {number}"):
        office.hand_over()
    assert office.suggestion.stage is Stage.RECORDED


def test_an_empty_hand_over_is_none(office):
    with refused("nothing to hand over"):
        actions.hand_over(
            [], congress=office.congress, meeting=office.meeting, document_number="5", by=office.clerk, on=DAY_0
        )


def test_nothing_is_handed_over_twice(office):
    office.given("roads")
    with refused("handed over already"):
        office.hand_over()


def test_nothing_is_handed_over_before_it_was_recorded(office):
    office.propose("roads")
    with refused("before it was recorded"):
        office.hand_over(on=date(2026, 2, 24))


def test_of_several_all_go_or_none(office, session):
    second = office.another(title="关于增加路灯的建议")
    office.propose("roads")
    with refused("No body is proposed"):
        office.hand_over(office.suggestion, second)
    assert office.assignments() == []
    assert letters("handed_over") == []
    assert set(session.scalars(sa.select(Suggestion.stage))) == {Stage.RECORDED}


def test_a_body_is_named_once(office):
    with refused("named twice"):
        office.propose("roads", "roads")


def test_a_later_proposal_replaces_the_earlier(office):
    office.propose("roads", "money")
    office.propose("schools")
    office.hand_over()
    assert [one.body_id for one in office.assignments()] == [office.bodies["schools"].id]


def test_signing_meets_the_receipt_and_is_done_once(office):
    [assignment] = office.given("roads")
    actions.sign_for(assignment, by=by(assignment), on=DAY_0)
    assert clock_of(assignment, Kind.RECEIPT).met_on == DAY_0
    with refused("not possible now"):
        actions.sign_for(office.assignments()[0], by=by(assignment), on=DAY_0)


def test_nobody_signs_before_the_hand_over(office):
    [assignment] = office.given("roads")
    with refused("before it was handed over"):
        actions.sign_for(assignment, by=by(assignment), on=date(2026, 3, 1))


def test_the_receipt_names_who_signed(office, session):
    [assignment] = office.given("roads")
    receipt = actions.sign_for(assignment, by=by(assignment), on=DAY_0)
    assert (receipt.by_name, receipt.on) == ("林承办", DAY_0)
    assert makers.assignments_of(office.suggestion)[0].standing is Standing.RECEIVED
