"""From issue to issue: what is new, what stands on, what is gone and why, and what was done about it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.bulletin.test_issue import MONDAY, frozen, reply_of, talked
from tests.escalation.city import add, assigned, build, clock_of, owed
from tracker import clock
from tracker.actor import Actor
from tracker.bulletin import actions
from tracker.bulletin.models import WHOLE, Correction, IssueItem
from tracker.bulletin.parts import Part
from tracker.bulletin.rules import seal
from tracker.bulletin.sealing import is_unaltered
from tracker.database import db
from tracker.deadlines import actions as clocks
from tracker.errors import RuleBroken
from tracker.feedback.models import Rating, RatingChannel, Verdict
from tracker.handling.models import Promise
from tracker.suggestion.journey import Standing
from tracker.suggestion.models import Entry, Suggestion
from tracker.supervision.models import Duty, Instruction

NEXT = MONDAY + timedelta(days=7)
CLERK = Actor("user", 1, "周文静")


@pytest.fixture
def city(session):
    return build()


def lines(issue, section):
    return [item for item in issue.items if item["section"] == section]


def entry(assignment, move, on):
    facts = {"suggestion_id": assignment.suggestion_id, "assignment_id": assignment.id}
    add(Entry(**facts, move=move, on=on, at=clock.now(), actor_kind="user", actor_name="handler"))


def test_what_was_done_stands_beside_what_is_still_overdue(city):
    owed(city)
    pressed = owed(city)
    frozen(city)
    assignment = db.session.get_one(type(assigned(city)), pressed.assignment_id)
    for move in ("contact", "contact", "send_back"):
        entry(assignment, move, MONDAY + timedelta(days=2))
    entry(assignment, "contact", MONDAY - timedelta(days=20))
    issue = frozen(city, NEXT)
    done = {item["assignment_id"]: item["done"] for item in lines(issue, "overdue")}
    assert sorted(done.values(), key=len) == [{}, {"contact": 2, "send_back": 1}]
    assert done[pressed.assignment_id] == {"contact": 2, "send_back": 1}
    assert issue.figures["changes"]["idle"] == 1
    assert issue.figures["done"]["acts"] == {"contact": 2, "send_back": 1}


def test_it_says_why_a_line_is_gone(city, session):
    unsigned = assigned(city, "schools", standing=Standing.ASSIGNED)
    clock_of(city, unsigned, "receipt")
    recalled = owed(city)
    heard = clock_of(city, assigned(city), on=date(2026, 6, 1))
    assignment = talked(assigned(city, "court"))
    promise = add(
        Promise(congress_id=city.congress.id, reply_id=reply_of(assignment).id, assignment_id=assignment.id,
                what="装灯", owner="科", due_on=date(2026, 6, 1))
    )  # fmt: skip
    kept = clock_of(city, assignment, "promise", promise_id=promise.id, fixed_on=date(2026, 6, 1))
    session.commit()
    frozen(city)
    unsigned.standing = Standing.RECEIVED
    model = type(unsigned)
    session.get_one(model, recalled.assignment_id).standing = Standing.RECALLED
    clocks.void(recalled, on=NEXT, reason="recalled")
    clocks.meet(kept, on=date(2026, 6, 9))
    entry(session.get_one(model, heard.assignment_id), "contact", date(2026, 6, 9))
    session.commit()
    issue = frozen(city, NEXT)
    went = {(item["was"], item["thing_id"]): item["why"] for item in lines(issue, "gone")}
    assert went["no_receipt", unsigned.id] == "signed"
    assert went["overdue", recalled.assignment_id] == "reassigned"
    assert went["promise_overdue", promise.id] == "kept"
    assert went["silent", heard.assignment_id] == "heard"
    assert [item["no"] for item in issue.items] == list(range(1, len(issue.items) + 1))


def test_attitude_and_result_are_told_apart(city):
    assignment = talked(assigned(city))
    clock_of(city, assignment)
    said = {"attitude": Verdict.DISSATISFIED, "result": Verdict.MOSTLY, "overall": Verdict.SATISFIED}
    add(
        Rating(reply_id=reply_of(assignment).id, deputy_id=city.deputy.id, on=date(2026, 6, 4), entered_by="代表甲",
               entered_at=clock.now(), channel=RatingChannel.LINK, **said)
    )  # fmt: skip
    issue = frozen(city)
    [line] = lines(issue, "dissatisfied")
    assert line["aspects"] == ["attitude"]
    ratings = issue.figures["ratings"]
    assert (ratings["attitude"]["dissatisfied"], ratings["result"]["dissatisfied"]) == (1, 0)
    assert {one["total"] for one in ratings.values()} == {1}


def test_an_instruction_is_listed_until_it_is_answered(city, session):
    made = add(
        Instruction(congress_id=city.congress.id, leader="王市长", on=date(2026, 6, 1), text="速办",
                    bulletin="2026-W23", recorded_by="周文静")
    )  # fmt: skip
    duty = add(Duty(instruction_id=made.id, due_on=date(2026, 6, 10)))
    assert [item["thing_id"] for item in lines(frozen(city), "instruction_open")] == [duty.id]
    late = frozen(city, NEXT)
    assert [(item["thing_id"], item["days"]) for item in lines(late, "instruction_overdue")] == [(duty.id, 3)]
    duty.answered_on, duty.answer = date(2026, 6, 16), "已办"
    session.commit()
    after = frozen(city, NEXT + timedelta(days=7))
    assert [(one["was"], one["why"]) for one in lines(after, "instruction_gone")] == [
        ("instruction_overdue", "followed")
    ]


def test_a_committee_does_not_read_that_an_instruction_is_gone(city, session):
    late = assigned(city)
    made = add(
        Instruction(congress_id=city.congress.id, leader="王市长", on=date(2026, 6, 1), text="速办",
                    bulletin="2026-W23", recorded_by="周文静")
    )  # fmt: skip
    facts = {"assignment_id": late.id, "suggestion_id": late.suggestion_id, "body_id": late.body_id}
    duty = add(Duty(instruction_id=made.id, due_on=date(2026, 6, 2), **facts))
    frozen(city)
    duty.answered_on, duty.answer = date(2026, 6, 10), "已办"
    session.commit()
    issue = frozen(city, NEXT)
    assert Part(issue, {"bodies": [late.body_id], "internal": True}).counts["instruction_gone"] == 1
    paired = Part(issue, {"bodies": [late.body_id], "key": True})
    assert [line for line in paired.lines() if line["note"] == "王市长" or line.get("was", "").startswith("ins")] == []


def test_what_was_made_internal_since_is_gone_without_its_title(city, session):
    clock_row = owed(city)
    frozen(city)
    assignment = session.get_one(type(assigned(city, "schools")), clock_row.assignment_id)
    suggestion = session.get_one(Suggestion, assignment.suggestion_id)
    suggestion.internal, suggestion.title = True, "内部事项"
    clocks.meet(clock_row, on=date(2026, 6, 10))
    session.commit()
    [line] = [one for one in lines(frozen(city, NEXT), "gone") if one["was"] == "overdue"]
    assert (line["internal"], line["title"], line["deputy"]) == (True, None, None)


def test_a_correction_stands_beside_the_issue_and_in_the_next(city, session):
    owed(city)
    issue = frozen(city)
    with clock.at(date(2026, 6, 10)):
        actions.correct(issue, " 第1条已办 ", by=CLERK, on=date(2026, 6, 10), at=clock.now())
        session.commit()
    assert is_unaltered(issue)
    assert session.scalar(sa.select(Correction.text)) == "第1条已办"
    with pytest.raises(RuleBroken, match="what was wrong"):
        actions.correct(issue, " ", by=CLERK, on=MONDAY, at=clock.now())
    told = frozen(city, NEXT).figures["corrections"]
    assert told == [{"number": 1, "week": "2026-W24", "on": "2026-06-10", "text": "第1条已办"}]
    assert frozen(city, NEXT + timedelta(days=7)).figures["corrections"] == []


def test_the_rules_and_the_readers_are_sealed_too(city, session):
    owed(city)
    issue = frozen(city)
    [rules] = issue.figures["rules"]
    assert (rules["name"], rules["clocks"]) == ("default", 1)
    session.execute(sa.text("UPDATE reader SET name = 'x' WHERE id = (SELECT min(id) FROM reader)"))
    session.commit()
    assert not is_unaltered(issue)


def test_an_issue_of_before_keeps_its_seal(city, session):
    owed(city)
    issue = frozen(city)
    said = {"number": 1, "week": issue.week, "issued_on": "2026-06-08", "figures": issue.figures}
    issue.sealed_as, issue.digest = WHOLE, seal({**said, "items": list(issue.items)})
    session.commit()
    assert is_unaltered(issue)
    session.delete(session.get_one(IssueItem, (issue.id, 1)))
    session.commit()
    assert not is_unaltered(issue)


def test_an_issue_looked_at_beforehand_says_the_same_and_is_kept_nowhere(city, session):
    owed(city)
    frozen(city)
    new = owed(city, "court")
    session.commit()
    with clock.at(NEXT):
        seen = actions.compose(city.congress, "2026-W25", on=NEXT, at=clock.now())
        session.rollback()
        assert session.scalar(sa.select(sa.func.count(Correction.id))) == 0
    issue = frozen(city, NEXT)
    assert (seen.number, list(seen.items), seen.figures) == (2, list(issue.items), issue.figures)
    assert new.assignment_id in {item["assignment_id"] for item in seen.items if item["new"]}


def test_what_cannot_be_seen_is_counted_by_kind(city, session):
    clock_of(city, assigned(city), on=date(2026, 11, 30))
    session.execute(sa.text("UPDATE deadline SET provisional = :yes"), {"yes": True})
    session.commit()
    unseen = frozen(city).figures["unseen"]
    assert unseen["kinds"] == {"provisional": 1}
    assert unseen["years"] == [2027]
