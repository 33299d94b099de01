"""The newest seal of the trail, for those who keep it."""

from datetime import UTC, datetime


def facts(language: str) -> dict:
    at = datetime(2026, 3, 2, 19, tzinfo=UTC)
    return {"sealed_at": at, "rows": 12345, "seal": 61, "digest": "9f2c" * 16}
