"""What handling does by itself: the fate of a mailed reply is noted on its delivery."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.handling import actions, delivering
from tracker.handling.models import Way


def follow_letters(today: date) -> dict[str, Any]:
    """A reply whose letter failed or was never mailed is to be delivered again; one mailed later has arrived after all.

    A deputy who has rated the reply has it, whatever the mail says.
    """
    lost = found = 0
    for delivery, why in delivering.not_mailed():
        try:
            actions.lose(delivery, why, by=SYSTEM, on=today)
            lost += 1
        except RuleBroken:
            delivery.letter_id = None
        db.session.commit()
    for delivery, letter in delivering.mailed_after_all():
        sent_on = clock.local(letter.sent_at).date() if letter.sent_at else today
        actions.reach(delivery, Way.SYSTEM, by=SYSTEM, on=max(sent_on, delivery.released_on))
        found += 1
        db.session.commit()
    return {"rows": lost + found, "lost": lost, "found": found}


def has_work() -> bool:
    """Whether a letter's fate is still to be noted."""
    return delivering.is_any_to_follow()
