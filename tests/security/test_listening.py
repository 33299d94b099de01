"""As delivered: nothing unencrypted leaves the machine, and a key can be changed while people work."""

from __future__ import annotations

import re

import pytest

from tests.databases import let_go, settings
from tests.makers import a_case
from tests.reader import Reader
from tests.small_city import small_city
from tracker import create_app
from tracker.cli.listening import is_this_machine, lead_here, must_not_leave
from tracker.database import db
from tracker.dispatch.letters import handling_link
from tracker.structure.models import Officer

OLD_KEY = "the key this installation was begun with and long enough"
NEW_KEY = "another key of the same installation, as long as the first"
HTTPS = "https://suggestions.city.example"
HERE = ("127.0.0.1", "127.8.0.1", "::1", "[::1]", "localhost", "LOCALHOST", "::ffff:127.0.0.1")
ELSEWHERE = ("0.0.0.0", "::", "", "10.0.0.12", "192.168.1.1", "city.example", "::ffff:10.0.0.1", "localhost.test")

pytestmark = pytest.mark.engines("sqlite")


@pytest.mark.parametrize("host", HERE)
def test_only_this_machine_is_this_machine(host):
    assert is_this_machine(host)
    must_not_leave(host, {"PLAIN_HTTP": False})


@pytest.mark.parametrize("host", ELSEWHERE)
def test_another_address_needs_a_word_of_the_operator(host):
    with pytest.raises(SystemExit, match="PLAIN_HTTP=on"):
        must_not_leave(host, {"PLAIN_HTTP": False})
    must_not_leave(host, {"PLAIN_HTTP": True})


@pytest.mark.parametrize(
    ("said", "host", "leads_to"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1", "http://127.0.0.1:8427"),
        ("http://127.0.0.1:8000", "0.0.0.0", "http://127.0.0.1:8000"),
        ("https://office.example", "127.0.0.1", "https://office.example"),
    ],
)
def test_letters_lead_to_where_we_listen_unless_somebody_said_another_address(said, host, leads_to):
    config = {"BASE_URL": said}
    lead_here(host, 8427, config)
    assert config["BASE_URL"] == leads_to


def test_serving_on_every_address_is_refused_before_anything_is_done(app, session):
    done = app.test_cli_runner().invoke(args=["serve", "--host", "0.0.0.0", "--port", "8000"])
    assert done.exit_code == 1
    assert "Not started: 0.0.0.0 is not only this machine" in done.output


def test_a_changed_key_ends_no_session_and_no_open_form(app, session, tmp_path):
    """Signed with the former key: still good while it is a fallback, and not a moment longer."""
    app.config["SECRET_KEY"] = OLD_KEY
    clerk = Reader(app).signed_in_as(small_city().clerk)
    token = clerk.token()
    cookie = clerk.client.get_cookie("session", domain="127.0.0.1").value
    given = settings(tmp_path, app.config["DATABASE_URL"])
    session.commit()
    for fallbacks, status in ((OLD_KEY, 302), ("", 401)):
        changed = create_app({**given, "SECRET_KEY": NEW_KEY, "SECRET_KEY_FALLBACKS": fallbacks})
        visitor = Reader(changed)
        visitor.client.set_cookie("session", cookie, domain="127.0.0.1")
        with changed.app_context():
            base = {"base_url": changed.config["BASE_URL"]}
            assert visitor.client.get("/account", **base).status_code == (200 if fallbacks else 302)
            answer = visitor.client.post("/account/sessions/end", data={"csrf_token": token}, **base)
            assert answer.status_code == status
        let_go(changed)


def test_a_former_key_is_no_key_for_what_it_did_not_sign(app, session, tmp_path):
    app.config["SECRET_KEY"] = OLD_KEY
    clerk = Reader(app).signed_in_as(small_city().clerk)
    clerk.token()
    cookie = clerk.client.get_cookie("session", domain="127.0.0.1").value
    session.commit()
    given = settings(tmp_path, app.config["DATABASE_URL"])
    changed = create_app({**given, "SECRET_KEY": NEW_KEY, "SECRET_KEY_FALLBACKS": OLD_KEY})
    visitor = Reader(changed)
    visitor.client.set_cookie("session", cookie, domain="127.0.0.1")
    with changed.app_context():
        for token in ("", "x", "0" * 40):
            sent = {"data": {"csrf_token": token}, "base_url": changed.config["BASE_URL"]}
            assert visitor.client.post("/account/sessions/end", **sent).status_code == 400
    let_go(changed)


def test_a_mailed_link_sends_its_form_over_https_without_a_referrer(session, database_url, tmp_path, stopped_clock):
    """Its pages tell nobody where they are; the token of the form is what holds."""
    secure = create_app({**settings(tmp_path, database_url), "BASE_URL": HTTPS})
    with secure.app_context():
        case = a_case()
        officer = db.session.query(Officer).filter_by(body_id=case.lead.body_id).first()
        link = handling_link(case.lead, officer)
        db.session.commit()
        client, base = secure.test_client(), {"base_url": HTTPS}
        page = client.get(f"{link}/receipt", **base)
        assert page.headers["Referrer-Policy"] == "no-referrer"
        fields = dict(re.findall(r'name="(csrf_token|press)" value="([^"]*)"', page.get_data(as_text=True)))
        answer = client.post(f"{link}/receipt", data={**fields, "acting_name": "林承办"}, **base)
        assert answer.status_code in (302, 303)
        refused = client.post(f"{link}/receipt", data={"csrf_token": "x", "acting_name": "林承办"}, **base)
        assert refused.status_code == 400
    let_go(secure)
