"""The stamped letter comes back on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.actor import Actor
from tracker.dispatch.models import Assignment
from tracker.errors import N_, RuleBroken
from tracker.files.models import File
from tracker.handling.actions.reply import attach
from tracker.handling.models import Reply
from tracker.suggestion.actions import make


def take_stamped(
    reply: Reply,
    assignment: Assignment,
    files: Iterable[File],
    *,
    by: Actor,
    on: date,
    received_on: date,
    original: bool = False,
) -> None:
    """Put the scan of the stamped letter to its reply, with the day it was received (盖章件); `original`: the paper
    itself was handed in.

    :raises RuleBroken: the reply is not submitted, or it was received in the future or before it was written.
    """
    if received_on > on:
        raise RuleBroken(N_("The day of receipt lies in the future."))
    if reply.letter_on is not None and received_on < reply.letter_on:
        raise RuleBroken(N_("The letter was received before its own date."))
    make("take_scan", assignment.suggestion, assignment, by=by, on=on, number=reply.document_number)
    for file in files:
        attach(reply, file, stamped=True)
    reply.received_on = reply.received_on or received_on
    reply.paper_original = reply.paper_original or original
