"""The trail: who signed in, exported, administered; and history sealed into a chain so that changes are seen."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.audit import views, watching  # noqa: F401 - it looks at every transaction

    return StageOffer("audit", pages=(views.pages,))
