"""What the bulletin does by itself: once a week the issue is frozen and its letters are written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.actor import SYSTEM, Actor
from tracker.bulletin import actions, arranging, enclosing, letters, queries, sending
from tracker.bulletin.models import Issue
from tracker.bulletin.parts import Parts
from tracker.bulletin.rules import week_of
from tracker.database import db, reading
from tracker.structure.models import Congress

AT_ONCE = 50


def weekly_bulletin(today: date) -> dict[str, Any]:
    """Freeze the week's issue of every congress and write its letters, from its day and time in the week on.

    Run again it writes only the letters a broken run left out; a congress that has handed nothing over has no issue.
    In a week the office named quiet there is none; an issue that is held back is frozen, and its letters wait.
    """
    found = {"issues": 0, "rows": 0, "letters": 0}
    for congress_id in _congresses():
        _issue(congress_id, today, found)
    return found


def post_bulletins(today: date) -> dict[str, Any]:
    """What the weekly bell at eight does not do: issues of an office that chose another time or changed its mind, and
    the letters of issues that were held back and are released."""
    found = {"issues": 0, "rows": 0, "letters": 0}
    for congress_id in sending.at_their_own_time(today):
        _issue(congress_id, today, found)
    for issue_id in sending.released_unwritten():
        found["letters"] += write_letters(db.session.get_one(Issue, issue_id))
    return found


def has_work() -> bool:
    """Whether `post_bulletins` would do anything."""
    today = clock.today()
    own = sending.at_their_own_time(today)
    return any(_is_unfinished(one, today) for one in own) or bool(sending.released_unwritten())


def _issue(congress_id: int, today: date, found: dict[str, int]) -> None:
    week = week_of(today)
    if not _is_due(week, congress_id, today):
        return
    is_new = queries.find_issue(week, congress_id) is None
    issue = freeze_week(congress_id, week, on=today)
    found["issues"] += is_new
    found["rows"] += len(issue.items) if is_new else 0
    found["letters"] += write_letters(issue)


def freeze_week(congress_id: int, week: str, *, on: date, by: Actor = SYSTEM) -> Issue:
    """Freeze one congress's issue of a week; an issue already made, or made by another process just now, stays."""
    congress = db.session.get_one(Congress, congress_id)
    try:
        issue = actions.freeze(congress, week, on=on, at=clock.now(), by=by)
        db.session.commit()
    except sa.exc.IntegrityError:
        db.session.rollback()
        found = queries.find_issue(week, congress_id)
        if found is None:
            raise
        return found
    return issue


def freeze_by_hand(congress_id: int, week: str, *, on: date, by: Actor = SYSTEM) -> Issue:
    """As `freeze_week`; of a week that is over the letters wait for the office, which sends or drops them."""
    was_made = queries.find_issue(week, congress_id) is not None
    issue = freeze_week(congress_id, week, on=on, by=by)
    if not was_made and week < week_of(clock.today()):
        arranging.made_afterwards(issue, by=by, at=clock.now())
        db.session.commit()
    return issue


def write_letters(issue: Issue) -> int:
    """Write the letters not written yet, some readers at a time, each time committed with what it says of them.

    None while somebody holds them back, or after he dropped them.
    """
    db.session.commit()
    with reading():
        is_wanted = sending.may_go(issue.week, issue.congress_id) and bool(queries.without_letter(issue.id, 1))
        parts = Parts(issue.items, issue.figures) if is_wanted else None
        if issue in db.session:
            db.session.expunge(issue)  # frozen as it is: its figures are read once, not after every commit
        db.session.commit()
    written = 0
    while parts is not None:
        files = _files_of_the_next(issue)
        some = queries.without_letter(issue.id, AT_ONCE)
        if not some:
            break
        posted = letters.bulletins(issue, some, parts, at=clock.now())
        enclosing.enclose(issue, zip(some, posted, strict=True), files)
        actions.mark_sent(some, posted, at=clock.now())
        written += len(posted)
        db.session.commit()
    return written


def _files_of_the_next(issue: Issue) -> Mapping[str, bytes]:
    """Made before the letters are written, while nobody who writes has to wait."""
    with reading():
        files = enclosing.made(issue, queries.without_letter(issue.id, AT_ONCE))
        db.session.commit()  # ends the reading; what others hold of the session stays read
    return files


def _congresses() -> list[int]:
    return list(db.session.scalars(sa.select(Congress.id).order_by(Congress.id)))


def _is_unfinished(congress_id: int, today: date) -> bool:
    week = week_of(today)
    return _is_due(week, congress_id, today) and sending.is_unwritten(week, congress_id)


def _is_due(week: str, congress_id: int, today: date) -> bool:
    """Whether the week's issue is to be made by now, and there is anything to tell."""
    turn = sending.turn(week, congress_id)
    return turn.has_issue and turn.is_due(today) and sending.has_handed_over(congress_id)
