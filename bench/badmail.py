"""A mail server that refuses, hangs, hangs up after the letter, or is away for a week: what became of the letters.

python3 start.py bench badmail [--letters N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import time
from typing import Any

from jinja2 import ChoiceLoader, DictLoader

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.drills.badmail import Moody, bear, impatient, moods
from tests.mail.conftest import KIND
from tests.outside import free_port

WEEK_HOURS = 7 * 24


def measured(kind: str, letters: int) -> list[dict[str, Any]]:
    rows = []
    with an_application(kind) as (app, _given, _sink), Moody.listening() as sink, impatient():
        app.jinja_env.loader = ChoiceLoader([DictLoader(KIND), app.jinja_env.loader])
        app.config["SMTP_URL"] = sink.url
        for at, mood in moods():
            begun = time.monotonic()
            told = bear(app, sink, at, mood, letters=letters)
            rows.append({"engine": kind, **told, "seconds": round(time.monotonic() - begun, 1)})
        rows.append({"engine": kind, **away_for_a_week(app, sink, letters)})
    return rows


def away_for_a_week(app: Any, sink: Moody, letters: int) -> dict[str, Any]:
    """Nobody listens where the server was; then it is there again."""
    begun, there = time.monotonic(), app.config["SMTP_URL"]
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"

    def back() -> None:
        app.config["SMTP_URL"] = there

    told = bear(app, sink, "connect", "away for a week", letters=letters, hours=WEEK_HOURS, when_well=back)
    return {**told, "seconds": round(time.monotonic() - begun, 1)}


def main() -> None:
    rows = [row for kind in kinds() for row in measured(kind, asked("letters", 25))]
    show("a mail server in every mood", rows)


if __name__ == "__main__":
    main()
