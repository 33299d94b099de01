"""The register narrowed to what has a sign, by whoever may read it."""

import pytest

from tests.signals.world import KIND, TODAY
from tracker.database import db
from tracker.signals import actions, queries


def finds(world, reader, who, **asked) -> bool:
    page = reader.signed_in_as(world.users[who]).read("register.index", **asked)
    return world.case.suggestion.title in page.text


@pytest.mark.parametrize("sign", ["any", KIND])
def test_with_a_sign(world, reader, sign):
    assert not finds(world, reader, "clerk", sign=KIND)
    found = world.sign()
    reads = {who for who in world.users if finds(world, reader, who, sign=sign)}
    assert reads >= {"clerk", "lead", "hub", "committee", "leader", "auditor"}
    assert "deputy" not in reads
    whole = queries.get_signal(found.id, world.users["clerk"])
    actions.dismiss(whole, "已核实", by=world.case.by_office, on=TODAY)
    db.session.commit()
    assert not finds(world, reader, "clerk", sign=KIND)


def test_of_another_kind_or_of_none_at_all(world, reader):
    world.sign()
    assert not finds(world, reader, "clerk", sign="contact_only_after")
    assert finds(world, reader, "clerk", sign="unheard_of")  # no choice asks for nothing


def test_a_deputy_is_not_asked(world, reader):
    assert "Sign of weak handling" not in reader.signed_in_as(world.users["deputy"]).read("register.index").text
