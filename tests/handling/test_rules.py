"""What a reply must hold, and what is only a hint."""

from datetime import date

import pytest

from tracker.errors import RuleBroken
from tracker.handling import rules

WHOLE = {
    "class_label": "A",
    "text": "道路已经拓宽。",
    "document_number": "临交〔2026〕31号",
    "signer": "周局长",
    "contact_person": "林承办",
    "publicity": "full",
    "letter_on": date(2026, 5, 6),
}


def hinted(**changes) -> str:
    facts = {"text": "青云路已于5月拓宽到7米。", "outcome": "solved", **changes}
    return " ".join(hint.message % dict(hint.values) for hint in rules.hints(rules.Written(**facts)))


@pytest.mark.parametrize("missing", list(WHOLE))
def test_a_reply_lacks_nothing(missing):
    rules.must_be_complete(WHOLE, labels=["A", "B"])
    with pytest.raises(RuleBroken):
        rules.must_be_complete({**WHOLE, missing: None}, labels=["A", "B"])


def test_the_class_is_one_of_the_rule_set():
    with pytest.raises(RuleBroken, match="E is not one"):
        rules.must_be_complete({**WHOLE, "class_label": "E"}, labels=["A", "B"])


@pytest.mark.parametrize(
    ("letter_on", "received_on"),
    [(date(2026, 5, 7), None), (date(2026, 5, 1), date(2026, 5, 7)), (date(2026, 5, 5), date(2026, 5, 4))],
)
def test_letter_receipt_and_upload_follow_one_another(letter_on, received_on):
    with pytest.raises(RuleBroken):
        rules.must_be_dated(letter_on, received_on, on=date(2026, 5, 6))


def test_a_promise_is_due_after_its_letter():
    with pytest.raises(RuleBroken, match="what, who, and by when"):
        rules.must_be_real_promise("拓宽", "", date(2026, 9, 1), letter_on=date(2026, 5, 6))
    with pytest.raises(RuleBroken, match="before the letter"):
        rules.must_be_real_promise("拓宽", "林承办", date(2026, 5, 5), letter_on=date(2026, 5, 6))


def test_a_good_reply_gets_no_hint():
    assert hinted() == ""


def test_what_a_careful_reader_would_ask_is_hinted():
    assert "No contact" in hinted(has_contact=False)
    assert "has no date" in hinted(promises=[{"what": "拓宽", "owner": "", "due_on": ""}])
    assert "nothing is promised" in hinted(outcome="planned")
    assert "stamped scan" in hinted(has_original=False)


def test_what_is_not_adopted_is_explained_with_its_legal_basis():
    for outcome in rules.UNADOPTED:
        assert "no reason" in hinted(outcome=outcome)
        assert "no legal basis" in hinted(outcome=outcome, refusal="超出权限。")
        assert hinted(outcome=outcome, refusal="超出权限。", legal_basis="《道路交通安全法》第39条") == ""


def test_requests_left_a_strange_signer_and_a_copied_text_are_hinted():
    assert "without an answer: 2" in hinted(left=2)
    assert "王科长 is not on record" in hinted(strange_signer="王科长")
    assert "to 2026-004: 96 per cent" in hinted(like=[("2026-004", 96)])


def test_an_original_is_here_or_goes_itself():
    rules.must_have_original(is_here=True, goes_itself=False)
    rules.must_have_original(is_here=False, goes_itself=True)
    with pytest.raises(RuleBroken, match="signed original is not here"):
        rules.must_have_original(is_here=False, goes_itself=False)


def test_a_solved_reply_that_speaks_of_the_future_is_hinted_with_its_sentence():
    text = "青云路已勘查。我局将列入今年计划。"
    assert "to come: 我局将列入今年计划." in hinted(text=text)
    assert hinted(text=text, outcome="planned", promises=[{"due_on": "2026-09-01"}]) == ""


def test_what_a_letter_leaves_out_is_hinted():
    assert "nothing in it can be checked" in hinted(text="我局高度重视。")
    said = hinted(text="今年将适时拓宽该路。", outcome="planned")
    assert "until when" not in said
    assert "who will do it" in said
    assert "speak of this request: 增设路灯" in hinted(unspoken=["增设路灯。"])
    assert "who handles with you: 市财政局、市公安局" in hinted(unnamed=["市财政局", "市公安局"])
