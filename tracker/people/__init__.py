"""Who may sign in, for which body or as which deputy, with which role; passwords, sessions and mailed links."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.people import views

    return StageOffer("people", pages=(views.pages,))
