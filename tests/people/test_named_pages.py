"""Keeping a list, finding it in the list's head and among my views, beginning the day with it."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.register.city import City, build
from tests.register.test_list import numbers
from tracker import clock
from tracker.database import db
from tracker.people.actions import set_password
from tracker.people.models import NamedView
from tracker.roles import Role

PASSWORD = "plum river lantern oak"


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(date(2026, 3, 12))
    return build()


@pytest.fixture
def clerk(city, reader):
    return reader.signed_in_as(city.user(Role.OFFICE_CLERK))


def keep(clerk, name: str = "养老件", **said):
    page = clerk.read("register.index", q="养老", sort="number", page=1)
    clerk.read(next(url for url in page.links().values() if url.startswith("/views/new")))
    return clerk.send(clerk.page.response.request.full_path, {"name": name, **said})


def test_a_list_is_kept_and_opened_again(city, clerk):
    wanted = city.record("关于增设养老服务驿站的建议")
    city.record("关于优化公交线路的建议")
    kept = keep(clerk)
    assert "养老件" in kept.text
    later = city.record("关于养老护理员培训的建议")
    opened = clerk.read(clerk.read("register.index").links()["养老件"])
    assert numbers(opened) == [wanted.number, later.number]
    [current] = [link for link in opened.all("a") if link.text == "养老件" and link["aria-current"]]
    assert current["href"].startswith("/suggestions?")


def test_a_name_is_needed(clerk):
    for nothing in ("", " "):
        assert "Please fill in" in keep(clerk, nothing).text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(NamedView)) == 0


def test_another_clerk_finds_what_is_shared_and_cannot_change_it(city, clerk, reader):
    keep(clerk, "公开的", shared="y")
    keep(clerk, "自己的")
    other = reader.signed_in_as(city.user(Role.OFFICE_CLERK))
    page = other.read("people.views")
    assert "公开的" in page.text
    assert "自己的" not in page.text
    [shared] = db.session.scalars(sa.select(NamedView.id).where(NamedView.shared))
    assert [link for link in page.links().values() if link == f"/views/{shared}"] == []
    other.read("people.amend_view", view_id=shared, expect=404)
    other.send("people.drop_view", view_id=shared, expect=404)


def test_a_view_is_named_anew_and_dropped(clerk):
    keep(clerk)
    [number] = db.session.scalars(sa.select(NamedView.id))
    clerk.read("people.amend_view", view_id=number)
    assert "改了名" in clerk.send("people.amend_view", {"name": "改了名"}, view_id=number).text
    assert "No view is kept yet" in clerk.send("people.drop_view", view_id=number).text


def test_the_day_begins_with_a_view(app, city, reader):
    user = city.user(Role.OFFICE_CLERK)
    set_password(user, PASSWORD, at=clock.now())
    db.session.commit()
    clerk = reader.signed_in_as(user)
    keep(clerk, "早上先看", start="y")
    reader.read("people.sign_in")
    first = reader.send("people.sign_in", {"email": user.email, "password": PASSWORD}, expect=303)
    assert first.response.location.startswith("/suggestions?q=")
    [number] = db.session.scalars(sa.select(NamedView.id))
    clerk.read("people.views")
    assert "my day begins here" not in clerk.send("people.start_view", view_id=number).text


def test_where_one_was_led_to_goes_before_the_view(city, reader):
    user = city.user(Role.OFFICE_CLERK)
    set_password(user, PASSWORD, at=clock.now())
    db.session.commit()
    keep(reader.signed_in_as(user), "早上先看", start="y")
    reader.read("/sign-in", next="/promises")
    said = {"email": user.email, "password": PASSWORD, "next": "/promises"}
    assert reader.send("people.sign_in", said, expect=303).response.location == "/promises"


def test_a_list_one_may_not_open_is_not_kept(city, reader):
    deputy = reader.signed_in_as(city.user(Role.DEPUTY, deputy=city.deputy))
    deputy.read("/views/new", of="mail.outbox")
    deputy.send("/views/new?of=mail.outbox", {"name": "信件"})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(NamedView)) == 0
