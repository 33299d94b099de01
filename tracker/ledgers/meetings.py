"""Which meeting a ledger belongs to: said, named in its title, or still to be named (decision 020)."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.ledgers import words
from tracker.ledgers.facts import Question
from tracker.ledgers.known import plain
from tracker.ledgers.models import LedgerImport
from tracker.ledgers.report import Report, Source
from tracker.ledgers.rows import Ledger
from tracker.structure.actions import add_meeting
from tracker.structure.models import Congress, Meeting
from tracker.structure.queries import meetings

PRESUMED = N_("The ledger does not name its meeting. The rows went to %(meeting)s, the only one of %(year)d.")
TO_BE_NAMED = N_(
    "No meeting is known that this ledger belongs to. The rows stand under “%(meeting)s” until it is named."
)
_NAMED = re.compile(words.MEETING_IN_TITLE)


def get_meeting(reference: str, congress_id: int) -> Meeting:
    """A meeting by its name, number or year.

    :raises RuleBroken: none, or more than one, answers to it.
    """
    held = meetings(congress_id)
    for fits in (
        lambda one: _short(one.name) == _short(reference),
        lambda one: str(one.id) == reference,
        lambda one: str(one.year) == reference,
    ):
        found = [one for one in held if fits(one)]
        if len(found) == 1:
            return found[0]
    raise RuleBroken(
        N_("No single meeting answers to %(meeting)s; there are: %(names)s."),
        meeting=reference,
        names=", ".join(f"{one.id} {one.name}" for one in held) or "—",
    )


def meeting_of(
    ledger: Ledger,
    congress: Congress,
    report: Report,
    *,
    source: Source,
    by: Actor,
    on: date,
    at: datetime,
) -> Meeting:
    """The meeting of a ledger for which none was said; asks where it could only be presumed, or must be named."""
    held = meetings(congress.id)
    named = [one for one in held if _short(one.name) in _short(ledger.title)]
    if named:
        return max(named, key=lambda one: len(one.name))
    if earlier := _earlier(source.digest, congress.id):
        _ask(report, TO_BE_NAMED, earlier)
        return earlier
    title, year = _title(ledger, source.file_name), _year(ledger) or on.year
    if kept := next((one for one in held if _short(one.name) == _short(title)), None):
        return kept
    of_year = [one for one in held if one.year == year]
    if len(of_year) == 1 and not _NAMED.search(ledger.title):
        _ask(report, PRESUMED, of_year[0])
        return of_year[0]
    made = add_meeting(congress.id, title, year, by=by, at=at)
    _ask(report, TO_BE_NAMED, made)
    return made


def _ask(report: Report, why: str, meeting: Meeting) -> None:
    report.ask(Question(0, "", meeting.name, why, "meeting", {"meeting": meeting.name, "year": meeting.year}))


def _earlier(digest: str, congress_id: int) -> Meeting | None:
    """Where this very file went before."""
    wanted = (
        sa.select(Meeting)
        .join(LedgerImport, LedgerImport.meeting_id == Meeting.id)
        .where(LedgerImport.digest == digest, LedgerImport.congress_id == congress_id)
        .order_by(LedgerImport.id.desc())
        .limit(1)
    )
    return db.session.scalar(wanted) if digest else None


def _title(ledger: Ledger, file_name: str) -> str:
    found = _NAMED.search(plain(ledger.title))
    bare = found[0] if found else ledger.title or file_name.rpartition(".")[0] or file_name or "ledger"
    return re.sub(r"[\x00-\x1f<>]", "", bare).strip()[:120]


def _year(ledger: Ledger) -> int | None:
    years = Counter(row.handed_over_on.year for row in ledger.rows if row.handed_over_on)
    return years.most_common(1)[0][0] if years else None


def _short(name: str) -> str:
    short = plain(name)
    for long, brief in words.MEETING_SHORT:
        short = short.replace(long, brief)
    return short
