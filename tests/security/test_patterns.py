"""No text makes a pattern of ours run for minutes: twice as long a text takes twice as long, not four times."""

from __future__ import annotations

import ast
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

import tracker
from tests.house_rules.source import parsed, python_files, shown
from tracker.documents import labels

SHORTER, LONGER = 3_000, 9_000  # a text three times as long takes three times as long, or nine times
NOTHING = 0.0005  # seconds in which the shorter one is done without a doubt
RUNS = (
    *(
        "a",
        "1",
        "一",
        "代表",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\u3000",
        "-",
        "@",
        "(",
        "（",
        "[",
        "、",
        "，",
        ".",
        ":",
        "：",
        "_",
    ),
    *("第", "年", "号", "的", "/", "\\", "<", "=", "%", "&", "*", "a ", "a.", "1-", "1.", "1,", "1 ", "x@", "x-", "20"),
    *("/a", "(a", "a,", "一、", " \n", "((", "(1)", "市", "由", "将"),
)
SHORT = {  # looked at from the beginning only, or never longer than said
    "tracker.mail.rules.ADDRESS": "an address, from its beginning",
    "tracker.structure.rules.ADDRESS": "an address, from its beginning",
    "tracker.files.pdf._NUMBERED": "the 24 bytes before a word",
    "tracker.files.lines._PARTS": "the whole name of a file in an archive, from its beginning",
}


def known() -> Iterator[tuple[str, Any]]:
    for one in pkgutil.walk_packages(tracker.__path__, "tracker."):
        import_module(one.name)
    for name, module in sorted(sys.modules.items()):
        if name.startswith("tracker"):
            for own, value in vars(module).items():
                yield from ((f"{name}.{own}", one) for one in _patterns(value))
    yield "tracker.documents.labels._in_a_line", labels._in_a_line()
    for file in python_files("tracker"):
        for node in ast.walk(parsed(file)):
            if (text := _written_in_place(node)) is not None:
                yield f"{shown(file)}: {text}", re.compile(text)


def _patterns(value: Any) -> Iterator[Any]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _patterns(one)


def _written_in_place(node: ast.AST) -> str | None:
    """The text of a pattern that is used where it is written: `re.sub(r"…", …)`."""
    match node:
        case ast.Call(ast.Attribute(ast.Name("re"), does), [ast.Constant(str(text)), *_rest]) if does != "compile":
            return text
    return None


def seconds(pattern: Any, run: str, length: int) -> float:
    """Of the processor; where it is not nothing, the least of three times: what else is done meanwhile spoils one."""
    text = run * (length // len(run)) + "!"
    searched = text.encode() if isinstance(pattern.pattern, bytes) else text
    first = _once(pattern, searched)
    return first if first < NOTHING else min(first, _once(pattern, searched), _once(pattern, searched))


def _once(pattern: Any, text: Any) -> float:
    began = time.process_time()
    pattern.search(text)
    return time.process_time() - began


def slow(pattern: Any) -> str:
    """The run that makes it slow; empty if none does."""
    for run in RUNS:
        short = seconds(pattern, run, SHORTER)
        if short >= NOTHING and seconds(pattern, run, LONGER) > 5 * short:
            return repr(run)
    return ""


def test_no_text_makes_a_pattern_run_for_minutes():
    everywhere = list(known())
    patterns = {pattern: name for name, pattern in everywhere}
    for _name, short in [one for one in everywhere if one[0] in SHORT]:
        patterns.pop(short, None)
    assert len(patterns) > 200
    assert {name: told for pattern, name in patterns.items() if (told := slow(pattern))} == {}


@pytest.mark.parametrize("text", [r"[\w.]+@x", r"(?:代表)+$", r"\d[\d,]*元"])
def test_such_a_pattern_would_be_found(text):
    assert slow(re.compile(text))
