"""One letter found nobody at its address; the office told the person by telephone and put it aside."""

from __future__ import annotations

from datetime import datetime

from tracker.database import db
from tracker.mail import actions
from tracker.mail.models import Letter, Stopped

CARRIER = "demo"


def tell_one_by_telephone(*, at: datetime) -> None:
    """The oldest letter that waits; nothing is mailed, only what a mail server would have answered is noted."""
    letter = actions.claim_next(by=CARRIER, at=at)
    if letter is None:
        return
    actions.mark_failed(letter, by=CARRIER, words="550 5.1.1 User unknown", why=Stopped.ADDRESS)
    actions.put_aside(db.session.get_one(Letter, letter.id, populate_existing=True))
