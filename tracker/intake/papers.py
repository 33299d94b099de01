"""The printed form on a suggestion's page, its signed scan, and the drafts that wait on the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for

from tracker import clock
from tracker.errors import N_
from tracker.intake import drafts
from tracker.intake.content import Details
from tracker.intake.models import Attachment, AttachmentKind
from tracker.intake.queries import sheet_of
from tracker.intake.sheet_names import NATURES, UNSOLVED_FOR, WISHED_WAYS
from tracker.roles import OFFICE
from tracker.stage import Harm, Visitor, Waiting, WaitingGroup
from tracker.suggestion.at_all import Written
from tracker.suggestion.models import Suggestion

DRAFTS = N_("My drafts")


def facts(suggestion: Suggestion, visitor: Visitor, kept: Iterable[Attachment]) -> dict[str, Any]:
    """For the office: what the form says beyond the register, where it is printed, and its signed scans."""
    if visitor.role not in OFFICE:
        return {"has_papers": False}
    details = Details.of(sheet_of(suggestion.id))
    return {
        "details": details if details != Details() else None,
        "words": {"natures": NATURES, "unsolved_for": UNSOLVED_FOR, "wished_ways": WISHED_WAYS},
        "signed": [(one.file, url_for("intake.attachment", attachment_id=one.id)) for one in kept if is_signed(one)],
        "has_papers": True,
    }


def is_signed(attachment: Attachment) -> bool:
    return attachment.kind is AttachmentKind.SIGNED_FORM


def lists(visitor: Any) -> dict[Written, dict[str, Any]]:
    """What `drafts_waiting` reads."""
    return {drafts.begun_by: {"user_id": visitor.id}}


def drafts_waiting(visitor: Any) -> Iterable[WaitingGroup]:
    """Drafts somebody of the office began himself and has not recorded."""
    found = drafts.mine(visitor, visitor.id)
    if found.count:
        first = tuple(
            Waiting(
                kind=DRAFTS,
                url=url_for("intake.draft", draft_id=one.id),
                number="",
                title=one.title,
                since_on=one.begun_on,
                harm=Harm.AT_INTAKE.after((clock.today() - one.begun_on).days),
            )
            for one in found.first
        )
        yield WaitingGroup(DRAFTS, found.count, url_for("intake.drafts_index"), first)
