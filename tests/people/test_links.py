"""One-time links work once, for their time, and die with a new one."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tracker import clock
from tracker.people import actions, passwords

pytestmark = pytest.mark.engines("sqlite")
NEW = {"password": "four other quiet words"}


@pytest.fixture
def link(clerk, session):
    def make(**how):
        secret = actions.password_link(clerk, at=clock.now(), **how)
        session.commit()
        return f"/password/{secret}"

    return make


def test_a_link_sets_the_password_once(reader, link, clerk, session):
    path = link()
    reader.read(path)
    assert reader.send(path, NEW).heading == "Sign in"
    session.refresh(clerk)
    assert passwords.matches(clerk.password_hash, NEW["password"])
    reader.read(path, expect=404)
    reader.send(path, {"password": "yet another four words"}, expect=404)


def test_looking_at_a_link_does_not_use_it_up(reader, link):
    path = link()
    reader.read(path)
    reader.read(path)


def test_a_weak_password_leaves_the_link_alive(reader, link):
    path = link()
    reader.read(path)
    assert "Use at least 12 characters." in reader.send(path, {"password": "short"}).text
    assert reader.send(path, NEW).heading == "Sign in"


def test_a_link_ends_with_its_time(reader, link):
    path = link(hours=1)
    with clock.at(clock.now() + timedelta(hours=1, seconds=1)):
        reader.read(path, expect=404)


def test_a_new_link_kills_the_one_before(reader, link):
    first = link()
    second = link()
    reader.read(first, expect=404)
    reader.read(second)


def test_setting_a_password_ends_the_sessions_of_before(reader, link, clerk):
    here = reader.signed_in_as(clerk)
    path = link()
    reader.read(path)
    reader.send(path, NEW)
    here.read("people.account", expect=302)


def test_a_link_is_kept_as_a_digest_only(link, session):
    secret = link().rsplit("/", 1)[1]
    (kept,) = session.execute(sa.text("select * from link")).mappings().all()
    assert secret not in str(dict(kept))
