"""What care does by itself: once a week the seal of the trail goes out."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker import clock
from tracker.care import letters
from tracker.database import db


def mail_seal(today: date) -> dict[str, Any]:
    """Mail the newest seal to those who keep it; a second run in the week writes nothing anew."""
    written = letters.seal_of_the_trail(on=today, at=clock.now())
    db.session.commit()
    return {"letters": written}
