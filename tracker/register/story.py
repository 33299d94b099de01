"""The history in sentences: an entry's move and facts, told in the reader's language.

A move without a sentence of its own is told by its label; facts nobody knows are left out, never shown raw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from babel.lists import format_list
from flask_babel import get_locale

from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback.names import FINDINGS
from tracker.handling.names import REACHED
from tracker.handling.rules import SEND_BACK_REASONS
from tracker.intake.sheet_names import HINT_NAMES
from tracker.notices.names import MEASURES, NOTICES_TOLD
from tracker.register.names import FIELDS, MANNERS, PARTS, VERDICTS
from tracker.signals.names import SIGNS, SIGNS_TOLD
from tracker.suggestion.journey import MOVES
from tracker.supervision.names import INSPECTIONS
from tracker.web.filters import day, in_language
from tracker.web.languages import spoken_now, teller

Say = Callable[[str], str]
Written = Callable[[Any, Say], str]

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
    "try_return": (N_("Return asked too late, refused by rule: its days ended on %(last_on)s"),),
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
    "reach": (N_("Reply reached %(deputy)s (%(way)s)"), N_("Reply reached %(deputy)s")),
    "lose": (N_("Reply did not reach %(deputy)s"),),
    "relay": (N_("Reply passed on by the lead deputy to %(count)s co-signers"),),
    "rate_reply": (
        N_("Reply rated: attitude %(attitude)s, result %(result)s"),
        N_("Reply rated: result %(result)s"),
        N_("Reply rated: %(verdict)s"),
    ),
    "change_rating": (
        N_("Rating changed: attitude %(attitude)s, result %(result)s (before: %(from_attitude)s, %(from_result)s)"),
        N_("Rating changed: result %(result)s (before: %(from_result)s)"),
    ),
    "rate_beside": (N_("Co-signer %(deputy)s rates: attitude %(attitude)s, result %(result)s"),),
    "study": (N_("Dissatisfied rating studied: %(finding)s"),),
    "rate": (N_("Rated: %(result)s"), N_("Rated: %(verdict)s")),
    "handle_again": (N_("To be handled again, round %(round)s"),),
    "promise_kept": (N_("Promise kept: %(what)s"),),
    "promise_moved": (N_("Promise moved to %(to)s: %(what)s"), N_("Promise moved: %(what)s")),
    "promise_broken": (N_("Promise broken: %(what)s"),),
    "promise_on_course": (N_("Promise on course: %(what)s"),),
    "confirm_promise": (N_("The deputy confirms: %(what)s"),),
    "dispute_promise": (N_("The deputy disputes: %(what)s"),),
    "decide_dispute": (N_("Dispute about a promise decided: %(what)s"),),
    "date_promise": (N_("Promise dated afterwards, until %(to)s: %(what)s"),),
    "name_key": (
        N_("Named a key item at “%(meeting)s”, supervised by %(committee)s"),
        N_("Named a key item at “%(meeting)s”"),
    ),
    "inspect": (N_("%(kind)s, %(place)s: %(people)s"), N_("%(kind)s: %(people)s")),
    "instruct": (N_("Instruction of %(leader)s, due on %(due_on)s"), N_("Instruction of %(leader)s")),
    "instruct_office": (
        N_("Instruction of %(leader)s to the office, due on %(due_on)s"),
        N_("Instruction of %(leader)s to the office"),
    ),
    "body_followed": (N_("The instruction of %(leader)s was answered"),),
    "office_followed": (N_("The office answered the instruction of %(leader)s"),),
    "alarm": (
        N_("Step %(step)s of the ladder reached, last day %(due_on)s"),
        N_("Step %(step)s of the ladder reached"),
    ),
    "chase": (N_("Chased by hand (%(manner)s): %(whom)s"),),
    **NOTICES_TOLD,
    **SIGNS_TOLD,
}
NOTES = ("reason", "note", "comment")
LOOKS = {
    "alarm": "bad",
    "issue_notice": "bad",
    "decide_listed": "warn",
    "promise_broken": "bad",
    "dispute_promise": "bad",
    **dict.fromkeys(("instruct", "instruct_office", "name_key", "ask_return", "try_return"), "warn"),
    **dict.fromkeys(("ask_extension", "send_back", "lose"), "warn"),
    "handle_again": "warn",
    "recall": "warn",
    "change_lead": "warn",
    "object_to_proposal": "warn",
    "decline_to_sign": "warn",
    "ask_withdrawal": "warn",
    "refuse_agreement": "warn",
    "refuse_to_withdraw": "warn",
    **dict.fromkeys(("answer", "deliver", "promise_kept", "confirm_promise", "body_followed", "office_followed"), "ok"),
    "close": "ok",
    "amend": "muted",
}
JUDGED = ("attitude", "result", "verdict")


class Line(NamedTuple):
    """One line of the timeline, ready to be shown (register/_history.html)."""

    when: str
    iso: str
    who: str
    text: str
    note: str
    kind: str


def lines(entries: Sequence[Any], assignments: Iterable[Assignment]) -> list[Line]:
    """The history as it is read, in the order given."""
    bodies = _bodies_then(entries, {one.id: in_language(one.body) for one in assignments})
    in_english, say = spoken_now() == "en", teller()
    return [_line(entry, bodies[entry.id], (in_english and entry.body_en) or entry.body, say) for entry in entries]


def _bodies_then(entries: Iterable[Any], names: dict[int, str]) -> dict[int, str]:
    """Whose part each entry is about, under the name the body had at the time: work moves on to successors."""
    found: dict[int, str] = {}
    for entry in sorted(entries, key=lambda one: one.id, reverse=True):
        about = entry.assignment_id or 0
        found[entry.id] = names.get(about, "")
        if entry.move == "succeed":
            names[about] = str(entry.facts.get("from", ""))
    return found


def sentence(move: str, facts: Mapping[str, Any], say: Say | None = None) -> str:
    """What was done, in one sentence; `say` tells a msgid in the reader's language."""
    say = say or teller()
    known = {name: text for name, value in facts.items() if (text := _fact(name, value, say))}
    for template in TOLD.get(move, ()):
        if all(name in known for name in _names(template)):
            return say(template) % known
    return say(MOVES[move].label) if move in MOVES else move


def note(facts: Mapping[str, Any]) -> str:
    """What was said about it, in the words of the one who said it."""
    return "\n".join(filter(None, [str(facts[name]).strip() for name in NOTES if facts.get(name)]))


def who(entry: Any, body: str | None, say: Say) -> str:
    """The acting person, with the body, and on whose behalf."""
    name = say(N_("the system")) if entry.actor_kind == "system" else entry.actor_name
    if body is not None:
        name = say(N_("%(name)s, %(body)s")) % {"name": name, "body": body}
    if entry.on_behalf_of:
        return say(N_("%(name)s, on behalf of %(other)s")) % {"name": name, "other": entry.on_behalf_of}
    return str(name)


def _line(entry: Any, about: str, acting: str | None, say: Say) -> Line:
    text = sentence(entry.move, {**entry.facts, "body": about} if about else entry.facts, say)
    if about and acting != about and entry.move not in ("assign", "succeed"):
        text = say(N_("%(body)s: %(sentence)s")) % {"body": about, "sentence": text}
    on, entered = entry.on.isoformat(), day(entry.at)
    when = on if entered == on else say(N_("%(day)s, entered on %(entered)s")) % {"day": on, "entered": entered}
    look = "bad" if "dissatisfied" in map(entry.facts.get, JUDGED) else LOOKS.get(entry.move, "info")
    return Line(when, on, who(entry, acting, say), text, note(entry.facts), look)


def _fact(name: str, value: Any, say: Say) -> str:
    """A fact's value as a reader reads it; nothing for one that is empty."""
    if value is None or value == "" or value == []:
        return ""
    return WRITTEN[name](value, say) if name in WRITTEN else str(value)


def _named(names: Mapping[Any, str]) -> Written:
    return lambda value, say: say(str(names[value])) if value in names else ""


def _listed(names: Mapping[Any, str] | None = None) -> Written:
    def written(values: Any, say: Say) -> str:
        texts = [str(value) if names is None else _named(names)(value, say) for value in values]
        known = [text for text in texts if text]
        return format_list(known, locale=get_locale()) if len(known) > 1 else "".join(known)

    return written


WRITTEN: dict[str, Written] = {
    "part": _named(PARTS),
    "manner": _named(MANNERS),
    "way": _named(REACHED),
    "verdict": _named(VERDICTS),
    "attitude": _named(VERDICTS),
    "result": _named(VERDICTS),
    "from_attitude": _named(VERDICTS),
    "from_result": _named(VERDICTS),
    "finding": _named(FINDINGS),
    "fields": _listed(FIELDS),
    "reasons": _listed(SEND_BACK_REASONS),
    "bodies": _listed(),
    "deputies": _listed(),
    "hints": _listed(HINT_NAMES),
    "kind": _named(INSPECTIONS),
    "measure": _named(MEASURES),
    "sign": _named(SIGNS),
}


@cache
def _names(template: str) -> list[str]:
    return [part.partition(")")[0] for part in template.split("%(")[1:]]
