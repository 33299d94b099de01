"""What may stand on the public pages. Pure.

Both are asked for, the deputy's word about his suggestion and the body's about its reply (国办发〔2014〕46号: replies
are published in full or in excerpts; 政府信息公开条例 第十五条: not what would harm a person).
"""

from __future__ import annotations

from tracker.errors import N_, RuleBroken
from tracker.handling.rules import may_be_published
from tracker.suggestion.journey import Stage, Standing

GIVEN = (Standing.DELIVERED, Standing.RATED)


def is_agreed(of_reply: str | None, of_suggestion: str | None, *, internal: bool, stage: str) -> bool:
    """Whether a reply may be read by all: body and deputy agree, and it is neither internal nor withdrawn."""
    return not internal and stage != Stage.WITHDRAWN and may_be_published(of_reply, of_suggestion)


def must_be_given(standing: str) -> None:
    """A reply goes on the public pages when it is delivered.

    :raises RuleBroken: it is not, or another took its place.
    """
    if standing not in GIVEN:
        raise RuleBroken(N_("Only a delivered reply that stands goes on the public pages."))


def must_be_agreed(question: str, answer: str, *, whole: str, of_reply: str | None, of_suggestion: str | None) -> None:
    """No more is shown than was agreed: of the suggestion, and of the reply.

    :raises RuleBroken: the reply is empty, or whole where a part was agreed to; or the suggestion's text is shown where
        the deputy has not agreed to it.
    """
    if not answer.strip():
        raise RuleBroken(N_("Say what the reply is."))
    if of_reply == "part" and _bare(answer) == _bare(whole):
        raise RuleBroken(N_("The body agreed to a part of its reply only: shorten it to that part."))
    if question.strip() and of_suggestion != "full":
        raise RuleBroken(N_("The deputy has not agreed to the text of the suggestion: leave it empty."))


def _bare(text: str) -> str:
    return "".join(text.split())
