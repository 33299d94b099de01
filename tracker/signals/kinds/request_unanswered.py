"""A request of the suggestion finds no answer in the reply."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.dispatch.models import Assignment, Part
from tracker.errors import N_
from tracker.handling.models import Reply
from tracker.handling.unanswered import left_unanswered, unspoken
from tracker.handling.written import Measure, Point
from tracker.signals.kind import REPLY, Asked, Facts, Row, SignalKind
from tracker.signals.passages import few
from tracker.signals.replies import submitted
from tracker.suggestion.models import Suggestion

FIELD, ROW = "\x1e", "\x1f"


def found(asked: Asked) -> sa.Select[Any]:
    """Submitted replies with what was asked, and all that is said to it in the letter and beside it."""
    in_letter = sa.case((Point.in_letter, "1"), else_="")
    point = sa.cast(Point.place, sa.String) + FIELD + Point.request + FIELD + Point.answer + FIELD + in_letter
    said = Reply.text + "\n" + Reply.refusal + "\n" + sa.func.coalesce(_of_reply(Measure, Measure.what), "")
    return submitted(
        asked,
        part=Assignment.part,
        title=Suggestion.title,
        wish=Suggestion.text,
        said=said,
        points=_of_reply(Point, point),
        drafted=Reply.draft_promises,
    )


def reads(row: Row, _asked: Asked) -> Facts | None:
    """What is noted beside the letter, or numbered in the suggestion, and neither answered there nor spoken of.

    Who answers only its own part is not asked for the requests of the others.
    """
    points = sorted((one.split(FIELD) for one in (row.fact_points or "").split(ROW) if one), key=_place)
    said = "\n".join([row.fact_said, *(one.get("what", "") for one in row.fact_drafted)])
    noted = [(request, answer) for _at, request, answer, _in_letter in points]
    blank = [request for _at, request, answer, in_letter in points if not (answer.strip() or in_letter)]
    left = unspoken(blank, said, points=noted)
    if row.fact_part is not Part.SEPARATE:
        left += left_unanswered(row.fact_wish, said, title=row.fact_title, points=noted)
    left = list(dict.fromkeys(left))
    return {"count": len(left), "requests": few(left)} if left else None


def _place(point: list[str]) -> int:
    return int(point[0])


def _of_reply(model: Any, said: Any) -> Any:
    """What rows of a reply say, one after the other."""
    joined = sa.select(sa.func.aggregate_strings(said, ROW)).where(model.reply_id == Reply.id)
    return joined.correlate(Reply).scalar_subquery()


SIGNAL = SignalKind(
    key="request_unanswered",
    name=N_("Request left unanswered"),
    rule=N_("A request noted with the reply, or numbered in the suggestion, has no answer and is not spoken of."),
    evidence=N_("Requests without an answer: %(count)s. %(requests)s"),
    act=N_("Compare both texts; send the reply back, or ask the body to answer what it left."),
    found=found,
    reads=reads,
    texts=("part", "title", "wish", "said", "points", "drafted"),
    weekly=True,
    evidence_at=REPLY,
    act_at=REPLY,
)
