"""A few replies of the city are public; one was taken down again, and some could be."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from tracker.database import db
from tracker.demo.settling import Town
from tracker.handling.models import Reply
from tracker.people.models import User
from tracker.public import actions, queries
from tracker.roles import Role

SHOWN, TAKEN_DOWN = 12, 3  # how many are made public, and which of them is taken down
PLACE = "https://suggestions.city.example/published/"


def show(town: Town, on: date) -> None:
    """The office makes the oldest public that body and deputy agree to, and takes one down again."""
    clerk = town.clerk
    for place, reply in enumerate(_free()):
        suggestion = reply.assignment.suggestion
        question = suggestion.text if suggestion.publicity == "full" else ""
        answer = reply.text if reply.publicity == "full" else reply.text[: len(reply.text) // 2] + "……"
        worded = actions.Worded(suggestion.title, "、".join(queries.deputies_of(suggestion)), question, answer)
        page = actions.show(reply, reply.assignment, worded, PLACE, by=clerk, on=on)
        if place == TAKEN_DOWN:
            actions.take_down(page, reply.assignment, "代表来电，不再同意公开。", by=clerk, on=on)
    db.session.flush()


def _free() -> list[Reply]:
    office = db.session.scalars(sa.select(User).where(User.role == Role.OFFICE_CLERK).order_by(User.id)).first()
    return list(db.session.scalars(queries.could_be(office).limit(SHOWN)))
