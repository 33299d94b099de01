"""What every page of intake asks of who is there: the rules in force for his congress today."""

from __future__ import annotations

from tracker import clock
from tracker.deadlines.models import RuleSet
from tracker.deadlines.queries import rule_set_in_force
from tracker.people.visitors import visitor
from tracker.structure.queries import the_congress


def rules_now() -> RuleSet:
    """The rule set in force today in the congress of whoever asks."""
    return rule_set_in_force(the_congress(visitor().congress_id).rules_name, clock.today())
