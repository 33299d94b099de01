"""Care: checking, backing up, restoring and upgrading what the office has stored."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.care import backup, command, doctor, views

    return StageOffer(
        "care", pages=(views.pages,), problems=doctor.own_problems, commands=(command.check, backup.backup, backup.restore)
    )
