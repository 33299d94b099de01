"""The doors: which host is answered, what a session is, and that nothing is sent that was not asked for here."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest

from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.makers import Case, a_case, a_submitted_reply
from tracker import clock
from tracker.database import db
from tracker.mail.models import Letter
from tracker.people.actions import set_password
from tracker.people.models import SignIn
from tracker.web.headers import ALWAYS

ON = date(2026, 3, 5)
PASSWORD = "plum river lantern oak"
HOSTS = (
    "evil.test", "127.0.0.1:8000.evil.test", "127.0.0.1:8001", "evil.test:8000", "127.0.0.1:8000@evil.test", "",
    "evil.test@127.0.0.1:8000", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8000:8000", "127.0.0.1:8000/",
    "127.0.0.1:8000#x", "127.0.0.1.:8000", "127.1:8000", "2130706433:8000", "[::1]:8000", " evil.test",
    "127.0.0.1:8000,evil.test",
    "127.0.0.1:8000\\evil.test",
)  # fmt: skip
PATHS = ("/", "/sign-in", "/suggestions/999999", "/nowhere", "/users", "/links/unknown", "/static/seal.svg")


@pytest.fixture
def case(session, stopped_clock) -> Case:
    stopped_clock(ON)
    made = a_case()
    set_password(made.clerk, PASSWORD, at=clock.now())
    session.commit()
    return made


@pytest.fixture
def clerk(case, reader):
    return reader.signed_in_as(case.clerk)


def ask(visitor, path: str, method: str = "GET", **options):
    db.session.rollback()
    with visitor.app.app_context():
        return visitor.client.open(path, method=method, **{"base_url": visitor.app.config["BASE_URL"], **options})


@pytest.mark.engines("sqlite")
def test_an_unknown_host_is_not_answered(case, reader):
    for host, path in itertools.product(HOSTS, ("/sign-in", "/healthz", "/")):
        answer = ask(reader, path, headers={"Host": host})
        assert answer.status_code == 400, host
        assert "evil" not in answer.get_data(as_text=True)


@pytest.mark.engines("sqlite")
def test_who_stands_before_us_cannot_rename_us(case, clerk):
    """Forwarded hosts are believed from nobody; letters carry the configured address."""
    tricks = {"X-Forwarded-Host": "evil.test", "Forwarded": "host=evil.test", "X-Host": "evil.test"}
    for path in ("/", "/suggestions", "/account"):
        answer = ask(clerk, path, headers=tricks)
        assert answer.status_code == 200
        assert "evil.test" not in answer.get_data(as_text=True)
    reply = a_submitted_reply(case.lead, ON)
    clerk.read(f"/replies/{reply.id}")
    page = clerk.page.hidden(f"/replies/{reply.id}/delivery")
    ask(clerk, f"/replies/{reply.id}/delivery", "POST", data={**page, "way": "system"}, headers=tricks)
    texts = [letter.body_text + letter.body_html for letter in db.session.query(Letter)]
    assert any("/rating" in text for text in texts)
    assert not any("evil.test" in text for text in texts)


@pytest.mark.engines("sqlite")
def test_every_form_needs_its_token_and_keeps_what_was_typed(app, case, clerk, reader):
    """None, a wrong one, another session's: refused, with the text given back."""
    other = reader.signed_in_as(case.handler)
    other_token = other.token()
    wrong = []
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint not in WHO_MAY_OPEN or "token" in rule.arguments:
            continue
        path = re.sub(r"<(int:)?\w+>", "1", rule.rule)
        line = WHO_MAY_OPEN[rule.endpoint]
        if not line.anyone and case.clerk.role not in line.roles:
            continue
        for token in ({}, {"csrf_token": "x"}, {"csrf_token": other_token}):
            answer = ask(clerk, path, "POST", data={**token, "text": "写了很久的文字"})
            if answer.status_code != 400 or "写了很久的文字" not in answer.get_data(as_text=True):
                wrong.append(f"{path}: {answer.status_code}")
    assert wrong == []


@pytest.mark.engines("sqlite")
def test_a_new_session_begins_at_the_sign_in_and_the_cookie_says_nothing(case, reader):
    reader.read("/sign-in")
    before = reader.client.get_cookie("session", domain="127.0.0.1").value
    fields = {"email": case.clerk.email, "password": PASSWORD}
    answer = reader.send("/sign-in", fields, expect=303).response
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("session="))
    assert cookie.split(";")[0] != f"session={before}"
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert len(cookie) < 1000
    for told in (case.clerk.email, case.clerk.name, "clerk", PASSWORD):
        assert told not in cookie


@pytest.mark.engines("sqlite")
def test_over_https_the_cookie_is_bound_to_this_host(tmp_path, database_url):
    from tests.databases import let_go, settings
    from tracker import create_app

    secure = create_app({**settings(tmp_path, database_url), "BASE_URL": "https://suggestions.city.example"})
    assert secure.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert secure.config["SESSION_COOKIE_SECURE"]
    let_go(secure)


@pytest.mark.parametrize(
    ("minutes", "in_use", "lives"), [(29, False, True), (31, False, False), (599, True, True), (601, True, False)]
)
def test_a_session_ends_when_idle_and_after_its_longest_time(case, reader, session, minutes, in_use, lives):
    """Half an hour without a page, ten hours in all."""
    visitor = reader.signed_in_as(case.clerk)
    begun = clock.now()
    for passed in range(20, 600, 20) if in_use else ():
        with clock.at(begun + timedelta(minutes=passed)):
            assert ask(visitor, "/account").status_code == 200
    with clock.at(begun + timedelta(minutes=minutes)):
        assert ask(visitor, "/account").status_code == (200 if lives else 302)


@pytest.mark.engines("sqlite")
def test_looking_never_writes_the_cookie_anew(case, clerk):
    clerk.read("/account")
    for path in ("/", "/suggestions", "/static/seal.svg", "/account", "/healthz"):
        answer = ask(clerk, path)
        assert [value for value in answer.headers.getlist("Set-Cookie") if value.startswith("session=")] == [], path
        answer.close()


@pytest.mark.engines("sqlite")
def test_signing_out_is_a_form_and_ends_the_session_on_the_server(case, clerk):
    assert ask(clerk, "/sign-out").status_code == 405
    stolen = clerk.client.get_cookie("session", domain="127.0.0.1").value
    clerk.read("/account")
    clerk.send("/sign-out", expect=303)
    clerk.client.set_cookie("session", stolen, domain="127.0.0.1")
    assert ask(clerk, "/account").status_code == 302
    db.session.rollback()
    assert [row.ended_at for row in db.session.query(SignIn) if row.ended_at is None] == []


@pytest.mark.engines("sqlite")
def test_every_answer_carries_the_headers_mistakes_too(case, clerk, reader):
    for visitor in (clerk, reader):
        for path in (
            "/",
            "/sign-in",
            "/suggestions/999999",
            "/nowhere",
            "/users",
            "/links/unknown",
            "/static/seal.svg",
        ):
            answer = ask(visitor, path)
            for name, value in ALWAYS.items():
                assert answer.headers[name] == value or name == "Referrer-Policy", (path, name)
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] in ("no-store", "public, max-age=31536000, immutable")
            assert "Werkzeug" not in answer.headers.get("Server", "")
            answer.close()


def test_numbers_beyond_all_numbers_are_no_mistake_of_ours(case, clerk):
    paths = [f"/{page}/{number}" for page in ("suggestions", "replies", "letters") for number in ("9" * 20, 2**31)]
    for page in ("promises", "ladder", "suggestions", "rules", "structure/deputies", "structure/officers", "inbox"):
        for name in ("body", "step", "year", "meeting", "page", "delegation"):
            paths += [f"/{page}?{name}={number}" for number in ("9" * 20, "9" * 9, "-1", "٣", "0")]
    wrong = [path for path in paths if ask(clerk, path).status_code not in (200, 403, 404)]
    assert wrong == []


def test_strange_text_comes_back_or_is_refused_plainly(case, clerk):
    """NUL, half characters, four-byte characters, right-to-left marks, a very long word."""
    for text in ("a\0b", "\ud83d", "𠮷野家", "\u202eabc", "x" * 5_000, "' OR 1=1 --", "{{7*7}}", "%(a)s", "<script>"):
        encoded = text.encode("utf-8", "surrogatepass")
        for path in ("/suggestions", "/suggestions/download", "/ladder", "/rules", "/outbox", "/trail"):
            answer = ask(clerk, path, query_string={"q": encoded, "page": encoded, "year": encoded, "state": encoded})
            assert answer.status_code in (200, 400, 403, 404, 414), (path, text[:10])
            answer.close()
