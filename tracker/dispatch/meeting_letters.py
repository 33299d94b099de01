"""Letters before the hand-over meeting: what goes round to a body, and what became of its objection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tracker import clock
from tracker.dispatch.letters import Line, of_officer, title_for_mail
from tracker.dispatch.models import Circulated, Circulation
from tracker.mail.outbox import Draft, post_many
from tracker.people.mailed_links import mailed_link
from tracker.people.models import Purpose
from tracker.structure.absence import Reached
from tracker.structure.models import Body, Rank
from tracker.structure.queries import officers_of


def circulated(round_: Circulation, rows: Sequence[Circulated]) -> None:
    """One letter a body: all that is proposed for it, by when it answers, and one address for all of it."""
    theirs: dict[int, list[Circulated]] = defaultdict(list)
    for row in rows:
        theirs[row.body_id].append(row)
    drafts = []
    for officer in officers_of(theirs, Rank.HANDLER):
        asked = theirs[officer.body_id or 0]
        facts = {
            "lines": [_line(row) for row in asked],
            "body_name": asked[0].body.name,
            "until_on": asked[0].until_on,
            "address": _address(round_, officer),
        }
        key = f"circulated:{round_.id}:{asked[0].id}:officer:{officer.id}"
        drafts.append(Draft(of_officer(officer), key, asked[0].suggestion_id if len(asked) == 1 else None, facts))
    post_many("circulated", drafts, at=clock.now())


def objection_settled(row: Circulated, instead: Body | None) -> None:
    """The body learns that another is named instead, or that it is kept and why."""
    drafts = []
    for officer in officers_of([row.body_id], Rank.HANDLER):
        facts = {
            "line": _line(row),
            "kept": instead is None,
            "note": row.settled_note,
            "on": row.settled_on,
            "address": _address(row.circulation, officer) if instead is None else "",
        }
        key = f"objection_settled:{row.id}:{row.settled_on}:officer:{officer.id}"
        drafts.append(Draft(of_officer(officer), key, row.suggestion_id, facts))
    post_many("objection_settled", drafts, at=clock.now())


def _line(row: Circulated) -> Line:
    return Line(row.suggestion.number or "", title_for_mail(row.suggestion), part=str(row.part), due_on=row.until_on)


def _address(round_: Circulation, officer: Reached) -> str:
    """A fresh mailed link to all that this round asks of the officer's body, as a path."""
    about = {"body_id": officer.body_id, "circulation_id": round_.id, "congress_id": round_.congress_id}
    return mailed_link(Purpose.CIRCULATION, officer, "/proposals", **about)
