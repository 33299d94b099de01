"""An administrator took a lost second factor away."""

from datetime import UTC, datetime


def facts(_language: str) -> dict:
    return {"what": "factor_reset", "on_time": datetime(2026, 3, 5, 1, 30, tzinfo=UTC)}
