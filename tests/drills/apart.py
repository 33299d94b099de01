"""A drill in a process of its own: what it does to SQLite and to the limits of a process ends with that process."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any


def apart(drill: Callable[..., Any], *of: Any, **more: Any) -> Any:
    """What the drill answers; what it raises is raised here, with the words of its traceback."""
    processes = get_context("spawn")
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=_run, args=(there, drill, of, more))
    process.start()
    there.close()
    try:
        answer, wrong = here.recv()
    except EOFError:
        answer, wrong = None, "it ended without a word"
    process.join()
    assert wrong is None, f"{wrong}\n(exit {process.exitcode})"
    return answer


def _run(there: Connection, drill: Callable[..., Any], of: tuple[Any, ...], more: dict[str, Any]) -> None:
    try:
        there.send((drill(*of, **more), None))
    except BaseException:
        there.send((None, traceback.format_exc()))
    there.close()
    os._exit(0)  # nothing is collected: connections opened on a faulty disk would be closed on one that is gone
