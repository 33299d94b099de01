"""Password hashes: argon2id with OWASP's smaller setting, and never more than a few at a time."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# A thread keeps the memory of a hash for its next one: in threads of their own thirty at once take no more than a few.
FEW = max(2, min(4, os.cpu_count() or 2))
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Of a password nobody has, hashed as `_hasher` does: making it anew was a twentieth of every start.
_nobody = "$argon2id$v=19$m=19456,t=2,p=1$8Plx0DQ8dNutHQy8vTHYuA$QVxLZymIO7ewy36j4HvS8+lzThp2VYjLHuOOHrs6a6E"


def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(FEW, thread_name_prefix="password")


_few_at_a_time = _threads()


def _begin_anew() -> None:
    """A forked process has its parent's words about threads, and none of the threads."""
    global _few_at_a_time
    _few_at_a_time = _threads()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


def hashed(password: str) -> str:
    return _few_at_a_time.submit(_hasher.hash, password).result()


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is right; takes as long for an account that does not exist."""
    looked = _few_at_a_time.submit(_hasher.verify, password_hash or _nobody, password[:1000])
    try:
        return looked.result() and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False
