"""Intake: a suggestion arrives and is written down once, completely."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.intake import panel, views

    return StageOffer(
        "intake", pages=(views.pages,), panel=panel.panel, parts=panel.PARTS, waiting=panel.waiting, lists=panel.lists
    )
