"""Single values under lock: AES-256-GCM with a key that lies outside the database. Knows neither web nor database.

A locked value reads `enc1:<name of the key>:<nonce, cipher text and tag in base64url>`. The nonce is random, so equal
values look unlike; the place (table, column and row) is bound to it, so a value that was moved elsewhere does not open.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

FORM = "enc1:"
NAME_LENGTH = 8
NONCE = 12  # bytes, as NIST SP 800-38D asks; random, so one key is good for 2**32 values


class Unreadable(Exception):
    """The key is not there, or the value was altered or comes from another place."""


class Keys:
    """The key new values are locked with, and former ones with which values still open; by name."""

    def __init__(self, newest: str, former: Sequence[str] = ()) -> None:
        self.newest = name_of(newest)
        self._texts = {name_of(one): one for one in (newest, *former)}

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def lock(self, place: str, text: str) -> str:
        """The text, locked with the newest key and bound to its place."""
        nonce = os.urandom(NONCE)
        sealed = nonce + _cipher(self._texts[self.newest]).encrypt(nonce, text.encode(), place.encode())
        return f"{FORM}{self.newest}:{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"

    def open(self, place: str, locked: str) -> str:
        """The text of a locked value.

        :raises Unreadable: its key is not among ours, or it does not belong to this place.
        """
        from cryptography.exceptions import InvalidTag

        name, _colon, kept = locked.removeprefix(FORM).partition(":")
        if name not in self._texts:
            raise Unreadable(name)
        try:
            sealed = base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4))
            text: bytes = _cipher(self._texts[name]).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
        except (InvalidTag, ValueError, binascii.Error) as wrong:
            raise Unreadable(name) from wrong
        return text.decode()


@lru_cache(maxsize=8)
def keys(newest: str, former: tuple[str, ...] = ()) -> Keys:
    return Keys(newest, former)


def is_locked(value: Any) -> bool:
    """Whether this is a locked value and not a text."""
    return isinstance(value, str) and value.startswith(FORM)


def key_named_in(locked: str) -> str:
    """The name of the key a value was locked with."""
    return locked[len(FORM) : len(FORM) + NAME_LENGTH]


def name_of(key: str) -> str:
    """What a key is called: it tells two apart and nothing else of them."""
    return hmac.digest(key.encode(), b"name of the key", "sha256").hex()[:NAME_LENGTH]


@cache
def _cipher(key: str) -> Any:
    # Loaded where a value is locked or opened first: it takes ten megabytes of a process.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(hmac.digest(key.encode(), b"values in the database", "sha256"))
