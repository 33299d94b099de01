"""What kinds about copied letters look at: the replies found to be taken from earlier ones."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tracker.handling.models import Reply
from tracker.recurrence.models import ReplyLikeness
from tracker.signals.kind import Asked, Door
from tracker.signals.replies import submitted

ALIKE = Door("recurrence.likenesses", {"reply_id": "thing_id"})


def taken(asked: Asked) -> sa.Select[Any]:
    """Submitted replies with what was found of them, the largest share first.

    Whose the earlier letter is stands on its page alone, for those who may read it.
    """
    return (
        submitted(asked, percent=ReplyLikeness.percent)
        .join(ReplyLikeness, ReplyLikeness.reply_id == Reply.id)
        .order_by(ReplyLikeness.percent.desc(), ReplyLikeness.other_id)
    )
