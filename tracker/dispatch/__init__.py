"""Dispatch: the office hands over to the bodies responsible; hubs dispatch onward; bodies sign for it or return it."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.dispatch import desk, recall_views

    return StageOffer(
        "dispatch", pages=(recall_views.pages,), panel=desk.panel, waiting=desk.waiting, problems=desk.problems
    )
