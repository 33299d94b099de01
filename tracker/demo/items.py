"""The suggestions of the fictitious city and what its bodies answer; the same for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from tracker.demo.city import City, CityDeputy
from tracker.demo.wording import content, fill, slots, topics

NUMERALS = "一二三四五六"
LOCAL = "属地"  # in a topic: the government of the area
SELDOM = {"court", "procuratorate", "supervisory_commission", "party", "mass_organisation", "enterprise", "congress"}
TRIES = 12  # draws for a new title before a topic is passed over
THIS_YEAR = 6  # months that remain when most replies are written
Places = dict[str, str]


@dataclass(frozen=True)
class CitySuggestion:
    """One suggestion; `lead` and `co` are short names of bodies, `places` what its sentences are filled with."""

    title: str
    text: str
    category: str
    lead_deputy: CityDeputy
    co_signers: tuple[CityDeputy, ...]
    lead: str
    co: tuple[str, ...]
    key: bool
    long_unsolved: bool
    contact_wanted: bool
    topic: str
    places: tuple[tuple[str, str], ...]


def suggestions(city: City, seed: int, n: int = 380) -> list[CitySuggestion]:
    """n suggestions with n different titles, mixed over all topics; ValueError when the content has no more."""
    rng = Random(f"suggestions {seed}")  # nosec B311
    branches = {body.short_name: body.branch for body in city.bodies}
    found: dict[str, CitySuggestion] = {}
    used: Counter[tuple[str, str]] = Counter()
    turn = 0
    while len(found) < n:
        before = len(found)
        for topic in one_round(rng, turn, branches):
            drawn = draw(topic, turn, found, used, rng)
            if drawn is not None and len(found) < n:
                found[drawn[0]] = write(city, topic, *drawn, rng)
        turn += 1
        if len(found) == before and turn > 2:
            raise ValueError(f"the content gives {len(found)} titles, not {n}")
    return list(found.values())


def one_round(rng: Random, turn: int, branches: dict[str, str]) -> list[dict[str, Any]]:
    """Every topic once, in a new order; those outside the government only every third time."""
    seldom = [topic for topic in topics().values() if branches.get(topic["lead"]) in SELDOM]
    resting = {topic["ref"] for place, topic in enumerate(seldom) if (place + turn) % 3}
    chosen = [topic for topic in topics().values() if topic["ref"] not in resting]
    rng.shuffle(chosen)
    return chosen


def draw(
    topic: dict[str, Any], turn: int, taken: Iterable[str], used: Counter[tuple[str, str]], rng: Random
) -> tuple[str, Places] | None:
    """A title nobody has yet with its places; areas this topic has not named come first."""
    areas = sorted(areas_of(topic["ref"]), key=lambda area: (used[topic["ref"], area["district"]], rng.random()))
    for go in range(TRIES):
        area = areas[go % len(areas)]
        places = draw_places(area, "village" in needed(topic["ref"]), rng)
        title = fill(topic["titles"][(turn + go // 3) % len(topic["titles"])], places, rng)
        if title not in taken:
            used[topic["ref"], area["district"]] += 1
            return title, places
    return None


@cache
def needed(ref: str) -> frozenset[str]:
    """The kinds of place a topic speaks of."""
    topic = topics()[ref]
    sentences = [*topic["titles"], topic["problem"], *topic["requests"], topic["done"], topic["plan"], topic["refuse"]]
    return frozenset(word.removesuffix("2") for sentence in sentences for word in slots(sentence))


@cache
def areas_of(ref: str) -> tuple[dict[str, Any], ...]:
    """The areas that have every kind of place the topic speaks of."""
    wanted = topics()[ref].get("areas")
    return tuple(
        area
        for area in content("places")["area"]
        if needed(ref) <= area.keys() and (wanted is None or area["district"] in wanted)
    )


def draw_places(area: dict[str, Any], rural: bool, rng: Random) -> Places:
    """One place of each kind; where a village is spoken of, the town is not a quarter of the city."""
    places = {kind: rng.choice(names) for kind, names in area.items() if isinstance(names, list)}
    if rural:
        places["town"] = rng.choice([town for town in area["town"] if not town.endswith("街道")])
    others = [road for road in area["road"] if road != places["road"]]
    return {**places, "road2": rng.choice(others), "district": area["district"], "government": area["government"]}


def write(city: City, topic: dict[str, Any], title: str, places: Places, rng: Random) -> CitySuggestion:
    lead_deputy, co_signers = sign(city, places["district"], rng)
    long_unsolved = rng.random() < 0.06
    local = {LOCAL: places["government"]}
    lead = local.get(topic["lead"], topic["lead"])
    others = [name for name in (local.get(co, co) for co in topic["co"]) if name != lead]
    count = min(len(others), rng.choices((0, 1, 2, 3), (52, 35, 11, 2))[0])
    picked = sorted(rng.sample(range(len(others)), count))
    return CitySuggestion(
        title=title,
        text=suggestion_text(topic, places, long_unsolved, rng),
        category=topic["category"],
        lead_deputy=lead_deputy,
        co_signers=co_signers,
        lead=lead,
        co=tuple(others[place] for place in picked),
        key=rng.random() < 0.03,
        long_unsolved=long_unsolved,
        contact_wanted=rng.random() < 0.7,
        topic=topic["ref"],
        places=tuple(sorted(places.items())),
    )


def sign(city: City, district: str, rng: Random) -> tuple[CityDeputy, tuple[CityDeputy, ...]]:
    """Mostly the deputies of the place itself, with colleagues of their own delegation."""
    home = [deputy for deputy in city.deputies if deputy.delegation.startswith(district)]
    lead = rng.choice(home if home and rng.random() < 0.7 else city.deputies)
    near = [deputy for deputy in city.deputies if deputy.delegation == lead.delegation and deputy != lead]
    count = rng.choices(range(10), (40, 10, 12, 10, 8, 6, 5, 3, 3, 3))[0]
    return lead, tuple(rng.sample(near, min(count, len(near))))


def suggestion_text(topic: dict[str, Any], places: Places, long_unsolved: bool, rng: Random) -> str:
    said = content("phrases")["suggestion"]
    opening, bridge, closing = (rng.choice(said[part]) for part in ("opening", "bridge", "closing"))
    weight = rng.choice(said["weight"])
    again = said["long_unsolved"] if long_unsolved else ""
    asked = [*topic["requests"], said["feasible"].replace("{refused}", refused(topic))]
    requests = [f"{numeral}、{one}。" for numeral, one in zip(NUMERALS, asked, strict=False)]
    whole = "\n".join([opening + topic["problem"] + weight + again, bridge, *requests, closing])
    return fill(whole, places, rng)


def refused(topic: dict[str, Any]) -> str:
    """The wish that the refusing reply speaks of, so that the deputy has really asked for it."""
    return topic["refuse"].partition("的意见")[0]


def promise(item: CitySuggestion, outcome: str = "planned") -> tuple[str, str, int]:
    """What the body promises, who answers for it, within how many months; exactly as its reply says."""
    topic = topics()[item.topic]
    places = dict(item.places)
    rng = Random(f"promise {item.title}")  # nosec B311
    owner = topic["owner"].replace(LOCAL, places["district"])
    what, months = fill(topic["plan"], places, rng), max(3, topic["months"] + rng.choice((-1, 0, 0, 1)))
    return what, owner, min(months, THIS_YEAR) if outcome == "in_progress_this_year" else months


def reply_text(item: CitySuggestion, outcome: str, rng: Random) -> str:
    """The letter for an outcome (words of handling.models.Outcome); KeyError for an unknown one."""
    said, topic = content("phrases")["reply"], topics()[item.topic]
    framed = said[outcome]
    what, owner, months = promise(item, outcome)
    values = {**dict(item.places), **addressed(item), "plan": what, "owner": owner, "months": str(months)}
    own = Random(f"facts {item.title}")  # nosec B311
    values |= {part: fill(topic[part], values, own) for part in ("done", "refuse")}
    values["ask"] = fill(rng.choice(topic["requests"]), values, own)
    values["echo"] = fill(rng.choice(said["echo"]), values, rng)
    values["together"] = fill(rng.choice(said["together"] if item.co else said["alone"]), values, rng)
    parts = (said["salutation"], framed["lead"], framed["body"], said["closing"])
    opened, lead, body, closed = (fill(rng.choice(part), values, rng) for part in parts)
    return f"{opened}\n{lead}\n{body}\n{closed}"


def told_apart(item: CitySuggestion) -> tuple[str, str]:
    """What the letter says is done, and what cannot be done, apart from the letter."""
    topic, own = topics()[item.topic], Random(f"facts {item.title}")  # nosec B311
    what, owner, months = promise(item)
    values = {**dict(item.places), **addressed(item), "plan": what, "owner": owner, "months": str(months)}
    return fill(topic["done"], values, own), fill(topic["refuse"], values, own)


def phrase(item: CitySuggestion, kind: str, which: str, rng: Random, **values: str) -> str:
    """A sentence of phrases.toml, e.g. ("comment", "dissatisfied"); `values` fill further slots ("proposed")."""
    what, owner, months = promise(item)
    known = {**dict(item.places), **addressed(item), "plan": what, "owner": owner, "months": str(months), **values}
    return fill(rng.choice(content("phrases")[kind][which]), known, rng)


def addressed(item: CitySuggestion) -> dict[str, str]:
    signed = len(item.co_signers) + 1
    who = item.lead_deputy.name if signed == 1 else f"{item.lead_deputy.name}等{signed}位"
    return {"who": who, "title": item.title, "lead": item.lead, "co": "、".join(item.co) or "有关单位"}
