"""Small enough to be read in one go: a file, a function; and each package says what it is."""

import ast

import pytest

from tests.house_rules.source import ROOT, parsed, python_files, shown

FILE_LINES = 250
FUNCTION_LINES = 40

# A line here needs a reason a reader would accept.
LONG_FILES: dict[str, str] = {"tests/house_rules/who_may_open.py": "one table, one line a page"}
LONG_FUNCTIONS: dict[str, str] = {}

OURS = (*python_files("tracker", "tests", "bench", "migrations"), ROOT / "start.py", ROOT / "app.py")
SHOWN = [file for folder in ("templates", "static") for file in (ROOT / folder).rglob("*")]


def revisions_apart(files):
    return [file for file in files if file.exists() and file.parent.name != "versions"]


def test_no_file_is_too_long():
    files = [*revisions_apart(OURS), *(file for file in SHOWN if file.suffix in (".html", ".css", ".js"))]
    lines = {shown(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: count for name, count in lines.items() if count > FILE_LINES and name not in LONG_FILES} == {}


def test_no_function_is_too_long():
    long = {}
    for file in revisions_apart(OURS):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > FUNCTION_LINES:
                long[f"{shown(file)}:{node.name}"] = length(node)
    assert {name: lines for name, lines in long.items() if name not in LONG_FUNCTIONS} == {}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring not counted."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        lines -= (function.body[0].end_lineno or 0) - function.body[0].lineno + 1
    return lines


@pytest.mark.parametrize("package", sorted((ROOT / "tracker").rglob("__init__.py")), ids=shown)
def test_every_package_says_what_it_is(package):
    assert ast.get_docstring(parsed(package)), f"{shown(package)} needs one sentence of the procedure"
