"""A value opens where it was locked, with the key it was locked with, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cipher import FORM, Keys, Unreadable, is_locked, key_named_in, keys, name_of

OLD, NEW = "o" * 48, "n" * 48
PLACE = "deputy.phone.1"


@given(st.text())
def test_what_is_locked_opens_again(text):
    assert Keys(NEW).open(PLACE, Keys(NEW).lock(PLACE, text)) == text


def test_nothing_of_the_text_shows_and_equal_texts_look_unlike():
    locked = {Keys(NEW).lock(PLACE, "13912345678") for _ in range(100)}
    assert len(locked) == 100
    assert all(is_locked(one) and "13912345678" not in one for one in locked)
    assert len({len(one) for one in locked}) == 1


@pytest.mark.parametrize("elsewhere", ["deputy.phone.2", "officer.phone.1", "deputy.address.1", "deputy.phone.11", ""])
def test_a_value_moved_elsewhere_does_not_open(elsewhere):
    with pytest.raises(Unreadable):
        Keys(NEW).open(elsewhere, Keys(NEW).lock(PLACE, "13912345678"))


def test_a_value_altered_anywhere_does_not_open():
    locked = Keys(NEW).lock(PLACE, "13912345678")
    for at in range(len(FORM), len(locked) - 1):
        other = "A" if locked[at] != "A" else "B"
        with pytest.raises(Unreadable):
            Keys(NEW).open(PLACE, locked[:at] + other + locked[at + 1 :])


@pytest.mark.parametrize(
    "broken", ["enc1:", "enc1:0000", f"enc1:{name_of(NEW)}:", f"enc1:{name_of(NEW)}:!!!!", FORM * 3]
)
def test_what_is_cut_short_does_not_open(broken):
    with pytest.raises(Unreadable):
        Keys(NEW).open(PLACE, broken)


def test_a_former_key_still_opens_and_another_one_never_did():
    before = Keys(OLD).lock(PLACE, "13912345678")
    both = keys(NEW, (OLD,))
    assert both.open(PLACE, before) == "13912345678"
    assert key_named_in(before) == name_of(OLD) != key_named_in(both.lock(PLACE, "x")) == both.newest
    with pytest.raises(Unreadable):
        Keys(NEW).open(PLACE, before)


def test_the_name_of_a_key_does_not_say_it():
    assert name_of(NEW) not in NEW
    assert len(name_of(NEW)) == 8
