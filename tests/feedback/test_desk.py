"""What feedback shows elsewhere: the comment never reaches the body that was rated."""

from datetime import date

import pytest

from tests.feedback.law import with_law
from tests.makers import a_case, a_submitted_reply, a_user, assignments_of, with_reading_by
from tracker.actor import Actor
from tracker.database import db
from tracker.feedback import actions, desk
from tracker.feedback.models import RatingChannel, Verdict
from tracker.handling.actions import deliver
from tracker.roles import Role

ON = date(2026, 5, 6)


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(ON)
    made = a_case()
    with_reading_by("office", made.congress)
    with_law(made.congress, rehandling="at_once")
    made.reply = a_submitted_reply(made.lead, ON)
    deliver(made.reply, made.lead, by=made.by_office, on=ON)
    made.reply.assignment = made.lead
    return made


def rate(case, result):
    verdicts = Verdict.SATISFIED, Verdict(result)
    by = Actor("link", None, "赵代表")
    actions.rate(case.reply, case.deputy, *verdicts, "没有解决", channel=RatingChannel.LINK, by=by, on=ON)


def assigned(case):
    """The lead's assignment, read anew after a commit."""
    return assignments_of(case.suggestion)[0]


def waits(app, visitor, on=ON) -> dict[str, int]:
    with app.test_request_context():
        return {group.kind: group.count for group in desk.waiting(visitor, on)}


def test_the_comment_is_for_the_office_and_the_deputies(case):
    rate(case, "dissatisfied")
    deputy = a_user(case.congress, Role.DEPUTY, deputy_id=case.deputy.id)
    hub = a_user(case.congress, Role.HUB, body_id=case.lead.body_id)
    seen = [
        desk.panel(case.suggestion, one, ON).facts["sees_comments"] for one in (case.clerk, deputy, case.handler, hub)
    ]
    assert seen == [True, True, False, False]


def test_the_desk_of_the_deputy_and_of_the_office(case, app):
    deputy = a_user(case.congress, Role.DEPUTY, deputy_id=case.deputy.id)
    db.session.commit()
    assert waits(app, deputy) == {"Replies to rate": 1}
    assert waits(app, case.clerk) == {}
    assert waits(app, case.clerk, date(2026, 6, 30)) == {"Ratings overdue": 1}
    case.reply.assignment, case.lead = assigned(case), assigned(case)
    rate(case, "dissatisfied")
    db.session.commit()
    assert waits(app, case.clerk, date(2026, 5, 20)) == {"Dissatisfied deputies": 1}


def test_the_doctor_finds_a_dissatisfied_rating_without_a_new_round(case, session):
    assert list(desk.problems()) == []
    rate(case, "dissatisfied")
    assert list(desk.problems()) == []
