"""Escalation: a deadline that passes climbs the ladder, one step at a time, each told once."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What the ladder offers the others: its page, its panel, what waits to be signed, and words that mean nobody."""
    from tracker.escalation import desk, hand_views

    return StageOffer(
        "escalation",
        pages=(hand_views.pages,),
        panel=desk.panel,
        parts=desk.PARTS,
        waiting=desk.waiting,
        lists=desk.lists,
        problems=desk.problems,
    )
