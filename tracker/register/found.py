"""What was found where: words marked in what a row shows, and the passages that no cell of it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from markupsafe import Markup, escape
from sqlalchemy.orm import joinedload, undefer

from tracker.database import db
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.models import Reply
from tracker.handling.queries import readable
from tracker.register.queries import Row
from tracker.search import marking
from tracker.search.marking import Part
from tracker.search.queries import found_each
from tracker.search.rules import Kind, Sought, sought
from tracker.stage import Visitor
from tracker.structure.models import Deputy
from tracker.suggestion.models import Signature, Suggestion

IN_TEXT, IN_REPLY = N_("Text"), N_("Reply of %(body)s")
CO_SIGNED, CALLED = N_("Co-signer"), N_("%(body)s, also called")


@dataclass(frozen=True)
class Passage:
    """A place where words were found: a msgid with values that says where, and what stands there."""

    where: str
    said: Markup
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class Found:
    """The words of a question, the deputies they sound like, and the passages of each suggestion."""

    words: list[Sought]
    heard: set[int] = field(default_factory=set)
    passages: dict[int, list[Passage]] = field(default_factory=dict)

    def marked(self, text: str) -> str:
        """The text with the words marked in it."""
        return written(marking.parts(text, self.words)) if self.words else text

    def name(self, deputy: Deputy) -> str:
        """A deputy's name; marked as a whole where it was typed by its sound."""
        return Markup("<mark>{}</mark>").format(deputy.name) if deputy.id in self.heard else self.marked(deputy.name)


def written(parts: Iterable[Part]) -> Markup:
    return Markup("").join(
        Markup("<mark>{}</mark>").format(one.text) if one.is_hit else escape(one.text) for one in parts
    )


def find(question: str, rows: Sequence[Row], visitor: Visitor) -> Found:
    """Where the words stand in these rows: at most four statements, and none where every word is seen already."""
    found = Found(sought(question))
    if not found.words or not rows:
        return found
    found.heard = _heard(found.words, rows, visitor)
    missing = {row.suggestion.id: left for row in rows if (left := _unseen(row, found))}
    for look in (_other_names, _texts, _replies, _co_signers):
        if missing:
            _take(look(rows, missing, visitor), found, missing)
    return found


Looked = Iterable[tuple[int, str, str, dict[str, str]]]
Look = Callable[[Sequence[Row], dict[int, list[Sought]], Visitor], Looked]


def _take(looked: Looked, found: Found, missing: dict[int, list[Sought]]) -> None:
    """Keep the passages in which missing words stand; what stands there is missing no longer."""
    for suggestion_id, where, text, values in looked:
        left = missing.get(suggestion_id, [])
        seen = [word for word in left if marking.holds(text, word)]
        if not seen:
            continue
        shown = Passage(where, written(marking.passage(text, found.words, seen)), values)
        found.passages.setdefault(suggestion_id, []).append(shown)
        missing[suggestion_id] = [word for word in left if word not in seen]
        if not missing[suggestion_id]:
            del missing[suggestion_id]


def _unseen(row: Row, found: Found) -> list[Sought]:
    """The words that no cell of the row shows."""
    one = row.suggestion
    shown = [one.number or "", one.title, *(body.name for body in row.bodies[:2])]
    if one.lead_deputy is not None:
        shown.append(one.lead_deputy.name)
        if one.lead_deputy_id in found.heard:
            return [word for word in found.words if not word.said.isascii() and not _stands(word, shown)]
    return [word for word in found.words if not _stands(word, shown)]


def _stands(word: Sought, shown: Iterable[str]) -> bool:
    return any(marking.holds(text, word) for text in shown)


def _heard(words: list[Sought], rows: Sequence[Row], visitor: Visitor) -> set[int]:
    """The lead deputies of these rows whose names sound like a word in Latin letters."""
    latin = [word for word in words if word.said.isascii() and word.said[:1].isalpha()]
    leads = {row.suggestion.lead_deputy_id for row in rows} - {None}
    return found_each(latin, Kind.DEPUTY, visitor.congress_id or 0, [one for one in leads if one is not None])


def _texts(_rows: Sequence[Row], missing: dict[int, list[Sought]], _visitor: Visitor) -> Looked:
    wanted = sa.select(Suggestion.id, Suggestion.text).where(Suggestion.id.in_(list(missing)))
    return [(one, IN_TEXT, text, {}) for one, text in db.session.execute(wanted)]


def _replies(_rows: Sequence[Row], missing: dict[int, list[Sought]], visitor: Visitor) -> Looked:
    wanted = (
        sa.select(Reply)
        .join(Reply.assignment)
        .where(Assignment.suggestion_id.in_(list(missing)), readable(visitor))
        .options(undefer(Reply.text), joinedload(Reply.assignment).joinedload(Assignment.body))
        .order_by(Reply.id.desc())
    )
    for one in db.session.scalars(wanted):
        yield one.assignment.suggestion_id, IN_REPLY, one.text, {"body": one.assignment.body.name}


def _co_signers(_rows: Sequence[Row], missing: dict[int, list[Sought]], _visitor: Visitor) -> Looked:
    wanted = (
        sa.select(Signature.suggestion_id, Deputy.name)
        .join(Signature.deputy)
        .where(Signature.suggestion_id.in_(list(missing)))
        .order_by(Signature.place)
    )
    return [(one, CO_SIGNED, name, {}) for one, name in db.session.execute(wanted)]


def _other_names(rows: Sequence[Row], missing: dict[int, list[Sought]], _visitor: Visitor) -> Looked:
    for row in rows:
        if row.suggestion.id in missing:
            for body in [*row.bodies, *row.co_bodies]:
                names = [body.name, body.short_name, body.former_names, body.name_en or ""]
                yield row.suggestion.id, CALLED, "、".join(filter(None, names[1:])), {"body": body.name}
                yield row.suggestion.id, N_("Body"), body.name, {}
