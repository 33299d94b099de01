"""Nobody comes in whom the table does not name: every page, every role, and what nobody has thought of."""

from __future__ import annotations

import logging
import re

import pytest
import sqlalchemy as sa
from werkzeug.routing import IntegerConverter
from werkzeug.test import TestResponse

from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.makers import a_body, a_deputy, a_meeting, a_user
from tests.makers import a_congress as a_congress_with_rules
from tracker.database import db
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.models import Congress
from tracker.web import gate
from tracker.web.gate import ANYONE, allow, allowed, is_open_to

STATIC = {"static", "bootstrap.static"}
# What stands in an address and is no number: a name of rules, a week, a paper's number, and secrets.
WORDS = {"name", "week", "token", "secret", "token_of_file", "code"}
# Pages for anyone that are gone once there is a congress.
GONE = {"people.set_up"}


def pages(app):
    """Endpoint → rules, without static files."""
    found = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in STATIC:
            found.setdefault(rule.endpoint, []).append(rule)
    return found


@pytest.fixture
def people(session) -> dict[Role, User]:
    """One of each role, in one congress."""
    congress = a_congress_with_rules()
    a_meeting(congress)
    office, body, hub = a_body(congress, "财经委"), a_body(congress), a_body(congress, "市政府办", is_hub=True)
    deputy = a_deputy(congress)
    of = {
        Role.HUB: {"body_id": hub.id},
        Role.BODY_HANDLER: {"body_id": body.id},
        Role.BODY_LEADER: {"body_id": body.id},
        Role.COMMITTEE: {"body_id": office.id},
        Role.DEPUTY: {"deputy_id": deputy.id},
    }
    made = {role: a_user(congress, role, **of.get(role, {})) for role in Role}
    session.commit()
    return made


def ask(visitor, path: str, method: str = "GET", **options) -> TestResponse:
    """One request in a context of its own; the answer whatever it is, no way followed."""
    with visitor.app.app_context():
        return visitor.client.open(path, method=method, base_url=visitor.app.config["BASE_URL"], **options)


@pytest.mark.engines("sqlite")
def test_every_page_is_in_the_table_with_exactly_these_roles(app):
    with app.app_context():
        found = {endpoint: allowed(endpoint) for endpoint in pages(app)}
    told = {endpoint: ANYONE if line.anyone else line.roles for endpoint, line in WHO_MAY_OPEN.items()}
    assert found == told


@pytest.mark.engines("sqlite")
def test_every_page_carries_a_label_and_a_page_for_anyone_says_so_itself(app):
    with app.app_context():
        assert [endpoint for endpoint in pages(app) if not allowed(endpoint)] == []
        for endpoint, line in WHO_MAY_OPEN.items():
            assert (allowed(endpoint) is ANYONE) == line.anyone, endpoint


@pytest.mark.engines("sqlite")
def test_mailed_links_open_only_the_pages_that_say_so(app):
    through = {endpoint for endpoint, rules in pages(app).items() if any("token" in rule.arguments for rule in rules)}
    labelled = {endpoint for endpoint in pages(app) if getattr(app.view_functions[endpoint], "by_link", False)}
    assert through == labelled == {endpoint for endpoint, line in WHO_MAY_OPEN.items() if line.by_link}
    for endpoint in labelled:
        paths = [rule.rule for rule in pages(app)[endpoint] if "token" in rule.arguments]
        assert all(path.startswith("/links/<token>") for path in paths)


@pytest.mark.engines("sqlite")
def test_ids_in_addresses_are_numbers_and_addresses_are_nouns(app):
    wrong = []
    for endpoint, rules in pages(app).items():
        for rule in rules:
            for name in rule.arguments - WORDS:
                is_id = name.endswith("_id") or name == "year"
                if not isinstance(rule._converters[name], IntegerConverter) or not is_id:
                    wrong.append(f"{endpoint}: {name} in {rule.rule}")
            if re.search(r"/(get|set|do|delete|update|create)(/|$)", rule.rule):
                wrong.append(f"{endpoint}: {rule.rule}")
    assert wrong == []


@pytest.mark.engines("sqlite")
def test_every_request_passes_the_gate_before_its_view(app):
    before = app.before_request_funcs[None]
    assert gate.guard in before
    assert not app.url_map.host_matching


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.engines("sqlite")
def test_a_role_opens_its_pages_and_no_others(app, people, reader, role):
    """Every page that needs no number: 200 for who may, 403 for who may not."""
    visitor = reader.signed_in_as(people[role])
    wrong = []
    for endpoint, rules in pages(app).items():
        line = WHO_MAY_OPEN[endpoint]
        for rule in rules:
            if rule.arguments or "GET" not in rule.methods or endpoint in GONE:
                continue
            answer = ask(visitor, rule.rule)
            if answer.status_code != (200 if line.anyone or role in line.roles else 403):
                wrong.append(f"{rule.rule}: {answer.status_code}")
            answer.close()
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.engines("sqlite")
def test_a_role_sends_only_what_it_may(app, people, reader, role):
    """Forms too, and those with a number in their address: 403 before anything is looked for."""
    visitor = reader.signed_in_as(people[role])
    token, wrong = visitor.token(), []
    for endpoint, rules in pages(app).items():
        line = WHO_MAY_OPEN[endpoint]
        if line.anyone or role in line.roles:
            continue
        for rule in rules:
            path = re.sub(r"<int:\w+>", "1", rule.rule)
            if "<" in path:
                continue
            for method in sorted(rule.methods & {"GET", "POST"}):
                options = {"data": {"csrf_token": token}} if method == "POST" else {}
                answer = ask(visitor, path, method, **options)
                if answer.status_code != 403:
                    wrong.append(f"{method} {path}: {answer.status_code}")
    assert wrong == []


@pytest.mark.engines("sqlite")
def test_strangers_are_led_to_the_sign_in_and_sent_forms_are_refused(app, people, reader):
    wrong = []
    for endpoint, rules in pages(app).items():
        for rule in rules:
            path = re.sub(r"<int:\w+>", "1", rule.rule)
            if WHO_MAY_OPEN[endpoint].anyone or "token" in rule.arguments:
                continue
            path = re.sub(r"<\w+>", "x", path)
            if "GET" in rule.methods:
                answer = ask(reader, path)
                if answer.status_code != 302 or not answer.location.startswith("/sign-in?next="):
                    wrong.append(f"GET {path}: {answer.status_code}")
            if "POST" in rule.methods:
                answer = ask(reader, path, "POST", data={"csrf_token": reader.token()})
                if answer.status_code != 401:
                    wrong.append(f"POST {path}: {answer.status_code}")
    assert wrong == []


@pytest.mark.engines("sqlite")
def test_other_methods_open_nothing(app, people, reader):
    wrong = []
    tricks = {"X-HTTP-Method-Override": "GET", "X-Original-URL": "/healthz", "X-Rewrite-URL": "/healthz"}
    for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "get", "PROPFIND"):
        for path in ("/users", "/suggestions/1", "/replies/1/rating", "//users", "/Users", "/users/", "/users%2f"):
            answer = ask(reader, path, method, headers=tricks)
            if answer.status_code < 300 or b"@city.example" in answer.data:
                wrong.append(f"{method} {path}: {answer.status_code}")
    assert wrong == []


def test_what_is_only_looked_at_never_writes(app, people, reader, caplog):
    """The database itself refuses: a view that would write on a GET fails, and nothing is there afterwards."""

    @app.get("/careless")
    @allow(*Role)
    def careless() -> str:
        db.session.execute(sa.update(Congress).values(name="Overwritten"))
        db.session.commit()
        return "done"

    with caplog.at_level(logging.CRITICAL):
        reader.signed_in_as(people[Role.ADMIN]).read("/careless", expect=500)
    db.session.rollback()
    assert db.session.scalar(sa.select(Congress.name)) == "临江市人民代表大会"


@pytest.mark.engines("sqlite")
def test_a_page_that_names_nobody_is_closed_to_all(app, people, reader):
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert ask(reader, "/forgotten").status_code == 403
    for role in Role:
        assert "secret" not in reader.signed_in_as(people[role]).read("/forgotten", expect=403).html


@pytest.mark.engines("sqlite")
def test_a_role_nobody_knows_and_a_gate_that_fails_let_nobody_in(app, people, reader, monkeypatch, caplog):
    class Strange:
        role = "x"

    with app.app_context():
        assert [
            endpoint for endpoint in pages(app) if is_open_to(endpoint, Strange()) and allowed(endpoint) is not ANYONE
        ] == []
    visitor = reader.signed_in_as(people[Role.ADMIN])

    asked: list[object] = []

    def broken(*_asked) -> bool:
        asked.append(_asked)
        if len(asked) == 1:  # the gate's own question; the page that tells of the failure asks for its menu
            raise RuntimeError("the policy is away")
        return False

    monkeypatch.setattr(gate, "is_open_to", broken)
    with caplog.at_level(logging.CRITICAL):
        answer = ask(visitor, "/users")
    assert answer.status_code == 500
    assert "@city.example" not in answer.get_data(as_text=True)


@pytest.mark.engines("sqlite")
def test_the_menu_leads_nowhere_closed(app, people, reader):
    for role in Role:
        visitor = reader.signed_in_as(people[role])
        page = visitor.read("/")
        menu = [link["href"] for link in page.all("a") if "nav" in link.inside and link["href"].startswith("/")]
        assert menu
        for path in menu:
            visitor.read(path)


def test_the_table_is_read_as_it_is_drawn():
    assert WHO_MAY_OPEN["people.users"].roles == {Role.ADMIN}
    assert WHO_MAY_OPEN["dispatch.hub"].roles == {Role.HUB}
    assert WHO_MAY_OPEN["feedback.rating"].roles == {Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.DEPUTY}
