"""The procedure as one graph: everything can be reached, nothing is a dead end, everything has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import pytest

from tests.house_rules.source import ROOT, layers, parsed, python_files, shown
from tests.house_rules.test_translations import catalogue
from tracker import STAGES
from tracker.cli.words import procedure_text
from tracker.suggestion.journey import (
    ASSIGNMENT_ENDS,
    ASSIGNMENT_MOVES,
    ENDS,
    MOVES,
    NAMES,
    SUGGESTION_MOVES,
    Move,
    Stage,
    Standing,
)

GRAPHS = {
    "suggestion": (Stage, SUGGESTION_MOVES, ENDS),
    "assignment": (Standing, ASSIGNMENT_MOVES, ASSIGNMENT_ENDS),
}
# A new round is decided by the feedback and begun where assignments are made.
RENEWED = {"renew": {"dispatch"}, "handle_again": {"dispatch"}}
# A move the table has, that no page, job or command makes yet; each with its reason.
# Moves whose name is not written in the call itself.
CHOSEN_IN = {
    "alarm": "tracker/escalation/actions.py",  # thousands at once, in one statement
    "promise_kept": "tracker/followup/actions.py",
    "promise_moved": "tracker/followup/actions.py",
    "promise_broken": "tracker/followup/actions.py",
    "promise_on_course": "tracker/followup/actions.py",
}
NOT_YET_MADE: dict[str, str] = {}


@pytest.fixture(params=list(GRAPHS))
def graph(request):
    return GRAPHS[request.param]


def leads(moves: Iterable[Move]) -> set[tuple[StrEnum | None, StrEnum]]:
    """Every step from one place to another."""
    return {(where, move.to) for move in moves if move.to is not None for where in move.from_}


def reached(steps: set, start: set) -> set:
    found = set(start)
    while further := {to for where, to in steps if where in found} - found:
        found |= further
    return found


def test_every_place_can_be_reached(graph):
    places, moves, _ends = graph
    assert reached(leads(moves), {None}) - {None} == set(places)


def test_every_place_leads_to_an_end(graph):
    places, moves, ends = graph
    backward = {(to, where) for where, to in leads(moves)}
    assert reached(backward, set(ends)) - {None} == set(places)


def test_no_place_but_an_end_is_a_dead_end(graph):
    places, moves, ends = graph
    onward = {where for where, to in leads(moves) if to != where}
    assert {place for place in places if place not in onward} <= ends


# A new round, a merger undone, an empty opinion asked for again.
BACK_FROM_AN_END = {"renew", "separate", "ask_opinion_again", "ask_agreement_again"}


def test_an_end_is_left_only_where_something_is_taken_up_again(graph):
    _places, moves, ends = graph
    assert {move.name for move in moves if move.to and set(move.from_) & ends} <= BACK_FROM_AN_END


def test_every_move_can_be_made_from_somewhere_that_is_reached(graph):
    _places, moves, _ends = graph
    there = reached(leads(moves), {None})
    assert [move.name for move in moves if not set(move.from_) & there] == []


def test_a_move_has_one_name_and_belongs_to_a_stage_of_the_house():
    assert len(MOVES) == len(SUGGESTION_MOVES) + len(ASSIGNMENT_MOVES)
    packages = {name for names in layers() for name in names}
    assert {move.package for move in MOVES.values()} <= packages & set(STAGES)


def test_every_move_is_made_by_its_own_stage_and_nothing_else_is_made():
    """Later stages may ask an earlier one to act; the call itself stands in the stage that owns the move."""
    made = {name: {CHOSEN_IN[name]} for name in CHOSEN_IN if name in constants(ROOT / CHOSEN_IN[name])}
    for file in python_files("tracker"):
        for name in moves_made(file):
            made.setdefault(name, set()).add(shown(file))
    assert set(made) == set(MOVES) - set(NOT_YET_MADE)
    assert RENEWED | {name: {MOVES[name].package} for name in set(made) - set(RENEWED)} == {
        name: {file.split("/")[1] for file in files} for name, files in made.items()
    }


def moves_made(file: Path) -> list[str]:
    """The names written in calls of `make` and `make_all`."""
    calls = [node for node in ast.walk(parsed(file)) if isinstance(node, ast.Call) and node.args]
    named = [call.args[0] for call in calls if getattr(call.func, "id", "") in ("make", "make_all")]
    return [word.value for word in named if isinstance(word, ast.Constant)]


def constants(file: Path) -> set[str]:
    nodes = [node for node in ast.walk(parsed(file)) if isinstance(node, ast.Constant)]
    return {node.value for node in nodes if isinstance(node.value, str)}


def test_every_move_and_every_place_has_its_words_in_both_languages():
    words = {move.name: move.label for move in MOVES.values()} | {str(place): name for place, name in NAMES.items()}
    assert set(NAMES) == {*Stage, *Standing}
    missing = [words[name] for name in words if not (found := catalogue().get(words[name])) or not found.string]
    assert missing == []


def test_the_printed_procedure_is_the_one_in_the_docs():
    """Made with: flask --app app print-procedure > docs/procedure.md"""
    assert (ROOT / "docs" / "procedure.md").read_text(encoding="utf-8").strip() == procedure_text().strip()


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_tells_the_stages_in_their_order(name):
    """Its table names the folders in the order the application takes them; within a line the order is free."""
    text = (ROOT / name).read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    told = [folder for row in rows for folder in re.findall(r"tracker/(\w+)/", row)]
    assert len(told) == len(set(told)) >= 15
    assert set(told) <= set(STAGES)
    assert out_of_order(rows) == []


def out_of_order(rows: list[str]) -> list[str]:
    """Lines whose highest folder stands below that of the line before."""
    highest, wrong = -1, []
    for row in rows:
        folders = re.findall(r"tracker/(\w+)/", row)
        if folders:
            level = max(STAGES.index(folder) for folder in folders)
            wrong += [row] if level < highest else []
            highest = max(level, highest)
    return wrong
