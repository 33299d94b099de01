"""Two leads, one answer: one writes, the other agrees, and only then is it submitted."""

from datetime import date

import pytest

from tests import makers
from tests.makers import a_content, actor_of
from tracker import clock
from tracker.care.doctor import examine
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of
from tracker.dispatch import actions as dispatch
from tracker.dispatch.actions.succeeding import succeed
from tracker.dispatch.clocks import law_of
from tracker.dispatch.models import Part
from tracker.errors import RuleBroken
from tracker.handling import actions
from tracker.handling.actions.joint import asked_about
from tracker.handling.agreement import digest_of
from tracker.handling.joint import together
from tracker.handling.old_replies import OldReply, record_old_replies
from tracker.structure.models import SuccessionKind
from tracker.structure.reform import Reform, new_body_like
from tracker.suggestion.journey import Stage, Standing

ON = makers.HANDED_OVER_ON
NEXT = date(2026, 3, 10)


@pytest.fixture
def pair(session, stopped_clock):
    """The transport bureau and the court lead together."""
    stopped_clock(ON)
    congress = makers.a_congress()
    deputy = makers.a_deputy(congress)
    suggestion = makers.a_suggestion(makers.a_meeting(congress), deputy)
    bodies = [makers.a_body(congress), makers.a_body(congress, "市中级人民法院")]
    makers.an_assignment(suggestion, *bodies, part=Part.JOINT)
    writer, other = makers.assignments_of(suggestion)
    session.commit()
    stopped_clock(NEXT)
    yield writer, other
    session.flush()
    assert [one.message for one in examine() if one.kind not in ("letters_stuck", "calendar")] == []


def write(assignment, text="道路已经拓宽。", on=NEXT):
    content = a_content(text=text, letter_on=on)
    return actions.save_draft(assignment, content, version=None, by=actor_of(assignment), at=clock.now())


def ask(assignment, reply, on=NEXT):
    return actions.ask_agreement(assignment, reply, by=actor_of(assignment), on=on)


def agree(assignment, reply, on=NEXT, seen=None):
    asked = asked_about(reply.id)
    return actions.agree_to_reply(
        assignment, asked, reply, digest_of(reply) if seen is None else seen, by=actor_of(assignment), on=on
    )


def submit(assignment, reply, on=NEXT):
    return actions.submit(assignment, reply, by=actor_of(assignment), on=on)


def reply_clock(assignment):
    db.session.flush()
    [found] = [one for one in deadlines_of(kind=Kind.REPLY, assignment_id=assignment.id) if one.voided_on is None]
    return found


def test_it_is_not_submitted_before_the_other_agrees(pair):
    writer, _other = pair
    reply = write(writer)
    trial = db.session.begin_nested()
    with pytest.raises(RuleBroken, match="has not agreed to this text yet"):
        submit(writer, reply)
    trial.rollback()


def test_agreed_it_is_one_answer_for_both(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    agree(other, reply)
    assert other.standing is Standing.AGREED
    assert reply_clock(other).met_on == NEXT
    submit(writer, reply)
    actions.deliver(reply, writer, by=makers.CLERK, on=NEXT)
    assert writer.suggestion.stage is Stage.ANSWERED


def test_the_others_own_clock_shows_its_delay(pair, stopped_clock):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    late = date(2026, 6, 10)
    stopped_clock(late)
    agree(other, reply, on=late)
    clock_ = reply_clock(other)
    assert clock_.met_on > clock_.due_on


def test_a_text_changed_after_the_agreement_is_asked_anew(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    agree(other, reply)
    write(writer, "道路明年拓宽。")
    assert other.standing is Standing.RECEIVED
    assert reply_clock(other).met_on is None
    asked = asked_about(reply.id)
    assert (asked.agreed_on, asked.assignment_id) == (None, other.id)
    agree(other, reply)
    submit(writer, reply)


def test_what_changes_beside_the_text_needs_no_new_agreement(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    agree(other, reply)
    content = a_content(signer="何副局长", letter_on=NEXT)
    actions.save_draft(writer, content, version=None, by=actor_of(writer), at=clock.now())
    assert other.standing is Standing.AGREED


def test_one_agrees_only_to_what_one_has_read(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    seen = digest_of(reply)
    write(writer, "道路明年拓宽。")
    with pytest.raises(RuleBroken, match="changed while you read it"):
        agree(other, reply, seen=seen)


def test_only_one_of_both_writes(pair):
    writer, other = pair
    write(writer)
    trial = db.session.begin_nested()
    with pytest.raises(RuleBroken, match="writes the reply"):
        write(other)
    trial.rollback()


def test_the_other_reads_the_draft_only_once_it_is_asked(pair):
    writer, other = pair
    reply = write(writer)
    assert together(other).reply is None
    ask(writer, reply)
    assert together(other).reply is not None
    assert together(writer).writes


def test_where_the_writer_is_taken_back_the_others_work_goes_on(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    agree(other, reply)
    dispatch.recall(writer, "误交办", by=makers.CLERK, on=NEXT)
    assert other.standing is Standing.RECEIVED
    assert reply_clock(other).met_on is None
    own = write(other, "由本院答复。")
    submit(other, own)


def test_sent_back_and_unchanged_it_is_submitted_again(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    agree(other, reply)
    submit(writer, reply)
    actions.send_back(reply, writer, ["form"], "", by=makers.CLERK, on=NEXT)
    submit(writer, reply)
    assert other.standing is Standing.AGREED


def test_handled_again_both_begin_anew(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    agree(other, reply)
    submit(writer, reply)
    actions.deliver(reply, writer, by=makers.CLERK, on=NEXT)
    dispatch.renew(writer, by=makers.CLERK, on=NEXT)
    db.session.flush()
    again = [one for one in makers.assignments_of(writer.suggestion) if one.round == 2]
    assert [(one.part, one.standing) for one in again] == [(Part.JOINT, Standing.ASSIGNED)] * 2
    assert {writer.standing, other.standing} == {Standing.HANDLED_AGAIN}


def test_an_old_ledger_knows_one_reply_of_both(pair):
    writer, other = pair
    db.session.refresh(writer)
    old = OldReply(writer, a_content(letter_on=NEXT), NEXT, law_of(writer))
    record_old_replies([old], by=makers.CLERK, at=clock.now())
    assert (writer.standing, other.standing) == (Standing.DELIVERED, Standing.AGREED)
    assert writer.suggestion.stage is Stage.ANSWERED


def test_handled_again_one_body_that_does_the_work_of_both_leads_alone(pair):
    writer, other = pair
    reply = write(writer)
    ask(writer, reply)
    agree(other, reply)
    submit(writer, reply)
    actions.deliver(reply, writer, by=makers.CLERK, on=NEXT)
    new = new_body_like(writer.body, "市综合局", **makers.entered())
    reform = Reform(SuccessionKind.MERGED, [writer.body, other.body], [new], NEXT)
    succeed(reform, by=makers.CLERK, on=NEXT, at=clock.now())
    dispatch.renew(writer, by=makers.CLERK, on=NEXT)
    db.session.flush()
    [again] = [one for one in makers.assignments_of(writer.suggestion) if one.round == 2]
    assert (again.part, again.body.name) == (Part.SOLE, "市综合局")
    assert other.standing is Standing.HANDLED_AGAIN
