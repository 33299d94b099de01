"""Points are made of figures by a formula that is printed; what has no case is left out and not given."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tracker.errors import RuleBroken
from tracker.reports.rules import How, Item, Scored, must_be_points, places, read_scheme, scored, total

KNOWN = {"in_time": "due", "due": "", "late": "due", "satisfied": "rated", "rated": ""}


def an_item(how: How, **more) -> Item:
    given = {
        "key": "k",
        "zh": "按期",
        "en": "In time",
        "points": Decimal(20),
        "measure": "in_time",
        "of": "due",
        **more,
    }
    return Item(how=how, **given)


def test_a_share_of_the_points_goes_with_the_share_of_cases():
    found = scored(an_item(How.SHARE), {"in_time": 17, "due": 20})
    assert (found.points, found.part, found.whole, found.percent) == (Decimal("17.00"), 17, 20, Decimal("85.00"))


def test_nothing_of_nothing_is_neither_full_points_nor_none():
    found = scored(an_item(How.SHARE), {"in_time": 0, "due": 0})
    assert found.points is None
    assert total([found]).out_of == 0


def test_each_percentage_point_under_the_mark_costs():
    item = an_item(How.BELOW, points=Decimal(5), minus=Decimal(1), full_at=Decimal(98))
    assert scored(item, {"in_time": 98, "due": 100}).points == Decimal("5.00")
    assert scored(item, {"in_time": 96, "due": 100}).points == Decimal("3.00")
    assert scored(item, {"in_time": 1, "due": 100}).points == Decimal("0.00")


def test_each_case_costs_but_not_more_than_the_least():
    item = an_item(How.EACH, points=Decimal(0), measure="late", minus=Decimal(2), least=Decimal(-5))
    assert [scored(item, {"late": n}).points for n in (0, 1, 9)] == [
        Decimal("0.00"),
        Decimal("-2.00"),
        Decimal("-5.00"),
    ]


def test_points_by_hand_wait_for_a_hand():
    item = an_item(How.HAND)
    assert scored(item, {}).points is None
    assert scored(item, {}, {"k": (Decimal(18), "有计划")}) == Scored(item, Decimal(18), note="有计划")


def test_what_had_no_case_makes_the_whole_smaller():
    full, none = scored(an_item(How.SHARE), {"in_time": 1, "due": 2}), scored(an_item(How.SHARE), {})
    assert (total([full, none]).points, total([full, none]).out_of) == (Decimal("10.00"), Decimal(20))
    assert total([full, none]).share == Decimal("0.5")


def test_equals_share_a_place():
    assert places([Decimal("0.9"), Decimal("0.7"), Decimal("0.9")]) == [1, 3, 1]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"key": "a", "zh": "按期", "how": "guess", "points": 1}, "does not say how"),
        ({"key": "a", "zh": "按期", "how": "share", "measure": "in_time", "of": "none", "points": 1}, "does not exist"),
        ({"key": "a", "zh": "按期", "how": "hand", "points": "many"}, "no number"),
        ({"key": "a", "zh": "按期", "how": "hand", "points": "NaN"}, "no number"),
        ({"key": "a", "zh": " ", "how": "hand", "points": 1}, "no name"),
    ],
)
def test_a_scheme_that_cannot_be_reckoned_is_refused(item, said):
    with pytest.raises(RuleBroken, match=said):
        read_scheme({"title_zh": "办法", "items": [item]}, KNOWN)


def test_a_figure_is_a_part_of_what_it_is_a_part_of_unless_the_scheme_says_otherwise():
    said = {"key": "a", "zh": "按期", "how": "share", "measure": "in_time", "points": 1}
    [usual] = read_scheme({"title_zh": "办法", "items": [said]}, KNOWN).items
    [other] = read_scheme({"title_zh": "办法", "items": [{**said, "of": "rated"}]}, KNOWN).items
    assert (usual.of, other.of) == ("due", "rated")


def test_two_items_of_one_name_are_refused():
    one = {"key": "a", "zh": "制度", "how": "hand", "points": 1}
    with pytest.raises(RuleBroken, match="Two items"):
        read_scheme({"title_zh": "办法", "items": [one, one]}, KNOWN)


def test_points_by_hand_stay_within_the_item_and_have_a_reason():
    item = an_item(How.HAND)
    with pytest.raises(RuleBroken, match="lie between 0 and 20"):
        must_be_points(Decimal(21), item, "很好")
    with pytest.raises(RuleBroken, match="Say why"):
        must_be_points(Decimal(20), item, " ")
