"""Suggestions in Word files: each is read, shown beside the form it would fill, and recorded when a person says so."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.documents import views

    return StageOffer("documents", pages=(views.pages,))
