"""Who may sign in, for which body or as which deputy, with which role; passwords, sessions and mailed links."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What people offer the others: the pages of accounts and of the first set-up, and the command `user`."""
    from tracker.people import set_up_views
    from tracker.people.command import user_group

    return StageOffer("people", pages=(set_up_views.pages,), commands=(user_group,))
