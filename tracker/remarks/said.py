"""What a suggestion's page shows of remarks: the lines for its timeline, and what the reader can do about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from tracker.dispatch.models import Assignment
from tracker.remarks.forms import RemarkForm
from tracker.remarks.models import Remark
from tracker.remarks.names import AUDIENCES
from tracker.remarks.rules import WRITERS, audiences
from tracker.roles import BODY, OFFICE, Role
from tracker.structure.succession import is_of
from tracker.suggestion.queries import GONE
from tracker.web.filters import in_language


@dataclass(frozen=True)
class Said:
    """One remark as it is read: taken back, only that it was there."""

    remark: Remark
    who: str
    to: str
    audience: str
    waits_for_me: bool
    is_mine: bool


def said(remarks: Iterable[Remark], visitor: Any) -> list[Said]:
    """The remarks with what this visitor can do: see what is addressed to him, take back his own."""
    return [_said(one, visitor) for one in remarks]


def _said(one: Remark, visitor: Any) -> Said:
    who = _("%(name)s, %(body)s", name=one.by_name, body=in_language(one.body)) if one.body else one.by_name
    to = in_language(one.to_body) if one.to_body else _("the office") if one.to_office else ""
    is_open = one.seen_at is None and one.withdrawn_at is None
    return Said(
        one,
        who,
        to,
        _(AUDIENCES[one.audience]),
        waits_for_me=is_open and _is_to(one, visitor),
        is_mine=one.withdrawn_at is None and one.user_id is not None and one.user_id == getattr(visitor, "id", None),
    )


def _is_to(one: Remark, visitor: Any) -> bool:
    if visitor.role in OFFICE:
        return one.to_office
    return visitor.role in (*BODY, Role.HUB, Role.COMMITTEE) and is_of(visitor.body_id, one.to_body_id)


def form_for(visitor: Any, assignments: Iterable[Assignment]) -> RemarkForm | None:
    """The form to say something; none for those who say nothing here."""
    if visitor.role not in WRITERS:
        return None
    bodies = {
        one.body_id: in_language(one.body)
        for one in assignments
        if one.standing not in GONE and one.body_id != visitor.body_id
    }
    return RemarkForm(audiences(visitor.role), bodies.items(), is_office=visitor.role in OFFICE)
