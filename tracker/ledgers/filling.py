"""What fills the cells of a printed ledger: each field from what the stages know, else as a ledger once said it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.dispatch.models import Part
from tracker.handling.models import Reply, ReplyPublicity
from tracker.ledgers import words as reading
from tracker.ledgers.entering import UNTITLED
from tracker.ledgers.layouts import Column, Layout, words
from tracker.ledgers.leaders import Leaders
from tracker.ledgers.lines import Line, lines
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor
from tracker.suggestion.models import Publicity

SEES_OFFICERS = (*OFFICE, Role.HUB, Role.AUDITOR)
TEXTS = {"text", "reply_text"}


class Filling:
    """Fills the rows of one layout for one visitor."""

    def __init__(self, layout: Layout, visitor: Visitor, *, on: date) -> None:
        self.layout, self.visitor, self.words = layout, visitor, words()
        self.fields = {name for column in layout.columns for name in column.fill}
        asks_officers = self.fields & {"responsible_leader", "supervising_leader", "answerable", "handler"}
        sees = asks_officers and visitor.role in SEES_OFFICERS and visitor.congress_id is not None
        self.leaders = Leaders(visitor.congress_id, on=on) if sees and visitor.congress_id else None

    def rows(self, ids: Sequence[int]) -> Iterator[list[str]]:
        """One row for each suggestion, in this order."""
        for line in lines(ids, self.visitor, with_texts=bool(self.fields & TEXTS)):
            yield [self._cell(line, column) for column in self.layout.columns]

    def _cell(self, line: Line, column: Column) -> str:
        """Of an internal suggestion only that it is there (internal matters leave no system)."""
        if line.suggestion.internal and not set(column.fill) & {"serial", "number"}:
            return _("internal, not exported") if "title" in column.fill else ""
        return next((text for name in column.fill if (text := FIELDS[name](self, line, column))), "")

    def persons(self, line: Line) -> str:
        """The lead deputy and the co-signers; as printed where the lead deputy is not known here."""
        lead = line.suggestion.lead_deputy
        if lead is None and line.printed.get("lead_deputy"):
            return line.printed["lead_deputy"]
        names = [lead.name] if lead else []
        return self.words["persons"].join([*names, *(one.deputy.name for one in line.suggestion.signatures)])

    def unit_and_persons(self, line: Line) -> str:
        lead, persons = line.suggestion.lead_deputy, self.persons(line)
        if lead is None and line.printed.get("lead_deputy"):
            return persons
        unit = self.delegation(line) or (lead.employer or "" if lead else "")
        return self.words["unit"].join(filter(None, (unit, persons)))

    def delegation(self, line: Line) -> str:
        one = line.suggestion
        found = one.delegation or (one.lead_deputy.delegation if one.lead_deputy else None)
        return found.name if found else line.printed.get("delegation", "")

    def bodies(self, line: Line, *parts: Part) -> str:
        """Lead first; those that answer separately each say so."""
        named = sorted(line.bodies, key=lambda one: one.part is Part.CO)
        if not named:
            return _first(line.printed, ("co_bodies",) if parts == (Part.CO,) else ("lead_body", "proposed_body"))
        mark = {Part.SEPARATE: self.words["separately"], Part.JOINT: self.words["jointly"]}
        texts = [one.body.name + mark.get(one.part, "") for one in named if not parts or one.part in parts]
        return self.words["bodies"].join(texts)

    def remark(self, line: Line) -> str:
        """The office's own remark, and the word that makes it a key item."""
        remark = line.suggestion.remark if self.visitor.role in OFFICE else ""
        says_key = reading.KEY in remark and not any(word in remark for word in reading.NOT_KEY)
        key = self.words["key"] if line.suggestion.key and not says_key else ""
        return self.words["also"].join(filter(None, (key, remark)))

    def text(self, line: Line) -> str:
        allowed = line.suggestion.publicity not in (Publicity.NO, Publicity.TITLE_ONLY)
        if self.layout.for_the_public and not allowed and line.suggestion.text:
            return self.words["not_public"]
        return line.suggestion.text

    def reply_text(self, line: Line) -> str:
        """The replies delivered; of several bodies each under its name."""
        if not line.replies:
            return line.printed.get("reply_text", "")
        if len(line.replies) == 1:
            return self._said(line.replies[0])
        heads = (self.words["reply_of"].format(body=one.assignment.body.name) for one in line.replies)
        return "\n".join(f"{head}{self._said(one)}" for head, one in zip(heads, line.replies, strict=True))

    def _said(self, reply: Reply) -> str:
        if self.layout.for_the_public and reply.publicity is ReplyPublicity.NO:
            return self.words["not_public"]
        if self.layout.for_the_public and reply.publicity is ReplyPublicity.ON_REQUEST:
            return self.words["on_request"]
        return reply.text

    def class_label(self, line: Line) -> str:
        labels = dict.fromkeys(one.class_label for one in line.replies if one.class_label)
        known = [self.words["class_of"].format(label=one) if one.isascii() else one for one in labels]
        return self.words["bodies"].join(known) or line.printed.get("class_label", "")

    def of_replies(self, line: Line, name: str, printed: str) -> str:
        """A fact of the replies, each value once; as printed where no reply came to be one here."""
        if not line.replies:
            return line.printed.get(printed, "")
        return _joined(getattr(one, name) for one in line.replies)

    def officers(self, line: Line, column: Column, kind: str, printed: str) -> str:
        """The person the ledger names for this very item, else the one who holds the post."""
        if said := _first(line.printed, (column.heading, printed)):
            return said
        if self.leaders is None:
            return ""
        found = getattr(self.leaders, kind)([(one.body_id, one.part) for one in line.bodies])
        return _joined(found)


Fill = Callable[[Filling, Line, Column], str]
ANSWER = (Part.LEAD, Part.JOINT, Part.SOLE, Part.SEPARATE)
FIELDS: dict[str, Fill] = {
    "serial": lambda _filling, line, _column: str(line.place),
    "number": lambda _filling, line, _column: line.suggestion.number or "",
    "title": lambda _filling, line, _column: line.suggestion.title if line.suggestion.title != UNTITLED else "",
    "text": lambda filling, line, _column: filling.text(line),
    "category": lambda _filling, line, _column: line.suggestion.category,
    "persons": lambda filling, line, _column: filling.persons(line),
    "unit_and_persons": lambda filling, line, _column: filling.unit_and_persons(line),
    "delegation": lambda filling, line, _column: filling.delegation(line),
    "bodies": lambda filling, line, _column: filling.bodies(line),
    "proposed_bodies": lambda filling, line, _column: filling.bodies(line),
    "lead_bodies": lambda filling, line, _column: filling.bodies(line, *ANSWER),
    "co_bodies": lambda filling, line, _column: filling.bodies(line, Part.CO),
    "remark": lambda filling, line, _column: filling.remark(line),
    "handed_over_on": lambda _filling, line, _column: _day(line.suggestion.handed_over_on, line, "handed_over_on"),
    "due_on": lambda _filling, line, _column: _day(line.due_on, line, "due_on"),
    "replied_on": lambda filling, line, _column: filling.of_replies(line, "submitted_on", "replied_on"),
    "signed_on": lambda filling, line, _column: filling.of_replies(line, "letter_on", "signed_on"),
    "signer": lambda filling, line, _column: filling.of_replies(line, "signer", "signer"),
    "published_on": lambda _filling, line, _column: _day(_published_on(line), line, "published_on"),
    "reply_text": lambda filling, line, _column: filling.reply_text(line),
    "class_label": lambda filling, line, _column: filling.class_label(line),
    "responsible_leader": lambda filling, line, column: filling.officers(
        line, column, "answerable", "responsible_leader"
    ),
    "supervising_leader": lambda filling, line, column: filling.officers(
        line, column, "supervising", "supervising_leader"
    ),
    "answerable": lambda filling, line, column: filling.officers(line, column, "answerable", "responsible_leader"),
    "handler": lambda filling, line, column: filling.officers(line, column, "handling", "handler"),
}


def _published_on(line: Line) -> date | None:
    return min((one.publication.on for one in line.replies if one.publication), default=None)


def _day(known: date | None, line: Line, name: str) -> str:
    return known.isoformat() if known else line.printed.get(name, "")


def _first(printed: dict[str, str], names: Iterable[str]) -> str:
    return next((printed[name] for name in names if printed.get(name)), "")


def _joined(values: Iterable[Any]) -> str:
    known = (one.isoformat() if isinstance(one, date) else str(one) for one in values if one)
    return words()["persons"].join(dict.fromkeys(known))
