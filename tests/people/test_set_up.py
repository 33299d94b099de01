"""The first visit of an empty system: one code, once, and then never again."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tracker import clock
from tracker.people.models import User
from tracker.people.set_up import FILE, new_code
from tracker.roles import Role
from tracker.structure.models import Congress, Meeting

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def code(app):
    return new_code(app.instance_path, clock.now())


def said(code, **other):
    return {
        "code": code,
        "congress_name": "临江市人民代表大会",
        "office_name": "代表工作委员会",
        "level": "city",
        "rules_name": "default",
        "confirmed": "y",
        "name": "王一",
        "email": "admin@city.example",
        "password": "plum river lantern oak",
        **other,
    }


@pytest.mark.parametrize("path", ["/sign-in", "/users", "/account"])
def test_without_a_congress_every_way_leads_to_the_set_up(reader, path):
    assert reader.read(path).heading == "First set-up"


def test_the_code_makes_congress_meeting_and_administrator(reader, code, session):
    reader.read("people.set_up")
    assert reader.send("people.set_up", said(code.lower())).heading == "Sign in"
    congress = session.scalars(sa.select(Congress)).one()
    meeting, user = session.scalars(sa.select(Meeting)).one(), session.scalars(sa.select(User)).one()
    assert (congress.name, congress.rules_name, meeting.year) == ("临江市人民代表大会", "default", clock.today().year)
    assert (user.role, user.congress_id) == (Role.ADMIN, congress.id)
    reader.read("people.sign_in")
    entered = {"email": user.email, "password": "plum river lantern oak"}
    reader.send("people.sign_in", entered, expect=303)
    reader.read("people.users")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"code": "AAAA-AAAA-AAAA-AAAA-AAAA"}, "This code is not right"),
        ({"password": "short"}, "Use at least 12 characters."),
        ({"email": "no address"}, "This is not an e-mail address."),
        ({"confirmed": ""}, "Please confirm which rules apply."),
    ],
)
def test_what_is_wrong_is_said_and_makes_nothing(reader, code, session, app, wrong, why):
    reader.read("people.set_up")
    facts = {name: value for name, value in {**said(code), **wrong}.items() if value}
    assert why in reader.send("people.set_up", facts).text
    assert session.scalar(sa.select(Congress.id)) is None
    assert (Path(app.instance_path) / FILE).exists()


def test_afterwards_there_is_no_such_page_and_no_code(reader, code, app):
    reader.read("people.set_up")
    reader.send("people.set_up", said(code))
    assert not (Path(app.instance_path) / FILE).exists()
    reader.read("people.set_up", expect=404)


def test_a_code_lasts_a_day_and_a_new_one_kills_it(reader, code, app):
    new_code(app.instance_path, clock.now())
    reader.read("people.set_up")
    assert "This code is not right" in reader.send("people.set_up", said(code)).text
    late = new_code(app.instance_path, clock.now() - timedelta(hours=24))
    assert "This code is not right" in reader.send("people.set_up", said(late)).text


def test_the_code_is_kept_as_a_digest_for_the_owner_only(app, code):
    path = Path(app.instance_path) / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert code.replace("-", "") not in path.read_text(encoding="ascii")


def test_the_code_is_not_guessed(app):
    codes = {new_code(app.instance_path, clock.now()) for _ in range(50)}
    assert len(codes) == 50
    assert {len(one.replace("-", "")) for one in codes} == {20}
