"""Whether an answer tells by its time that there is such an account: known and unknown asked in turn, and compared."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from math import sqrt
from typing import Any

from tests.reader import Reader
from tracker.database import db

HOME = "127.0.0.1"


def posts(reader: Reader, path: str, source: str = HOME, **more: Any) -> Callable[[dict[str, str]], Any]:
    """Sends a form again and again, as from this address."""
    token = reader.token()

    def send(data: dict[str, str]) -> Any:
        db.session.rollback()
        with reader.app.app_context():
            return reader.client.post(
                path,
                base_url=reader.app.config["BASE_URL"],
                data={**data, "csrf_token": token},
                environ_overrides={"REMOTE_ADDR": source},
                **more,
            )

    return send


def timed(send: Callable[[dict[str, str]], Any], data: dict[str, str]) -> float:
    begun = time.perf_counter()
    send(data)
    return (time.perf_counter() - begun) * 1000


def compare(known: list[float], unknown: list[float]) -> dict[str, float]:
    """Mann-Whitney's z without ties, the medians in milliseconds, and their gap in per cent."""
    ranked = sorted([(value, True) for value in known] + [(value, False) for value in unknown])
    ranks = sum(place for place, (_value, is_known) in enumerate(ranked, start=1) if is_known)
    n, m = len(known), len(unknown)
    u = ranks - n * (n + 1) / 2
    z = (u - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
    one, other = statistics.median(known), statistics.median(unknown)
    return {
        "known_ms": round(one, 2),
        "unknown_ms": round(other, 2),
        "gap_percent": round(100 * abs(one - other) / max(one, other), 1),
        "z": round(z, 2),
    }
