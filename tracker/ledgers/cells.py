"""One row of a ledger: its cells read into the facts of a suggestion, and the questions they leave."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tracker.errors import N_
from tracker.ledgers import words
from tracker.ledgers.columns import Mapping
from tracker.ledgers.facts import LedgerRow, Question
from tracker.ledgers.letter_head import read_class, read_letter_head, read_publicity
from tracker.ledgers.names import CO_SIGNERS_INCOMPLETE, SEVERAL_LEADS, Persons, read_bodies, read_persons, with_roles
from tracker.ledgers.records import Record
from tracker.ledgers.secrecy import is_internal
from tracker.ledgers.values import (
    RatingRead,
    is_nothing,
    number_key,
    number_of,
    read_date,
    read_rating,
    read_ticks,
    ticked,
)  # fmt: skip

NO_DEPUTY = N_("The row names no deputy.")
NO_NUMBER = N_("The row has no number.")
NO_TITLE = N_("The row has no title.")
LIKE_A_REPLY = N_("The title reads like that of a reply, not of a suggestion.")
LIKE_A_LETTER = N_("The title reads like a citizen's letter, not like a suggestion.")
AFTER_REPLY = N_("The hand-over stands after the reply.")
IN_FUTURE = N_("The day lies in the future.")
DUE_BEFORE = N_("The due day stands before the hand-over.")
CLASS_DIFFERS = N_("The column and the letter name different classes.")
PUBLICITY_UNCLEAR = N_("The cell does not say whether the text may be published.")

_DATES = ("handed_over_on", "due_on", "replied_on", "published_on", "signed_on")
_BODIES = (
    ("lead_body", "lead", False),
    ("co_bodies", "co", False),
    ("separate_bodies", "separate", False),
    ("proposed_body", "lead", True),
    ("proposed_co_bodies", "co", True),
)
_REPLY_TITLES = tuple(re.compile(pattern) for pattern in words.REPLY_TITLES)
_LETTER_TITLES = tuple(re.compile(pattern) for pattern in words.LETTER_TITLES)
_RATINGS = ("satisfied", "mostly", "dissatisfied")


class RowReader:
    """Reads records one by one and gathers the questions they leave."""

    def __init__(self, mapping: Mapping, today: date | None) -> None:
        self.mapping = mapping
        self.today = today
        self.questions: list[Question] = []

    def read(self, record: Record) -> LedgerRow:
        """The facts of one record; asks what it leaves open."""
        facts: dict[str, Any] = {"row": record.row, "cells": self._printed(record)}
        for part in (self._what, self._who, self._bodies, self._days, self._reply, self._rating):
            facts |= part(record)
        return LedgerRow(**facts)

    def _text(self, record: Record, name: str) -> str:
        text = record.text(self.mapping.column(name))
        return "" if is_nothing(text) else text

    def _ask(self, record: Record, name: str, why: str) -> None:
        value = record.text(self.mapping.column(name))
        self.questions.append(Question(record.row, self.mapping.heading(name), value, why, name))

    def _printed(self, record: Record) -> dict[str, str]:
        printed: dict[str, str] = {}
        for place in record.cells:
            heading = self.mapping.headers.get(place) or f"#{place + 1}"
            heading = heading if heading not in printed else f"{heading} #{place + 1}"
            if self.mapping.headers.get(place) or record.text(place):
                printed[heading] = record.text(place)
        return printed

    def _what(self, record: Record) -> dict[str, Any]:
        place = self.mapping.column("number")
        number = number_of(record.cells.get(place)) if place is not None else ""
        title = " ".join(self._text(record, "title").split())
        if place is not None and not number:
            self._ask(record, "number", NO_NUMBER)
        if not title:
            self._ask(record, "title", NO_TITLE)
        elif any(pattern.search(title) for pattern in _REPLY_TITLES):
            self._ask(record, "title", LIKE_A_REPLY)
        elif any(pattern.search(title) for pattern in _LETTER_TITLES):
            self._ask(record, "title", LIKE_A_LETTER)
        publicity = read_publicity(self._text(record, "publicity"))
        if publicity is None:
            self._ask(record, "publicity", PUBLICITY_UNCLEAR)
        remark, key = self._text(record, "remark"), self._text(record, "key")
        return {
            "number": number,
            "number_key": number_key(number),
            "title": title,
            "text": self._text(record, "text"),
            "category": self._text(record, "category"),
            "publicity": publicity or "",
            "internal": is_internal(self._text(record, "secrecy")),
            "key": _is_key(remark) or _is_key(key) or ticked(key),
            "remark": remark,
        }

    def _who(self, record: Record) -> dict[str, Any]:
        lead, others = (read_persons(self._text(record, name)) for name in ("lead_deputy", "co_signers"))
        names = tuple(dict.fromkeys((*lead.co_signers, *(name for name in (others.lead, *others.co_signers) if name))))
        if not lead.lead and self.mapping.column("lead_deputy") is not None:
            self._ask(record, "lead_deputy", NO_DEPUTY)
        if _incomplete(lead, others, len(names)):
            self._ask(record, "co_signers" if others.incomplete else "lead_deputy", CO_SIGNERS_INCOMPLETE)
        delegation = self._text(record, "delegation") or lead.delegation or record.delegation
        return {"lead_deputy": lead.lead, "co_signers": names, "delegation": delegation}

    def _bodies(self, record: Record) -> dict[str, Any]:
        found: dict[str, tuple[str, str, bool]] = {}
        for name, role, proposed in _BODIES:
            read = read_bodies(self._text(record, name))
            for why in read.questions:
                self._ask(record, name, why)
            bodies = with_roles(read.named, role)
            apart = (
                role == "lead" and self.mapping.column("proposed_co_bodies" if proposed else "co_bodies") is not None
            )
            if apart and len(bodies) > 1 and not any(own for _, own in read.named):
                self._ask(record, name, SEVERAL_LEADS)
            for body, held in bodies:
                found.setdefault(body, (body, held, proposed))
        return {"bodies": tuple(sorted(found.values(), key=lambda body: (body[2], body[1] != "lead")))}

    def _days(self, record: Record) -> dict[str, Any]:
        days: dict[str, Any] = {}
        for name in _DATES:
            place = self.mapping.column(name)
            read = read_date(record.cells.get(place) if place is not None else None, latest=self.today)
            days[name] = read.value
            if read.question:
                self._ask(record, name, read.question)
        handed, due, replied = days["handed_over_on"], days["due_on"], days["replied_on"]
        if handed and replied and handed > replied:
            self._doubt(record, days, "handed_over_on", AFTER_REPLY)
        elif handed and due and due < handed:
            self._doubt(record, days, "due_on", DUE_BEFORE)
        for name in _DATES:
            if name != "due_on" and days[name] and self.today and days[name] > self.today:
                self._doubt(record, days, name, IN_FUTURE)
        return days

    def _doubt(self, record: Record, days: dict[str, Any], name: str, why: str) -> None:
        self._ask(record, name, why)
        days[name] = None

    def _reply(self, record: Record) -> dict[str, Any]:
        text = self._text(record, "reply_text")
        head = read_letter_head(text)
        said = read_class(self._text(record, "class_label"))
        if said and head.class_label and said != head.class_label:
            self._ask(record, "class_label", CLASS_DIFFERS)
        publicity = read_publicity(self._text(record, "reply_publicity"))
        if publicity is None:
            self._ask(record, "reply_publicity", PUBLICITY_UNCLEAR)
        handlers = [record.text(place) for place, name in self.mapping.columns.items() if name == "handler"]
        named = "、".join(dict.fromkeys(name for name in handlers if not is_nothing(name)))
        return {
            "reply_text": text,
            "class_label": said or head.class_label,
            "document_number": self._text(record, "document_number") or head.document_number,
            "reply_publicity": publicity or head.publicity,
            "signer": self._text(record, "signer") or head.signer,
            "handler": named or head.handler,
            "responsible_leader": self._text(record, "responsible_leader"),
            "supervising_leader": self._text(record, "supervising_leader"),
        }

    def _rating(self, record: Record) -> dict[str, Any]:
        result = read_rating(self._text(record, "satisfaction"))
        if not result.value and not result.question:
            result = self._ticks(record, "")
        attitude = self._ticks(record, "attitude_")
        asked = (("satisfaction", "satisfied", result), ("attitude_satisfied", "attitude_satisfied", attitude))
        for name, otherwise, read in asked:
            if read.question:
                self._ask(record, name if self.mapping.column(name) is not None else otherwise, read.question)
        return {"satisfaction": result.value, "attitude": attitude.value}

    def _ticks(self, record: Record, prefix: str) -> RatingRead:
        columns = {rating: self.mapping.column(prefix + rating) for rating in _RATINGS}
        return read_ticks({rating: record.cells.get(place) for rating, place in columns.items() if place is not None})


def _incomplete(lead: Persons, others: Persons, co_signers: int) -> bool:
    if lead.count is not None:
        return lead.count > co_signers + 1
    if others.count is not None:
        return others.count > co_signers
    return lead.incomplete or others.incomplete


def _is_key(text: str) -> bool:
    return words.KEY in text and not any(word in text for word in words.NOT_KEY)
