"""Dispatch: the office hands over to the bodies responsible; hubs dispatch onward; bodies sign for it or return it."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.dispatch import desk, views

    return StageOffer("dispatch", pages=(views.pages,), panel=desk.panel, waiting=desk.waiting, problems=desk.problems)
