"""Whole ledgers in and out: what a row says of hand-over, reply and rating becomes rows of those stages."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.ledgers import commands, views

    return StageOffer("ledgers", pages=(views.pages,), commands=(commands.import_command,))
