"""Whole ledgers in and out: what a row says of hand-over, reply and rating becomes rows of those stages."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.ledgers import alike_views, commands

    return StageOffer("ledgers", pages=(alike_views.pages,), commands=(commands.import_command,))
