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
REFUSALS_OF_FIRST_DAY, MOST_REFUSALS = 206, 254
# A try without an answer may have been a delivery: few of them, far apart, then a person decides.
DOUBT_PAUSE_MINUTES, MOST_DOUBTS = 15, 5
LONGEST_WAIT = timedelta(hours=8)  # longer than any pause: what waits longer was written by a clock that was wrong


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


def pause(tries: int, refusals: int, doubts: int, chance: float) -> timedelta:
    """How long to wait after so many tries, refusals and doubts: growing, spread by a chance between 0 and 1.

    A server that is away is asked every few minutes however long it is away; one that puts the letter off is asked
    hourly after a day; after tries without an answer the pauses grow to four hours.
    """
    minutes = min(2 ** min(max(tries, 1) - 1, 10), LONGEST_PAUSE_MINUTES)
    if doubts:
        minutes = DOUBT_PAUSE_MINUTES * 2 ** (min(doubts, MOST_DOUBTS) - 1)
    elif refusals > REFUSALS_OF_FIRST_DAY:
        minutes = LATER_PAUSE_MINUTES
    return timedelta(minutes=minutes * (0.75 + chance / 2))


def is_given_up(refusals: int) -> bool:
    """Whether the server has put the letter off for about 72 hours."""
    return refusals >= MOST_REFUSALS


def is_too_doubtful(doubts: int) -> bool:
    """Whether so many tries ended without an answer that another one would rather double the letter than deliver it."""
    return doubts >= MOST_DOUBTS


def without_secrets(text: str) -> str:
    """The text with mailed links made useless: what has gone to its recipient need not be kept by us."""
    return SECRET_PATH.sub(r"\1…", text)
