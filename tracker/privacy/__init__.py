"""Privacy: what is held about a person, shown, handed out, and erased where the law allows it."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.privacy import views

    return StageOffer("privacy", pages=(views.pages,))
