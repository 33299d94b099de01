"""What may stand in a letter's head, when a letter is tried again, and when it is given up. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
SECRET_PATH = re.compile(r"(/(?:links|password)/)[A-Za-z0-9_\-.~%]{8,}")
LONGEST_ADDRESS, LONGEST_LOCAL_PART = 254, 64

# The first day every few minutes, so that a healthy server is found soon; then hourly until 72 hours are over.
LONGEST_PAUSE_MINUTES, LATER_PAUSE_MINUTES = 7, 60
TRIES_OF_FIRST_DAY, MOST_TRIES = 206, 254


def one_line(text: str, most: int) -> str:
    """The text as one line of a letter's head: no control, format or line-breaking characters, not too long."""
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    kept = "".join(c for c in kept if unicodedata.category(c) not in ("Cf", "Cs"))
    return " ".join(kept.split())[:most].rstrip()


def is_address(text: str) -> bool:
    """Whether a mail server could be given this address; nothing that could end a line or add a recipient is one."""
    if len(text) > LONGEST_ADDRESS or not ADDRESS.fullmatch(text):
        return False
    return len(text.rpartition("@")[0]) <= LONGEST_LOCAL_PART


def pause(tries: int, chance: float) -> timedelta:
    """How long to wait after so many tries: growing, and spread by a chance between 0 and 1 (a quarter either way)."""
    early = min(2 ** min(tries - 1, 10), LONGEST_PAUSE_MINUTES)
    minutes = early if tries <= TRIES_OF_FIRST_DAY else LATER_PAUSE_MINUTES
    return timedelta(minutes=minutes * (0.75 + chance / 2))


def is_given_up(tries: int) -> bool:
    """Whether about 72 hours of tries are over."""
    return tries >= MOST_TRIES


def without_secrets(text: str) -> str:
    """The text with mailed links made useless: what has gone to its recipient need not be kept by us."""
    return SECRET_PATH.sub(r"\1…", text)
