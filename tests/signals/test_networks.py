"""A rating that came from where the body's people act: the fact, and nothing of anybody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import request

from tests.databases import let_go, settings
from tests.makers import a_case, a_handling_link, a_rating_link, a_submitted_reply
from tests.reader import Reader
from tests.signals.looking import gone, look, signs
from tracker import clock, create_app
from tracker.database import db
from tracker.feedback.models import RatingNetwork
from tracker.handling.actions import deliver
from tracker.people.models import NetworkSeen
from tracker.people.rules import network_digest
from tracker.schedule.jobs import KEEP_NETWORKS, sweep

ON, LATER = date(2026, 5, 6), date(2026, 5, 12)
BUREAU, HOME, INSIDE = "61.164.1.7", "60.12.9.200", "10.3.0.9"
SATISFIED = {"attitude": "satisfied", "result": "satisfied", "comment": ""}
AGAIN = {"attitude": "satisfied", "result": "mostly", "reason": "本人填写"}
CONTACT = {"manner": "phone", "person": "赵代表", "on": ON.isoformat(), "acting_name": "林承办"}


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(LATER)
    made = a_case()
    with clock.at(ON):
        made.reply = a_submitted_reply(made.lead, ON)
        deliver(made.reply, made.lead, by=made.by_office, on=ON)
        made.reply.assignment = made.lead
        made.links = a_handling_link(made.lead), a_rating_link(made.reply, made.deputy)
        db.session.commit()
    return made


def sitting_at(app, address: str) -> Reader:
    """A browser behind this address."""
    reader = Reader(app)
    reader.client.environ_base["REMOTE_ADDR"] = address
    return reader


def the_body_acts(app, case, address: str = BUREAU) -> None:
    """Somebody of the body notes a contact with the link in his mail."""
    reader, where = sitting_at(app, address), f"{case.links[0]}/contact"
    reader.read(where)
    assert "The contact is noted." in reader.send(where, CONTACT).text


def it_is_rated(app, case, address: str, said=None) -> None:
    reader, where = sitting_at(app, address), f"{case.links[1]}/rating"
    reader.read(where)
    assert "The rating is recorded." in reader.send(where, said or SATISFIED).text


def kept() -> tuple[int, int]:
    """How many networks and how many compared ratings are kept."""
    db.session.rollback()
    return tuple(db.session.scalar(sa.select(sa.func.count()).select_from(one)) for one in (NetworkSeen, RatingNetwork))


def test_a_rating_from_the_bureau_is_told_until_the_deputy_rates_at_home(app, case):
    the_body_acts(app, case)
    it_is_rated(app, case, BUREAU)
    look(LATER)
    [sign] = signs("rating_from_body_network")
    assert sign.facts == {"on": "2026-05-12", "body": "市交通局", "seen_on": "2026-05-12"}
    it_is_rated(app, case, HOME, AGAIN)
    look(LATER)
    assert (signs("rating_from_body_network"), len(gone("rating_from_body_network"))) == ([], 1)


@pytest.mark.engines("sqlite")
def test_of_a_rating_from_anywhere_else_nothing_is_kept(app, case):
    the_body_acts(app, case)
    it_is_rated(app, case, HOME)
    assert kept() == (1, 0)


@pytest.mark.engines("sqlite")
def test_an_address_inside_an_office_tells_nothing(app, case):
    the_body_acts(app, case, INSIDE)
    it_is_rated(app, case, INSIDE)
    assert kept() == (0, 0)


def test_an_address_our_office_uses_too_tells_nothing_even_if_found_later(app, case):
    the_body_acts(app, case)
    it_is_rated(app, case, BUREAU)
    look(LATER)
    assert len(signs("rating_from_body_network")) == 1
    clerk = sitting_at(app, BUREAU).signed_in_as(case.clerk)
    clerk.client.environ_base["REMOTE_ADDR"] = BUREAU
    clerk.read("feedback.close", suggestion_id=case.suggestion.id)
    page = clerk.send("feedback.close", {"note": "办结"}, suggestion_id=case.suggestion.id)
    assert "The suggestion is closed." in page.text
    look(LATER)
    assert signs("rating_from_body_network") == []


@pytest.mark.engines("sqlite")
def test_half_a_year_later_the_digests_are_gone_and_the_fact_stays(app, case):
    the_body_acts(app, case)
    it_is_rated(app, case, BUREAU)
    sweep(LATER + KEEP_NETWORKS)
    assert kept() == (1, 1)
    sweep(LATER + KEEP_NETWORKS + timedelta(days=1))
    assert kept() == (0, 1)
    assert db.session.scalar(sa.select(RatingNetwork.network)) is None
    look(LATER)
    assert len(signs("rating_from_body_network")) == 1


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("proxies", "seen_at"), [(0, "127.0.0.1"), (1, BUREAU)])
def test_what_a_proxy_says_is_believed_of_as_many_as_we_are_told(database_url, tmp_path, proxies, seen_at):
    app, seen = create_app({**settings(tmp_path, database_url), "PROXIES": proxies}), []
    app.before_request(lambda: seen.append(request.remote_addr))
    app.test_client().get("/healthz", headers={"X-Forwarded-For": f"1.2.3.4, {BUREAU}"})
    let_go(app)
    assert seen == [seen_at]


@pytest.mark.parametrize(
    "address", ["", "unix:", "127.0.0.1", "192.168.1.4", "10.0.0.1", "100.64.3.2", "fe80::1", "::1"]
)
def test_what_is_no_public_address_has_no_network(address):
    assert network_digest(address, b"secret") is None


def test_one_public_address_is_one_network_and_of_the_new_kind_a_whole_household():
    assert network_digest("61.164.1.7", b"a") == network_digest("::ffff:61.164.1.7", b"a")
    assert network_digest("61.164.1.7", b"a") != network_digest("61.164.1.8", b"a")
    assert network_digest("2409:8a1:1:2:3::4", b"a") == network_digest("2409:8a1:1:2:ffff::9", b"a")
    assert network_digest("61.164.1.7", b"a") != network_digest("61.164.1.7", b"b")
    assert "61.164" not in (network_digest("61.164.1.7", b"a") or "")
