"""Whether the tracker lives, and whether it is ready."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l

from tracker.care.self_check import findings
from tracker.care.upgrade import is_current
from tracker.database import db
from tracker.roles import Role
from tracker.stage import Weight
from tracker.web.gate import allow, allow_anyone

pages = Blueprint("care", __name__)


WEIGHTS: dict[Weight, tuple[Any, str]] = {
    Weight.FINE: (_l("In order"), "ok"),
    Weight.HINT: (_l("To know"), "info"),
    Weight.WARNING: (_l("To look after"), "warn"),
    Weight.BAD: (_l("Not in order"), "bad"),
}


@pages.get("/self-check")
@allow(Role.ADMIN)
def self_check() -> str:
    """How the installation stands, the worst first, each with what to do next."""
    return render_template("care/self_check.html", found=findings(), weights=WEIGHTS, worst=Weight)


@pages.get("/healthz")
@allow_anyone
def healthz() -> Any:
    """Alive: this process answers."""
    return {"alive": True}


@pages.get("/readyz")
@allow_anyone
def readyz() -> Any:
    """Ready: the database answers and its schema is the one this program knows."""
    try:
        db.session.execute(sa.text("select 1"))
        ready = is_current(db.engine)
    except sa.exc.SQLAlchemyError:
        ready = False
    return {"ready": ready}, (200 if ready else 503)
