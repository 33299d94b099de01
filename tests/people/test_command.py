"""`user`: accounts from the command line."""

import json
from urllib.parse import urlsplit

import pytest

from tests.people.conftest import ACTING, PASSWORD
from tracker.errors import RuleBroken
from tracker.people.command import first_administrator
from tracker.structure.actions import add_body, add_deputy
from tracker.structure.models import Branch

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def run(app, congress, session):
    def call(*arguments):
        session.rollback()
        return app.test_cli_runner().invoke(args=["user", *arguments])

    return call


def test_a_new_account_gets_a_link_that_works(run, reader):
    done = run("add", "li@city.example", "--name", "李二", "--role", "auditor", "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["role"], said["state"]) == (0, "auditor", "no password yet")
    assert said["link"].startswith("http://127.0.0.1:8000/password/")
    assert reader.read(urlsplit(said["link"]).path).heading == "Set your password"


def test_a_role_at_a_body_needs_the_body(run, congress, session):
    add_body(congress.id, "市教育局", Branch.GOVERNMENT, short_name="教育局", **ACTING)
    session.commit()
    asked = ["add", "li@city.example", "--name", "李二", "--role", "body_handler"]
    assert (run(*asked).exit_code, "needs a body" in run(*asked).stderr) == (1, True)
    assert "There is no body 市气象局" in run(*asked, "--body", "市气象局").stderr
    assert run(*asked, "--body", "教育局").exit_code == 0
    assert "already an account" in run(*asked, "--body", "教育局").stderr


def test_two_deputies_of_one_name_need_the_card_number(run, congress, session):
    for card in ("0001", "0002"):
        add_deputy(congress.id, "王一", card_number=card, **ACTING)
    session.commit()
    asked = ["add", "wang@city.example", "--name", "王一", "--role", "deputy", "--deputy"]
    assert "give the card number" in run(*asked, "王一").stderr
    assert run(*asked, "0002").exit_code == 0


def test_disable_ends_access_and_reset_gives_it_back(run, reader, clerk):
    here = reader.signed_in_as(clerk)
    assert run("disable", "CLERK@city.example").stdout == "clerk@city.example  office_clerk  disabled\n"
    here.read("people.account", expect=302)
    assert "/password/" in run("reset", "clerk@city.example").stdout


@pytest.mark.parametrize("command", ["disable", "reset"])
def test_an_unknown_account_leaves_with_one(run, command):
    assert run(command, "nobody@city.example").exit_code == 1


@pytest.mark.parametrize(
    "asked", [["add", "a@b.example"], ["add", "a@b.example", "--name", "x", "--role", "king"], ["disable"]]
)
def test_a_wrong_call_leaves_with_two(run, asked):
    assert run(*asked).exit_code == 2


def test_a_wrong_address_is_refused(run):
    assert "not an e-mail address" in run("add", "a b", "--name", "x", "--role", "admin").stderr


def test_the_first_administrator_is_made_once(app, congress, session, reader):
    first = first_administrator("admin@city.example", congress)
    second = first_administrator("admin@city.example", congress)
    assert first != second
    session.commit()
    reader.read(urlsplit(first).path, expect=404)
    path = urlsplit(second).path
    reader.read(path)
    reader.send(path, {"password": PASSWORD})
    session.expire_all()
    assert first_administrator("admin@city.example", congress) == ""
    with pytest.raises(RuleBroken):
        first_administrator("no address", congress)
