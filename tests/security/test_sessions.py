"""Sessions: what the cookie says, what ends them, and that nothing an open page does brings one back."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.makers import a_deputy, a_user
from tests.reader import Reader
from tests.security.crawl import ask
from tests.security.guessing import posts
from tests.security.signing import NOON, PASSWORD, cookie_of, gives, with_password
from tracker import clock
from tracker.database import db
from tracker.people import actions, moving, networks, places, rules
from tracker.people.models import SignIn, UseHint, UseKind
from tracker.roles import Role

HERE, NEAR, AWAY = "203.0.113.7", "203.0.113.99", "198.51.100.9"
# A random secret, that it is new, a digest of browser and address, and the forms' token.
KEPT = {"_user_id", "_fresh", "_id", "csrf_token"}

pytestmark = pytest.mark.engines("sqlite")


def inside(cookie: str) -> dict[str, object]:
    """What anybody reads in a cookie who has it: it is signed, not secret."""
    packed, payload = cookie.startswith("."), cookie.lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return json.loads(zlib.decompress(raw) if packed else raw)


def test_the_cookie_holds_an_opaque_secret_and_nothing_of_the_person(case, reader):
    gives(reader, case.clerk.email)
    for path in ("/", "/account", "/suggestions", f"/suggestions/{case.suggestion.id}", "/account/second-factor"):
        reader.read(path)
        assert set(inside(cookie_of(reader))) <= KEPT
    assert len(cookie_of(reader)) < 1000
    said = json.dumps(inside(cookie_of(reader)), ensure_ascii=False)
    for told in (case.clerk.email, case.clerk.name, case.clerk.role, HERE, PASSWORD):
        assert told not in said


def test_the_code_of_an_office_is_shown_without_travelling_in_the_cookie(case, reader):
    clerk = reader.signed_in_as(case.clerk)
    clerk.read("people.code", body_id=case.lead.body_id)
    page = clerk.send("people.code", body_id=case.lead.body_id)
    assert "It is shown only this once." in page.text
    code = next(word.strip(".") for word in page.text.split() if word.strip(".").isdigit() and len(word) >= 6)
    assert code not in json.dumps(inside(cookie_of(clerk)))
    assert code not in clerk.read("people.code", body_id=case.lead.body_id).text


def test_from_the_first_page_on_looking_writes_no_cookie(case, reader):
    """A slow picture or list asked for before cannot bring an older session back."""
    gives(reader, case.clerk.email)
    kept = cookie_of(reader)
    for path in ("/", "/account", "/suggestions/new?secrecy=no"):
        assert reader.read(path).response.headers.getlist("Set-Cookie") == []
    assert cookie_of(reader) == kept


def test_signing_in_needs_a_token_of_our_own_page(case, reader):
    """Nobody is signed in to somebody else's account by a form elsewhere."""
    answer, _text = ask(reader, "/sign-in", "POST", data={"email": case.clerk.email, "password": PASSWORD})
    assert answer.status_code == 400


def test_a_new_password_and_a_new_address_begin_the_session_anew(case, reader):
    there, here = reader.signed_in_as(case.clerk), reader.signed_in_as(case.clerk)
    for where, said in (
        ("people.address", {"email": "new@city.example", "current": PASSWORD}),
        ("people.account", {"password": "four other quiet words", "current": PASSWORD}),
    ):
        before = cookie_of(here)
        here.read(where)
        assert "All your other sessions have ended." in here.send(where, said).text
        assert cookie_of(here) != before
        there.read("/account", expect=302)
        stale = Reader(here.app)
        stale.client.set_cookie("session", before, domain="127.0.0.1")
        stale.read("/account", expect=302)


def test_the_present_password_is_guessed_no_oftener_than_at_the_door(case, reader):
    here = reader.signed_in_as(case.clerk)
    for _ in range(rules.TRIES):
        here.read("people.address")
        here.send("people.address", {"email": "new@city.example", "current": "not this one at all"})
    here.read("people.address")
    assert "Too many tries." in here.send("people.address", {"email": "n@city.example", "current": PASSWORD}).text


def test_one_session_is_ended_and_nobody_elses(case, reader):
    mine, other, theirs = (reader.signed_in_as(who) for who in (case.clerk, case.clerk, case.handler))
    page = mine.read("/account")
    assert len([row for row in page.rows() if "tests" in row]) == 2
    ids = list(db.session.scalars(sa.select(SignIn.id).order_by(SignIn.id)))
    mine.send("people.end_session", sign_in_id=ids[1])
    other.read("/account", expect=302)
    for number in (ids[2], 999):
        mine.read("/account")
        mine.send("people.end_session", sign_in_id=number)
    theirs.read("/account")


def test_what_has_ended_is_not_brought_back_by_a_page_still_open(case, reader):
    here = reader.signed_in_as(case.clerk)
    [number] = db.session.scalars(sa.select(SignIn.id))
    actions.end_session(number, at=clock.now())
    db.session.commit()
    actions.touch(number, at=clock.now() + timedelta(minutes=2))
    here.read("/account", expect=302)


def test_pages_say_when_the_session_ends(case, reader):
    """Thirty minutes from now, ten hours in all; a hidden banner that needs JavaScript, a line that does not."""
    here = reader.signed_in_as(case.clerk)
    page = here.read("/account")
    assert "Signed out at 12:30 unless a page is opened" in page.text
    [warning] = [one for one in page.all("div") if one["data-session-seconds"]]
    assert (warning["data-session-seconds"], warning["data-session-whole"]) == ("1800", "36000")
    for minutes in range(20, 590, 20):
        with clock.at(NOON + timedelta(minutes=minutes)):
            here.read("/account")
    with clock.at(NOON + timedelta(minutes=590)):
        assert "Signed out at 22:00" in here.read("/account").text


def test_an_ended_access_and_a_change_of_body_hold_from_the_next_page_on(case, reader, session):
    """The name stays on what was done."""
    handler = reader.signed_in_as(case.handler)
    path = f"/assignments/{case.lead.id}"
    handler.read(path)
    moving.move_accounts(case.lead.body_id, case.co.body_id, by=case.by_office, at=clock.now())
    session.commit()
    handler.read(path, expect=404)
    handler.send(f"{path}/receipt", expect=404)
    handler.read(f"/assignments/{case.co.id}")
    actions.disable(case.handler, by=case.by_office, at=clock.now())
    session.commit()
    handler.read(f"/assignments/{case.co.id}", expect=302)
    handler.send(f"/assignments/{case.co.id}/receipt", expect=401)
    assert case.handler.name == "某人"


# An account at two places at once


def enters(reader: Reader, email: str, source: str) -> Reader:
    other = Reader(reader.app)
    answer = posts(other, "/sign-in", source)({"email": email, "password": PASSWORD})
    assert answer.status_code == 303
    return other


def hinted() -> list[tuple[str, int | None, int]]:
    db.session.rollback()
    return [tuple(row) for row in db.session.execute(sa.select(UseHint.kind, UseHint.body_id, UseHint.times))]


@pytest.mark.parametrize(
    ("first", "second", "is_told"),
    [
        (HERE, AWAY, True),
        (HERE, NEAR, False),
        ("10.1.2.3", "10.1.9.4", True),
        ("127.0.0.1", AWAY, False),
        ("2001:db8:1::5", "2001:db8:2::5", True),
    ],
)
def test_an_account_in_use_at_two_places_is_told(case, reader, first, second, is_told):
    enters(reader, case.clerk.email, first)
    enters(reader, case.clerk.email, second)
    assert hinted() == ([(UseKind.TWO_PLACES, None, 1)] if is_told else [])


def test_who_left_or_was_idle_is_at_one_place(case, reader):
    first = enters(reader, case.clerk.email, HERE)
    first.read("/account")
    first.send("people.sign_out", expect=303)
    enters(reader, case.clerk.email, AWAY)
    with clock.at(NOON + timedelta(minutes=31)):
        enters(reader, case.clerk.email, HERE)
    assert hinted() == []


def test_a_session_that_goes_on_elsewhere_is_told(case, reader):
    """As a copied cookie would look."""
    here = enters(reader, case.clerk.email, HERE)
    for minutes, source in ((2, NEAR), (4, AWAY), (6, AWAY)):
        with clock.at(NOON + timedelta(minutes=minutes)), here.app.app_context():
            base = here.app.config["BASE_URL"]
            assert (
                here.client.get("/account", base_url=base, environ_overrides={"REMOTE_ADDR": source}).status_code == 200
            )
    assert hinted() == [(UseKind.TWO_PLACES, None, 2)]


def test_a_deputy_at_a_bodys_network_is_told_unless_our_office_is_there_too(app, case, reader):
    deputy = with_password(a_user(case.congress, Role.DEPUTY, deputy_id=a_deputy(case.congress, "孙三").id))
    public = "8.8.4.4"
    with app.test_request_context(environ_overrides={"REMOTE_ADDR": public}):
        network = networks.here()
    networks.seen(network, case.lead.body_id, on=NOON.date())
    db.session.commit()
    enters(reader, deputy.email, public)
    assert hinted() == [(UseKind.BODY_NETWORK, case.lead.body_id, 1)]
    networks.seen(network, None, on=NOON.date())
    db.session.commit()
    enters(reader, deputy.email, public)
    assert hinted() == [(UseKind.BODY_NETWORK, case.lead.body_id, 1)]


@pytest.mark.parametrize("role", [Role.OFFICE_LEADER, Role.ADMIN])
def test_a_hint_waits_on_the_desk_until_somebody_has_asked(case, reader, role):
    places.hint(case.handler, UseKind.TWO_PLACES, None, at=clock.now())
    places.hint(case.handler, UseKind.TWO_PLACES, None, at=clock.now())
    places.hint(case.handler, UseKind.BODY_NETWORK, case.lead.body_id, at=clock.now())
    visitor = reader.signed_in_as(a_user(case.congress, role))
    assert "Unusual use of accounts" in visitor.read("/").text
    page = visitor.read("people.hints")
    assert "In use at two places at once" in page.text
    assert "A deputy's account used from the network of" in page.text
    assert HERE not in page.text
    for number in list(db.session.scalars(sa.select(UseHint.id))):
        visitor.read("people.hints")
        visitor.send("people.look_at_hint", hint_id=number)
        visitor.send("people.look_at_hint", hint_id=number, expect=404)
    assert "Nothing unusual." in visitor.read("people.hints").text
    assert "Unusual use of accounts" not in visitor.read("/").text
    assert db.session.scalar(sa.select(sa.func.count()).where(UseHint.seen_by != "")) == 2
