"""What a reply says, as its form asks it and its action takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tracker.handling.models import Reply, ReplyPublicity, Way

IN_ROWS = ("promises", "points", "measures")


@dataclass
class PointContent:
    """One request and its answer, as the form asks it."""

    request: str
    answer: str = ""
    in_letter: bool = False


@dataclass
class ReplyContent:
    """What the reply form asks; dates are three facts: letter, received, uploaded."""

    class_label: str = ""
    document_number: str = ""
    signer: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    publicity: ReplyPublicity | None = None
    text: str = ""
    letter_on: date | None = None
    received_on: date | None = None
    way: Way = Way.SYSTEM
    paper_original: bool = False
    promises: list[dict[str, str]] = field(default_factory=list)
    points: list[PointContent] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    refusal: str = ""
    legal_basis: str = ""


def content_of(reply: Reply) -> ReplyContent:
    """What a reply says now; its points and measures are loaded."""
    plain = {name: getattr(reply, name) for name in vars(ReplyContent()) if name not in IN_ROWS}
    return ReplyContent(
        **plain,
        promises=list(reply.draft_promises),
        points=[PointContent(one.request, one.answer, one.in_letter) for one in reply.points],
        measures=[one.what for one in reply.measures],
    )
