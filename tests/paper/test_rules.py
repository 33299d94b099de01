"""Numbers of papers, as they are made and as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.paper import rules


@pytest.mark.parametrize(
    "typed",
    [
        "DF-2026-0042",
        "df-2026-42",
        " DF—2026—0042 ",
        "ＤＦ－２０２６－００４２",
        "DF 2026 0042",
        "DF20260042",
        "https://jianyi.example.gov.cn/papers/DF-2026-0042",
        "HTTPS://JIANYI.EXAMPLE.GOV.CN/PAPERS/DF-2026-0042",
    ],
)
def test_a_number_is_understood_as_people_type_it(typed: str) -> None:
    assert rules.read_code(typed) == "DF-2026-0042"


@pytest.mark.parametrize("typed", ["", "47", "临交函〔2026〕47号", "DF-26-42", "DF-2026-1; drop table paper", "../DF"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert rules.read_code(typed) == ""


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_number_or_nothing(typed: str) -> None:
    read = rules.read_code(typed)
    assert read == "" or rules.read_code(read) == read


@given(st.sampled_from(["JB", "DF"]), st.integers(2000, 2199), st.integers(1, 9_999_999))
def test_a_number_is_read_as_it_was_made(prefix: str, year: int, place: int) -> None:
    code = rules.code_of(prefix, year, place)
    assert rules.read_code(code) == code
    assert rules.place_in(code) == place
