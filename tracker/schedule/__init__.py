"""The timetable: when things happen by themselves, each slot claimed in the database."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What the timetable offers: its page, its commands, and what hangs, failed or has not happened."""
    from tracker.schedule import checks, command, desk, queries, views

    return StageOffer(
        "schedule",
        pages=(views.pages,),
        lists=desk.lists,
        waiting=desk.waiting,
        problems=queries.problems,
        checks=checks.checks,
        commands=(command.run_job, command.confirm_clock, command.scheduler_command),
    )
