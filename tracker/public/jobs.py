"""What happens by itself: the folder of the public pages is brought up to date."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.public import site


def write_public(today: date) -> dict[str, Any]:  # noqa: ARG001 - every job is given its day
    """Write what has changed, remove what was taken down or may no longer be public; a second run writes nothing."""
    return {"rows": site.write(site.folder())}


def preview(today: date) -> dict[str, Any]:  # noqa: ARG001 - every job is given its day
    """How many files would be written or removed; touches none."""
    return {"rows": site.behind(site.folder()), "recipients": []}


def has_work() -> bool:
    """Whether the folder is behind."""
    return site.behind(site.folder()) > 0
