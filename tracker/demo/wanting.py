"""What bodies of the city do badly, so that each sign of weak handling can be seen: empty, old and copied letters."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import sqlalchemy as sa

from tracker.database import db
from tracker.demo.items import CitySuggestion
from tracker.dispatch.models import Assignment
from tracker.handling.content import ReplyContent
from tracker.handling.models import Manner, Reply
from tracker.suggestion.models import Suggestion

EMPTY = (
    "您提出的建议收悉，现答复如下：我局高度重视您所提的建议，主要领导亲自部署，多次专题研究，认真听取各方面意见，"
    "加强统筹协调，切实抓好落实，不断提升工作水平。感谢您对我们工作的关心和支持。"
)
ANSWERED = "已按您的意见安排，由责任科室逐项落实，进展随时向您通报。"
SOMEBODY = "有关单位"
SHARES = (0.04, 0.07, 0.10, 0.13)  # up to each of these: an empty letter, a copied one, one that lay, one of before


def as_written(content: ReplyContent, item: CitySuggestion, assignment: Assignment, on: date) -> ReplyContent:
    """The letter as this body writes it: mostly as it should be."""
    dice = Random(f"wanting {item.title}")  # nosec B311
    empty, copied, old, older = SHARES
    drawn = dice.random()
    if drawn < empty:
        content.text = EMPTY
    elif drawn < copied:
        content.text = _before(assignment, item) or content.text
    elif drawn < old:
        content.letter_on = max(on - timedelta(days=24), assignment.assigned_on)
    elif drawn < older:
        content.letter_on = assignment.assigned_on - timedelta(days=6)
    if item.co and dice.random() < 0.12:
        content.text = content.text.replace("、".join(item.co), SOMEBODY)
    return content


def manner(item: CitySuggestion, drawn: Manner) -> Manner:
    """How the deputy is spoken to; some are only written to."""
    return Manner.LETTER if Random(f"writes {item.title}").random() < 0.06 else drawn  # nosec B311


def moves_again(promise_id: int, due_on: date) -> bool:
    """Whether a promise that was moved is moved once more."""
    return Random(f"again {promise_id} {due_on}").random() < 0.5  # nosec B311


def _before(assignment: Assignment, item: CitySuggestion) -> str:
    """The body's last letter to something else, with the new title in it."""
    wanted = (
        sa.select(Reply.text, Suggestion.title)
        .join(Assignment, Assignment.id == Reply.assignment_id)
        .join(Suggestion, Suggestion.id == Assignment.suggestion_id)
        .where(Assignment.body_id == assignment.body_id, Assignment.id != assignment.id)
        .where(Reply.submitted_on.is_not(None))
        .order_by(Reply.id.desc())
        .limit(1)
    )
    found = db.session.execute(wanted).first()
    return found.text.replace(found.title, item.title) if found is not None else ""
