"""Figures with the evidence beside them; first of all what we cannot see, because no figure can hold it."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.figures import health, views

    return StageOffer("figures", pages=(views.pages,), problems=health.problems)
