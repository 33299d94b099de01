"""The timetable: when things happen by themselves, each slot claimed in the database."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What the timetable offers: its page, its commands, and the runs that hang or failed."""
    from tracker.schedule import command, queries, views

    return StageOffer(
        "schedule",
        pages=(views.pages,),
        problems=queries.problems,
        commands=(command.run_job, command.scheduler_command),
    )
