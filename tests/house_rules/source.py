"""What the guards of the house read: our own source, parsed once."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
LETTERS = TEMPLATES / "letters"


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    return tuple(sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py")))


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def shown(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def templates() -> tuple[Path, ...]:
    return tuple(sorted(file for file in TEMPLATES.rglob("*") if file.suffix in (".html", ".txt")))


@cache
def layers() -> tuple[tuple[str, ...], ...]:
    """The import contract, lowest first; what may not import each other shares a line."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (contract,) = [contract for contract in contracts if contract["type"] == "layers"]
    return tuple(tuple(re.findall(r"\w+", layer)) for layer in reversed(contract["layers"]))
