"""The pages of pictures, of a whole congress and of one body, each in this process, in turn.

    python3 start.py bench pictures [--size N …] [--engine sqlite --engine postgresql] [--postgres URL] [--keep FOLDER]

The cities of `bench figures`, counted, with one issue frozen. The budget of each page is 300 ms at 100,000 suggestions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import sqlalchemy as sa

from bench import figures
from bench._cities import TODAY, City, cities, got
from bench._measure import interleaved, show
from tracker import clock
from tracker.bulletin import actions as bulletin
from tracker.bulletin.rules import week_of
from tracker.database import db
from tracker.structure.models import Congress

SIZES, ROUNDS = (1_000, 10_000), 7
PAGES = {
    "week": ("clerk", "/pictures/week"),
    "lights": ("clerk", "/pictures/lights"),
    "ages": ("clerk", "/pictures/ages"),
    "bodies": ("clerk", "/pictures/bodies"),
    "promises": ("clerk", "/pictures/promises"),
    "of a month": ("clerk", "/pictures/promises?month=2026-08"),
    "years": ("clerk", "/pictures/years"),
    "open": ("clerk", "/pictures/open"),
    "red": ("clerk", "/pictures/open?light=red"),
    "lights, body": ("handler", "/pictures/lights"),
    "open, body": ("handler", "/pictures/open"),
}


def freeze(city: City) -> None:
    """One issue, so that the pages have something frozen to show."""
    with city.app.app_context():
        congress = db.session.scalars(sa.select(Congress)).one()
        bulletin.freeze(congress, week_of(TODAY), on=TODAY, at=clock.now())
        db.session.commit()
    city.let_go()


def main() -> None:
    with cities(*SIZES) as made:
        for city in made:
            figures.measure(city)
            freeze(city)
        asked: dict[str, Callable[[], object]] = {
            f"{city.name} {name}": partial(got, city.clients[who], path)
            for city in made
            for name, (who, path) in PAGES.items()
        }
        times = interleaved(asked, rounds=ROUNDS, each=1)
    rows: list[dict[str, object]] = [
        {"page": name, "ms": round(took), "least": round(times.least[name])} for name, took in times.items()
    ]
    show("pages of pictures", rows)


if __name__ == "__main__":
    main()
