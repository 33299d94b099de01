"""Privacy: what is held about a person, shown, handed out, and erased where the law allows it."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.privacy import models  # noqa: F401 - its rows are known once it is loaded

    return StageOffer("privacy")
