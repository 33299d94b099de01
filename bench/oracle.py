"""Whether the time of an answer tells that there is such an account: sign-in and forgotten password, known and unknown.

python3 start.py bench oracle [--tries N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import random
from typing import Any

import sqlalchemy as sa

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.makers import a_case
from tests.reader import Reader
from tests.security.guessing import compare, posts, timed
from tests.security.signing import with_password
from tracker.database import db
from tracker.people.models import Attempt, PasswordWish

MOST_GAP_PERCENT, MOST_Z = 10, 4


def measured(kind: str, path: str, tries: int) -> dict[str, Any]:
    """The two in turn and in any order; tries are forgotten after each, or the door would shut."""
    with an_application(kind) as (app, _given, _sink), app.app_context():
        known = with_password(a_case().clerk).email
        unknown = "z" * len(known.partition("@")[0]) + "@city.example"
        send = posts(Reader(app), path)
        found: dict[str, list[float]] = {known: [], unknown: []}
        order = [known, unknown] * tries
        random.Random(8).shuffle(order)
        for email in [known, unknown, *order]:
            found[email].append(timed(send, {"email": email, "password": "something else entirely"}))
            for rows in (Attempt, PasswordWish):
                db.session.execute(sa.delete(rows))
            db.session.commit()
        told = compare(found[known][1:], found[unknown][1:])
    tells = abs(told["z"]) >= MOST_Z and told["gap_percent"] > MOST_GAP_PERCENT
    return {"engine": kind, "page": path, "tries": 2 * tries, **told, "tells": "yes" if tells else "no"}


def main() -> None:
    rows = [measured(kind, path, asked("tries", 200)) for kind in kinds() for path in ("/sign-in", "/password")]
    show("what the time of an answer tells", rows)
    if any(row["tells"] == "yes" for row in rows):
        raise SystemExit("the time of an answer tells who has an account")


if __name__ == "__main__":
    main()
