"""Nothing that can hold words is added before somebody has said what it holds of people."""

import pytest

from tracker.privacy.columns import CLASSES, KINDS, columns
from tracker.privacy.names import FATES
from tracker.privacy.names import KINDS as TOLD

pytestmark = pytest.mark.engines("sqlite")


def test_every_column_that_can_hold_words_says_what_it_holds_of_people(app):
    assert set(columns()) - set(CLASSES) == set(), "say in tracker/privacy/columns.py what it holds"
    assert set(CLASSES) - set(columns()) == set()


def test_every_kind_has_its_words_and_its_fate():
    assert set(CLASSES.values()) <= set(KINDS)
    assert set(TOLD) == set(FATES) == set(KINDS) - {"secret", "word"}


def test_what_looks_like_a_way_to_reach_somebody_is_never_called_a_word():
    """Names of columns that speak for themselves; the office's own address is on its letterhead."""
    speaking = ("email", "phone", "address", "_name")
    ours = {"congress.office_email", "press.address", "congress.office_name", "congress.rules_name"}
    ours |= {"file.stored_name", "body.short_name", "seal.table_name", "body.former_names"}
    wrong = [
        f"{table}.{column}"
        for (table, column), kind in CLASSES.items()
        if kind in ("word", "secret") and column.endswith(speaking)
    ]
    assert set(wrong) - ours == set()
