"""The suggestion, the journey it makes, and what has happened to it so far."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.suggestion.texts import TEXTS

    return StageOffer("suggestion", texts=TEXTS)
