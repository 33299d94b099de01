"""Letters leave here: written into the outbox with the change they report, then sent by a job."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What letters offer the others: the outbox page, and what the doctor should know of it."""
    from tracker.mail import checks, queries, views

    return StageOffer("mail", pages=(views.pages,), problems=queries.problems, checks=checks.checks)
