"""Intake's part of a suggestion's page, and what waits at intake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for

from tracker.errors import N_
from tracker.files.models import File
from tracker.intake.forms import CheckForm
from tracker.intake.names import DECISIONS
from tracker.intake.queries import Backlog, attachments_of, backlog
from tracker.people.visitors import link_token
from tracker.roles import OFFICE
from tracker.stage import Harm, Panel, Visitor, Waiting, WaitingGroup
from tracker.suggestion.journey import MOVES, Stage
from tracker.suggestion.models import Suggestion

WITH_DEPUTY = N_("With the deputy for correction")


def panel(suggestion: Suggestion, visitor: Visitor, _today: date) -> Panel | None:
    """The files handed in, and what the office may still do before the hand-over."""
    attached = [
        (attachment.file, url_for("intake.attachment", attachment_id=attachment.id, token=link_token()))
        for attachment in attachments_of(suggestion.id)
    ]
    decisions = _decisions(suggestion) if visitor.role in OFFICE else []
    may_amend = visitor.role in OFFICE and suggestion.stage in MOVES["amend"].from_
    may_record_again = visitor.role in OFFICE and suggestion.stage is Stage.RETURNED_TO_DEPUTY
    if not (attached or decisions or may_amend or may_record_again):
        return None
    form = CheckForm(formdata=None)
    form.decision.choices = [(name, DECISIONS[name]) for name in decisions]
    facts = {
        "attached": [(file, address, size_text(file)) for file, address in attached],
        "check_form": form if decisions else None,
        "may_amend": may_amend,
        "may_record_again": may_record_again,
    }
    return Panel("intake/panel.html", facts)


def size_text(file: File) -> str:
    """A size people can read: kilobytes, or megabytes with one decimal."""
    if file.size < 1024 * 1024:
        return f"{max(1, file.size // 1024)} KB"
    return f"{file.size / 1024 / 1024:.1f} MB"


def _decisions(suggestion: Suggestion) -> list[str]:
    return [name for name in DECISIONS if suggestion.stage in MOVES[name].from_]


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """For the office: what is with the deputy for correction (what is recorded, the hand-over asks for)."""
    if visitor.role not in OFFICE:
        return []
    stage = Stage.RETURNED_TO_DEPUTY
    home = url_for("register.index", stage=str(stage))
    group = backlog_group(WITH_DEPUTY, home, Harm.AT_INTAKE, backlog(visitor, stage), today)
    return [group] if group.count else []


def backlog_group(kind: str, home: str, harm: Harm, found: Backlog, today: date) -> WaitingGroup:
    """What stands at one stage before the hand-over, as the desk shows it; each day late does one more harm."""
    first = tuple(
        Waiting(
            kind=kind,
            url=url_for("register.show", suggestion_id=one.id),
            number=one.number or "",
            title=one.title,
            since_on=one.recorded_on,
            due_on=due_on,
            harm=harm.after((today - due_on).days if due_on else 0),
        )
        for one, due_on in found.first
    )
    return WaitingGroup(kind, found.count, home, first)
