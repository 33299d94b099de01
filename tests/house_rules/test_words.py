"""The office's words, and none of the words that say nothing."""

import ast
import re

from tests.house_rules.source import ROOT, parsed, python_files, shown

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "core", "stuff", "lib"}
SUFFIXES = re.compile(r"(Service|Helper|Manager|Util|Utils|Enum|Model)$")
VAGUE_VERBS = re.compile(r"^(process|handle|do|update|manage)_")
# Names that a library or the standard library calls.
ASKED_FOR = {
    "handle_DATA",
    "handle_starttag",
    "handle_endtag",
    "handle_data",
    "process_bind_param",
    "process_result_value",
    "process_formdata",
    "process_data",
}
# One word per idea (docs/glossary.md): these mean something we call otherwise.
OTHER_WORDS = {"ticket", "referral", "department", "agency", "reminder", "representative"}


def names():
    for file in python_files("tracker"):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield file, node


def test_no_file_or_folder_is_called_something_empty():
    places = [path for top in ("tracker", "templates", "static", "tests", "bench") for path in (ROOT / top).rglob("*")]
    bad = [shown(path) for path in places if path.name.split(".")[0].strip("_") in EMPTY_WORDS]
    assert bad == []


def test_classes_are_nouns_without_suffix():
    bad = [f"{shown(file)}: {node.name}" for file, node in names() if isinstance(node, ast.ClassDef)]
    assert [line for line in bad if SUFFIXES.search(line)] == []


def test_functions_are_verbs_of_the_office():
    bad = [f"{shown(file)}: {node.name}" for file, node in names() if not isinstance(node, ast.ClassDef)]
    assert [
        line for line in bad if VAGUE_VERBS.match(line.split(": ")[1]) and line.split(": ")[1] not in ASKED_FOR
    ] == []


def test_one_word_per_idea():
    bad = []
    for file, node in names():
        words = set(re.findall(r"[a-z]+", re.sub(r"([A-Z])", r"_\1", node.name).lower()))
        bad += [f"{shown(file)}: {node.name}" for _word in words & OTHER_WORDS]
    assert bad == []
