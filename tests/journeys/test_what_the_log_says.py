"""A whole journey with the log written: nobody's name, address or telephone, no secret and no text is in it."""

import io
import json
import logging
import re

import pytest
import sqlalchemy as sa

from tests.journeys import office
from tests.journeys.town import Town, link_about
from tests.reader import Reader
from tracker import clock
from tracker.database import Base, db
from tracker.people.actions import set_password
from tracker.web import logs

ROAD = "关于拓宽江滨路的建议"
ROWS = (("001", ROAD, "赵甲一", "", "市交通局", "", "江滨路狭窄,请予拓宽。联系电话13800138000。"),)
PASSWORD = "plum river lantern oak"
PRIVATE = re.compile(r"name|email|phone|address|title|text|digest|token|agent|comment|note|subject|reason|message_id")
OWN_WORDS = {"table_name", "stored_name", "document_number"}
SHORTEST = 2


@pytest.fixture
def log():
    kept, root, ours = io.StringIO(), logging.getLogger(), logging.getLogger("tracker")
    before = root.handlers, root.level, ours.level
    logs.write("json", to=kept)
    yield kept
    root.handlers = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])


@pytest.mark.engines("sqlite")
def test_the_log_of_a_whole_journey_names_nobody(town: Town, log, tmp_path):
    secrets = the_journey(town, tmp_path)
    text = log.getvalue()
    lines = [json.loads(line) for line in text.splitlines()]
    assert {line["what"] for line in lines} == {"page", "job", "letter"}
    assert len(lines) > 20
    assert text.isascii()
    told = "\n".join(str(line) for line in lines)
    private = private_values()
    assert len(private) > 50
    assert [value for value in sorted({*private, *secrets}) if value in told] == []
    assert not re.search(r"1[3-9]\d{9}|@|127\.0\.0\.1|/links/|https?:", told)


def the_journey(town: Town, folder) -> set[str]:
    """A sign-in that fails and one that does not, a ledger, a hand-over, letters, links, a reply, a search, faults."""
    set_password(town.clerk_user, PASSWORD, at=clock.now())
    stranger = Reader(town.app)
    for password in ("wrong password of somebody", PASSWORD):
        stranger.read("/sign-in")
        stranger.send("/sign-in", {"email": town.clerk_user.email, "password": password})
    office.import_ledger(stranger, office.a_ledger(folder, "临江市人大代表建议交办表", ROWS), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    town.carry()
    link, body = link_about(town.new_letters("林承办")[0], ROAD), town.by_mail()
    office.sign_for(link, body, "林承办")
    office.answer(link, body, "林承办", "2026-03-02")
    clerk = town.clerk()
    for path in ("/suggestions?q=赵甲一", "/users", "/outbox"):
        clerk.read(path, expect=403 if path == "/users" else 200)
    clerk.read("/suggestions/13800138000", expect=404)
    clerk.read("/赵甲一", expect=404)
    town.ring("raise-alarms")
    cookie = clerk.client.get_cookie("session", domain="127.0.0.1")
    return {PASSWORD, "wrong password", link.rsplit("/", 1)[-1], clerk.token(), cookie.value}


def private_values() -> set[str]:
    """Everything of a person, and every text, that any table holds."""
    found: set[str] = set()
    for table in Base.metadata.sorted_tables:
        named = [one for one in table.c if PRIVATE.search(one.name) and one.name not in OWN_WORDS]
        texts = [one for one in named if isinstance(one.type, sa.String | sa.Text)]
        for one in texts:
            found |= {value for value in db.session.scalars(sa.select(one).distinct()) if is_telling(value)}
    return found


def is_telling(value: object) -> bool:
    """Worth looking for: not a word of our own (a kind, a rule's name), which is plain ASCII without digits."""
    return isinstance(value, str) and len(value) >= SHORTEST and not re.fullmatch(r"[a-z_ .-]+|\W*", value)
