"""Whoever sees a last day in a list finds, where its line leads, how that very day was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
import sqlalchemy as sa

from tests.country import load_country
from tests.reader import Page, Reader
from tracker.database import db
from tracker.demo.play import play
from tracker.people.models import User
from tracker.roles import Role

TODAY = date(2026, 6, 24)
SHOWS = ("Last day", "How it stands", "To be read until", "Due")
DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
LISTS = (
    "desk.index", "register.index", "dispatch.index", "dispatch.hub", "handling.inbox", "handling.reading",
    "handling.extensions", "handling.undelivered", "feedback.index", "followup.index", "supervision.instructions",
    "supervision.board", "escalation.index", "figures.unseen",
)  # fmt: skip
OF_ITSELF = "/rules/"  # a line about rules explains no clock


@pytest.mark.engines("sqlite")
def test_every_last_day_in_every_list_is_explained_where_its_line_leads(app, session, stopped_clock, reader) -> None:
    stopped_clock(TODAY)
    load_country(TODAY)
    play(on=TODAY, n=60)
    session.commit()
    seen, unexplained = 0, {}
    explained = cache(told_on)
    for role, asking in people(reader):
        for where in LISTS:
            for days, leads_to in lines(opened(app, asking, where)):
                seen += len(days)
                told = explained(asking, leads_to) if leads_to else ""
                for day in sorted(days):
                    if day not in told:
                        unexplained.setdefault(f"{role} {where} → {re.sub('[0-9]+', 'n', leads_to)}", (day, leads_to))
    assert not unexplained, "\n".join(f"{line}: {day}" for line, day in unexplained.items())
    assert seen > 200


def people(reader: Reader) -> Iterator[tuple[Role, Reader]]:
    """One of each role that has lists of its own, in the order of the roles."""
    for role in Role:
        found = db.session.scalars(sa.select(User).where(User.role == role).order_by(User.id).limit(1)).first()
        if found is not None:
            yield role, reader.signed_in_as(found)


def opened(app, asking: Reader, endpoint: str) -> Page | None:
    """The list, where this person may open it."""
    with app.test_request_context():
        where = app.url_for(endpoint)
    with app.app_context():
        answer = asking.client.get(where, base_url=app.config["BASE_URL"], headers={"Accept-Language": "en"})
    return Page(answer) if answer.status_code == 200 else None


def lines(page: Page | None) -> Iterator[tuple[set[str], str]]:
    """The lines that show a last day: the days, and where the line leads."""
    days: set[str] = set()
    leads_to = ""
    for one in page.document.elements if page else ():
        if one.tag == "tr":
            if days:
                yield days, leads_to
            days, leads_to = set(), ""
        if "tbody" not in one.inside:
            continue
        if one.tag == "td" and one["data-label"] in SHOWS:
            days |= set(DAY.findall(one.text))
        if one.tag == "a" and not leads_to and one["href"].startswith("/") and OF_ITSELF not in one["href"]:
            leads_to = one["href"].split("#")[0]
    if days:
        yield days, leads_to


def told_on(asking: Reader, where: str) -> str:
    """How the days on that page were made: the lines of every explanation there."""
    return " ".join(one.text for one in asking.read(where).all("ol") if "steps-lines" in one["class"])
