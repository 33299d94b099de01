"""What people's accounts do by themselves: letters to those who forgot their password."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import current_app

from tracker import clock
from tracker.database import db
from tracker.people import forgotten


def answer_forgotten(today: date) -> dict[str, Any]:  # noqa: ARG001 - every job is given its day
    """Write a one-time link to each who asked for one and has an account; without a mail server to nobody."""
    written = forgotten.answer_all(at=clock.now()) if current_app.config["SMTP_URL"] else 0
    db.session.commit()
    return {"letters": written}


def has_work() -> bool:
    """Whether somebody has asked."""
    return bool(current_app.config["SMTP_URL"]) and forgotten.is_any()
