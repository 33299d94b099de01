"""Who has left, and what reaches him."""

import pytest

from tests import makers
from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit.actions import seal
from tracker.handling import actions as handling
from tracker.handling.models import Manner
from tracker.intake.letters import Line
from tracker.mail.models import LetterState
from tracker.mail.outbox import Addressee, post
from tracker.people.actions import begin_session, disable, refuse_sign_in, sign_in
from tracker.roles import Role
from tracker.structure.models import Deputy
from tracker.suggestion.models import Suggestion

ON = makers.HANDED_OVER_ON
PHONE, MAIL, STREET = "13912345678", "zhaojia@home.example", "江滨路41号3单元502"


@pytest.fixture
def case(session, stopped_clock):
    """A deputy whose telephone stands in a card, a letter, a note and the trail; he has left."""
    stopped_clock(ON)
    case = makers.a_case()
    deputy = session.get_one(Deputy, case.deputy.id)
    deputy.phone, deputy.email, deputy.address = PHONE, MAIL, STREET
    user = makers.a_user(case.congress, Role.DEPUTY, deputy_id=deputy.id)
    user.email = "zhao.account@city.example"
    session.flush()
    at = clock.now()
    sign_in(user, user.email, source="203.0.113.77", agent="his telephone", at=at)
    refuse_sign_in(user.email, source="203.0.113.78", at=at)
    begin_session(user, source="203.0.113.79", agent="another", at=at)
    lead = makers.assignments_of(session.get_one(Suggestion, case.suggestion.id))[0]
    handling.note_contact(lead, Manner.PHONE, "赵代表", by=case.by_body, on=ON, note=f"打电话 {PHONE}")
    to = Addressee(f"deputy:{deputy.id}", deputy.name, MAIL, "zh_Hans_CN")
    letter = post("recalled", to, key="one", at=at, line=Line("1", "甲"), reason="误交办", on=ON, withdrawn=False)
    letter.state = LetterState.SENT
    disable(user, by=SYSTEM, at=at)
    deputy.active = False
    seal(at=at)
    session.commit()
    return case
