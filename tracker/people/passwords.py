"""Password hashes: argon2id with OWASP's smaller setting, and never more than a few at a time."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_few_at_a_time = threading.BoundedSemaphore(4)
_nobody = _hasher.hash("nobody has this password")


def hashed(password: str) -> str:
    with _few_at_a_time:
        return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right; takes as long for an account that does not exist."""
    with _few_at_a_time:
        try:
            return _hasher.verify(password_hash or _nobody, password[:1000]) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False
