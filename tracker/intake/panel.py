"""Intake's part of a suggestion's page, and what waits at intake."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.errors import N_
from tracker.files.models import File
from tracker.intake import papers, together
from tracker.intake.forms import CheckForm
from tracker.intake.names import DECISIONS
from tracker.intake.queries import Backlog, Which, attached, attachments_of, backlogs, has_sheet
from tracker.people.visitors import link_token
from tracker.roles import OFFICE, Role
from tracker.stage import Harm, Panel, Visitor, Waiting, WaitingGroup
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.at_all import Written
from tracker.suggestion.journey import MOVES, Stage
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for

WITH_DEPUTY = N_("With the deputy for correction")
UNCONFIRMED = N_("Co-signers who have not answered")
BEING_WITHDRAWN = N_("Withdrawals that wait for agreement")
TO_SIGN = N_("Do you sign it too?")
PARTS = (attached, has_sheet, *together.PARTS)
TO_AGREE = N_("Do you agree that it is withdrawn?")


def panel(suggestion: Suggestion, visitor: Visitor, _today: date) -> Panel | None:
    """The files handed in, who made it together, and what the office may still do before the hand-over."""
    kept = attachments_of(suggestion.id)
    attached = [
        (attachment.file, url_for("intake.attachment", attachment_id=attachment.id, token=link_token()))
        for attachment in kept
        if not papers.is_signed(attachment)
    ]
    decisions = _decisions(suggestion) if visitor.role in OFFICE else []
    facts = {
        "attached": [(file, address, size_text(file)) for file, address in attached],
        "check_form": _check_form(decisions) if decisions else None,
        "may_amend": visitor.role in OFFICE and suggestion.stage in MOVES["amend"].from_,
        "may_record_again": visitor.role in OFFICE and suggestion.stage is Stage.RETURNED_TO_DEPUTY,
        **together.facts(suggestion, visitor),
        **papers.facts(suggestion, visitor, kept),
    }
    return Panel("intake/panel.html", facts) if any(facts.values()) else None


def _check_form(decisions: list[str]) -> CheckForm:
    form = CheckForm(formdata=None)
    form.decision.choices = [(name, DECISIONS[name]) for name in decisions]
    return form


def size_text(file: File) -> str:
    """A size people can read: kilobytes, or megabytes with one decimal."""
    if file.size < 1024 * 1024:
        return f"{max(1, file.size // 1024)} KB"
    return f"{file.size / 1024 / 1024:.1f} MB"


def _decisions(suggestion: Suggestion) -> list[str]:
    return [name for name in DECISIONS if suggestion.stage in MOVES[name].from_]


def waiting(visitor: Visitor, today: date) -> Iterable[WaitingGroup]:
    """For the office: what is with the deputy, what co-signers have not answered, what is being withdrawn (what is
    recorded, the hand-over asks for). For a deputy: what he is asked to confirm or to agree to.
    """
    if visitor.role in OFFICE:
        yield from papers.drafts_waiting(visitor)
        which: Which = _of_the_office
        homes = {WITH_DEPUTY: url_for("register.index", stage=str(Stage.RETURNED_TO_DEPUTY))}
        pages = {UNCONFIRMED: "intake.co_signers", BEING_WITHDRAWN: "intake.agreements"}
    elif visitor.role is Role.DEPUTY:
        which = _of_a_deputy
        homes, pages = {}, {TO_SIGN: "intake.co_sign", TO_AGREE: "intake.agree"}
    else:
        return
    for kind, found in backlogs(visitor, which).items():
        if found.count:
            page = pages.get(kind, "register.show")
            home = homes.get(kind) or url_for(page, suggestion_id=found.first[0].id)
            yield backlog_group(kind, home, Harm.AT_INTAKE, found, today, page)


def lists(visitor: Visitor, _today: date) -> dict[Written, dict[str, Any]]:
    """What `waiting` reads."""
    if visitor.role in OFFICE:
        return {_of_the_office: {}, **papers.lists(visitor)}
    return {_of_a_deputy: {}} if visitor.role is Role.DEPUTY else {}


@cache
def _of_the_office(_who: Anyone) -> dict[str, sa.ColumnElement[bool]]:
    return {
        WITH_DEPUTY: Suggestion.stage == Stage.RETURNED_TO_DEPUTY,
        UNCONFIRMED: together.unconfirmed(),
        BEING_WITHDRAWN: together.being_withdrawn(),
    }


@cache
def _of_a_deputy(who: Anyone) -> dict[str, sa.ColumnElement[bool]]:
    return {TO_SIGN: together.to_sign(who.deputy_id), TO_AGREE: together.to_agree(who.deputy_id)}


def backlog_group(
    kind: str, home: str, harm: Harm, found: Backlog, today: date, page: str = "register.show"
) -> WaitingGroup:
    """What stands at one stage before the hand-over, as the desk shows it; each day late does one more harm."""
    first = tuple(
        Waiting(
            kind=kind,
            url=url_for(page, suggestion_id=one.id),
            number=one.number or "",
            title=one.title,
            since_on=one.recorded_on,
            due_on=one.due_on,
            harm=harm.after((today - one.due_on).days if one.due_on else 0),
        )
        for one in found.first
    )
    return WaitingGroup(kind, found.count, home, first)
