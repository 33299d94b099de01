"""What may stand on the public pages. Pure.

Both are asked for, the deputy's word about his suggestion and the body's about its reply (国办发〔2014〕46号: replies
are published in full or in excerpts; 政府信息公开条例 第十五条: not what would harm a person).
"""

from __future__ import annotations

from tracker.errors import N_, RuleBroken
from tracker.handling.rules import may_be_published
from tracker.suggestion.journey import Standing

GIVEN = (Standing.DELIVERED, Standing.RATED)


def is_free(of_reply: str | None, of_suggestion: str | None, *, internal: bool, standing: str) -> bool:
    """Whether a reply may go on the public pages."""
    return standing in GIVEN and not internal and may_be_published(of_reply, of_suggestion)


def must_be_free(of_reply: str | None, of_suggestion: str | None, *, internal: bool, standing: str) -> None:
    """A reply goes on the public pages when it is delivered, and body and deputy agree.

    :raises RuleBroken: one of them does not, it is an internal matter, or it is not delivered or was replaced.
    """
    if internal or not may_be_published(of_reply, of_suggestion):
        raise RuleBroken(N_("This reply is not to be published."))
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
