"""Whoever reads how many people are reached is in the trail; nobody else's page shows so many."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from tests import makers
from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.security.crawl import ask
from tracker.audit.models import Trace
from tracker.database import db
from tracker.roles import Role
from tracker.structure.actions import add_officer
from tracker.structure.models import Body, Congress, Rank
from tracker.web.personal import MANY

pytestmark = pytest.mark.engines("sqlite")
CONTACT = re.compile(r"phone-\d+|[a-z]+\d+@city\.example|street-\d+")
LOOKING = (Role.OFFICE_CLERK, Role.HUB, Role.ADMIN)
TOLD = ("export", "personal_read")


@pytest.fixture
def people(session, stopped_clock):
    """One of each role; so many deputies and officers that a page of them is a page of many."""
    stopped_clock(makers.HANDED_OVER_ON)
    case = makers.a_case()
    congress, body = session.get_one(Congress, case.congress.id), session.get_one(Body, case.lead.body_id)
    for number in range(MANY + 2):
        makers.a_deputy(congress, f"代表{number}", phone=f"phone-{number}", address=f"street-{number}")
        more = {"phone": f"phone-{50 + number}", "email": f"chief{number}@city.example", "body_id": body.id}
        add_officer(congress.id, f"官{number}", Rank.HANDLER, **more, **makers.entered())
    hub = makers.a_body(congress, "市政府办", is_hub=True)
    body.hub_id = hub.id
    of = {role: {"body_id": body.id} for role in (Role.BODY_HANDLER, Role.BODY_LEADER, Role.COMMITTEE)}
    of |= {Role.HUB: {"body_id": hub.id}, Role.DEPUTY: {"deputy_id": case.deputy.id}}
    made = {role: makers.a_user(congress, role, **of.get(role, {})) for role in Role}
    session.commit()
    return made


def told() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(Trace.act.in_(TOLD))) or 0


def addresses(app, role: Role):
    for rule in app.url_map.iter_rules():
        line = WHO_MAY_OPEN.get(rule.endpoint)
        if line is None or "GET" not in rule.methods or (not line.anyone and role not in line.roles):
            continue
        path = re.sub(r"<int:\w+>", "1", rule.rule)
        if "<" not in path:
            yield path


def contacts(text: str) -> set[str]:
    return set(CONTACT.findall(text))


def test_a_page_with_the_contacts_of_many_leaves_a_trace(app, people, reader):
    wrong, seen = [], set()
    for role in LOOKING:
        visitor = reader.signed_in_as(people[role])
        for path in addresses(app, role):
            before = told()
            answer, text = ask(visitor, path)
            if answer.status_code == 200 and len(contacts(text)) >= MANY:
                seen.add(path)
                wrong += [f"{role}: {path}"] if told() == before else []
    assert wrong == []
    assert "/structure/deputies" in seen


def test_the_trail_says_who_read_how_many(people, reader, session):
    clerk = reader.signed_in_as(people[Role.OFFICE_CLERK])
    clerk.read("structure.deputies", q="13812345678")
    clerk.read("structure.deputies")
    auditor = reader.signed_in_as(people[Role.AUDITOR]).read("audit.trail")
    assert "Contacts of many people read" in auditor.text
    assert "How many people: 9" in auditor.text
    assert "Looked for by phone" in auditor.text
