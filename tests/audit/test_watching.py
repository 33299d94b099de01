"""Every form that changes something leaves a line, in the transaction of the change; so does every refusal."""

import logging

import pytest
import sqlalchemy as sa
from flask import request

from tests import makers
from tracker.actor import Actor
from tracker.audit import noted
from tracker.audit.actions import trace
from tracker.audit.models import Aside, Trace
from tracker.database import db
from tracker.people.actions import password_link
from tracker.people.models import Attempt, User
from tracker.roles import Role
from tracker.structure.models import Body, Congress
from tracker.web.gate import allow

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def admin(session, reader):
    congress = makers.a_congress()
    return reader.signed_in_as(makers.a_user(congress, Role.ADMIN))


@pytest.fixture
def page(app):
    """A page whose form does what the test says."""
    acts = []

    @app.post("/careless/<int:body_id>")
    @allow(*Role)
    def careless(body_id: int):
        for act in acts:
            act()
        db.session.commit()
        return "", 204, {"Content-Type": "text/plain"}

    return acts


def left() -> list[tuple[str, dict]]:
    db.session.rollback()
    wanted = sa.select(Trace).where(Trace.act.not_in(("user_added", "congress_added"))).order_by(Trace.id)
    return [(one.act, one.facts) for one in db.session.scalars(wanted)]


def rename() -> None:
    db.session.scalars(sa.select(Congress)).one().office_name = "办公室"


def rename_all() -> None:
    db.session.execute(sa.update(Congress).values(office_name="办公室"))


@pytest.mark.parametrize("act", [rename, rename_all])
def test_a_change_that_told_nothing_is_told(admin, page, act):
    page.append(act)
    admin.send("/careless/7", expect=204)
    assert left() == [("form_sent", {"page": "careless", "tables": ["congress"], "body_id": 7})]
    assert db.session.scalars(sa.select(Trace.actor_name).order_by(Trace.id.desc())).first() == "某人"


def test_a_change_that_told_of_itself_is_told_once(admin, page):
    page.extend([rename, lambda: trace("tried", None, at=makers.clock.now())])
    admin.send("/careless/7", expect=204)
    assert [act for act, _facts in left()] == ["tried"]


def test_what_changes_nothing_tells_nothing(admin, page):
    page.append(lambda: db.session.scalars(sa.select(Body)).all())
    page.append(lambda: db.session.add(Attempt(key="x", at=makers.clock.now())))
    admin.send("/careless/7", expect=204)
    assert left() == []


def test_a_line_that_was_tried_behind_a_savepoint_counts_for_nothing(admin, page):
    def tried() -> None:
        attempt = db.session.begin_nested()
        trace("tried", None, at=makers.clock.now())
        db.session.flush()
        attempt.rollback()

    page.extend([tried, rename])
    admin.send("/careless/7", expect=204)
    assert [act for act, _facts in left()] == ["form_sent"]


def test_the_line_goes_with_the_change(admin, page, caplog):
    def fail() -> None:
        db.session.flush()
        raise RuntimeError(request.endpoint)

    page.extend([rename, fail])
    with caplog.at_level(logging.CRITICAL):
        admin.send("/careless/7", expect=500)
    assert left() == []
    assert db.session.scalar(sa.select(Congress.office_name)) == "代表工作委员会"


def test_secrets_of_an_address_are_never_told(app, admin):
    @app.post("/careless/<token>/<int:body_id>")
    @allow(*Role)
    def secret(token: str, body_id: int):
        rename()
        db.session.commit()
        return "", 204, {"Content-Type": "text/plain"}

    admin.client.post("/careless/s3cret/7", base_url=app.config["BASE_URL"], data={"csrf_token": admin.token()})
    assert "s3cret" not in str(left())


def test_refusals_are_told_with_page_and_number(admin):
    admin.read("register.show", suggestion_id=41, expect=403)
    admin.read("structure.body", body_id=41, expect=404)
    assert left() == [
        ("refused", {"page": "register.show", "method": "GET", "status": 403, "suggestion_id": 41}),
        ("refused", {"page": "structure.body", "method": "GET", "status": 404, "body_id": 41}),
    ]


def test_who_tries_every_number_does_not_fill_the_trail(admin, monkeypatch):
    monkeypatch.setattr(noted, "MOST_REFUSALS", 3)
    for number in range(6):
        admin.read(f"/suggestions/{number}", expect=403)
    assert [facts.get("more", False) for _act, facts in left()] == [False, False, False, True]


def test_strangers_write_nothing(reader, admin):
    reader.read("/users", expect=302)
    reader.send("/users/new", expect=401)
    reader.read("/nowhere", expect=404)
    assert left() == []


def test_who_looks_for_a_telephone_is_known_and_the_number_lies_aside(admin, session):
    admin.read("structure.deputies", q="13812345678")
    [(act, facts)] = left()
    assert act == "personal_searched"
    assert "13812345678" not in str(facts)
    assert db.session.scalars(sa.select(Aside.value)).all() == ["13812345678"]


def test_contacts_of_many_are_told_and_of_few_not(admin, session):
    congress = db.session.scalars(sa.select(Congress)).one()
    made = [makers.a_deputy(congress, f"代表{number}", phone=f"1390000000{number}") for number in range(4)]
    session.commit()
    before = len(left())
    admin.read("structure.deputies")
    assert len(left()) == before
    makers.a_deputy(congress, "又一", phone="13900000009")
    session.commit()
    before = len(left())
    admin.read("structure.deputies")
    [(act, facts)] = left()[before:]
    assert (act, facts["people"], facts["page"]) == ("personal_read", len(made) + 1, "structure.deputies")


def test_no_line_of_the_trail_looks_like_two(admin, session):
    admin.read("structure.deputies", q="a\r\nsigned_in \u202e\u2066x 13812345678")
    trace("tried", Actor("user", 1, "孙\u202e办\nroot"), at=makers.clock.now(), said=["a\u2028b", {"c": "\x1b[2J"}])
    session.commit()
    everything = (
        str(left())
        + "".join(session.scalars(sa.select(Aside.value)))
        + session.scalars(sa.select(Trace.actor_name).order_by(Trace.id.desc())).first()
    )
    assert [sign for sign in everything if ord(sign) < 32 or sign in "\u202e\u2066\u2028\x1b"] == []
    assert "孙\\u202e办\\u000aroot" in everything


def test_no_password_code_or_token_is_ever_told(admin, reader, session):
    user = session.scalars(sa.select(User)).first()
    for path, form in (
        ("/sign-in", {"email": user.email, "password": "wrong-pass-word-1"}),
        ("/account", {"current": "wrong-pass-word-2", "password": "new-pass-word-3", "again": "new-pass-word-3"}),
    ):
        admin.client.post(path, data={"csrf_token": admin.token(), **form}, base_url=admin.app.config["BASE_URL"])
    secret = password_link(user, at=makers.clock.now())
    session.commit()
    reader.read(f"/password/{secret}")
    told = str(left()) + str(session.execute(sa.select(Aside.value)).all())
    for word in ("wrong-pass", "new-pass", secret, "csrf"):
        assert word not in told


def test_what_cannot_be_written_down_is_not_handed_out_and_a_refusal_stays_one(app, admin, session, caplog):
    """The disk is full for the trail: as if it were, the database refuses its rows."""
    congress = session.scalars(sa.select(Congress)).one()
    for number in range(6):
        makers.a_deputy(congress, f"代表{number}", phone=f"1390000000{number}")
    session.commit()
    session.execute(
        sa.text("create trigger trace_stop_insert before insert on trace begin select raise(abort, 'disk'); end")
    )
    session.commit()
    with caplog.at_level(logging.CRITICAL):
        page = admin.read("structure.deputies", expect=500)
        admin.read("register.show", suggestion_id=41, expect=403)
    assert "13900000001" not in page.html
    assert "incident" in page.html.lower()
