"""Correcting what was recorded, until it is handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.actor import Actor
from tracker.errors import N_, Stale
from tracker.files.models import File
from tracker.intake import rules
from tracker.intake.actions.recording import attach
from tracker.intake.actions.sheets import keep_details
from tracker.intake.actions.signing import sign_anew
from tracker.intake.content import Content
from tracker.intake.sources import must_say_source
from tracker.suggestion.actions import make
from tracker.suggestion.models import Suggestion


def amend(
    suggestion: Suggestion, content: Content, *, version: int, by: Actor, on: date, files: Sequence[File] = ()
) -> None:
    """Correct what was recorded, before it is handed over; the history names the fields that changed.

    `files` are added to those handed in. What an old ledger never had (a text, a deputy) may stay missing.

    :raises Stale: somebody else changed it since it was opened.
    :raises RuleBroken: it was handed over already, or something is missing.
    """
    if suggestion.version != version:
        raise Stale(N_("Somebody else changed this suggestion while you were writing. Your text is kept below."))
    rules.must_not_be_marked_secret(*content.typed())
    _must_stay_whole(suggestion, content)
    changed = [name for name, value in content.facts().items() if getattr(suggestion, name) != value]
    for name, value in content.facts().items():
        setattr(suggestion, name, value)
    changed += keep_details(suggestion, content.details)
    if sign_anew(suggestion, content):
        changed.append("co_signers")
    if files:
        changed.append("attachments")
        for file in files:
            attach(suggestion, file)
    if changed:
        make("amend", suggestion, by=by, on=on, fields=changed)


def _must_stay_whole(suggestion: Suggestion, content: Content) -> None:
    had_deputy = suggestion.lead_deputy_id is not None or suggestion.delegation_id is not None
    has_deputy = content.lead_deputy_id is not None or content.delegation_id is not None
    text = content.text if suggestion.text else content.text or "—"
    rules.must_be_whole(content.title, text, has_deputy=has_deputy or not had_deputy)
    if content.origin is not suggestion.origin:
        must_say_source(content.origin, content.details.source, content.details.source_number)
