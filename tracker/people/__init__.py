"""Who may sign in, for which body or as which deputy, with which role; passwords, sessions and mailed links."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What people offer the others: pages of accounts, of lists kept by name, of the set-up; the command `user`."""
    from tracker.people import code_views
    from tracker.people.command import user_group

    return StageOffer("people", pages=(code_views.pages,), commands=(user_group,))
