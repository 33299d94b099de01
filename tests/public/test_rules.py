"""What may stand on the public pages: what body and deputy agreed to, and no more."""

import pytest

from tracker.errors import RuleBroken
from tracker.public.rules import is_agreed, must_be_agreed, must_be_given


@pytest.mark.parametrize(
    ("of_reply", "of_suggestion", "internal", "stage", "agreed"),
    [
        ("full", "full", False, "answered", True),
        ("part", "title_only", False, "rated", True),
        ("full", "unknown", False, "closed", True),
        ("full", "no", False, "answered", False),
        ("no", "full", False, "answered", False),
        (None, "full", False, "answered", False),
        ("full", "full", True, "answered", False),
        ("full", "full", False, "withdrawn", False),
    ],
)
def test_both_must_agree_and_nothing_internal_or_withdrawn_is_shown(of_reply, of_suggestion, internal, stage, agreed):
    assert is_agreed(of_reply, of_suggestion, internal=internal, stage=stage) is agreed


def test_the_reply_must_be_delivered_and_stand():
    must_be_given("delivered")
    must_be_given("rated")
    for standing in ("submitted", "handled_again", "recalled"):
        with pytest.raises(RuleBroken):
            must_be_given(standing)


WHOLE = "第一段。\n第二段，联系人王某。"


@pytest.mark.parametrize(
    ("question", "answer", "of_reply", "of_suggestion", "agreed"),
    [
        ("全文", WHOLE, "full", "full", True),
        ("", WHOLE, "full", "title_only", True),
        ("", "第一段。", "part", "full", True),
        ("", f" {WHOLE.replace(chr(10), '')}", "part", "full", False),
        ("全文", WHOLE, "full", "title_only", False),
        ("全文", WHOLE, "full", "unknown", False),
        ("", "  ", "full", "full", False),
    ],
)
def test_no_more_is_shown_than_was_agreed(question, answer, of_reply, of_suggestion, agreed):
    agreement = {"whole": WHOLE, "of_reply": of_reply, "of_suggestion": of_suggestion}
    try:
        must_be_agreed(question, answer, **agreement)
    except RuleBroken:
        assert not agreed
    else:
        assert agreed
