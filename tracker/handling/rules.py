"""What a reply must hold, and when more time may be asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.errors import N_, RuleBroken

SEND_BACK_REASONS: dict[str, str] = {
    "requests_unanswered": N_("Requests of the suggestion are left unanswered"),
    "no_contact": N_("The deputy was not contacted"),
    "promise_without_date": N_("A promise has no date or no owner"),
    "class_does_not_fit": N_("The class does not fit the text"),
    "co_handlers_missing": N_("The co-handlers' opinions are missing"),
    "form": N_("Form: number, signer, addressee or stamp"),
    "other": N_("Another reason"),
}


def must_be_complete(reply: Mapping[str, object], *, labels: Sequence[str]) -> None:
    """A reply has a class of the rule set, a text, a signer, a contact person and a publicity (代表法 51; 青岛条例 29).

    :raises RuleBroken: the first thing that is missing.
    """
    needed = {
        "class_label": N_("Choose the class of the reply."),
        "text": N_("The text of the reply is missing."),
        "document_number": N_("The document number is missing."),
        "signer": N_("Name who signed the reply."),
        "contact_person": N_("Name a contact person."),
        "publicity": N_("Say whether the reply may be published."),
        "letter_on": N_("Enter the date of the letter."),
    }
    for name, sentence in needed.items():
        if not reply.get(name):
            raise RuleBroken(sentence)
    if labels and str(reply["class_label"]) not in labels:
        raise RuleBroken(N_("The class %(label)s is not one of the rule set's."), label=str(reply["class_label"]))


def must_be_real_promise(what: str, owner: str, due_on: date | None, *, letter_on: date) -> None:
    """A promise has a thing, an owner and a date after the letter.

    :raises RuleBroken: one of them is missing.
    """
    if not what.strip() or not owner.strip() or due_on is None:
        raise RuleBroken(N_("A promise needs what, who, and by when."))
    if due_on < letter_on:
        raise RuleBroken(N_("The promise “%(what)s” is due before the letter's own date."), what=what[:40])


def must_be_before_due(on: date, due_on: date) -> None:
    """More time is asked before the due day, not after it.

    :raises RuleBroken: the due day has passed.
    """
    if on > due_on:
        raise RuleBroken(N_("More time can be asked until %(day)s; that day has passed."), day=due_on.isoformat())
