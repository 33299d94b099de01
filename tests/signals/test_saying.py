"""A signal in sentences: values where they belong, days as days, words translated, what users wrote as text."""

import pytest

from tracker.errors import N_
from tracker.signals import saying
from tracker.signals.kind import SignalKind, Threshold, Unit
from tracker.signals.known import all_kinds

KIND = SignalKind(
    key="told",
    name=N_("Sign"),
    rule="Nothing for %(days)s days.",
    evidence="Since %(since_on)s by %(way)s: “%(sentence)s”, bodies: %(bodies)s, %(lost)s.",
    act="Ask.",
    found=lambda asked: None,
    thresholds=(Threshold("days", 30, Unit.DAYS),),
    words={"way": {"mail": "Mail"}},
)


def test_the_rule_is_told_with_what_holds():
    assert saying.rule_of(KIND, {}) == "Nothing for 30 days."
    assert saying.rule_of(KIND, {"days": 12}) == "Nothing for 12 days."


def test_the_evidence_is_told_with_its_facts():
    facts = {"since_on": "2026-03-20", "way": "mail", "sentence": "正在\n研究", "bodies": ["甲", "乙"]}
    assert saying.seen(KIND, facts) == "Since 2026-03-20 by Mail: “正在 研究”, bodies: 甲, 乙, —."


def test_a_long_quotation_is_cut():
    said = saying.seen(KIND, {"sentence": "长" * 500})
    assert "长" * saying.LONGEST + "…" in said
    assert "长" * (saying.LONGEST + 1) not in said


def test_a_kind_nobody_knows_any_more_is_told_by_its_key():
    assert (saying.name_of("was_once"), saying.evidence_of("was_once", {}), saying.act_of("was_once")) == (
        "was_once", "—", "—",
    )  # fmt: skip


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.key)
def test_what_a_kind_tells_never_fails(kind):
    """Whatever facts are missing: an old row must still be readable after its kind has changed."""
    assert saying.evidence_of(kind.key, {})
