"""The commands an operator types that belong to no single stage: init, serve, export, print-procedure, link."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.cli import export, start, words

    return StageOffer("cli", commands=(start.init, start.serve, words.print_procedure, export.export, words.link))
