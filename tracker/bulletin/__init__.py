"""The weekly bulletin: frozen, numbered, to each by rank."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What the bulletin offers: its pages, its commands, and issues that no longer say what was frozen."""
    from tracker.bulletin import desk, views
    from tracker.bulletin.command import bulletin_command

    return StageOffer("bulletin", pages=(views.pages,), problems=desk.problems, commands=(bulletin_command,))
