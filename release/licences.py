"""docs/licences.md: every package that is shipped, and its licence, as the package itself says.

.venv/bin/python -m release.licences > docs/licences.md
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)
# These say nothing about themselves; read from the licence they bring along.
READ = {"pyrage": "MIT", "pysqlite3": "Zlib"}
SHORT = 40
HEAD = """# Licences

Made by `python -m release.licences` from `requirements.lock`; a test compares the two. The tracker copies nothing
from elsewhere: styles, scripts and pictures under `static/` are its own, fonts come as a package named below.

| package | version | licence |
|---|---|---|
"""


def shipped() -> list[tuple[str, str]]:
    """Name and version of every package of the lock."""
    return PINNED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def page() -> str:
    return HEAD + "".join(f"| {name} | {version} | {licence_of(name)} |\n" for name, version in shipped())


def licence_of(name: str) -> str:
    """In its own words; a whole licence text in that place is passed over for its name."""
    return READ.get(name) or next(_said(name))


def _said(name: str) -> Iterator[str]:
    about = metadata(name)
    for field in ("License-Expression", "License"):
        said = about[field] if field in about else ""  # noqa: SIM401 - it has no get
        if said and len(said) <= SHORT:
            yield said
    named = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or [] if one.startswith("License ::")]
    yield from named
    raise LookupError(f"{name} says nothing about its licence: read it, and write it into release/licences.py")


if __name__ == "__main__":
    sys.stdout.write(page())
