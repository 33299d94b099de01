"""One suggestion of two deputies, answered and delivered; what body and deputies agree to is said by each test."""

import pytest

from tests.handling.papers import ON
from tests.makers import a_case, a_submitted_reply, assignments_of
from tracker.handling import actions as handling
from tracker.public import actions
from tracker.suggestion.models import Publicity

PLACE = "http://127.0.0.1:8000/published/"
WORDED = actions.Worded("关于夜间照明的建议", "李代表", "道路昏暗。", "路灯已装。")


def lead(case):
    """The lead's assignment with its suggestion, as it is now."""
    return assignments_of(case.suggestion)[0]


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(ON)
    made = a_case()
    made.suggestion.publicity = Publicity.FULL
    return made


@pytest.fixture
def reply(case, session):
    made = a_submitted_reply(case.lead, ON, text="路灯已装。内部说明另附。")
    handling.deliver(made, case.lead, by=case.by_office, on=ON)
    session.commit()
    return made


@pytest.fixture
def shown(case, reply, session):
    made = actions.show(reply, lead(case), WORDED, PLACE, by=case.by_office, on=ON)
    session.commit()
    return made
