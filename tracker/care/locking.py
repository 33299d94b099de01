"""Encrypting a backup to whoever holds the key, in the age format: the program `age` opens it too."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyrage

from tracker.errors import N_, RuleBroken

MARKS = (b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYP")  # in bytes, and in letters
SAID = "AGE-SECRET-KEY-"


def recipient(text: str) -> Any:
    """Who may open it: a public key of age (`age1…`).

    :raises ValueError: it is none.
    """
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as wrong:
        raise ValueError(text) from wrong


def recipients(text: str) -> list[Any]:
    """Several, separated by commas; none for an empty text."""
    return [recipient(one) for one in text.split(",") if one.strip()]


def new_key(file: Path) -> str:
    """Write a secret key into a new file that is its owner's alone; its public key.

    :raises RuleBroken: the file is there already.
    """
    identity = pyrage.x25519.Identity.generate()
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as there:
        raise RuleBroken(N_("%(file)s exists already; a key is never overwritten."), file=str(file)) from there
    with os.fdopen(made, "w", encoding="ascii") as out:
        out.write(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


def is_locked(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(len(MARKS[0])) in MARKS


def needs_passphrase(key: Path) -> bool:
    """A key file may itself be encrypted with a passphrase (`age -p`)."""
    return is_locked(key)


def identities(key: Path, passphrase: str | None = None) -> list[Any]:
    """The secret keys of a file.

    :raises RuleBroken: there is none in it, or the passphrase is wrong.
    """
    try:
        content = key.read_bytes()
        if needs_passphrase(key):
            content = pyrage.passphrase.decrypt(content, passphrase or "")
        lines = content.decode("ascii").splitlines()
        found = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.startswith(SAID)]
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as wrong:
        raise RuleBroken(N_("The key file cannot be read, or its passphrase is wrong.")) from wrong
    if not found:
        raise RuleBroken(N_("The key file cannot be read, or its passphrase is wrong."))
    return found


def lock(plain: Path, target: Path, to: Sequence[Any]) -> None:
    """Encrypt, and open it once more: with a key made for this alone and forgotten, as ours must not lie here.

    :raises RuleBroken: what comes out is not what went in.
    """
    trial = pyrage.x25519.Identity.generate()
    with plain.open("rb") as source, target.open("wb") as locked:
        pyrage.encrypt_io(source, locked, [*to, trial.to_public()])
    opened = _Sum()
    with target.open("rb") as locked:
        pyrage.decrypt_io(locked, opened, [trial])
    with plain.open("rb") as source:
        if hashlib.file_digest(source, "sha256").hexdigest() != opened.sum.hexdigest():
            raise RuleBroken(N_("What was encrypted cannot be opened again."))


def unlock(locked: Path, target: Path, keys: Sequence[Any]) -> None:
    """:raises RuleBroken: it was encrypted to somebody else, or is damaged."""
    try:
        with locked.open("rb") as source, target.open("xb") as plain:
            pyrage.decrypt_io(source, plain, keys)
    except (pyrage.DecryptError, OSError) as wrong:
        raise RuleBroken(N_("The backup is damaged, or was encrypted to another key: nothing was changed.")) from wrong


class _Sum:
    """A file that keeps only the sum of what is written into it."""

    def __init__(self) -> None:
        self.sum = hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.sum.update(piece)
        return len(piece)

    def flush(self) -> None: ...
