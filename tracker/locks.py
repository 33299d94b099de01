"""A file that one process of this machine holds at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the file, and hold it; it is made where it is missing, and stays."""
    with path.open("ab") as file:
        try:
            import fcntl
        except ImportError:  # Windows: waits ten seconds, then says so
            import msvcrt

            locking: Any = msvcrt
            locking.locking(file.fileno(), locking.LK_LOCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file releases the lock, and so does a kill
