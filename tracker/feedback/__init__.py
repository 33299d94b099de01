"""Feedback: the deputy judges attitude and result; not satisfied means it is handled again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What feedback offers: its pages, the ratings on a suggestion's page, and the ratings that are awaited."""
    from tracker.feedback import desk, paper_views, study_views
    from tracker.stage import StageOffer

    pages = tuple({paper_views.pages, study_views.pages})  # one blueprint; each module brings its pages to it
    return StageOffer(
        "feedback",
        pages=pages,
        panel=desk.panel,
        parts=desk.PARTS,
        waiting=desk.waiting,
        lists=desk.lists,
        problems=desk.problems,
    )
