"""What the kinds about ratings share."""

from __future__ import annotations

from tracker.suggestion.journey import Standing

RATED = (Standing.DELIVERED, Standing.RATED)  # handled again, another reply is the one that counts
