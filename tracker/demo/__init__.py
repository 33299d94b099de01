"""The fictitious city: made only by calling the office's own actions, day by day."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.demo import command

    return StageOffer("demo", commands=(command.demo,))
