"""History is told in sentences; what is not known of a move is left out."""

import pytest

from tracker.register import story
from tracker.suggestion.journey import MOVES


@pytest.fixture
def english(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("move", "facts", "told"),
    [
        ("record", {"number": "2026-031"}, "Recorded as number 2026-031"),
        ("record", {"number": None}, "Recorded"),
        ("assign", {"body": "Roads", "part": "co"}, "Assigned to Roads, co-handler"),
        ("assign", {"body": "Roads", "part": "unheard of"}, "Assigned to Roads"),
        ("send_back", {"reasons": ["no_contact", "form"], "note": "See page 2."},
         "Reply sent back: The deputy was not contacted and Form: number, signer, addressee or stamp"),
        ("rate_reply", {"attitude": "", "result": "dissatisfied"}, "Reply rated: result dissatisfied"),
        ("amend", {"fields": ["title", "a field nobody knows"]}, "Amended: Title"),
        ("alarm", {"step": 2, "due_on": "2026-06-04", "kind": "reply"},
         "Step 2 of the ladder reached, last day 2026-06-04"),
        ("sign_for", {"colour": "blue"}, "Signed for"),
        ("contact", {"manner": "visit", "person": "王秀英"}, "Deputy contacted (visit): 王秀英"),
    ],
)  # fmt: skip
def test_a_move_is_told_with_the_facts_it_has(english, move, facts, told):
    assert story.sentence(move, facts) == told


@pytest.mark.engines("sqlite")
def test_every_move_is_told_even_without_facts(english):
    assert [move for move in MOVES if not story.sentence(move, {})] == []


@pytest.mark.engines("sqlite")
def test_percent_signs_in_facts_stay_as_they_are(english):
    assert story.sentence("promise_kept", {"what": "100 %(part)s done"}) == "Promise kept: 100 %(part)s done"


def test_sentences_belong_to_moves_of_the_journey():
    assert set(story.TOLD) | set(story.LOOKS) <= set(MOVES)


def test_what_was_said_is_kept_in_the_words_of_the_one_who_said_it():
    assert story.note({"reason": " Not ours. ", "note": "", "step": 3}) == "Not ours."
