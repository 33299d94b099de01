"""What may stand on the public pages: what body and deputy agreed to, and no more."""

import pytest

from tracker.errors import RuleBroken
from tracker.public.rules import is_free, must_be_agreed, must_be_free


@pytest.mark.parametrize(
    ("of_reply", "of_suggestion", "internal", "standing", "free"),
    [
        ("full", "full", False, "delivered", True),
        ("part", "title_only", False, "rated", True),
        ("full", "unknown", False, "delivered", True),
        ("full", "no", False, "delivered", False),
        ("no", "full", False, "delivered", False),
        (None, "full", False, "delivered", False),
        ("full", "full", True, "delivered", False),
        ("full", "full", False, "submitted", False),
        ("full", "full", False, "handled_again", False),
    ],
)
def test_both_must_agree_and_the_reply_must_stand(of_reply, of_suggestion, internal, standing, free):
    assert is_free(of_reply, of_suggestion, internal=internal, standing=standing) is free
    try:
        must_be_free(of_reply, of_suggestion, internal=internal, standing=standing)
    except RuleBroken:
        assert not free
    else:
        assert free


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
