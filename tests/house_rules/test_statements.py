"""How many questions a page asks the database: few, and as many for a long list as for a short one."""

from datetime import date

import pytest

from tests.makers import a_submitted_reply, assignments_of
from tests.register.city import CLERK, build
from tests.register.test_list import statements
from tracker import clock
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.escalation.actions import raise_alarms
from tracker.handling.actions import deliver, reach
from tracker.handling.models import Way
from tracker.roles import Role

PROMISE = {"what": "年底前建成", "owner": "交通局", "due_on": "2026-05-01"}
TODAY = date(2026, 6, 22)
# The page, who opens it, and how many statements it takes.
LISTS = [
    ("desk.index", Role.OFFICE_CLERK, "", 10),
    ("desk.index", Role.BODY_HANDLER, "roads", 9),
    ("desk.index", Role.HUB, "hub", 13),
    ("desk.index", Role.LEADER, "", 6),
    ("register.index", Role.OFFICE_CLERK, "", 7),
    ("register.index", Role.BODY_HANDLER, "roads", 7),
    ("handling.inbox", Role.BODY_HANDLER, "roads", 4),
    ("handling.reading", Role.OFFICE_CLERK, "", 6),
    ("handling.undelivered", Role.OFFICE_CLERK, "", 3),
    ("feedback.index", Role.OFFICE_CLERK, "", 7),
    ("followup.index", Role.OFFICE_CLERK, "", 8),
    ("supervision.instructions", Role.OFFICE_CLERK, "", 4),
    ("escalation.index", Role.OFFICE_CLERK, "", 9),
    ("dispatch.index", Role.OFFICE_CLERK, "", 7),
    ("signing.index", Role.OFFICE_LEADER, "", 4),
]


@pytest.fixture
def city(session, stopped_clock):
    stopped_clock(TODAY)
    return build()


def write(city, times: int) -> None:
    """Something for every list: recorded, to be answered, to be read, to be rated with a promise, and overdue."""
    for _ in range(times):
        with clock.at(date(2026, 3, 12)):
            city.record()
            city.handed_over(roads=Part.LEAD, schools=Part.CO)
            for is_delivered in (False, True):
                [assignment] = assignments_of(city.handed_over(roads=Part.SOLE))
                reply = a_submitted_reply(assignment, date(2026, 3, 12), promises=[PROMISE])
                if is_delivered:
                    [made] = deliver(reply, assignment, by=CLERK, on=date(2026, 3, 12), tell=False)
                    reach(made, Way.PAPER, by=CLERK, on=date(2026, 3, 12))
                    [assignment] = assignments_of(city.handed_over(roads=Part.SOLE))
                    reply = a_submitted_reply(assignment, date(2026, 3, 12))
                    deliver(reply, assignment, by=CLERK, on=date(2026, 3, 12), tell=False)
    raise_alarms(city.congress, TODAY, at=clock.now())
    db.session.commit()


@pytest.mark.parametrize(("endpoint", "role", "body", "most"), LISTS)
@pytest.mark.engines("sqlite")
def test_a_list_asks_as_often_for_twice_the_rows(city, reader, app, stopped_clock, endpoint, role, body, most):
    write(city, 2)
    asking = reader.signed_in_as(city.user(role, body))
    few = statements(app, lambda: asking.read(endpoint))
    write(city, 2)
    many = statements(app, lambda: asking.read(endpoint))
    assert (len(few), len(many)) == (most, most), "\n".join(many)


@pytest.mark.engines("sqlite")
def test_the_page_of_a_suggestion_asks_as_often_for_twice_the_bodies(city, reader, app):
    one, other = city.handed_over(roads=Part.SOLE), city.handed_over(roads=Part.LEAD, schools=Part.CO)
    asking = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    few, many = (
        statements(app, lambda which=which: asking.read("register.show", suggestion_id=which.id))
        for which in (one, other)
    )
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= 26


# The lists that are opened less often, all in one city.
OTHERS = {
    ("audit.trail", Role.AUDITOR, ""): 7,
    ("bulletin.index", Role.OFFICE_CLERK, ""): 4,
    ("dispatch.hub", Role.HUB, "hub"): 5,
    ("dispatch.proposals", Role.HUB, "hub"): 4,
    ("figures.index", Role.OFFICE_CLERK, ""): 3,
    ("followup.undated_index", Role.OFFICE_CLERK, ""): 3,
    ("handling.approvals_waiting", Role.BODY_LEADER, "roads"): 3,
    ("handling.extensions", Role.OFFICE_CLERK, ""): 4,
    ("held.index", Role.OFFICE_CLERK, ""): 7,
    ("intake.drafts_index", Role.OFFICE_CLERK, ""): 3,
    ("ledgers.index", Role.OFFICE_CLERK, ""): 3,
    ("mail.outbox", Role.OFFICE_CLERK, ""): 6,
    ("notices.index", Role.OFFICE_CLERK, ""): 5,
    ("public.office", Role.OFFICE_CLERK, ""): 6,
    ("notices.listed", Role.OFFICE_CLERK, ""): 4,
    ("people.users", Role.ADMIN, ""): 5,
    ("people.views", Role.OFFICE_CLERK, ""): 2,
    ("pictures.index", Role.OFFICE_CLERK, ""): 1,
    ("register.print_list", Role.OFFICE_CLERK, ""): 9,
    ("reports.assessments", Role.OFFICE_CLERK, ""): 3,
    ("reports.index", Role.OFFICE_CLERK, ""): 4,
    ("schedule.index", Role.ADMIN, ""): 8,
    ("signals.index", Role.OFFICE_CLERK, ""): 8,
    ("structure.bodies", Role.OFFICE_CLERK, ""): 3,
    ("structure.deputies", Role.OFFICE_CLERK, ""): 5,
    ("structure.officers", Role.OFFICE_CLERK, ""): 3,
    ("supervision.board", Role.COMMITTEE, ""): 2,
}


@pytest.mark.engines("sqlite")
def test_the_other_lists_ask_as_often_for_twice_the_rows(city, reader, app, stopped_clock):
    asking = {who: reader.signed_in_as(city.user(*who)) for who in {(role, body) for _page, role, body in OTHERS}}

    def read() -> dict[tuple[str, Role, str], int]:
        return {one: len(statements(app, lambda one=one: asking[one[1:]].read(one[0]))) for one in OTHERS}

    write(city, 2)
    read()  # reading leaves traces: the trail is not empty
    few = read()
    write(city, 2)
    many = read()
    assert {one: (few[one], many[one], OTHERS[one]) for one in OTHERS if not few[one] == many[one] == OTHERS[one]} == {}
