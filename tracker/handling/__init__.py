"""Handling: the body speaks with the deputy, asks for time if it must, and answers; the office reads and delivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What handling offers: its pages, its part of a suggestion's page, what waits for bodies, hubs and the office."""
    from tracker.handling import desk, texts, views
    from tracker.stage import StageOffer

    return StageOffer(
        "handling",
        pages=(views.pages,),
        panel=desk.panel,
        parts=desk.PANEL,
        waiting=desk.waiting,
        lists=desk.lists,
        problems=desk.problems,
        texts=texts.TEXTS,
    )
