"""Documents on paper: official letters and forms as .docx and PDF, with a number that leads the signed scan back."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.paper import views

    return StageOffer("paper", pages=(views.pages,))
