"""Clocks: which rule gives how long for what, the day it ends with every step of the reckoning, and how late it is."""

from tracker.stage import StageOffer


def offer() -> StageOffer:
    from tracker.deadlines import command, rules_command
    from tracker.deadlines.views import calendar, ladders, rule_sets, writing

    (pages,) = {module.pages for module in (rule_sets, writing, ladders, calendar)}

    commands = (command.due_command, rules_command.rules, rules_command.calendar)
    return StageOffer("deadlines", pages=(pages,), commands=commands)
