"""Large files are made a few at a time, so that whoever only reads a page is answered meanwhile (AV-4).

A workbook of all suggestions or a pack of letters keeps a thread busy for seconds. A server has eight; twenty people
who press "download" at once must not take them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from tracker.errors import N_, RuleBroken

AT_ONCE = 2  # in one process
_ROOM = BoundedSemaphore(AT_ONCE)


@contextmanager
def room() -> Iterator[None]:
    """Inside, one of the few files is made.

    :raises RuleBroken: too many are being made already.
    """
    if not _ROOM.acquire(blocking=False):  # who waited would hold a thread, as does who works
        raise RuleBroken(N_("Several large files are being made just now. Please try again in a moment."))
    try:
        yield
    finally:
        _ROOM.release()
