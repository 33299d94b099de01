"""Finding: which words stand in which text, kept in step with the rows inside the transaction that changes them."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.search import command, keeping

    keeping.begin()
    return StageOffer("search", problems=keeping.problems, commands=(command.search,))
