"""The history in sentences: an entry's move and facts, told in the reader's language.

A move without a sentence of its own is told by its label; facts nobody knows are left out, never shown raw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from babel.lists import format_list
from flask_babel import get_locale

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.handling.rules import SEND_BACK_REASONS
from tracker.intake.sheet_names import HINT_NAMES
from tracker.register.names import FIELDS, MANNERS, PARTS, VERDICTS
from tracker.suggestion.journey import MOVES
from tracker.web.filters import day, in_language
from tracker.web.languages import gettext as _
from tracker.web.languages import spoken_now

# The sentences of a move, the one that says most first: the facts it needs stand in it.
TOLD: dict[str, tuple[str, ...]] = {
    "draft": (N_("Begun by %(begun_by)s"), N_("Handed in, hints: %(hints)s")),
    "record": (
        N_("Recorded as number %(number)s all the same, hints: %(hints)s"),
        N_("Recorded as number %(number)s"),
    ),
    "amend": (N_("Amended: %(fields)s"),),
    "merge": (N_("Merged into number %(number)s"),),
    "take_in": (N_("Number %(number)s was merged into it"),),
    "separate": (N_("Separated again from number %(number)s"),),
    "let_go": (N_("Number %(number)s was separated again"),),
    "ask_to_sign": (N_("Asked to confirm that they sign it too: %(deputies)s"),),
    "co_sign": (N_("Co-signature confirmed: %(deputy)s"),),
    "decline_to_sign": (N_("Co-signature declined: %(deputy)s"),),
    "agree_to_withdraw": (N_("Agreed to the withdrawal: %(deputy)s"),),
    "refuse_to_withdraw": (N_("Did not agree to the withdrawal: %(deputy)s"),),
    "propose": (N_("Bodies proposed: %(bodies)s"),),
    "hand_over": (N_("Handed over, document %(document_number)s"),),
    "assign": (N_("Assigned to %(body)s, %(part)s"), N_("Assigned to %(body)s")),
    "circulate": (N_("Proposal sent round to %(bodies)s, to be answered by %(until)s"),),
    "agree_to_proposal": (N_("%(body)s agreed to the proposal"),),
    "object_to_proposal": (N_("%(body)s objected to the proposal; proposed instead: %(to)s"),),
    "settle_objection": (
        N_("Objection of %(body)s settled: %(to)s is named instead"),
        N_("Objection of %(body)s settled: it is kept"),
    ),
    "change_lead": (N_("%(to)s leads from now on"),),
    "ask_agreement": (N_("%(to)s, the other lead, asked to agree to the reply"),),
    "pass_on": (N_("Dispatched by the hub to %(bodies)s"), N_("Dispatched by the hub to %(body)s")),
    "succeed": (N_("Passed from %(from)s to its successor %(to)s"),),
    "grant_return": (N_("Return granted; now with %(to)s"),),
    "contact": (N_("Deputy contacted (%(manner)s): %(person)s"), N_("Deputy contacted (%(manner)s)")),
    "ask_extension": (N_("Extension asked until %(to)s"),),
    "grant_extension": (N_("Extension granted until %(to)s"),),
    "submit": (
        N_("Reply submitted, class %(class_label)s, document %(number)s"),
        N_("Reply submitted, class %(class_label)s"),
    ),
    "send_back": (N_("Reply sent back: %(reasons)s"),),
    "deliver": (N_("Reply delivered, class %(class_label)s"),),
    "rate_reply": (
        N_("Reply rated: attitude %(attitude)s, result %(result)s"),
        N_("Reply rated: result %(result)s"),
        N_("Reply rated: %(verdict)s"),
    ),
    "rate": (N_("Rated: %(result)s"), N_("Rated: %(verdict)s")),
    "handle_again": (N_("To be handled again, round %(round)s"),),
    "promise_kept": (N_("Promise kept: %(what)s"),),
    "promise_moved": (N_("Promise moved to %(to)s: %(what)s"), N_("Promise moved: %(what)s")),
    "promise_broken": (N_("Promise broken: %(what)s"),),
    "alarm": (
        N_("Step %(step)s of the ladder reached, last day %(due_on)s"),
        N_("Step %(step)s of the ladder reached"),
    ),
}
NOTES = ("reason", "note", "comment")
LOOKS = {
    "alarm": "bad",
    "promise_broken": "bad",
    "ask_return": "warn",
    "ask_extension": "warn",
    "send_back": "warn",
    "handle_again": "warn",
    "recall": "warn",
    "change_lead": "warn",
    "object_to_proposal": "warn",
    "decline_to_sign": "warn",
    "ask_withdrawal": "warn",
    "refuse_to_withdraw": "warn",
    "answer": "ok",
    "deliver": "ok",
    "promise_kept": "ok",
    "close": "ok",
    "amend": "muted",
}


@dataclass(frozen=True)
class Line:
    """One line of the timeline, ready to be shown (components/timeline.html)."""

    when: str
    iso: str
    who: str
    text: str
    note: str
    kind: str


def lines(entries: Sequence[Any], assignments: Iterable[Assignment]) -> list[Line]:
    """The history as it is read, in the order given."""
    bodies = _bodies_then(entries, {one.id: in_language(one.body) for one in assignments})
    in_english = spoken_now() == "en"
    return [_line(entry, bodies[entry.id], (in_english and entry.body_en) or entry.body) for entry in entries]


def _bodies_then(entries: Iterable[Any], names: dict[int, str]) -> dict[int, str]:
    """Whose part each entry is about, under the name the body had at the time: work moves on to successors."""
    found: dict[int, str] = {}
    for entry in sorted(entries, key=lambda one: one.id, reverse=True):
        about = entry.assignment_id or 0
        found[entry.id] = names.get(about, "")
        if entry.move == "succeed":
            names[about] = str(entry.facts.get("from", ""))
    return found


def sentence(move: str, facts: Mapping[str, Any]) -> str:
    """What was done, in one sentence."""
    known = {name: text for name, value in facts.items() if (text := _fact(name, value))}
    for template in TOLD.get(move, ()):
        if all(name in known for name in _names(template)):
            return str(_(template) % known)
    return str(_(MOVES[move].label)) if move in MOVES else move


def note(facts: Mapping[str, Any]) -> str:
    """What was said about it, in the words of the one who said it."""
    return "\n".join(str(facts[name]).strip() for name in NOTES if str(facts.get(name) or "").strip())


def who(entry: Any, body: str | None) -> str:
    """The acting person, with the body, and on whose behalf."""
    name = _("the system") if entry.actor_kind == "system" else entry.actor_name
    if body is not None:
        name = _("%(name)s, %(body)s", name=name, body=body)
    if entry.on_behalf_of:
        return _("%(name)s, on behalf of %(other)s", name=name, other=entry.on_behalf_of)
    return name


def _line(entry: Any, about: str, acting: str | None) -> Line:
    text = sentence(entry.move, {**entry.facts, "body": about} if about else entry.facts)
    if about and acting != about and entry.move not in ("assign", "succeed"):
        text = _("%(body)s: %(sentence)s", body=about, sentence=text)
    on, entered = entry.on.isoformat(), day(entry.at)
    when = on if entered == on else _("%(day)s, entered on %(entered)s", day=on, entered=entered)
    look = "bad" if "dissatisfied" in entry.facts.values() else LOOKS.get(entry.move, "info")
    return Line(when, on, who(entry, acting), text, note(entry.facts), look)


def _fact(name: str, value: Any) -> str:
    """A fact's value as a reader reads it; nothing for one that is empty."""
    if value in (None, "", []):
        return ""
    return WRITTEN[name](value) if name in WRITTEN else str(value)


def _named(names: Mapping[Any, str]) -> Callable[[Any], str]:
    return lambda value: str(_(names[value])) if value in names else ""


def _listed(names: Mapping[Any, str] | None = None) -> Callable[[Any], str]:
    def written(values: Any) -> str:
        texts = [str(value) if names is None else _named(names)(value) for value in values]
        return format_list([text for text in texts if text], locale=get_locale())

    return written


WRITTEN: dict[str, Callable[[Any], str]] = {
    "part": _named(PARTS),
    "manner": _named(MANNERS),
    "verdict": _named(VERDICTS),
    "attitude": _named(VERDICTS),
    "result": _named(VERDICTS),
    "fields": _listed(FIELDS),
    "reasons": _listed(SEND_BACK_REASONS),
    "bodies": _listed(),
    "deputies": _listed(),
    "hints": _listed(HINT_NAMES),
}


@cache
def _names(template: str) -> list[str]:
    return [part.partition(")")[0] for part in template.split("%(")[1:]]
