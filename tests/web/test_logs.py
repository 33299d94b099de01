"""The log: one line for each page, one line each, and nothing of a person or of what could not be stored in it."""

import io
import json
import logging

import pytest
import sqlalchemy as sa

from tests.small_city import small_city
from tracker.database import db, writing
from tracker.people.models import User
from tracker.roles import Role
from tracker.web import logs
from tracker.web.gate import allow_anyone

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture(params=("json", "text"))
def written(request):
    """What the log says, line by line."""
    root, ours, kept = logging.getLogger(), logging.getLogger("tracker"), io.StringIO()
    handlers, levels = root.handlers, (root.level, ours.level)
    logs.write(request.param, to=kept)
    yield lambda: [json.loads(line) if request.param == "json" else line for line in kept.getvalue().splitlines()]
    root.handlers = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def seen(line, name):
    return str(line.get(name)) if isinstance(line, dict) else dict(p.split("=", 1) for p in line.split()[2:])[name]


def test_a_page_leaves_one_line(session, reader, written):
    city = small_city()
    reader.signed_in_as(city.clerk).read("/suggestions?q=赵甲一&csrf=secret")
    [line] = written()
    assert [seen(line, name) for name in ("page", "method", "status", "user")] == [
        "register.index", "GET", "200", str(city.clerk.id),
    ]  # fmt: skip
    assert 0 < int(seen(line, "statements")) < 20
    assert "secret" not in str(line)
    assert "q=" not in str(line)


def test_what_only_shows_that_we_live_is_not_told(reader, written):
    reader.read("/healthz")
    reader.read("/static/seal.svg")
    assert written() == []


def test_an_incident_is_found_by_its_number_and_tells_nothing_of_a_person(app, session, reader, written):
    """A database quotes what it could not store; the log does not."""
    email = small_city().clerk.email
    session.rollback()

    @app.get("/broken")
    @allow_anyone
    def broken():
        with writing(), db.engine.begin() as connection:
            connection.execute(sa.insert(User), {"email": email, "name": "孙办", "role": Role.ADMIN})

    page = reader.read("/broken", expect=500)
    number = page.all("strong")[-1].text
    lines = [line for line in written() if number in str(line)]
    assert len(lines) == 2  # the fault, and the page
    assert "tests/web/test_logs.py" in str(lines[0])
    for told in (email, "clerk@", "孙办", "INSERT", "insert"):
        assert told not in str(written())


@pytest.mark.parametrize("trick", ["a\r\nb", "a\u2028b", "\u202egnp.exe", "a\x1b[31m", "赵甲一"])
def test_a_line_stays_one_line_and_reads_as_it_stands(written, trick):
    logging.getLogger("somebody").warning("said %s", trick)
    logs.note("job", job=trick)
    assert len(written()) == 2
    for line in written():
        text = line if isinstance(line, str) else json.dumps(line)
        assert text.isascii()
        assert text.isprintable()


def test_a_method_nobody_knows_is_not_repeated(app, session, reader, written):
    with app.app_context():
        reader.client.open("/sign-in", method="X-赵", base_url=app.config["BASE_URL"])
    assert all(seen(line, "method") == "other" for line in written())
    db.session.rollback()
