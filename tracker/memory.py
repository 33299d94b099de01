"""How a server keeps its memory small: what the C library asks of the machine, and what it gives back.

Other machines than Linux with glibc do as they do.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

ARENAS_MAX = -8  # glibc's M_ARENA_MAX
SELDOM = 20_000, 20, 20  # by default 700, 10, 10
ARENAS = 2  # by default eight for each processor, and what one thread let go of another does not use


def sparing() -> None:
    """Before threads are started: they share two stores of memory instead of filling one each."""
    if (libc := _glibc()) is not None:
        libc.mallopt(ARENAS_MAX, ARENAS)


@contextmanager
def seldom_searched() -> Iterator[None]:
    """What is made inside is looked through for waste as seldom as in a server: of the many small things that a ledger
    makes, or the doctor reads, few are waste, and looking took up to a quarter of the time.
    """
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def lasting() -> Iterator[None]:
    """What is made inside stays as long as the process: nobody looks for waste in it, now or later.

    Looked through again and again while it grew, it took a quarter of the time of a start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def give_back() -> None:
    """After something large: what it took goes back to the machine, as far as it lies in one piece."""
    gc.collect()
    if (libc := _glibc()) is not None:
        libc.malloc_trim(0)


@cache
def _glibc() -> Any:
    try:
        libc = ctypes.CDLL(None)
    except (OSError, TypeError):
        return None
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None
