"""The coming issue before it is made: every letter with its reader, who gets none and why, and whom nobody reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from tracker.bulletin import actions, enclosed, letters, naming, sending
from tracker.bulletin.models import Hold, Issue, Reader
from tracker.bulletin.naming import Named
from tracker.bulletin.parts import Parts
from tracker.bulletin.rules import week_after, week_of
from tracker.bulletin.sending import LOOK_AHEAD_WEEKS, Turn
from tracker.database import db
from tracker.errors import NotFound
from tracker.mail import wording
from tracker.mail.rules import is_address
from tracker.mail.wording import Written
from tracker.structure.models import Body, Channel, Congress, Officer

MAIL, PAPER, VIA_HUB, UNREACHED, SHARED, NOTHING = "mail", "paper", "via_hub", "unreached", "shared", "nothing"
WAYS = (MAIL, PAPER, VIA_HUB, UNREACHED, SHARED, NOTHING)


@dataclass(frozen=True)
class Line:
    """One person: how the issue reaches him, or why it does not."""

    named: Named
    way: str
    with_name: str = ""
    via: Any = None

    @property
    def key(self) -> str:
        return str(self.named.row["person_key"])

    @property
    def where(self) -> dict[str, int]:
        """What the address of his letter says of him."""
        kind, _colon, number = self.key.partition(":")
        return {f"{kind}_id": int(number)}


@dataclass(frozen=True)
class Preview:
    """The issue as it would be made now, and what would become of it."""

    issue: Issue
    turn: Turn
    hold: Hold | None
    lines: list[Line]

    def sorted_lines(self) -> list[Line]:
        """Those who get a letter first."""
        return sorted(self.lines, key=lambda line: WAYS.index(line.way))

    def counts(self) -> dict[str, int]:
        return {way: sum(line.way == way for line in self.lines) for way in WAYS}


def coming_turn(congress_id: int, today: date) -> tuple[Turn | None, list[Turn]]:
    """The next issue still to be made, and the weeks before it that have none."""
    known = sa.select(Issue.week).where(Issue.congress_id == congress_id, Issue.week >= week_of(today))
    made = set(db.session.scalars(known))
    skipped: list[Turn] = []
    for count in range(LOOK_AHEAD_WEEKS):
        one = sending.turn(week_after(week_of(today), count), congress_id)
        if one.has_issue and one.week not in made:
            return one, skipped
        if not one.has_issue:
            skipped.append(one)
    return None, skipped


def preview(congress_id: int, turn: Turn, *, today: date, at: datetime) -> Preview:
    """All that would be made and sent for this turn, were it made with what is known now; nothing is kept."""
    congress = db.session.get_one(Congress, congress_id)
    on = max(turn.on or today, today)
    issue = actions.compose(congress, turn.week, on=on, at=at)
    parts, is_months = Parts(issue.items), actions.is_months_first(actions.last_before(congress_id, turn.week), on)
    found = list(naming.everybody(issue, parts, is_months=is_months))
    shared = naming.sharing([one for one in found if not one.why], parts)
    names = {one.row["person_key"]: one.row["name"] for one in found}
    hubs = _hubs({one.row["via_body_id"] for one in found} - {None})
    lines = []
    for one in found:
        other = shared.get(one.row["person_key"])
        lines.append(Line(one, _way(one, other), names.get(other or "", ""), hubs.get(one.row["via_body_id"])))
    return Preview(issue, turn, sending.hold_of(turn.week, congress_id), lines)


def letter(shown: Preview, person_key: str) -> tuple[Line, Written]:
    """One letter of the coming issue, as it would be written now.

    :raises NotFound: this person would get none.
    """
    line = next((one for one in shown.lines if one.key == person_key and one.way not in (SHARED, NOTHING)), None)
    if line is None:
        raise NotFound
    reader = Reader(**line.named.row)
    parts, is_monthly = Parts(shown.issue.items, shown.issue.figures), person_key in naming.monthly_readers()
    facts = letters.facts(shown.issue, reader, parts, _via(shown, reader), is_monthly)
    facts["enclosed"] = enclosed.names(shown.issue, reader.rank, line.named.to)
    return line, wording.write("bulletin", line.named.to, facts)


def _way(one: Named, other: str | None) -> str:
    if one.why:
        return NOTHING
    if other:
        return SHARED
    if one.to.channel == Channel.MAIL:
        return MAIL if is_address((one.to.address or "").strip()) else UNREACHED
    return str(one.to.channel)


def _via(shown: Preview, reader: Reader) -> list[str]:
    """Whose page this reader would hand on: those reached through the hub he sits at."""
    waiting: dict[int, list[str]] = {}
    for line in shown.lines:
        if line.way == VIA_HUB and line.named.row["via_body_id"]:
            waiting.setdefault(line.named.row["via_body_id"], []).append(line.named.row["name"])
    return waiting.get(_body_of(reader.person_key) or 0, [])


def _body_of(person_key: str) -> int | None:
    kind, _colon, number = person_key.partition(":")
    officer = db.session.get(Officer, int(number)) if kind == "officer" else None
    return officer.body_id if officer is not None else None


def _hubs(ids: set[int]) -> dict[int, Body]:
    return {body.id: body for body in db.session.scalars(sa.select(Body).where(Body.id.in_(ids)))} if ids else {}
