"""The suggestion, the journey it makes, and what has happened to it so far."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    return StageOffer("suggestion")
