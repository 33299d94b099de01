"""Signing in and out: who guesses waits, who leaves is gone, a new password ends every other session."""

import pytest

from tests.people.conftest import AT, PASSWORD
from tests.reader import Reader
from tracker.people import actions, rules
from tracker.roles import Role

pytestmark = pytest.mark.engines("sqlite")


def sign_in(reader, email="clerk@city.example", password=PASSWORD):
    reader.read("people.sign_in")
    return reader.send(
        "people.sign_in", {"email": email, "password": password}, expect=200 if password != PASSWORD else 303
    )


def is_inside(reader):
    return reader.read("people.account", expect=200).heading == "My account"


@pytest.fixture
def other(app):
    return Reader(app)


def test_the_right_password_opens_and_any_spelling_of_the_address_does(reader, clerk):
    sign_in(reader, " CLERK@city.example ")
    assert is_inside(reader)


def test_wrong_password_and_unknown_account_are_told_alike(reader, other, clerk):
    wrong = sign_in(reader, password="something else entirely")
    unknown = sign_in(other, "nobody@city.example", "something else entirely")
    assert "E-mail or password is not right." in wrong.text
    assert "E-mail or password is not right." in unknown.text


def test_after_too_many_wrong_tries_even_the_right_password_waits(reader, clerk):
    for number in range(rules.TRIES):
        sign_in(reader, password=f"a wrong guess, number {number}")
    reader.read("people.sign_in")
    page = reader.send("people.sign_in", {"email": "clerk@city.example", "password": PASSWORD})
    assert "Too many tries." in page.text


def test_spellings_of_one_account_count_together(reader, clerk):
    for number in range(rules.TRIES):
        sign_in(
            reader, ("Clerk@city.example", "ｃlerk@city.example", "clerk@CITY.example ")[number % 3], "a wrong guess!"
        )
    reader.read("people.sign_in")
    assert (
        "Too many tries." in reader.send("people.sign_in", {"email": "clerk@city.example", "password": PASSWORD}).text
    )


def test_guessing_at_one_account_does_not_shut_out_another(reader, other, clerk, congress, session):
    leader = actions.add_user(
        "leader@city.example", "李二", Role.OFFICE_LEADER, congress_id=congress.id, by=clerk.actor(), at=AT
    )
    actions.set_password(leader, PASSWORD, at=AT)
    session.commit()
    for _ in range(rules.TRIES):
        sign_in(reader, password="a wrong guess, again")
    sign_in(other, "leader@city.example")
    assert is_inside(other)


def test_who_signs_out_is_gone_even_with_the_cookie_kept(reader, clerk):
    mine = reader.signed_in_as(clerk)
    assert is_inside(mine)
    cookie = mine.client.get_cookie("session", domain="127.0.0.1").value
    mine.send("people.sign_out", expect=303)
    mine.client.set_cookie("session", cookie, domain="127.0.0.1")
    mine.read("people.account", expect=302)


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one(reader, clerk):
    here, there = reader.signed_in_as(clerk), reader.signed_in_as(clerk)
    here.read("people.account")
    here.send("people.account", {"current": PASSWORD, "password": "four other quiet words"})
    assert is_inside(here)
    there.read("people.account", expect=302)


def test_the_current_password_is_needed_for_a_new_one(reader, clerk):
    here = reader.signed_in_as(clerk)
    here.read("people.account")
    page = here.send("people.account", {"current": "not this one at all", "password": "four other quiet words"})
    assert "The current password is not right." in page.text


def test_ended_access_ends_at_once(reader, clerk, session):
    here = reader.signed_in_as(clerk)
    actions.disable(clerk, by=clerk.actor(), at=AT)
    session.commit()
    here.read("people.account", expect=302)
    assert "not right" in reader_tries(reader).text


def reader_tries(reader):
    reader.read("people.sign_in")
    return reader.send("people.sign_in", {"email": "clerk@city.example", "password": PASSWORD})


def test_signing_in_never_leads_elsewhere(reader, clerk):
    reader.read("/sign-in?next=//evil.example/")
    page = reader.send(
        "people.sign_in",
        {"email": "clerk@city.example", "password": PASSWORD, "next": "//evil.example/"},
        expect=303,
    )
    assert page.response.location == "/"
