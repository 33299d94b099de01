"""A few matters come back: the same place and topic as last year, in other words and from another deputy."""

from __future__ import annotations

from random import Random

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.demo.city import City
from tracker.demo.items import CitySuggestion, write
from tracker.demo.wording import fill, topics
from tracker.intake.actions.linking import link_same_matter
from tracker.suggestion.models import Suggestion

SOME = 6
REASON = "同一地点、同一事项，上年已答复，代表再次提出。"
Returning = dict[str, str]


def let_return(
    city: City, earlier: list[CitySuggestion], later: list[CitySuggestion], seed: int
) -> tuple[list[CitySuggestion], Returning]:
    """The later suggestions, the first few replaced by such as come back; and which title each comes back from."""
    rng = Random(f"returning {seed}")  # nosec B311
    taken = {item.title for item in (*earlier, *later)}
    found: list[CitySuggestion] = []
    back_from: Returning = {}
    for item in earlier:
        title = _other_title(item, rng)
        if len(found) < min(SOME, len(later)) and title and title not in taken:
            found.append(write(city, topics()[item.topic], title, dict(item.places), rng))
            back_from[title] = item.title
    return [*found, *later[len(found) :]], back_from


def link(suggestion: Suggestion, earlier_title: str, *, by: Actor) -> None:
    """The office says that both are the same matter."""
    wanted = sa.select(Suggestion).where(Suggestion.title == earlier_title, Suggestion.id != suggestion.id)
    earlier = db.session.scalar(wanted)
    if earlier is not None:
        link_same_matter(suggestion, earlier, REASON, by=by, on=suggestion.recorded_on)


def _other_title(item: CitySuggestion, rng: Random) -> str:
    """Another title of the same topic that names the same place."""
    places = dict(item.places)
    named = [name for kind, name in item.places if kind not in ("district", "government") and name in item.title]
    titles = (fill(title, places, rng) for title in topics()[item.topic]["titles"])
    return next((one for one in titles if one != item.title and any(name in one for name in named)), "")
