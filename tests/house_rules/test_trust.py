"""docs/trust.md promises nothing that is not there: tests and commands it names exist, no item is missing or twice."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.house_rules.source import ROOT

TRUST = (ROOT / "docs/trust.md").read_text(encoding="utf-8")
ITEM = re.compile(r"^\| ([A-Z]{2}-\d+) \| (.+?) \| (.+?) \|(.*)\|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[^`]+)`")
BENCH = re.compile(r"`bench (\w+)[^`]*`")
SECTIONS = {
    "AU": 11, "SE": 7, "AC": 12, "IN": 8, "FI": 10, "OU": 7, "MA": 9, "SJ": 8,
    "DI": 13, "BR": 7, "AD": 6, "AV": 7, "PR": 6, "SC": 5, "DE": 8,
}  # fmt: skip


@cache
def functions_in(file: str) -> set[str]:
    return set(re.findall(r"^\s*(?:async )?def (test_\w+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


def is_there(name: str) -> bool:
    file, _, function = name.partition("::")
    if not (ROOT / file).exists():
        return False
    return not function or function.partition("[")[0] in functions_in(file)


def test_every_item_stands_there_once():
    wanted = [f"{kind}-{number}" for kind, last in SECTIONS.items() for number in range(1, last + 1)]
    assert sorted(found[1] for found in ITEM.finditer(TRUST)) == sorted(wanted)


def test_every_test_named_is_there():
    assert [name for name in NAMED.findall(TRUST) if not is_there(name)] == []


def test_every_program_named_is_there():
    assert [name for name in BENCH.findall(TRUST) if not (ROOT / f"bench/{name}.py").exists()] == []


@pytest.mark.parametrize("found", ITEM.finditer(TRUST), ids=lambda found: found[1])
def test_an_item_is_held_by_something_or_called_open(found):
    held = found[3]
    assert held.startswith("open") or NAMED.search(held) or BENCH.search(held), held
