"""Secrets that are made at the first start and kept in the instance folder, readable by their owner only."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

SECRET, CONTACT = "secret_key", "contact_key"


def kept(path: Path) -> str:
    """The secret of this file; made once, safe under two first starts at once.

    It is written under a name of its own and only then given its place, so that nobody ever reads half of one.
    """
    if not path.exists():
        draft = _drafted(path, secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    return path.read_text(encoding="ascii").strip()


def contact_keys(folder: Path, newest: str, former: str) -> tuple[str, str]:
    """The key that contacts are enciphered with, and former ones, comma separated.

    The newest is what is set, else the first line of the file; its further lines are former keys (a restore adds them).
    """
    file = folder / CONTACT
    if newest and not file.exists():
        return newest, former
    lines = kept(file).split()
    return newest or "".join(lines[:1]), ",".join([former, *lines[0 if newest else 1 :]])


def add_contact_keys(folder: Path, keys: list[str]) -> None:
    """Lay keys that came with a backup beside our own, as former ones."""
    file = folder / CONTACT
    lines = file.read_text(encoding="ascii").split() if file.exists() else []
    if new := [key for key in keys if key not in lines]:
        os.replace(_drafted(file, "\n".join([*lines, *new])), file)


def _drafted(path: Path, text: str) -> str:
    drafted, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    with os.fdopen(drafted, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
