"""Care: checking, backing up, restoring and upgrading what the office has stored."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.care import backup, command, doctor, restore, views

    commands = (command.check, command.doctor, backup.backup, backup.backup_key, restore.restore)
    return StageOffer("care", pages=(views.pages,), problems=doctor.own_problems, commands=commands)
