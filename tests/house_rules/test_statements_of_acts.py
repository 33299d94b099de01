"""How many statements an act takes that is done all day: a saved reply, a receipt, a contact."""

from datetime import date
from itertools import count

import pytest

from tests.makers import assignments_of
from tests.register.city import build
from tests.register.test_list import statements
from tracker.dispatch.models import Part
from tracker.roles import Role

TODAY = date(2026, 6, 22)
REPLY = {
    "act": "submit", "class_label": "A", "letter_on": "2026-06-20", "signer": "周局长", "contact_person": "林承办",
    "publicity": "full", "text": "道路已于六月底拓宽完毕，新增停车位八十个。", "way": "system",
    "promises-0-what": "安装路灯", "promises-0-owner": "林承办", "promises-0-due_on": "2027-03-01",
}  # fmt: skip
CONTACT = {"on": "2026-06-20", "manner": "visit", "person": "王代表", "note": "面商"}
# Who presses, what he sends, and how many statements it takes on SQLite (PostgreSQL also takes a lock on the token).
ACTS = {"reply": (REPLY, 20), "receipt": ({}, 10), "contact": (CONTACT, 8)}


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(TODAY)
    return build()


@pytest.mark.parametrize("page", ACTS)
@pytest.mark.engines("sqlite")
def test_an_act_of_a_body_takes_as_many_statements(city, reader, app, page):
    assignments = [assignments_of(city.handed_over(roads=Part.SOLE))[0].id for _time in range(3)]
    handler, numbers = reader.signed_in_as(city.user(Role.BODY_HANDLER, "roads")), count(1)
    typed, most = ACTS[page]

    def press() -> None:
        assignment_id = assignments.pop()
        token = {"press": f"press{next(numbers)}", "document_number": str(assignment_id)}
        handler.send(f"handling.{page}", {**typed, **token}, assignment_id=assignment_id, expect=302)

    press()
    said = statements(app, press)
    assert len(said) == most, "\n".join(said)
