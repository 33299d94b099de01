"""What a reply must hold, and when more time may be asked. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.errors import N_, RuleBroken
from tracker.handling.ahead import lacking, sentence_ahead
from tracker.handling.checkable import checkable

SEND_BACK_REASONS: dict[str, str] = {
    "requests_unanswered": N_("Requests of the suggestion are left unanswered"),
    "no_contact": N_("The deputy was not contacted"),
    "promise_without_date": N_("A promise has no date or no owner"),
    "class_does_not_fit": N_("The class does not fit the text"),
    "co_handlers_missing": N_("The co-handlers' opinions are missing"),
    "form": N_("Form: number, signer, addressee or stamp"),
    "other": N_("Another reason"),
}


NEEDED: dict[str, str] = {
    "class_label": N_("Choose the class of the reply."),
    "text": N_("The text of the reply is missing."),
    "document_number": N_("The document number is missing."),
    "signer": N_("Name who signed the reply."),
    "contact_person": N_("Name a contact person."),
    "publicity": N_("Say whether the reply may be published."),
    "letter_on": N_("Enter the date of the letter."),
}
UNADOPTED = ("not_now", "not_feasible", "higher_authority", "reference_only")
TO_BE_DONE = ("in_progress_this_year", "planned")
SHOWN = 60  # characters of a sentence or a request
MOST_REQUESTS_SHOWN = 3


@dataclass(frozen=True)
class Hint:
    """Something to look at again before sending; never a refusal."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


def must_be_complete(reply: Mapping[str, object], *, labels: Sequence[str]) -> None:
    """A reply has a class of the rule set, a text, a signer, a contact person and a publicity (代表法 51; 青岛条例 29).

    :raises RuleBroken: the first thing that is missing.
    """
    for name, sentence in NEEDED.items():
        if not reply.get(name):
            raise RuleBroken(sentence)
    if labels and str(reply["class_label"]) not in labels:
        raise RuleBroken(N_("The class %(label)s is not one of the rule set's."), label=str(reply["class_label"]))


def must_have_original(*, is_here: bool, goes_itself: bool) -> None:
    """A reply is delivered as a signed and stamped letter: its scan is here, its paper original is recorded, or the
    original itself goes to the deputy, by document exchange, on paper or by hand (our own rule: docs/decisions/027).

    :raises RuleBroken: neither.
    """
    if not is_here and not goes_itself:
        raise RuleBroken(
            N_("The signed original is not here: first upload the stamped scan or record the paper original.")
        )


def must_be_dated(letter_on: date | None, received_on: date | None, *, on: date) -> None:
    """Letter, receipt and upload follow one another.

    :raises RuleBroken: the letter or its receipt lies in the future, or it was received before it was written.
    """
    if letter_on is not None and letter_on > on:
        raise RuleBroken(N_("The letter's date lies in the future."))
    if received_on is not None and received_on > on:
        raise RuleBroken(N_("The day of receipt lies in the future."))
    if letter_on is not None and received_on is not None and received_on < letter_on:
        raise RuleBroken(N_("The letter was received before its own date."))


@dataclass(frozen=True)
class Written:
    """What is looked at before a reply goes out; `like` are replies with nearly the same text: number and per cent,
    `unspoken` the numbered requests its text does not speak of, `unnamed` the co-handlers that it leaves out.
    """

    text: str
    outcome: str | None
    promises: Sequence[Mapping[str, str]] = ()
    has_contact: bool = True
    has_original: bool = True
    left: int = 0
    refusal: str = ""
    legal_basis: str = ""
    strange_signer: str = ""
    like: Sequence[tuple[str, int]] = ()
    unspoken: Sequence[str] = ()
    unnamed: Sequence[str] = ()


def hints(written: Written) -> list[Hint]:
    """What a careful reader would ask before the reply goes out. Facts with their reason, never a verdict."""
    found = [] if written.has_contact else [Hint(N_("No contact with the deputy is noted yet."))]
    if written.left:
        message = N_("Requests of the suggestion without an answer: %(count)s. Answer them, or strike what is none.")
        found.append(Hint(message, {"count": written.left}))
    found += [*_of_promises(written), *_of_reasons(written), *_of_text(written)]
    if written.strange_signer:
        message = N_("The rules ask for a signature of this body's leader; %(name)s is not on record as one.")
        found.append(Hint(message, {"name": written.strange_signer}))
    for number, percent in written.like:
        message = N_("The text is nearly that of another reply, to %(number)s: %(percent)s per cent alike.")
        found.append(Hint(message, {"number": number or "—", "percent": percent}))
    if not written.has_original:
        found.append(
            Hint(N_("Neither a stamped scan nor a paper original is recorded: it can be submitted, not delivered."))
        )
    return found


def _of_promises(written: Written) -> Iterator[Hint]:
    if any(not day_of(one.get("due_on")) for one in written.promises):
        yield Hint(N_("A promise has no date."))
    if written.outcome in TO_BE_DONE and not written.promises:
        yield Hint(N_("The class says it is still to be done, but nothing is promised with a date."))
        lacks = lacking(written.text)
        if lacks is not None and lacks.date:
            yield Hint(N_("The letter does not say until when it will be done."))
        if lacks is not None and lacks.owner:
            yield Hint(N_("The letter does not say who will do it."))
    to_come = sentence_ahead(written.text) if written.outcome == "solved" else None
    if to_come:
        message = N_("The class says solved, but the text speaks of what is still to come: %(words)s.")
        yield Hint(message, {"words": _short(to_come)})


def _of_text(written: Written) -> Iterator[Hint]:
    """What the letter itself leaves out."""
    if written.text and written.outcome not in UNADOPTED and checkable(written.text).is_nothing:
        yield Hint(N_("The letter names no number, no place and no date: nothing in it can be checked."))
    for left in written.unspoken[:MOST_REQUESTS_SHOWN]:
        yield Hint(N_("The letter does not speak of this request: %(request)s"), {"request": _short(left)})
    if written.unnamed:
        message = N_("The letter does not name who handles with you: %(names)s.")
        yield Hint(message, {"names": "、".join(written.unnamed)})


def _short(said: str) -> str:
    bare = said.rstrip("。；，")
    return bare if len(bare) <= SHOWN else f"{bare[: SHOWN - 1]}…"


def _of_reasons(written: Written) -> Iterator[Hint]:
    """What is not adopted is explained, with the rule that stands against it (our own reading of 代表法)."""
    if written.outcome not in UNADOPTED:
        return
    if not written.refusal:
        yield Hint(N_("The class says it is not adopted, but no reason is given."))
    elif not written.legal_basis:
        yield Hint(N_("The reason names no legal basis."))


def may_be_published(of_reply: str | None, of_suggestion: str | None) -> bool:
    """Whether a reply is to be published: the body says so, in full or in part, and the deputy does not object."""
    return of_reply in ("full", "part") and of_suggestion != "no"


def day_of(text: str | None) -> date | None:
    """The day a text names, if it names one."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def must_be_real_promise(what: str, owner: str, due_on: date | None, *, letter_on: date) -> None:
    """A promise has a thing, an owner and a date after the letter.

    :raises RuleBroken: one of them is missing.
    """
    if not what.strip() or not owner.strip() or due_on is None:
        raise RuleBroken(N_("A promise needs what, who, and by when."))
    if due_on < letter_on:
        raise RuleBroken(N_("The promise “%(what)s” is due before the letter's own date."), what=what[:40])


def must_be_after_release(on: date, released_on: date) -> None:
    """A reply reaches nobody before the office released it.

    :raises RuleBroken: the day lies before.
    """
    if on < released_on:
        raise RuleBroken(N_("It was released on %(day)s: nobody had it before."), day=released_on.isoformat())
