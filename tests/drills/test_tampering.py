"""What was altered with the database's own rights is found and named, by `check` and by the verifier of an export."""

import random

import pytest

from tests.drills import tampering


def test_each_way_of_altering_the_trail_is_found(session):
    tampering.sealed_chain()
    chance = random.Random(8)
    assert tampering.actions.broken_seals() == []
    assert "BAD" not in tampering.checked()
    missed = [tampering.attacked(way, chance) for way in (*tampering.NAMED, *tampering.ANCHORED) for _round in range(2)]
    assert list(filter(None, missed)) == []
    assert tampering.actions.broken_seals() == []


@pytest.mark.engines("sqlite")
def test_an_anchor_of_this_chain_is_found(session):
    tampering.sealed_chain(2)
    said = tampering.checked("f" * 64)
    assert f"BAD anchor {'f' * 64}" in said
