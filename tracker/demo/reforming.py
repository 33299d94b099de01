"""The city's structure changes while it works: one body is renamed, one goes into another, one officer is away."""

from __future__ import annotations

from datetime import date, timedelta

from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.demo.diary import Diary
from tracker.demo.settling import Town
from tracker.dispatch.actions.succeeding import succeed
from tracker.structure import actions, cards
from tracker.structure.models import Body, Deputy, Rank, SuccessionKind, Term
from tracker.structure.queries import officers_of
from tracker.structure.reform import Reform, new_body_like

DAYS_AGO = 30
RENAMED, NEW_NAME, NEW_SHORT = "市商务局", "云汀市商务和投资促进局", "市商务和投资局"
NEW_NAME_EN = "Yunting Commerce and Investment Bureau"
MERGED, INTO = "市文物局", "市文化和旅游局"
AWAY, ELECTED_BEFORE = "市水利局", 3


def write(town: Town, diary: Diary, today: date) -> None:
    """Put the reform into the diary, and who is away today."""
    diary.write(today - timedelta(days=DAYS_AGO), lambda day: _reform(town, day))
    diary.write(today - timedelta(days=4), lambda day: _go_away(town, day))
    diary.write(today - timedelta(days=60), lambda _day: _earlier_cards(town))


def _reform(town: Town, day: date) -> None:
    document = f"云委发〔{day.year}〕{day.month}号"
    old = town.bodies[RENAMED]
    new = new_body_like(old, NEW_NAME, short_name=NEW_SHORT, name_en=NEW_NAME_EN, by=town.clerk, at=clock.now())
    _become(town, SuccessionKind.RENAMED, old, new, day, document)
    _become(town, SuccessionKind.MERGED, town.bodies[MERGED], town.bodies[INTO], day, document)
    town.bodies[RENAMED], town.bodies[MERGED] = new, town.bodies[INTO]


def _become(town: Town, kind: SuccessionKind, old: Body, new: Body, day: date, document: str) -> None:
    succeed(Reform(kind, [old], [new], day, document), by=town.clerk, on=day, at=clock.now())
    town.handlers.setdefault(new.id, town.handlers[old.id])


def _go_away(town: Town, day: date) -> None:
    """The handler is on a course for two weeks; the deputy head reads for him."""
    body, until = town.bodies[AWAY], day + timedelta(days=14)
    [second] = officers_of([body.id], Rank.DEPUTY_HEAD, on=day)
    days = {"absent_from_on": day, "absent_until_on": until}
    actions.amend_officer(town.handlers[body.id], substitute_id=second.id, **days, by=town.clerk, at=clock.now())


def _earlier_cards(town: Town) -> None:
    """Some deputies sat in the term before as well."""
    at, congress_id = clock.now(), town.congress.id
    ninth = db.session.get_one(Term, town.meetings["first"].term_id)
    closed_on = ninth.opened_on - timedelta(days=1)
    opened_on = closed_on - timedelta(days=1826)
    eighth = actions.add_term(congress_id, 8, opened_on, closed_on=closed_on, by=SYSTEM, at=at)
    for place, deputy in enumerate(_first(town), start=1):
        facts = {"term_id": eighth.id, "card_number": f"8{place:04d}", "active": False}
        cards.join(deputy, actions.add_deputy(congress_id, deputy.name, **facts, by=SYSTEM, at=at), by=SYSTEM, at=at)


def _first(town: Town) -> list[Deputy]:
    return sorted(town.deputies.values(), key=lambda deputy: deputy.id)[:ELECTED_BEFORE]
