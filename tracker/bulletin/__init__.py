"""The weekly bulletin: frozen, numbered, to each by rank."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What the bulletin offers: its pages, its commands, and issues that no longer say what was frozen."""
    from tracker.bulletin import desk, reaching_views
    from tracker.bulletin.command import bulletin_command

    return StageOffer(
        "bulletin",
        pages=(reaching_views.pages,),
        awaited=desk.awaited,
        lists=desk.lists,
        waiting=desk.waiting,
        problems=desk.problems,
        commands=(bulletin_command,),
    )
