"""What pages of intake ask of who is there: the rules of his congress, what his link is for, how his answer comes."""

from __future__ import annotations

from datetime import date

from tracker import clock
from tracker.deadlines.models import RuleSet
from tracker.deadlines.queries import rule_set_in_force
from tracker.errors import N_, NotFound, RuleBroken
from tracker.intake.models import AnswerWay
from tracker.people.models import Purpose
from tracker.people.visitors import link_token, visitor
from tracker.structure.queries import the_congress


def rules_now() -> RuleSet:
    """The rule set in force today in the congress of whoever asks."""
    return rule_set_in_force(the_congress(visitor().congress_id).rules_name, clock.today())


def asked_by_link(purpose: Purpose, suggestion_id: int | None) -> int:
    """The suggestion a page is about: the one in its address, or the one its link was mailed for.

    :raises NotFound: the link was mailed for something else.
    """
    if link_token() is None:
        return suggestion_id or 0
    if visitor().purpose is not purpose or visitor().suggestion_id is None:
        raise NotFound
    return int(visitor().suggestion_id)


def way_of_answer() -> AnswerWay:
    return AnswerWay.LINK if link_token() else AnswerWay.ACCOUNT


def must_not_be_later(on: date) -> None:
    """:raises RuleBroken: a paper's day lies in the future."""
    if on > clock.today():
        raise RuleBroken(N_("The day %(day)s lies in the future."), day=on.isoformat())
