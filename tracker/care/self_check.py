"""The self-check: how the installation stands, asked of every stage that knows a part of it."""

from __future__ import annotations

from flask import current_app

from tracker.database import db, reading
from tracker.stage import Finding, Problem, Weight


def findings() -> list[Finding]:
    """Everything looked at, the worst first."""
    offers = current_app.extensions["offers"]
    with reading():
        found = [one for offer in offers if offer.checks is not None for one in offer.checks()]
        db.session.rollback()
    return sorted(found, key=lambda one: -one.weight)


def as_problem(one: Finding) -> Problem:
    """As `check` tells it."""
    return Problem(one.key, one.says, one.values)


def bad(found: list[Finding]) -> list[Problem]:
    return [as_problem(one) for one in found if one.weight is Weight.BAD]


def warnings(found: list[Finding]) -> list[Problem]:
    return [as_problem(one) for one in found if one.weight is Weight.WARNING]
