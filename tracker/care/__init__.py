"""Care: checking, backing up, restoring and upgrading what the office has stored."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.care import backup, command, doctor, installation, views

    commands = (command.check, command.doctor, backup.backup, backup.restore)
    problems, checks = doctor.own_problems, installation.checks
    return StageOffer("care", pages=(views.pages,), commands=commands, problems=problems, checks=checks)
