"""Whose a body is to look after: the arm of a hub, the pairs of a committee."""

from tests.makers import a_body, a_congress, entered
from tracker.structure.actions import pair
from tracker.structure.succession import arm_of, paired_with


def test_a_hub_has_its_arm_and_a_committee_its_pairs(session):
    congress = a_congress()
    hub, committee = a_body(congress, "市政府办", is_hub=True), a_body(congress, "财经委", is_committee=True)
    under, _other = a_body(congress, "市交通局", hub_id=hub.id), a_body(congress, "市法院")
    pair(committee, under, **entered())
    session.flush()
    assert set(session.scalars(arm_of(hub.id))) == {hub.id, under.id}
    assert session.scalars(paired_with(committee.id)).all() == [under.id]


def test_nobodys_arm_and_pairs_are_nobody(session):
    """A body without a hub is not the arm of a hub that is not there."""
    a_body(a_congress())
    session.flush()
    assert session.scalars(arm_of(None)).all() == []
    assert session.scalars(paired_with(None)).all() == []
