"""What is looked for: tried without writing, chosen by the office's leader, every change kept."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.makers import HANDED_OVER_ON
from tests.signals.looking import look, signs
from tests.signals.world import TODAY
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.signals import actions, rehearsing
from tracker.signals.choices import chosen
from tracker.signals.known import kind_of
from tracker.signals.models import Signal, SignalChoice

SILENT = kind_of("silent")
LATER = HANDED_OVER_ON + timedelta(days=20)  # twenty days after the hand-over the co-handler has said nothing


def count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count(model.id)))


def test_a_change_is_tried_without_writing(world, session):
    before = count(Signal)
    tried = rehearsing.rehearse(world.case.congress, SILENT, {"days": 10}, on=LATER)
    assert (tried.total, tried.raised, tried.cleared, count(Signal)) == (1, 1, 0, before)
    actions.choose(world.case.congress, SILENT, is_on=True, thresholds={"days": 10}, by=world.case.by_office, on=TODAY)
    look(LATER)
    assert len(signs("silent")) == 1
    again = rehearsing.rehearse(world.case.congress, SILENT, {"days": 30}, on=LATER)
    assert (again.total, again.raised, again.cleared) == (0, 0, 1)


def test_every_change_is_a_row_and_what_changes_nothing_is_none(world):
    facts = {"by": world.case.by_office, "on": TODAY}
    congress = world.case.congress
    assert actions.choose(congress, SILENT, is_on=True, thresholds={"days": 30}, **facts) is None
    actions.choose(congress, SILENT, is_on=True, thresholds={"days": 12}, **facts)
    actions.choose(congress, SILENT, is_on=False, thresholds={"days": 12}, **facts)
    assert count(SignalChoice) == 2
    [now] = [one for one in chosen(congress.id) if one.kind is SILENT]
    assert (now.is_on, now.set_at["days"]) == (False, 12)


@pytest.mark.parametrize("days", [{}, {"days": 1}, {"days": 10_000}])
def test_a_threshold_outside_its_limits_is_refused(world, days):
    facts = {"by": world.case.by_office, "on": TODAY}
    with pytest.raises(RuleBroken, match="A number between"):
        actions.choose(world.case.congress, SILENT, is_on=True, thresholds=days, **facts)


def test_the_leader_tries_and_chooses_on_the_page(world, reader):
    head = reader.signed_in_as(world.users["head"])
    assert "has left no trace for 30 days" in head.read("/signals/kinds").text
    assert "Tried, nothing is written" in head.read("/signals/kinds/silent?try=1&number_0=10").text
    head.send("/signals/kinds/silent", {"is_on": "y", "number_0": "10"})
    page = head.read("/signals/kinds/silent")
    assert "has left no trace for 10 days" in page.text
    assert "From 5 to 366; usual are 30." in page.text
    refused = head.send("/signals/kinds/silent", {"is_on": "y", "number_0": "2"})
    assert "A number between 5 and 366 is needed." in refused.text
    assert count(SignalChoice) == 1
    head.read("/signals/kinds/unheard_of", expect=404)
    assert "Arrange" not in reader.signed_in_as(world.users["clerk"]).read("/signals/kinds").text
