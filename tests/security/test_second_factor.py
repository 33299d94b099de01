"""The second factor: who needs it, a code opens once, its seed is nowhere, and a lost phone is no lost account."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.concurrency.crowd import at_once
from tests.makers import a_user
from tests.security.crawl import ask, fingerprint
from tests.security.signing import NOON, PASSWORD, cookie_of, gives, gives_code, shown, with_factor, with_password
from tracker import clock
from tracker.database import db
from tracker.mail.models import Letter
from tracker.people import rules, second_factor
from tracker.people.models import RecoveryCode, SignIn, User
from tracker.roles import Role
from tracker.settings import load

LATER = timedelta(seconds=rules.STEP_SECONDS)


@pytest.fixture
def admin(case) -> User:
    return with_password(a_user(case.congress, Role.ADMIN))


@pytest.mark.parametrize("role", list(Role))
def test_office_hubs_and_administrators_need_it_where_it_is_required(role):
    needs = role in (Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.HUB, Role.ADMIN)
    assert rules.needs_factor(role, "required", demo_only=False) is needs
    assert not rules.needs_factor(role, "offered", demo_only=False)
    assert not rules.needs_factor(role, "required", demo_only=True)


@pytest.mark.engines("sqlite")
def test_who_needs_one_sets_it_up_before_anything_opens(app, case, reader):
    app.config["SECOND_FACTOR"] = "required"
    gives(reader, case.clerk.email, next="/suggestions")
    before = cookie_of(reader)
    for path in ("/", "/suggestions", "/account", f"/suggestions/{case.suggestion.id}"):
        assert reader.read(path, expect=303).response.location == "/account/second-factor"
    reader.send("/account/sessions/end", expect=403)
    page = reader.read("people.factor")
    key = page.all("code")[0].text.replace(" ", "")
    assert len(page.all("svg")) == 1
    assert "not right" in reader.send("people.confirm_factor", {"code": "000000"}).text
    told = reader.send("people.confirm_factor", {"code": shown(key, clock.now())})
    assert told.heading == "Recovery codes"
    assert len({code.text for code in told.all("code")}) == second_factor.CODES
    assert cookie_of(reader) != before
    reader.read("/suggestions")
    assert key not in reader.read("people.factor").html


@pytest.mark.engines("sqlite")
def test_the_password_alone_opens_nothing_once_there_is_one(case, reader):
    key, _codes = with_factor(case.clerk)
    answer = gives(reader, case.clerk.email, next="/suggestions").response
    assert answer.location == "/sign-in?next=/suggestions"
    half = cookie_of(reader)
    for path in ("/", "/suggestions", "/account"):
        assert reader.read(path, expect=302).response.location.startswith("/sign-in")
    with clock.at(clock.now() + LATER):
        reader.read(answer.location)
        inside = reader.send("/sign-in", {"code": shown(key, clock.now())}, expect=303)
        assert inside.response.location == "/suggestions"
        assert cookie_of(reader) != half
        reader.read("/suggestions")
        reader.client.set_cookie("session", half, domain="127.0.0.1")
        reader.read("/suggestions", expect=302)


@pytest.mark.engines("sqlite")
def test_between_password_and_code_there_are_ten_minutes(case, reader):
    key, _codes = with_factor(case.clerk)
    gives(reader, case.clerk.email)
    with clock.at(clock.now() + rules.HALF_LASTS + timedelta(seconds=1)):
        assert reader.read("/sign-in").heading == "Sign in"
        reader.send("/sign-in", {"code": shown(key, clock.now())}, expect=200)
        reader.read("/", expect=302)


def test_a_code_opens_once_and_an_older_one_never_again(case):
    key, _codes = with_factor(case.clerk)
    number, now = case.clerk.id, clock.now()
    assert second_factor.try_code(number, shown(key, now), at=now) == second_factor.WRONG  # it confirmed the set-up
    code = shown(key, now + LATER)
    assert second_factor.try_code(number, code, at=now + LATER) == second_factor.RIGHT
    assert second_factor.try_code(number, code, at=now + LATER) == second_factor.WRONG
    assert second_factor.try_code(number, shown(key, now), at=now + LATER) == second_factor.WRONG


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
@pytest.mark.engines("sqlite")
def test_the_phones_clock_may_be_off_by_one_code(case, steps, opens):
    key, _codes = with_factor(case.clerk)
    then = clock.now() + 10 * LATER
    answer = second_factor.try_code(case.clerk.id, shown(key, then + steps * LATER), at=then)
    assert (answer == second_factor.RIGHT) is opens


def test_of_twenty_at_once_one_is_let_in(app, case):
    """The same code, and the same recovery code; what counts tries is left out, or it would let nobody in."""
    key, codes = with_factor(case.clerk)
    number, then = case.clerk.id, clock.now() + LATER

    def use(code: str) -> bool:
        with db.engine.begin() as connection:
            return second_factor.uses_up(connection, number, code, then)

    for code in (shown(key, then), codes[0]):
        assert at_once(app, NOON, [lambda code=code: use(code)] * 20).count(True) == 1
    answers = at_once(app, NOON, [lambda: second_factor.try_code(number, codes[1], at=then)] * 20)
    assert answers.count(second_factor.RIGHT) <= 1


def test_codes_are_not_guessed(case):
    """Eight wrong ones in a quarter of an hour, thirty a day; then the right one waits too."""
    key, _codes = with_factor(case.clerk)
    number, at = case.clerk.id, clock.now()
    for _ in range(rules.TRIES):
        assert second_factor.try_code(number, "000000", at=at) == second_factor.WRONG
    assert second_factor.try_code(number, shown(key, at + LATER), at=at + LATER) == second_factor.TOO_MANY
    for quarter in range(1, 5):
        for _ in range(6):
            second_factor.try_code(number, "000000", at=at + quarter * rules.WINDOW * 1.1)
    then = at + 6 * rules.WINDOW
    assert second_factor.try_code(number, shown(key, then), at=then) == second_factor.TOO_MANY


@pytest.mark.engines("sqlite")
def test_a_recovery_code_opens_once_and_says_how_many_are_left(case, reader):
    _key, codes = with_factor(case.clerk)
    gives(reader, case.clerk.email)
    assert "9 recovery codes are left." in gives_code(reader, codes[3].lower(), expect=200).text
    other = reader.__class__(reader.app)
    gives(other, case.clerk.email)
    assert "not right, or was used already" in gives_code(other, codes[3], expect=200).text


@pytest.mark.engines("sqlite")
def test_no_row_tells_seed_or_code(case, admin, reader):
    """Neither the database nor any page of an administrator: the salt alone is worth nothing without our key."""
    key, codes = with_factor(case.clerk)
    kept = str(fingerprint())
    for secret in (key, *codes, *(code.replace("-", "") for code in codes)):
        assert secret not in kept
    visitor = reader.signed_in_as(admin)
    for path in ("/users", "/users?format=xlsx", "/account/second-factor", "/outbox", "/"):
        assert key not in ask(visitor, path)[1]
    one, other = (second_factor._seed(case.clerk.id, "salt", secret) for secret in (b"a", b"b"))
    assert one != other


@pytest.mark.engines("sqlite")
def test_a_lost_one_is_taken_away_by_the_administrator_with_trace_and_letter(case, admin, reader):
    with_factor(case.clerk)
    inside, visitor = reader.signed_in_as(case.clerk), reader.signed_in_as(admin)
    assert "Reset second factor" in visitor.read("/users").text
    visitor.send("people.reset_factor", user_id=case.clerk.id)
    inside.read("/account", expect=302)
    assert db.session.scalar(sa.text("select count(*) from trace where act = 'factor_dropped'")) == 1
    [letter] = db.session.scalars(sa.select(Letter).where(Letter.kind == "account_changed"))
    assert (letter.to_address, letter.facts["what"]) == (case.clerk.email, "factor_reset")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RecoveryCode)) == 0
    assert gives(reader, case.clerk.email).response.location == "/"


@pytest.mark.engines("sqlite")
def test_the_administrators_own_and_another_congresses_are_not_reset(case, admin, reader, session):
    with_factor(admin)
    visitor = reader.signed_in_as(admin)
    visitor.read("/users")
    visitor.send("people.reset_factor", user_id=admin.id)
    visitor.send("people.reset_factor", user_id=999, expect=404)
    assert second_factor.has_factor(admin.id)


@pytest.mark.engines("sqlite")
def test_whoever_changes_it_gives_the_password_and_ends_all_other_sessions(case, reader):
    with_factor(case.clerk)
    here, there = reader.signed_in_as(case.clerk), reader.signed_in_as(case.clerk)
    for endpoint in ("people.factor", "people.recovery_codes", "people.end_factor"):
        here.read("people.factor")
        assert "The current password is not right." in here.send(endpoint, {"current": "not this one at all"}).text
    there.read("/account")
    before = cookie_of(here)
    here.read("people.factor")
    assert here.send("people.recovery_codes", {"current": PASSWORD}).heading == "Recovery codes"
    there.read("/account", expect=302)
    assert cookie_of(here) != before
    here.read("people.factor")
    assert "No code is asked for yet." in here.send("people.end_factor", {"current": PASSWORD}).text
    assert not second_factor.has_factor(case.clerk.id)


@pytest.mark.engines("sqlite")
def test_where_it_is_required_it_is_not_switched_off(app, case, reader):
    with_factor(case.clerk)
    app.config["SECOND_FACTOR"] = "required"
    here = reader.signed_in_as(case.clerk)
    here.read("people.factor")
    assert "not switched off" in here.send("people.end_factor", {"current": PASSWORD}).text
    assert second_factor.has_factor(case.clerk.id)


@pytest.mark.engines("sqlite")
def test_the_operator_takes_it_away_on_the_command_line(app, case, session):
    with_factor(case.clerk)
    email, number = case.clerk.email, case.clerk.id
    session.rollback()
    done = app.test_cli_runner().invoke(args=["user", "reset", email, "--second-factor"])
    assert done.exit_code == 0, done.output
    assert "/password/" not in done.stdout
    session.rollback()
    assert not second_factor.has_factor(number)
    assert session.scalar(sa.select(sa.func.count()).where(SignIn.ended_at.is_(None))) == 0


@pytest.mark.parametrize(
    ("settings", "mode"),
    [
        ({"BASE_URL": "https://suggestions.city.example"}, "required"),
        ({"BASE_URL": "http://127.0.0.1:8000"}, "offered"),
        ({"BASE_URL": "https://suggestions.city.example", "SECOND_FACTOR": "off"}, "off"),
    ],
)
def test_whoever_is_reached_over_the_network_requires_it_unless_told_otherwise(tmp_path, settings, mode):
    assert load({"INSTANCE_PATH": str(tmp_path), **settings})["SECOND_FACTOR"] == mode
