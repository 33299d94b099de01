"""Care: checking, backing up, restoring and upgrading what the office has stored."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.care import backup, command, desk, doctor, enciphering, installation, restore, views

    commands = (command.check, command.doctor, backup.backup, backup.backup_key, restore.restore)
    return StageOffer(
        "care",
        pages=(views.pages,),
        waiting=desk.waiting,
        lists=desk.lists,
        problems=doctor.own_problems,
        checks=installation.checks,
        commands=(*commands, enciphering.encipher_anew),
    )
