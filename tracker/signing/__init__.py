"""Signing: where a congress wants it so, a clerk's acts wait in a folder until the office's leader signs them."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.signing import views

    return StageOffer("signing", pages=(views.pages,))
