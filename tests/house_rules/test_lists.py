"""Every list can be taken as a file where it is seen, kept under a name, and who took it stands in the trail."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from tests.makers import a_body, a_case, a_deputy, a_user
from tracker.audit.models import Trace
from tracker.database import db
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.models import Congress
from tracker.web.gate import allowed
from tracker.web.lists import LISTS
from tracker.web.sheets import KIND


@pytest.fixture
def people(session) -> dict[Role, User]:
    """One of each role in a city with one case."""
    a_case()
    congress = db.session.scalars(sa.select(Congress)).one()
    body, hub = a_body(congress, "市水务局"), a_body(congress, "市政府办", is_hub=True)
    of = {role: {"body_id": body.id} for role in (Role.BODY_HANDLER, Role.BODY_LEADER, Role.COMMITTEE)}
    of |= {Role.HUB: {"body_id": hub.id}, Role.DEPUTY: {"deputy_id": a_deputy(congress, "周代表").id}}
    made = {role: a_user(congress, role, **of.get(role, {})) for role in Role}
    session.commit()
    return made


def traces() -> list[dict[str, object]]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Trace.facts).where(Trace.act == "export").order_by(Trace.id)))


@pytest.mark.engines("sqlite")
def test_every_list_is_a_page_that_names_its_roles(app):
    with app.app_context():
        assert [page for page in LISTS if not allowed(page)] == []


@pytest.mark.parametrize("page", LISTS)
def test_a_list_is_taken_as_a_file_and_the_trail_says_who_took_it(app, people, reader, page):
    with app.app_context():
        roles = [role for role in Role if role in allowed(page)]
    for role in roles:
        taken = reader.signed_in_as(people[role]).read(page, format="xlsx")
        assert taken.response.mimetype == KIND
        openpyxl.load_workbook(BytesIO(taken.response.data))
    kept = traces()
    assert len(kept) == len(roles)
    assert {str(one["what"]).split(".")[0] for one in kept} == {page.split(".")[0]}


@pytest.mark.parametrize("page", LISTS)
def test_the_head_of_a_list_offers_to_keep_it(app, people, reader, page):
    with app.app_context():
        role = next(role for role in Role if role in allowed(page))
    links = reader.signed_in_as(people[role]).read(page).links()
    assert f"/views/new?of={page}" in next(url for url in links.values() if url.startswith("/views/new"))


def test_a_page_that_is_no_file_leaves_no_trace(people, reader):
    reader.signed_in_as(people[Role.OFFICE_CLERK]).read("register.index")
    assert traces() == []
