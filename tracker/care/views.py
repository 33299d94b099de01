"""Whether the tracker lives, and whether it is ready."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import Blueprint

from tracker.care.upgrade import is_current
from tracker.database import db
from tracker.web.gate import allow_anyone

pages = Blueprint("care", __name__)


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
