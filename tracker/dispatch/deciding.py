"""What waits on the desk to be decided, signed or said: one statement for all of it, whatever its kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.dispatch import going_round, queries
from tracker.dispatch.awaiting import NOBODY, NOTHING, TEXT, first, in_columns, together, waits
from tracker.dispatch.models import Assignment, BodyReturn, Circulated
from tracker.errors import N_
from tracker.roles import BODY, OFFICE, Role
from tracker.signing.kinds import kinds
from tracker.signing.models import ToSign
from tracker.signing.queries import on_the_desk
from tracker.stage import Harm, Visitor, Waiting, WaitingGroup
from tracker.structure.models import Body
from tracker.suggestion.anyone import Anyone
from tracker.web.addresses import url_for

RETURNS = N_("Returns to decide")
OBJECTIONS = N_("Objections before the meeting")
PROPOSALS = N_("Proposed for us: agree or object")
TO_SIGN = N_("To sign")
GIVEN_BACK = N_("Given back by the leader")


@dataclass(frozen=True)
class Share:
    """One kind of what waits: where its list is, where one of it is opened, and how much harm it does."""

    home: Callable[[Visitor], str]
    url: Callable[[int], str]
    harm: Harm


def _desk_of(visitor: Visitor) -> str:
    return url_for("dispatch.hub" if visitor.role is Role.HUB else "dispatch.index")


def _folder(_visitor: Visitor) -> str:
    return url_for("signing.index")


def _paper(number: int) -> str:
    return url_for("signing.paper", to_sign_id=number)


SHARES: Mapping[str, Share] = {
    RETURNS: Share(_desk_of, lambda number: url_for("dispatch.decide_return", return_id=number), Harm.TO_DECIDE),
    OBJECTIONS: Share(
        _desk_of, lambda number: url_for("dispatch.settle_objection", circulated_id=number), Harm.TO_DECIDE
    ),
    PROPOSALS: Share(
        lambda _visitor: url_for("dispatch.proposals"), lambda _number: url_for("dispatch.proposals"), Harm.TO_SIGN_FOR
    ),
    TO_SIGN: Share(_folder, _paper, Harm.TO_DECIDE),
    GIVEN_BACK: Share(_folder, _paper, Harm.SENT_BACK),
}


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """Returns and objections to decide, proposals to answer, drafts to sign or given back."""
    found = first(decided, visitor)
    for kind, share in SHARES.items():
        rows = [row for row in found if row.kind == kind]
        if rows:
            lines = tuple(_line(kind, share, row, today) for row in rows)
            yield WaitingGroup(kind, rows[0].total, share.home(visitor), lines)


def _line(kind: str, share: Share, row: Any, today: date) -> Waiting:
    days = (today - row.since_on).days if row.since_on else 0
    line = waits(kind, row, share.url(row.thing_id), share.harm.after(days))
    if row.more is None:
        return line
    about = kinds()[row.more].name if row.more in kinds() else ""
    return Waiting(kind, line.url, line.number, line.title or about, since_on=line.since_on, harm=line.harm)


@cache
def decided(who: Anyone) -> sa.CompoundSelect[Any]:
    """All of it, each row with its kind."""
    return together(_parts(who))


def _parts(who: Anyone) -> dict[str, sa.Select[Any]]:
    parts: dict[str, sa.Select[Any]] = {}
    if who.role in (*OFFICE, Role.HUB):
        returns = queries.returns_for(who).join(Assignment.suggestion)
        parts[RETURNS] = in_columns(returns, BodyReturn.id, since_on=BodyReturn.asked_on, more=TEXT)
        objections = going_round.objections_for(who)
        parts[OBJECTIONS] = in_columns(objections, Circulated.id, since_on=Circulated.answered_on, more=TEXT)
    if who.role in (*BODY, Role.HUB):
        asked = going_round.unanswered_by(who).join(Body, Body.id == Circulated.body_id)
        parts[PROPOSALS] = in_columns(asked, Circulated.id, since_on=NOTHING, due_on=Circulated.until_on, more=TEXT)
    if who.role in OFFICE:
        drafts = on_the_desk(who)
        kind = TO_SIGN if who.role is Role.OFFICE_LEADER else GIVEN_BACK
        parts[kind] = in_columns(drafts, ToSign.id, since_on=ToSign.drawn_up_on, body=NOBODY, more=ToSign.kind)
    return parts
