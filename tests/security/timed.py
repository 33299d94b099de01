"""How long a page keeps the processor: the application alone, not the client that asks it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


class Timed:
    """Stands before an application and counts the processor's seconds of its last answer."""

    def __init__(self, serve: Callable[..., Any]) -> None:
        self.serve = serve
        self.seconds = 0.0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        began = time.process_time()
        answer = self.serve(environ, start_response)
        try:
            return list(answer)  # whole, for the client takes its own time between two parts
        finally:
            getattr(answer, "close", int)()
            self.seconds = time.process_time() - began
