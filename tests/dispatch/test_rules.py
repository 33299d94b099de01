"""Who may be given what, and how long "not ours" may be said."""

from datetime import date

import pytest

from tracker.dispatch.rules import below_a_hub, must_be_inside_window, must_fit_together, settled
from tracker.errors import RuleBroken

LAST_ON = date(2026, 3, 16)


@pytest.mark.parametrize(
    "parts",
    [["sole"], ["lead", "co"], ["co", "lead", "co"], ["separate", "separate"], ["separate"] * 3, ["lead"]],
)
def test_parts_that_go_together(parts):
    must_fit_together(parts)


@pytest.mark.parametrize(
    "parts",
    [
        ["co"],
        ["co", "co"],
        ["lead", "lead"],
        ["lead", "lead", "co"],
        ["sole", "co"],
        ["sole", "sole"],
        ["separate"],
        ["separate", "lead"],
        ["separate", "separate", "co"],
        ["lead", "sole"],
    ],
)
def test_parts_that_do_not(parts):
    with pytest.raises(RuleBroken, match="do not fit together"):
        must_fit_together(parts)


def test_somebody_must_be_named():
    with pytest.raises(RuleBroken, match="at least one body"):
        must_fit_together([])


@pytest.mark.parametrize("alone", ["lead", "separate"])
def test_one_body_answers_alone_whatever_it_was_called(alone):
    assert settled([alone]) == ["sole"]


@pytest.mark.parametrize("parts", [["lead", "co"], ["separate", "separate"], ["sole"], ["co"], []])
def test_other_parts_stay_what_they_are(parts):
    assert settled(parts) == parts


@pytest.mark.parametrize(
    ("own", "parts", "become"),
    [
        ("sole", ["lead", "co"], ["lead", "co"]),
        ("sole", ["separate", "separate"], ["separate", "separate"]),
        ("lead", ["sole"], ["lead"]),
        ("lead", ["lead", "co"], ["lead", "co"]),
        ("separate", ["sole"], ["separate"]),
        ("separate", ["lead", "co"], ["separate", "co"]),
        ("co", ["lead", "co"], ["co", "co"]),
    ],
)
def test_below_a_hub_its_bodies_do_its_own_part(own, parts, become):
    assert below_a_hub(own, parts) == become


def test_below_a_hub_that_leads_somebody_leads():
    with pytest.raises(RuleBroken, match="do not fit together"):
        below_a_hub("lead", ["separate", "separate"])


def test_the_last_day_is_inside_the_window():
    must_be_inside_window(LAST_ON, LAST_ON, "14")


def test_the_day_after_is_outside_and_the_article_is_named():
    with pytest.raises(RuleBroken, match=r"ended on 2026-03-16 \(art\. 14\)"):
        must_be_inside_window(date(2026, 3, 17), LAST_ON, "14")


def test_where_the_rules_are_silent_it_may_always_be_returned():
    must_be_inside_window(date(2030, 1, 1), None, "")
