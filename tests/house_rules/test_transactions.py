"""One place commits: pages, jobs and commands. An action that commits could not be part of a larger act."""

import ast
from pathlib import Path

from tests.house_rules.source import ROOT, parsed, python_files, shown

MAY_COMMIT_FILES = {"views.py", "jobs.py", "command.py", "commands.py", "rules_command.py", "set_up_views.py"}
MAY_COMMIT_PACKAGES = {"cli", "schedule", "care"}
# `once.done` ends a page's act together with the token that makes it happen once.
MAY_COMMIT_FOR_PAGES = {"web/once.py"}
# Leaving a transaction that only read: nothing is kept by it.
MAY_END_READING = {"postgresql.py"}
# The one place that stamps history with its instant and refuses a day still to come.
MAY_ASK_THE_CLOCK = {"tracker/suggestion/actions.py"}


def may_commit(file: Path) -> bool:
    place = file.relative_to(ROOT / "tracker")
    of_a_page = (
        file.name in MAY_COMMIT_FILES
        or "views" in place.parts
        or place.as_posix() in MAY_COMMIT_FOR_PAGES | MAY_END_READING
    )
    return of_a_page or place.parts[0] in MAY_COMMIT_PACKAGES


def commits(file: Path) -> list[str]:
    calls = [node for node in ast.walk(parsed(file)) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"]
    # `attempt` is a savepoint inside somebody else's transaction: ending it commits nothing.
    return [f"{shown(file)}:{call.lineno}" for call in named if ast.unparse(call.func.value) != "attempt"]


def test_only_pages_jobs_and_commands_commit():
    found = [line for file in python_files("tracker") if not may_commit(file) for line in commits(file)]
    assert found == []


def test_actions_know_neither_clock_nor_request():
    found = []
    for file in python_files("tracker"):
        if file.name in ("actions.py", "rules.py") or "actions" in file.parts:
            names = {node.id for node in ast.walk(parsed(file)) if isinstance(node, ast.Name)}
            unknown = {"current_user", "request", "g"} | ({"clock"} if shown(file) not in MAY_ASK_THE_CLOCK else set())
            found += [f"{shown(file)}: {name}" for name in names & unknown]
    assert found == []
