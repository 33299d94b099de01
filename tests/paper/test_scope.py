"""Printing and taking in: each sees its own and nothing else, whoever printed it first."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.security.city import ON, City, built
from tests.security.crawl import SEES, ask, leaks
from tracker.database import db
from tracker.paper.models import Paper


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(ON)
    made = built()
    for item, assigned in made.assignments.items():
        for one in assigned:
            made.owns(item, "hand_over_id", one.hand_over_id)
            made.owns(item, "body_id", one.body_id)
    session.commit()
    return made


def pages(city: City):
    """Every page that prints, with the numbers of every item."""
    for item, ids in city.ids.items():
        for one in ids.get("assignment_id", ()):
            yield item, f"/assignments/{one}/notice"
            yield item, f"/assignments/{one}/contact-record"
        for one in ids.get("reply_id", ()):
            yield item, f"/replies/{one}/letter"
            for deputy in city.deputies.values():
                yield item, f"/replies/{one}/opinion-forms/{deputy.id}"
        for act, body in zip(ids.get("hand_over_id", ()), ids.get("body_id", ()), strict=True):
            yield None, f"/hand-overs/{act}/letters"
            yield None, f"/hand-overs/{act}/list"
            yield None, f"/hand-overs/{act}/bodies/{body}/letter"
            yield None, f"/hand-overs/{act}/bodies/{body}/list"


@pytest.mark.engines("sqlite")  # papers drawn some thousand times; who sees what is asked on both (tests/security)
def test_no_mark_crosses_on_paper(app, city: City, reader) -> None:
    visitors = {name: reader.signed_in_as(user) for name, user in city.users.items()}
    where = sorted(set(pages(city)), key=str)
    for visitor in visitors.values():  # everybody presses every button, so that every paper that may be has its number
        for _item, path in where:
            ask(visitor, path, "POST", data={"csrf_token": visitor.token(), "format": "docx"})
    wrong, opened = [], 0
    for name, visitor in visitors.items():
        for item, path in where:
            answer, text = ask(visitor, f"{path}?format=docx")
            wrong += leaks(name, text, path)
            opened += answer.status_code == 200
            if item is not None and item not in SEES[name] and answer.status_code not in (403, 404):
                wrong.append(f"{name}: {path} answers {answer.status_code}")
            if "mark-internal-title" in text and path.startswith("/hand-overs/"):
                wrong.append(f"{path} names an internal item")
    assert wrong == [], "\n".join(wrong)
    assert opened > 60


def test_nobody_but_the_office_takes_papers_in(app, city: City, reader) -> None:
    clerk = reader.signed_in_as(city.users["clerk"])
    for _item, path in set(pages(city)):
        ask(clerk, path, "POST", data={"csrf_token": clerk.token()})
    db.session.rollback()
    codes = list(db.session.scalars(sa.select(Paper.code)))
    assert len(codes) > 10
    for name, user in city.users.items():
        visitor = reader.signed_in_as(user)
        expected = {200, 302} if name in ("clerk", "office head") else {403}
        for code in codes:
            assert ask(visitor, f"/papers/{code}")[0].status_code in expected, (name, code)
